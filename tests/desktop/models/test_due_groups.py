"""What is due stands in groups, says when in words, and offers one deed."""

from datetime import date

import pytest

from retainerdesk.desktop.models.due_groups import (
    action_id,
    draft_id,
    due_groups,
    due_line,
    headline,
    overage_place,
)
from retainerdesk.domain.due_item import DueItem, DueKind
from retainerdesk.services.summaries import DueReport

TODAY = date(2026, 11, 22)


def item(kind: DueKind, on: date = TODAY, text: str = "text", name: str = "x") -> DueItem:
    return DueItem(f"{kind.value}/acme/{name}", kind, "acme", "ACME & <b>", on, text)


def test_groups_begin_with_money_and_overdue_comes_before_what_can_be_issued() -> None:
    report = DueReport(
        TODAY,
        (
            item(DueKind.INVOICE_TO_ISSUE, date(2026, 11, 1)),
            item(DueKind.QUIET, date(2026, 11, 2)),
            item(DueKind.INVOICE_OVERDUE, date(2026, 11, 3)),
        ),
    )
    money, people = due_groups(report)
    assert [line.kind for line in money.lines] == [DueKind.INVOICE_OVERDUE, DueKind.INVOICE_TO_ISSUE]
    assert (money.remark, people.title) == ("1 overdue · 1 to issue", "People")
    assert headline(report) == "3 things need you: 2 about money, 1 gone quiet"


def test_an_empty_report_has_no_groups() -> None:
    assert due_groups(DueReport(TODAY, ())) == ()
    assert headline(DueReport(TODAY, ())) == "Nothing needs you today"


def test_a_draft_that_waits_is_opened_and_what_is_due_is_issued() -> None:
    draft = due_line(item(DueKind.INVOICE_TO_ISSUE, name="draft/d-7"), TODAY)
    assert (draft.deed, draft.deed_text, draft_id(draft)) == ("show_draft", "Open draft…", "d-7")
    due = due_line(item(DueKind.INVOICE_TO_ISSUE, name="2026-11-01"), TODAY)
    assert (due.deed, draft_id(due)) == ("issue_invoices", "")


@pytest.mark.parametrize(
    ("kind", "on", "when", "tone"),
    [
        (DueKind.INVOICE_OVERDUE, date(2026, 11, 2), "due 2 Nov", "bad"),
        (DueKind.INVOICE_TO_ISSUE, date(2026, 11, 1), "since 1 Nov", "muted"),
        (DueKind.INVOICE_TO_ISSUE, TODAY, "today", "muted"),
        (DueKind.NOTICE_DEADLINE, date(2026, 12, 6), "by 6 Dec", "warn"),
        (DueKind.NOTICE_DEADLINE, date(2026, 12, 7), "by 7 Dec", "muted"),
        (DueKind.NOTICE_DEADLINE, date(2026, 11, 21), "yesterday", "bad"),
        (DueKind.ACTION_DUE, date(2026, 11, 20), "20 Nov", "bad"),
        (DueKind.OVERAGE_TO_DECIDE, date(2026, 10, 14), "period from 14 Oct", "muted"),
        (DueKind.QUIET, date(2025, 10, 31), "since 31 Oct 2025", "muted"),
    ],
)
def test_the_date_says_how_near_it_is(kind: DueKind, on: date, when: str, tone: str) -> None:
    """A deadline is amber from 14 days before: 6 Dec − 14 days is 22 Nov."""
    line = due_line(item(kind, on), TODAY)
    assert (line.when, line.when_tone) == (when, tone)


def test_sentences_of_the_rules_are_styled_and_text_of_people_is_not() -> None:
    text = "3570.00 EUR to invoice"
    assert due_line(item(DueKind.INVOICE_TO_ISSUE, text=text), TODAY).text == "€3,570 to invoice"
    assert due_line(item(DueKind.ACTION_DUE, text=text), TODAY).text == text


def test_an_overage_knows_its_retainer_and_period_also_with_slashes() -> None:
    line = due_line(item(DueKind.OVERAGE_TO_DECIDE, name="adv/isory/2026-10-14"), TODAY)
    assert overage_place(line) == ("adv/isory", date(2026, 10, 14))
    assert overage_place(due_line(item(DueKind.QUIET), TODAY)) is None


def test_an_action_line_knows_its_action() -> None:
    assert action_id(due_line(item(DueKind.ACTION_DUE, name="action-02"), TODAY)) == "action-02"
    assert action_id(due_line(item(DueKind.QUIET), TODAY)) == ""
