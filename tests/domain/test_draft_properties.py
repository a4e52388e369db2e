"""No sequence of keeping, merging, splitting, editing and issuing drafts loses or doubles a charge."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import missing_charges
from retainerdesk.domain.draft import Draft, DraftEdit, edited, merged, skips_of, split, without_lines
from retainerdesk.domain.draft_state import draft_from, draft_states, proposal_of, refreshed
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import ChargeKind
from retainerdesk.domain.invoicing import propose
from retainerdesk.domain.money import Money
from retainerdesk.domain.retainer import Retainer
from tests.domain.builders import account_file, each_day, expense, issue, lines_of, one_off
from tests.domain.strategies import FIRST_DAY, retainers

TODAY = date(2025, 12, 31)
ACTS = ("keep", "merge", "split", "edit", "take_out", "put_back", "delete", "refresh", "issue", "reprice")


class Desk:
    """One account, and what can be done with its drafts; what a rule refuses leaves everything as it was."""

    def __init__(self, agreed: Retainer, data: st.DataObject) -> None:
        self.file = account_file(
            agreed, charges=(one_off("2025-03-03", "800"),), expenses=(expense("2025-05-05", "58.90"),)
        )
        self.data = data
        self.made = 0

    def pick(self) -> Draft | None:
        return self.data.draw(st.sampled_from(self.file.drafts)) if self.file.drafts else None

    def swap(self, gone: tuple[Draft, ...], come: tuple[Draft, ...]) -> None:
        ids = {draft.id for draft in gone}
        kept = tuple(draft for draft in self.file.drafts if draft.id not in ids)
        self.file = replace(self.file, drafts=(*kept, *come))

    def new_id(self) -> str:
        self.made += 1
        return f"d{self.made:03}"

    def do(self, act: str) -> None:
        draft = self.pick()
        if act == "keep":
            for proposal in propose(self.file, TODAY, TODAY, confirmed=True).proposals[:3]:
                self.swap((), (draft_from(proposal, self.new_id(), TODAY),))
        elif act == "reprice":
            self.reprice()
        elif draft is not None:
            getattr(self, act)(draft)

    def reprice(self) -> None:
        """Terms change underneath: another plan from some day on, as a rule inside a drafted period."""
        (agreed,) = self.file.retainers
        held = [line.key for draft in self.file.drafts for line in draft.lines]
        inside = [day for key in held if key.kind is ChargeKind.FEE for day in each_day(key.service)[1:]]
        day = self.data.draw(st.sampled_from(inside) if inside else st.dates(FIRST_DAY, TODAY))
        if day > agreed.starts_on and all(plan.from_on != day for plan in agreed.plans):
            before = max((each for each in agreed.plans if each.from_on < day), key=lambda each: each.from_on)
            new = replace(before, from_on=day, fee=before.fee + Money(1000, "EUR"))
            agreed_plans = tuple(sorted((*agreed.plans, new), key=lambda each: each.from_on))
            self.file = replace(self.file, retainers=(replace(agreed, plans=agreed_plans),))

    def merge(self, draft: Draft) -> None:
        others = [each for each in self.file.drafts if each.id != draft.id]
        if others:
            other = self.data.draw(st.sampled_from(others))
            self.swap((draft, other), (merged([draft, other]),))

    def split(self, draft: Draft) -> None:
        if len(draft.lines) > 1:
            self.swap((draft,), split(draft, [draft.lines[0].key], self.new_id()))

    def edit(self, draft: Draft) -> None:
        order = [line.key for line in reversed(draft.lines)]
        edit = DraftEdit({order[0]: "In my words"}, order, "A note")
        self.swap((draft,), (edited(draft, edit),))

    def take_out(self, draft: Draft) -> None:
        rest = without_lines(draft, [draft.lines[0].key])
        self.swap((draft,), (rest,) if rest else ())

    def put_back(self, draft: Draft) -> None:
        self.swap((draft,), ())

    def delete(self, draft: Draft) -> None:
        self.swap((draft,), ())
        skips = skips_of(draft, draft.keys, "no", TODAY)
        self.file = replace(self.file, skips=(*self.file.skips, *skips))

    def refresh(self, draft: Draft) -> None:
        state = next(each for each in draft_states(self.file, TODAY) if each.draft.id == draft.id)
        now = refreshed(state)
        self.swap((draft,), (now,) if now else ())

    def issue(self, draft: Draft) -> None:
        state = next(each for each in draft_states(self.file, TODAY) if each.draft.id == draft.id)
        if not state.obstacle:
            self.swap((draft,), ())
            self.file = issue(self.file, proposal_of(draft), TODAY)


def check_nothing_is_in_two_places(file: AccountFile) -> None:
    """Keys over drafts, issued lines, skips and proposals; and no served day is on two fee lines."""
    held = [line.key for draft in file.drafts for line in draft.lines]
    issued = [line.key for line in lines_of(file)]
    skipped = [skip.key for skip in file.skips]
    offered = [charge.key for charge in missing_charges(file, TODAY, TODAY)]
    places = Counter([*held, *issued, *skipped, *offered])
    assert [key for key, count in places.items() if count > 1] == []


def check_served_days(file: AccountFile) -> None:
    """Of what is issued or offered, a day of service is in one fee at most; none offered is drafted."""
    drafted = {day for draft in file.drafts for key in draft.keys if key.kind is ChargeKind.FEE
               for day in each_day(key.service)}  # fmt: skip
    for charge in missing_charges(file, TODAY, TODAY):
        assert charge.key.kind is not ChargeKind.FEE or drafted.isdisjoint(each_day(charge.key.service))
    keys = [line.key for line in lines_of(file, ChargeKind.FEE)]
    keys += [charge.key for charge in missing_charges(file, TODAY, TODAY)]
    covered = Counter(day for key in keys if key.kind is ChargeKind.FEE for day in each_day(key.service))
    assert [day for day, count in covered.items() if count > 1] == []


def check_nothing_is_lost(desk: Desk) -> None:
    """With every draft put back, a run offers exactly what it would offer had there never been drafts."""
    free = replace(desk.file, drafts=())
    states = draft_states(desk.file, TODAY)
    on_drafts = [charge.key for state in states for line in state.lines for charge in line.now]
    offered = [charge.key for charge in missing_charges(desk.file, TODAY, TODAY)]
    assert sorted([*on_drafts, *offered]) == sorted(c.key for c in missing_charges(free, TODAY, TODAY))


@settings(max_examples=40, deadline=None)
@given(retainers(), st.lists(st.sampled_from(ACTS), min_size=3, max_size=12), st.data())
def test_no_sequence_loses_or_doubles_a_charge(
    agreed: Retainer, acts: list[str], data: st.DataObject
) -> None:
    desk = Desk(agreed, data)
    for act in ["keep", *acts]:
        before = desk.file
        try:
            desk.do(act)
        except RuleViolation:
            desk.file = before
        check_nothing_is_in_two_places(desk.file)
        check_served_days(desk.file)
        check_nothing_is_lost(desk)
