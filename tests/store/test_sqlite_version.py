"""Which SQLite may open a book."""

import pytest
from sqlcipher3 import dbapi2

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.store.sqlite_version import loses_wal_commits, refuse_unsafe

VERSIONS = [
    ((3, 6, 23), False),
    ((3, 7, 0), True),
    ((3, 40, 1), True),
    ((3, 44, 5), True),
    ((3, 44, 6), False),
    ((3, 45, 0), True),
    ((3, 50, 6), True),
    ((3, 50, 7), False),
    ((3, 51, 0), True),
    ((3, 51, 2), True),
    ((3, 51, 3), False),
    ((3, 53, 4), False),
    ((4, 0, 0), False),
]


@pytest.mark.parametrize(("version", "unsafe"), VERSIONS)
def test_the_versions_with_the_wal_race_are_known(version: tuple[int, ...], unsafe: bool) -> None:
    assert loses_wal_commits(version) is unsafe


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 6, 23)])
def test_an_unsafe_sqlite_opens_nothing_and_is_named(version: tuple[int, ...]) -> None:
    with pytest.raises(EnvironmentProblem, match=".".join(map(str, version))):
        refuse_unsafe(version)


def test_the_sqlite_of_this_installation_is_safe() -> None:
    refuse_unsafe(dbapi2.sqlite_version_info)
