"""Bring an older book to this program's schema: all of it, or nothing.

A verified backup comes first. Foreign keys are off before the transaction begins (a table that Alembic copies
would otherwise take its children along) and checked before it is kept. The only module that imports Alembic.
A revision that rebuilds a guarded table makes its triggers anew: SQLite drops them with the old table. The
search index and its triggers are made anew in any case.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.store import schema
from retainerdesk.store.audit import SCHEMA
from retainerdesk.store.backup import back_up
from retainerdesk.store.engine import book_engine
from retainerdesk.store.probe import BookFile
from retainerdesk.store.search.soundness import make_anew
from retainerdesk.store.unit_of_work import writing_unit

_MIGRATIONS = Path(__file__).with_name("migrations")
VERSIONS: tuple[Path, ...] = (_MIGRATIONS / "versions",)


def migrate(found: BookFile, now: datetime, versions: Sequence[Path] = VERSIONS) -> Path:
    """Migrate the book to the newest revision in `versions`; the path of the backup made before.

    Raises EnvironmentProblem, the book as it was, if the backup or a revision fails.
    """
    path = found.path
    kept = free_name(path, f"before-{schema.HEAD}")
    back_up(found, kept)
    engine = book_engine(path, foreign_keys=False, key=found.key)
    try:
        with writing_unit(engine, now) as uow:
            run_revisions(uow.connection, versions)
            _check_references(uow.connection, path)
            make_anew(uow)
            schema.stamp_header(uow.connection)
            uow.audit.record(SCHEMA, "book", schema.HEAD, schema.HEAD)
            uow.commit()
    finally:
        engine.dispose()
    return kept


def run_revisions(connection: Connection, versions: Sequence[Path] = VERSIONS) -> None:
    """Run what is missing up to the newest revision, inside the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, versions)).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def free_name(path: Path, word: str) -> Path:
    """The first name "<name>.<word>-<n>" beside `path` that nothing has yet."""
    number = 1
    while path.with_name(f"{path.name}.{word}-{number}").exists():
        number += 1
    return path.with_name(f"{path.name}.{word}-{number}")


def _check_references(connection: Connection, path: Path) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise EnvironmentProblem(
            f"{path} could not be brought to the new schema: a row of {broken[0]} refers to nothing.",
            "The book was left as it was; keep using the older RetainerDesk and report this.",
        )
