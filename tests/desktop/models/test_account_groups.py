"""The account list says what stands out, groups by need, and finds by name, short name and contact."""

from datetime import date

import pytest
from pytestqt.modeltest import ModelTester

from retainerdesk.desktop.models.account_groups import account_groups, line_of, matches
from retainerdesk.desktop.models.account_list_model import LINE_ROLE, AccountListModel
from retainerdesk.domain.account import AccountStatus
from retainerdesk.domain.money import Money
from retainerdesk.domain.verdict import Severity, Verdict, VerdictKind
from retainerdesk.services.summaries import AccountSummary

HEALTHY = Verdict(VerdictKind.HEALTHY, Severity.GOOD, "healthy", None, ())
READY = Verdict(VerdictKind.READY_TO_EXPAND, Severity.GOOD, "ready to expand", None, ())
OVER = Verdict(VerdictKind.OVER_SERVICED, Severity.BAD, "over-serviced +31 %", None, ())
QUIET = Verdict(VerdictKind.QUIET, Severity.WARN, "quiet 23 days (usually 7)", None, ())


def summary(
    name: str = "ACME & Söhne <Ltd>",
    *,
    account_id: str = "acme",
    status: AccountStatus = AccountStatus.ACTIVE,
    used: int = 0,
    allowed: int = 0,
    verdicts: tuple[Verdict, ...] = (HEALTHY,),
    needs_you: bool = False,
    next_on: date | None = None,
    contacts: tuple[str, ...] = (),
) -> AccountSummary:
    zero = Money(0, "EUR")
    return AccountSummary(
        account_id, name, status, "EUR", Money(300000, "EUR"), zero, zero, used, allowed, verdicts, next_on,
        "speak by" if next_on else "", needs_you, contacts,
    )  # fmt: skip


def test_groups_stand_in_the_order_of_need_and_empty_ones_are_left_out() -> None:
    groups = account_groups(
        [
            summary("B", account_id="b"),
            summary("P", account_id="p", status=AccountStatus.PROPOSAL),
            summary("N", account_id="n", needs_you=True, status=AccountStatus.ENDED),
        ]
    )
    assert [(group.title, [line.name for line in group.lines]) for group in groups] == [
        ("Needs you · 1", ["N"]), ("Active · 1", ["B"]), ("Proposals · 1", ["P"]),
    ]  # fmt: skip


@pytest.mark.parametrize("wanted", ["söhne", "  ACME ", "reed jo", "<ltd>", ""])
def test_a_filter_finds_any_word_in_name_short_name_or_contact(wanted: str) -> None:
    assert matches(summary(contacts=("Jo Reed",)), wanted)


def test_every_word_of_a_filter_has_to_be_there() -> None:
    assert not matches(summary(contacts=("Jo Reed",)), "acme miller")


def test_used_hours_are_a_share_of_all_that_is_offered() -> None:
    """1,110 of 1,500 minutes is 74 %."""
    line = line_of(summary(used=1110, allowed=1500))
    assert (line.share_text, line.bar_tone) == ("74 %", "accent")


def test_the_bar_turns_red_only_beyond_the_whole_allowance() -> None:
    assert line_of(summary(used=1500, allowed=1500)).bar_tone == "accent"
    assert line_of(summary(used=1501, allowed=1500)).bar_tone == "bad"
    assert line_of(summary(used=600, allowed=1500, verdicts=(OVER,))).bar_tone == "warn"


def test_an_account_without_hours_has_no_bar() -> None:
    line = line_of(summary())
    assert (line.share, line.share_text) == (None, "")


def test_verdicts_are_told_in_words_and_healthy_only_alone() -> None:
    assert line_of(summary(verdicts=(OVER, QUIET))).words == "over-serviced, quiet"
    assert line_of(summary(verdicts=(READY, HEALTHY))).words == "ready to expand"
    assert line_of(summary()).words == "healthy"


def test_an_account_that_is_well_but_needs_a_word_says_by_when() -> None:
    line = line_of(summary(needs_you=True, next_on=date(2026, 12, 1)))
    assert (line.icon, line.words) == ("calendar-clock", "speak by 1 Dec")


def test_an_account_that_is_not_judged_says_where_it_stands() -> None:
    assert line_of(summary(status=AccountStatus.PROPOSAL, verdicts=())).words == "proposal"


def test_the_model_keeps_every_rule_of_qt_models(qtmodeltester: ModelTester) -> None:
    model = AccountListModel()
    model.show_accounts([summary(), summary("B", account_id="b", status=AccountStatus.PAUSED)])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.set_filter("nobody")
    assert model.rowCount() == 0


def test_the_model_finds_an_account_by_its_id() -> None:
    model = AccountListModel()
    model.show_accounts([summary(), summary("B", account_id="b", status=AccountStatus.PAUSED)])
    place = model.place_of("b")
    assert place.data(LINE_ROLE).name == "B"
    assert place.parent().data() == "Paused · 1"
    assert not model.place_of("c").isValid()
