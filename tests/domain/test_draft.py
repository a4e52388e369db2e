"""Drafts: own words, merging, splitting, and what has become of their charges since.

The account pays 3,000.00 a month in advance from 1 January 2026.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import missing_charges
from retainerdesk.domain.draft import Draft, DraftEdit, edited, merged, skips_of, split, without_lines
from retainerdesk.domain.draft_state import DraftState, draft_from, draft_states, proposal_of, refreshed
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoicing import propose
from tests.domain.builders import account_file, day, days, eur, issue, one_off, plan, retainer
from tests.domain.test_deposits import FULL, billed, charge, deposit

TODAY = day("2026-01-05")
MONTHLY_3000 = plan("2026-01-01")
WORKSHOP = one_off("2026-01-03", "800")


def file_of(*plans: object, **changes: object) -> AccountFile:
    return account_file(retainer(*(plans or (MONTHLY_3000,))), charges=(WORKSHOP,), **changes)  # type: ignore[arg-type]


def drafted(file: AccountFile | None = None, draft_id: str = "d1") -> Draft:
    """Fee of January and the workshop, on one draft."""
    (proposal,) = propose(file or file_of(), TODAY, TODAY).proposals
    return draft_from(proposal, draft_id, TODAY)


def state(file: AccountFile, draft: Draft) -> DraftState:
    (found,) = draft_states(replace(file, drafts=(draft,)), TODAY)
    return found


def test_a_drafted_charge_is_not_proposed_again() -> None:
    file = file_of()
    assert len(missing_charges(file, TODAY, TODAY)) == 2
    held = replace(file, drafts=(drafted(),))
    assert missing_charges(held, TODAY, TODAY) == []
    assert propose(held, TODAY, TODAY).proposals == ()


def test_a_line_says_what_was_written_and_an_empty_text_is_the_rules_again() -> None:
    draft = drafted()
    fee = draft.lines[0].key
    spoken = edited(draft, DraftEdit({fee: "  January,\nas agreed "}))
    assert spoken.lines[0].text == "January, as agreed"
    assert spoken.lines[0].charge == draft.lines[0].charge
    assert edited(spoken, DraftEdit({fee: " "})) == draft
    assert edited(spoken, DraftEdit({fee: draft.lines[0].charge.text})) == draft


def test_the_order_names_every_line_once() -> None:
    draft = drafted()
    first, second = (line.key for line in draft.lines)
    assert [line.key for line in edited(draft, DraftEdit(order=[second, first])).lines] == [second, first]
    with pytest.raises(RuleViolation, match="each of its 2 lines once"):
        edited(draft, DraftEdit(order=[second]))


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        (DraftEdit(discount_percent=Decimal(101)), "discount_percent"),
        (DraftEdit(note="x" * 2001), "note"),
        (DraftEdit({drafted().lines[0].key: "x" * 501}), "text"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(edit: DraftEdit, field: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        edited(drafted(), edit)
    assert refused.value.field == field


def test_the_discount_of_a_draft_counts_in_its_totals() -> None:
    """3,000.00 + 800.00 = 3,800.00, less 5 % = 190.00."""
    draft = edited(drafted(), DraftEdit(discount_percent=Decimal(5)))
    assert proposal_of(draft).totals.net == eur("3610.00")


def test_splitting_and_merging_again_gives_the_same_lines() -> None:
    draft = edited(drafted(), DraftEdit(note="PO 4711"))
    rest, part = split(draft, [draft.lines[1].key], "d2")
    assert (len(rest.lines), len(part.lines), part.note) == (1, 1, "")
    assert merged([rest, part]) == draft


def test_a_split_leaves_a_line_on_each() -> None:
    draft = drafted()
    for keys in ([], [line.key for line in draft.lines]):
        with pytest.raises(RuleViolation, match="not all 2"):
            split(draft, keys, "d2")


def test_only_drafts_of_one_account_currency_and_discount_are_merged() -> None:
    one, two = split(drafted(), [drafted().lines[1].key], "d2")
    with pytest.raises(RuleViolation, match="two accounts"):
        merged([one, replace(two, account_id="other")])
    with pytest.raises(RuleViolation, match="equal first"):
        merged([one, replace(two, discount_percent=Decimal(3))])
    with pytest.raises(RuleViolation, match="at least two"):
        merged([one, one])


def test_taking_every_line_out_leaves_no_draft() -> None:
    draft = drafted()
    assert without_lines(draft, draft.keys) is None
    rest = without_lines(draft, [draft.lines[0].key])
    assert rest is not None
    assert rest.keys == {draft.lines[1].key}


def test_giving_lines_up_needs_a_reason_and_keeps_the_amount() -> None:
    draft = drafted()
    (skip,) = skips_of(draft, [draft.lines[0].key], " free month ", TODAY)
    assert (skip.reason, skip.net) == ("free month", eur(3000))
    with pytest.raises(RuleViolation, match="Say why"):
        skips_of(draft, draft.keys, " ", TODAY)


# What changed since


def test_a_draft_of_what_is_owed_has_nothing_in_its_way() -> None:
    found = state(file_of(), drafted())
    assert (found.has_changed, found.obstacle) == (False, "")


def test_words_that_change_by_themselves_are_no_difference() -> None:
    """The same fee is called "missed until now" a week later."""
    (found,) = draft_states(replace(file_of(), drafts=(drafted(),)), day("2026-01-20"))
    assert not found.has_changed


def test_a_new_price_shows_as_old_and_new_amount_until_refreshed() -> None:
    file = file_of(plan("2026-01-01", 3600))
    found = state(file, drafted())
    assert found.differences == ("Advisory, fee: 3000.00 → 3600.00 EUR",)
    assert "refresh the draft" in found.obstacle
    now = refreshed(found)
    assert now is not None
    assert [line.charge.net for line in now.lines] == [eur(3600), eur(800)]
    assert not state(file, now).has_changed


def test_a_plan_that_changes_inside_the_period_cuts_the_drafted_line_in_two() -> None:
    """From 16 January 3,720: 15/31 of 3,000 and 16/31 of 3,720 make 1,451.61 + 1,920.00."""
    file = file_of(MONTHLY_3000, plan("2026-01-16", 3720))
    draft = drafted()
    assert missing_charges(replace(file, drafts=(draft,)), TODAY, TODAY) == []
    found = state(file, draft)
    assert found.differences == ("Advisory, fee: 3000.00 → 3371.61 EUR",)
    now = refreshed(found)
    assert now is not None
    assert [line.charge.net for line in now.lines] == [eur("1451.61"), eur(1920), eur(800)]
    assert [line.key.service for line in now.lines[:2]] == [
        days("2026-01-01", "2026-01-16"), days("2026-01-16", "2026-02-01")
    ]  # fmt: skip


def test_own_words_survive_a_refresh() -> None:
    draft = edited(drafted(), DraftEdit({drafted().lines[0].key: "January"}, note="PO 1"))
    now = refreshed(state(file_of(plan("2026-01-01", 3600)), draft))
    assert now is not None
    assert (now.lines[0].text, now.note) == ("January", "PO 1")


def test_what_is_not_owed_any_more_is_taken_out_by_a_refresh() -> None:
    file = replace(file_of(), charges=())
    found = state(file, drafted())
    assert found.differences == ("Workshop: 800.00 EUR is not owed any more",)
    now = refreshed(found)
    assert now is not None
    assert len(now.lines) == 1
    gone = replace(file, retainers=())
    assert refreshed(state(gone, drafted())) is None


def test_a_one_off_charge_that_got_another_day_is_still_the_drafted_one() -> None:
    """By source and not by day: else it would be proposed beside its draft."""
    file = replace(file_of(), charges=(replace(WORKSHOP, on=day("2026-01-04")),), drafts=(drafted(),))
    assert missing_charges(file, TODAY, TODAY) == []
    (found,) = draft_states(file, TODAY)
    assert found.differences == ("Workshop: its details changed",)


def test_a_draft_below_zero_is_merged_and_not_issued() -> None:
    file = replace(file_of(), charges=(replace(WORKSHOP, unit_price=Decimal(-800)),))
    rest, part = split(drafted(file), [drafted(file).lines[1].key], "d2")
    below = draft_states(replace(file, drafts=(rest, part)), TODAY)[1]
    assert "below zero" in below.obstacle
    assert state(file, merged([rest, part])).obstacle == ""


# Deposits


def test_a_deposit_is_set_against_a_draft_while_it_waits_and_never_twice() -> None:
    """500.00 paid before: the draft over 800.00 comes to 300.00, and what is proposed beside it to 400.00."""
    file = replace(billed([(50_000, FULL, 100)], [], 0), charges=(charge(0, 80_000, FULL),))
    on = day("2026-02-10")
    (proposal,) = propose(file, on, on).proposals
    draft = draft_from(proposal, "d1", on)
    assert len(draft.lines) == 1
    held = replace(file, charges=(*file.charges, charge(1, 40_000, FULL)), drafts=(draft,))
    (found,) = draft_states(held, on)
    assert (found.obstacle, found.totals.net) == ("", eur(300))
    assert [each.totals.net for each in propose(held, on, on).proposals] == [eur(400)]
    issued = issue(replace(held, drafts=()), found.proposal, on)
    assert issued.invoices[-1].totals.net == eur(300)


def test_a_deposit_is_asked_for_by_itself() -> None:
    asked = account_file(deposits=(deposit(0, 50_000, FULL),), charges=(charge(0, 80_000, FULL),))
    on = day("2026-01-10")
    drafts = [draft_from(each, f"d{n}", on) for n, each in enumerate(propose(asked, on, on).proposals)]
    with pytest.raises(RuleViolation, match="by itself"):
        merged(drafts)
