"""Drafts in a real book: made of a run, changed with undo, issued as they were shown, never in two places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from retainerdesk.domain.account import Account, Series, SeriesReset
from retainerdesk.domain.draft import Draft, DraftEdit
from retainerdesk.domain.due_item import DueKind
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.work import OneOffCharge
from retainerdesk.services import drafts as service
from retainerdesk.services.accounts import add_account
from retainerdesk.services.drafts import DraftChange, create_drafts
from retainerdesk.services.due import find_due
from retainerdesk.services.issue_drafts import DraftView, issue_drafts, list_drafts
from retainerdesk.services.issue_invoices import (
    IssueCommand,
    issue_invoices,
    preview_invoices,
    skip_charges,
)
from retainerdesk.services.results import Outcome
from retainerdesk.services.retainers import add_retainer, change_retainer, get_retainer
from retainerdesk.services.rows import add_row
from retainerdesk.services.upkeep import check_book
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.repositories import parties
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.repositories.drafts import add_drafts
from tests.services.conftest import monthly

FEBRUARY = date(2026, 2, 1)


def run(store: BookStore, today: date = FEBRUARY) -> IssueCommand:
    with store.reading() as uow:
        return IssueCommand(preview_invoices(uow, today, today).proposals, today)


def keep(store: BookStore) -> tuple[Draft, ...]:
    """January and February, 1,000.00 each, as drafts."""
    return create_drafts(store, run(store), FEBRUARY).value.drafts


def views(store: BookStore, today: date = FEBRUARY) -> tuple[DraftView, ...]:
    with store.reading() as uow:
        return list_drafts(uow, today)


def change(store: BookStore, act: object, *args: object, **more: object) -> DraftChange:
    with store.writing() as uow:
        made: Outcome[DraftChange] = act(uow, *args, **more)  # type: ignore[operator]
        uow.commit()
    return made.value


def reprice(store: BookStore) -> None:
    """1,200.00 a month from 1 February on."""
    with store.writing() as uow:
        care = get_retainer(uow, "acme", "care")
        change_retainer(uow, replace(care, plans=(*care.plans, monthly(FEBRUARY, 120_000))))
        uow.commit()


def test_what_is_kept_as_drafts_is_neither_issued_nor_proposed_again(store: BookStore) -> None:
    january, february = keep(store)
    assert january.id != february.id
    assert run(store).proposals == ()
    assert [view.obstacle for view in views(store)] == ["", ""]
    assert issue_invoices(store, run(store), FEBRUARY).value.issued == ()


def test_keeping_the_same_preview_twice_makes_drafts_once(store: BookStore) -> None:
    command = run(store)
    create_drafts(store, command, FEBRUARY)
    again = create_drafts(store, command, FEBRUARY).value
    assert (again.drafts, len(again.parked)) == ((), 2)


def test_a_run_of_drafts_stops_where_it_is_told_to(store: BookStore) -> None:
    made = create_drafts(store, run(store), FEBRUARY, lambda done, _total: done < 1).value
    assert (len(made.drafts), made.cancelled) == (1, True)
    assert len(run(store).proposals) == 1


def test_an_issued_draft_has_the_words_of_the_draft_and_takes_a_number_then(store: BookStore) -> None:
    """1,000.00 less 10 % is 900.00, with 19 % 1,071.00."""
    january, _ = keep(store)
    edit = DraftEdit({january.lines[0].key: "January, as agreed"}, None, "PO 4711", Decimal(10))
    (after,) = change(store, service.edit_draft, january.id, edit).after
    result = issue_drafts(store, [after], FEBRUARY).value
    (invoice,) = result.issued
    assert (invoice.number, invoice.note) == ("2026-0001", "PO 4711")
    assert invoice.lines[0].text == "January, as agreed"
    assert str(invoice.totals.gross) == "1071.00"
    assert len(views(store)) == 1
    assert list(check_book(store, FEBRUARY)) == []


def test_what_changed_since_is_parked_with_the_difference_until_refreshed(store: BookStore) -> None:
    drafts = keep(store)
    reprice(store)
    result = issue_drafts(store, drafts, FEBRUARY).value
    assert len(result.issued) == 1
    assert "Care, fee: 1000.00 → 1200.00 EUR" in result.parked[0].reason
    (fresh,) = change(store, service.refresh_draft, drafts[1].id, FEBRUARY).after
    (invoice,) = issue_drafts(store, [fresh], FEBRUARY).value.issued
    assert str(invoice.totals.net) == "1200.00"
    assert run(store).proposals == ()


def test_a_draft_is_issued_as_it_was_shown_or_not_at_all(store: BookStore) -> None:
    shown, _ = keep(store)
    change(store, service.edit_draft, shown.id, DraftEdit(note="meanwhile"))
    assert "was changed since it was shown" in issue_drafts(store, [shown], FEBRUARY).value.parked[0].reason
    change(store, service.put_back, [shown.id])
    assert "is gone" in issue_drafts(store, [shown], FEBRUARY).value.parked[0].reason


def test_no_draft_is_issued_before_the_newest_document(store: BookStore) -> None:
    first, second = keep(store)
    issue_drafts(store, [first], FEBRUARY)
    result = issue_drafts(store, [second], date(2026, 1, 31)).value
    assert "check the clock" in result.parked[0].reason


def test_deleting_leaves_a_skip_for_every_charge_and_undo_takes_them_back(store: BookStore) -> None:
    january, _ = keep(store)
    made = change(store, service.delete_draft, january.id, "free month", FEBRUARY)
    with store.reading() as uow:
        (skip,) = load_account_file(uow, "acme").skips
    assert (skip.reason, str(skip.net)) == ("free month", "1000.00")
    assert run(store).proposals == ()
    change(store, service.undo_change, made)
    with store.reading() as uow:
        assert load_account_file(uow, "acme").skips == ()
    assert january in [view.draft for view in views(store)]
    change(store, service.redo_change, made)
    assert len(views(store)) == 1


def test_putting_back_skips_nothing(store: BookStore) -> None:
    january, february = keep(store)
    change(store, service.put_back, [january.id, february.id])
    assert len(run(store).proposals) == 2
    assert views(store) == ()


def test_merging_and_splitting_can_be_undone_in_order(store: BookStore) -> None:
    before = keep(store)
    merged = change(store, service.merge_drafts, [each.id for each in before])
    (whole,) = merged.after
    assert len(whole.lines) == 2
    parted = change(store, service.split_draft, whole.id, [whole.lines[0].key])
    assert len(views(store)) == 2
    change(store, service.undo_change, parted)
    change(store, service.undo_change, merged)
    assert tuple(view.draft for view in views(store)) == before


def test_undo_does_not_touch_what_was_changed_or_issued_since(store: BookStore) -> None:
    january, _ = keep(store)
    made = change(store, service.edit_draft, january.id, DraftEdit(note="a"))
    issue_drafts(store, made.after, FEBRUARY)
    with pytest.raises(RuleViolation, match="changed or issued since"):
        change(store, service.undo_change, made)


def test_a_line_taken_out_is_proposed_again_or_skipped(store: BookStore) -> None:
    before = keep(store)
    (whole,) = change(store, service.merge_drafts, [each.id for each in before]).after
    (rest,) = change(store, service.take_out, whole.id, [whole.lines[0].key], FEBRUARY).after
    assert [each.charges[0].key for each in run(store).proposals] == [whole.lines[0].key]
    gone = change(store, service.take_out, rest.id, rest.keys, FEBRUARY, reason="no")
    assert (gone.after, len(gone.skips)) == ((), 1)


def test_an_own_line_comes_as_a_one_off_charge_merged_in(store: BookStore) -> None:
    january, _ = keep(store)
    with store.writing() as uow:
        add_row(uow, OneOffCharge("acme", "x1", FEBRUARY, "Workshop", Decimal(1), Decimal(800)))
        uow.commit()
    (extra,) = create_drafts(store, run(store), FEBRUARY).value.drafts
    (whole,) = change(store, service.merge_drafts, [january.id, extra.id]).after
    assert [line.text for line in whole.lines] == ["Care, fee", "Workshop"]


def test_the_book_itself_refuses_a_charge_in_two_places(store: BookStore) -> None:
    """Whatever our code does: on two drafts, on a draft and skipped, on a draft and issued."""
    command = run(store)
    january, february = keep(store)
    with store.writing() as uow, pytest.raises(RuleViolation, match="another draft"):
        add_drafts(uow, replace(january, id="again"))
    charges = command.proposals[0].charges
    with store.writing() as uow, pytest.raises(RuleViolation, match="on a draft"):
        skip_charges(uow, charges, "no", FEBRUARY)
    (issued,) = issue_drafts(store, [january], FEBRUARY).value.issued
    with store.writing() as uow, pytest.raises(RuleViolation, match="already invoiced"):
        add_drafts(uow, january)
    change(store, service.delete_draft, february.id, "no", FEBRUARY)
    with store.writing() as uow, pytest.raises(RuleViolation, match="already invoiced or skipped"):
        add_drafts(uow, february)
    assert issued.lines[0].key == january.lines[0].key


def test_drafts_that_wait_are_due_like_what_is_to_be_issued(store: BookStore) -> None:
    january, _ = keep(store)
    with store.reading() as uow:
        items = [item for item in find_due(uow, FEBRUARY).items if item.kind is DueKind.INVOICE_TO_ISSUE]
    assert [item.on for item in items] == [date(2026, 1, 1), FEBRUARY]
    assert items[0].text == f"1190.00 EUR waits on draft {january.id}"


def test_an_id_is_never_taken_twice(store: BookStore) -> None:
    first = keep(store)
    made = change(store, service.put_back, [each.id for each in first])
    second = keep(store)
    assert {each.id for each in first}.isdisjoint(each.id for each in second)
    with pytest.raises(RuleViolation, match="another draft"):
        change(store, service.undo_change, made)


def test_a_draft_that_cannot_be_numbered_does_not_stop_the_others(store: BookStore) -> None:
    """The numbers of 2027 have begun in Alfa's series: its draft is parked and stays, ACME's are issued."""
    with store.writing() as uow:
        yearly = Series("alfa", "A-{year}-{number}", 3, "Alfa", reset=SeriesReset.YEARLY, year=FEBRUARY.year)
        parties.save_series(uow, yearly)
        add_account(uow, Account("alfa", "Alfa", "EUR", series_id="alfa"))
        add_retainer(uow, Retainer("alfa", "care", "Care", FEBRUARY, (monthly(FEBRUARY, 100_000),)))
        uow.commit()
    keep(store)
    with store.writing() as uow:
        parties.save_series(uow, replace(yearly, year=FEBRUARY.year + 1))
        uow.commit()
    shown = sorted((view.draft for view in views(store)), key=lambda each: each.account_id != "alfa")
    result = issue_drafts(store, shown, FEBRUARY).value
    assert {each.account_id for each in result.issued} == {"acme"}
    assert [each.account_name for each in result.parked] == ["Alfa"]
    assert [view.account_name for view in views(store)] == ["Alfa"]
