"""Merging the business, its series, and an account with its contacts and retainers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from retainerdesk.domain.account import Account, Business, Contact, NumberGap, Series
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.closing_rules import check_kept_periods
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Invoice, InvoiceStatus
from retainerdesk.domain.period import Period
from retainerdesk.domain.period_close import LateDecision, PeriodClose
from retainerdesk.domain.plan import Plan
from retainerdesk.domain.retainer import Retainer
from retainerdesk.exchange.book.write_closing import close_node, late_node
from retainerdesk.exchange.book.write_parties import (
    account_node,
    business_node,
    contact_node,
    gap_node,
    series_node,
)
from retainerdesk.exchange.book.write_retainer import (
    adjustment_node,
    plan_node,
    retainer_node,
    usage_decision_node,
)
from retainerdesk.exchange.merge.compare import Comparison, differing
from retainerdesk.exchange.merge.plan import Merged


def merge_business(current: Business, incoming: Business, compare: Comparison) -> Merged[Business]:
    """A business without a name has not been set up yet: then that of the file is new."""
    if not current.name and current != incoming:
        return Merged(added=(incoming,))
    if compare.same(current, incoming, "business", business_node):
        return Merged(left=1)
    return Merged(changed=(incoming,) if compare.update else ())


def merge_series(current: Series | None, incoming: Series, path: str, compare: Comparison) -> Merged[Series]:
    """The next number only ever goes up: a file that is behind the book is no difference. Gaps are joined."""
    if current is None:
        return Merged(added=(incoming,))
    year, following = max((current.year, current.next), (incoming.year, incoming.next))
    gaps = compare.by_id(current.gaps, incoming.gaps, f"{path}.gaps", _place_of_gap, gap_node)
    changed = {_place_of_gap(gap): gap for gap in gaps.changed}
    joined = [changed.get(_place_of_gap(gap), gap) for gap in current.gaps]
    joined = sorted([*joined, *gaps.added], key=_place_of_gap)
    ahead = replace(incoming, year=year, next=following, gaps=tuple(joined))
    if not compare.same(
        replace(current, year=year, next=following, gaps=ahead.gaps), ahead, path, series_node
    ):
        return Merged(changed=(ahead,) if compare.update else ())
    return Merged(left=1) if ahead == current else Merged(changed=(ahead,))


def _place_of_gap(gap: NumberGap) -> tuple[int, int, int]:
    return gap.year, gap.first, gap.last


def merge_account(
    current: AccountFile, incoming: Account, path: str, compare: Comparison
) -> tuple[Merged[Account], int]:
    """The account with its contacts, and how many contacts are new. Contacts are never removed."""
    mine = current.account
    if mine.currency != incoming.currency and _has_money(current):
        sentence = f"cannot change from {mine.currency}: the account has amounts in it. Use a new account."
        compare.refusals.add(f"{path}.currency", sentence)
    contacts = compare.by_id(
        mine.contacts, incoming.contacts, f"{path}.contacts", lambda contact: contact.id, contact_node
    )
    same = compare.same(replace(mine, contacts=()), replace(incoming, contacts=()), path, account_node)
    taken = mine if same or not compare.update else incoming
    result = replace(taken, contacts=_joined(mine.contacts, contacts))
    merged: Merged[Account] = Merged(left=1) if result == mine else Merged(changed=(result,))
    return merged, len(contacts.added)


def _joined(mine: tuple[Contact, ...], merged: Merged[Contact]) -> tuple[Contact, ...]:
    changed = {contact.id: contact for contact in merged.changed}
    return tuple(changed.get(contact.id, contact) for contact in mine) + merged.added


def _has_money(file: AccountFile) -> bool:
    rows = (
        file.retainers,
        file.charges,
        file.expenses,
        file.payments,
        file.invoices,
        file.blocks,
        file.deposits,
    )
    return any(rows)


def merge_retainer(
    current: Retainer | None,
    incoming: Retainer,
    invoices: tuple[Invoice, ...],
    path: str,
    compare: Comparison,
) -> Merged[Retainer]:
    """One retainer. Adjustments and usage decisions join by id and period; used plans never change."""
    if current is None:
        return Merged(added=(incoming,))
    _refuse_changed_past(current, incoming, invoices, path, compare)
    _refuse_changed_closed(current, incoming, path, compare)
    adjustments = compare.by_id(
        current.adjustments,
        incoming.adjustments,
        f"{path}.adjustments",
        lambda item: item.id,
        adjustment_node,
    )
    decisions = compare.by_id(
        current.usage_decisions,
        incoming.usage_decisions,
        f"{path}.usage_decisions",
        lambda item: item.period_on,
        usage_decision_node,
    )
    closes, late = _merge_closing(current, incoming, path, compare)
    same = compare.same(_without_lists(current), _without_lists(incoming), path, retainer_node)
    changed_adjustments = {item.id: item for item in adjustments.changed}
    changed_decisions = {item.period_on: item for item in decisions.changed}
    result = replace(
        current if same or not compare.update else incoming,
        adjustments=tuple(changed_adjustments.get(item.id, item) for item in current.adjustments)
        + adjustments.added,
        usage_decisions=tuple(changed_decisions.get(item.period_on, item) for item in current.usage_decisions)
        + decisions.added,
        closes=closes,
        late=late,
    )
    return Merged(left=1) if result == current else Merged(changed=(result,))


def _without_lists(retainer: Retainer) -> Retainer:
    return replace(retainer, adjustments=(), usage_decisions=(), closes=(), late=())


def _merge_closing(
    current: Retainer, incoming: Retainer, path: str, compare: Comparison
) -> tuple[tuple[PeriodClose, ...], tuple[LateDecision, ...]]:
    """Closings and decisions about late work join by period and by id; those of the book never change."""
    fixed = replace(compare, update=False, way_out="what was closed or decided stays as it was")
    closes = fixed.by_id(current.closes, incoming.closes, f"{path}.closes", _close_key, close_node)
    late = fixed.by_id(current.late, incoming.late, f"{path}.late", lambda item: item.id, late_node)
    joined = tuple(sorted((*current.closes, *closes.added), key=_close_key))
    held = [each.span for each in joined if each.reopened is None]
    if any(later.start < earlier.end for earlier, later in pairwise(held)):
        compare.refusals.add(f"{path}.closes", "closes days that the book has closed already in another way.")
    return joined, tuple(sorted((*current.late, *late.added), key=lambda item: (item.on, item.id)))


def _close_key(close: PeriodClose) -> tuple[date, int]:
    return close.span.start, close.number


def _refuse_changed_past(
    current: Retainer, incoming: Retainer, invoices: tuple[Invoice, ...], path: str, compare: Comparison
) -> None:
    """Also with update: what was invoiced keeps the plan and the anchor it was computed from.

    Without update every difference is refused anyway, so that nothing is named twice.
    """
    spans = invoiced_spans(current.id, invoices)
    if not spans or not compare.update:
        return
    if incoming.starts_on != current.starts_on:
        sentence = (
            "cannot change: periods counted from it have been invoiced. End the retainer, start another."
        )
        compare.refusals.add(f"{path}.starts_on", sentence)
    theirs = {plan.from_on: (index, plan) for index, plan in enumerate(incoming.plans)}
    for plan in used_plans(current, spans):
        index, other = theirs.get(plan.from_on, (None, None))
        reason = f"the plan from {plan.from_on} has been invoiced; add a new plan instead of changing it."
        if other is None:
            compare.refusals.add(f"{path}.plans", f"lacks a plan of the book: {reason}")
        elif other != plan:
            places = differing(plan_node(plan), plan_node(other), f"{path}.plans[{index}]")
            for place, _, _ in places:
                compare.refusals.add(place, f"cannot change: {reason}")


def _refuse_changed_closed(current: Retainer, incoming: Retainer, path: str, compare: Comparison) -> None:
    if not compare.update:
        return
    try:
        check_kept_periods(current, incoming)
    except RuleViolation as refused:
        compare.refusals.add(f"{path}.{refused.field}", refused.message)


def invoiced_spans(retainer_id: str, invoices: tuple[Invoice, ...]) -> tuple[Period, ...]:
    """The service periods of a retainer on invoices that are not void."""
    return tuple(
        line.key.service
        for invoice in invoices
        if invoice.status is not InvoiceStatus.VOID
        for line in invoice.lines
        if line.key.retainer_id == retainer_id
    )


def used_plans(retainer: Retainer, spans: tuple[Period, ...]) -> tuple[Plan, ...]:
    """The plans in force on any day of any of the spans (half-open), in order."""
    used = []
    for index, plan in enumerate(retainer.plans):
        later = retainer.plans[index + 1 :]
        if any((index == 0 or span.end > plan.from_on) and _before(span, later) for span in spans):
            used.append(plan)
    return tuple(used)


def _before(span: Period, later: tuple[Plan, ...]) -> bool:
    return not later or span.start < later[0].from_on
