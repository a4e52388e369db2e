"""Which usage periods can be closed, which can be opened again, and what a closed one forbids to change.

Source: handbook, "Closing". Periods are closed in their order and opened again from the last one back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from retainerdesk.domain.account import Person
from retainerdesk.domain.belonging import calls_of, work_of
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.charging import issued_lines
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.late import is_overage_of
from retainerdesk.domain.overage_price import used_words
from retainerdesk.domain.period_close import LATE_SOURCE, LateDecision, PeriodClose
from retainerdesk.domain.plan import OverageDecision, Plan
from retainerdesk.domain.retainer import Retainer, UsageDecision
from retainerdesk.domain.schedule import usage_periods
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.uses import Use, uses_of


def worth_closing(retainer: Retainer, usage: UsagePeriod) -> bool:
    """Whether a period has anything to lock: something granted, handed on, adjusted or used.

    A fee without hours has nothing, and what began before `settled_through` was settled elsewhere.
    """
    is_settled = retainer.settled_through is not None and usage.span.start < retainer.settled_through
    figures = (usage.opening, usage.granted, usage.adjusted, usage.used, usage.carried_in)
    return not is_settled and any(figures)


def closable(
    retainer: Retainer, ledger: Sequence[UsagePeriod], through: date, *, is_named: bool = False
) -> list[UsagePeriod]:
    """What closing through a day (included) closes, in order: periods that are over and not closed yet.

    Closed periods stand in an unbroken row from the first one, so one that is not worth closing closes with
    a later one that is, and is left open after the last of these, unless the retainer was named.
    """
    over = [
        each for each in ledger if each.closed and each.closed_on is None and each.span.last_day <= through
    ]
    if is_named:
        return over
    last = max((place for place, each in enumerate(over, 1) if worth_closing(retainer, each)), default=0)
    return over[:last]


def check_through(through: date, today: date) -> None:
    """Raise RuleViolation if periods up to `through` could not be over by `today`."""
    if through >= today:
        message = f"{through} is not over yet; close what ended by {date.fromordinal(today.toordinal() - 1)}."
        raise RuleViolation("close.not_over", message, "through")


def closes_of(
    file: AccountFile, retainer: Retainer, periods: Iterable[UsagePeriod], today: date
) -> tuple[PeriodClose, ...]:
    """What is kept of each of these periods when it is closed on `today`."""
    uses = uses_of(retainer, work_of(file, retainer), calls_of(file, retainer))
    return tuple(
        _close(retainer, each, [use for use in uses if use[0] in each.span], today) for each in periods
    )


def _close(retainer: Retainer, usage: UsagePeriod, uses: Sequence[Use], today: date) -> PeriodClose:
    before = sum(each.span.start == usage.span.start for each in retainer.closes)
    return PeriodClose(
        usage.span, today, usage.plan.from_on, usage.opening, usage.granted, usage.adjusted, usage.used,
        usage.carried_in, usage.burned, usage.overage, usage.expired, usage.forfeited, usage.carried,
        usage.from_blocks, usage.unmetered, tuple(use for use in uses if use[2]), usage.lots,
        usage.block_burns, before + 1,
    )  # fmt: skip


def open_points(
    file: AccountFile, retainer: Retainer, usage: UsagePeriod, people: Iterable[Person]
) -> tuple[str, ...]:
    """What is still open about a period that may be closed all the same, as sentences."""
    points: list[str] = []
    if usage.decision is OverageDecision.ASK:
        over = used_words(usage.overage, usage.unit, file.account.currency)
        points.append(f"{over} over the allowance wait for a decision")
    known = {each.id: each for each in people}
    costless = sorted(
        {
            entry.person_id
            for entry in work_of(file, retainer)
            if entry.on in usage.span and not _has_rate(known.get(entry.person_id), entry.on)
        }
    )
    if costless:
        points.append(f"no cost rate: {', '.join(costless)}")
    is_billed = usage.overage and usage.decision is OverageDecision.BILL
    if is_billed and not any(is_overage_of(line, retainer.id, usage.span) for line in issued_lines(file)):
        points.append("its overage is not invoiced yet")
    return tuple(points)


def _has_rate(person: Person | None, on: date) -> bool:
    return person is not None and person.cost_rate_on(on) is not None


def check_reopen(file: AccountFile, retainer: Retainer, period_on: date, reason: str) -> PeriodClose:
    """The closing that may be taken back. Raises RuleViolation for one that something stands on."""
    held = [each for each in retainer.closes if each.reopened is None]
    found = next((each for each in held if each.span.start == period_on), None)
    if found is None:
        message = f"No period of {retainer.name} that starts on {period_on} is closed."
        raise RuleViolation("reopen.unknown", message, "period")
    if not reason.strip():
        raise RuleViolation("reopen.reason", "Say why it is opened again; the reason is kept.", "reason")
    if found is not held[-1]:
        message = f"A later period is closed too; open that from {held[-1].span.start} again first."
        raise RuleViolation("reopen.order", message, "period")
    if any(each.period_on == period_on for each in retainer.late):
        message = (
            f"Late work in the period from {period_on} was decided about; take those decisions back first."
        )
        raise RuleViolation("reopen.decided", message, "period")
    number = _issued_from(file, retainer, found)
    if number:
        message = f"{number} was issued from the closed period of {period_on}, so it stays closed."
        raise RuleViolation("reopen.issued", message, "period")
    return found


def _issued_from(file: AccountFile, retainer: Retainer, close: PeriodClose) -> str:
    """The number of a document that charges overage as it was closed; empty without any.

    What was invoiced before was computed from an open period, and is corrected by itself if it changes.
    """
    for invoice in file.invoices:
        is_later = invoice.issued_on > close.closed_on and not invoice.is_void()
        if is_later and any(is_overage_of(line, retainer.id, close.span) for line in invoice.lines):
            return invoice.number
    return ""


def check_undecide(file: AccountFile, retainer: Retainer, decided: LateDecision) -> None:
    """Raise RuleViolation for a decision about late work that something stands on already."""
    if decided.invoice_number is not None:
        message = f"Credit note {decided.invoice_number} was issued for it; it can only be corrected in turn."
        raise RuleViolation("late.issued", message, "id")
    source = LATE_SOURCE + decided.id
    if any(line.key.source_id == source for line in issued_lines(file)):
        message = "Its correction is invoiced; it can only be corrected in turn."
        raise RuleViolation("late.issued", message, "id")
    held = [each for each in retainer.closes if each.reopened is None]
    if decided.moved and any(decided.to_on is not None and decided.to_on in each.span for each in held):
        message = f"The period of {decided.to_on} that took it is closed too; open that again first."
        raise RuleViolation("late.closed", message, "id")


def check_kept_periods(before: Retainer, after: Retainer) -> None:
    """Raise RuleViolation if a change of a retainer touches a plan or the bounds of a closed period."""
    held = [each for each in before.closes if each.reopened is None]
    if not held:
        return
    for plan in used_by(before, held):
        if plan not in after.plans:
            message = (
                f"The plan from {plan.from_on} was used by a closed period and cannot change."
                " Add a new plan from the day the new terms hold."
            )
            raise RuleViolation("plan.closed", message, "plans")
    horizon = held[-1].span.end
    spans = {each.span for each in usage_periods(after, horizon)} if after.plans else set()
    bounds = {each.span for each in usage_periods(before, horizon)}
    for each in held:
        if each.span in bounds and each.span not in spans:
            message = (
                f"The period from {each.span.start} to {each.span.last_day} is closed, and this would give it"
                " other days. Choose a later day, or open the period again first."
            )
            raise RuleViolation("close.span", message, "plans")


def used_by(retainer: Retainer, held: Iterable[PeriodClose]) -> list[Plan]:
    """The plans in force on any day of a closed period."""
    spans = [each.span for each in held]
    ends = [*(plan.from_on for plan in retainer.plans[1:]), date.max]
    starts = [date.min, *(plan.from_on for plan in retainer.plans[1:])]
    return [
        plan
        for plan, start, end in zip(retainer.plans, starts, ends, strict=True)
        if any(span.start < end and start < span.end for span in spans)
    ]


def check_usage_decision(retainer: Retainer, decision: UsageDecision, was: OverageDecision | None) -> None:
    """Raise RuleViolation for carrying overage on (or not any more) where the next period is closed."""
    held = [each for each in retainer.closes if each.reopened is None]
    is_built_on = any(each.span.start > decision.period_on for each in held)
    carries = {decision.decision, was} & {OverageDecision.CARRY}
    if is_built_on and carries and decision.decision is not was:
        message = (
            "The period after it is closed, so what is carried into it cannot change."
            " Bill or absorb it, or open that period again first."
        )
        if was is OverageDecision.CARRY:
            message = "It was carried into a period that is closed; open that again to decide anew."
        raise RuleViolation("overage.closed", message, "decision")
