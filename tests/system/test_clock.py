"""The business day comes from the book's zone, and can be fixed."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.system.clock import FixedClock, SystemClock


def test_one_instant_is_two_business_days_in_two_zones() -> None:
    """11:30 UTC on 1 March is 01:30 on 2 March at UTC+14 and 00:30 on 1 March at UTC-11."""
    with time_machine.travel(datetime(2026, 3, 1, 11, 30, tzinfo=UTC), tick=False):
        assert SystemClock().today("Pacific/Kiritimati") == date(2026, 3, 2)
        assert SystemClock().today("Pacific/Midway") == date(2026, 3, 1)
        assert SystemClock().utc_now() == datetime(2026, 3, 1, 11, 30, tzinfo=UTC)


def test_a_fixed_clock_stands_on_its_day_while_instants_pass() -> None:
    clock = FixedClock(date(2026, 5, 4))
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC), tick=False):
        assert clock.today("Europe/Berlin") == date(2026, 5, 4)
        assert clock.utc_now().year == 2030


@pytest.mark.parametrize("name", ["Nowhere/City", "", "../../etc/passwd"])
def test_an_unknown_zone_is_refused_at_its_field(name: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        SystemClock().today(name)
    assert refused.value.field == "time_zone"
