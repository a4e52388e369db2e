"""What late, changed or deleted work would change in closed periods, and what can be decided about it.

A closed row of the lot ledger stays. The difference to the row as it would be now is listed until it is
decided: billed or credited at the plan's price, carried into the next open period, or absorbed. What the
closed row would have handed on differently goes into the next open period too, unless it is absorbed.
Source: handbook, "Closing".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.allowance import recomputed
from retainerdesk.domain.belonging import blocks_of, calls_of, work_of
from retainerdesk.domain.block import OpenedBlock
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.credit import creditable_lines
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import ChargeKind, InvoiceLine
from retainerdesk.domain.money import Money
from retainerdesk.domain.overage_price import priced_overage, used_words
from retainerdesk.domain.period import Period
from retainerdesk.domain.period_close import (
    LATE_SOURCE,
    Difference,
    LateChoice,
    LateDecision,
    LateEntry,
    PeriodClose,
)
from retainerdesk.domain.plan import OverageDecision, UsageUnit
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.usage import account_usage, opened_blocks
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.domain.uses import Use, uses_of


@dataclass(frozen=True, slots=True)
class LateOption:
    """One thing that can be decided. `net` is what it adds to invoices, and so to revenue (negative: less).

    `moved` is what the next open period has to cover (negative: what it is granted), `given` what is
    absorbed, both in the unit of the plan. `credits` is the line a credit note would take it back of.
    """

    choice: LateChoice
    net: Money
    moved: int = 0
    given: int = 0
    credits: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class LateEffect:
    """A difference in a closed period that waits to be decided, with the entries that caused it.

    `usage` is the row as it was closed; `to_on` the first day of the next open period, None after the end.
    """

    account_id: str
    account_name: str
    retainer_id: str
    retainer_name: str
    usage: UsagePeriod
    difference: Difference
    entries: tuple[LateEntry, ...]
    to_on: date | None
    options: tuple[LateOption, ...]

    @property
    def id(self) -> str:
        """Names it on the command line: account/retainer/first day of the period."""
        return f"{self.account_id}/{self.retainer_id}/{self.usage.span.start}"

    @property
    def span(self) -> Period:
        return self.usage.span

    @property
    def unit(self) -> UsageUnit:
        return self.usage.unit

    def option(self, choice: LateChoice) -> LateOption | None:
        """The option of that choice, if it can be chosen."""
        return next((each for each in self.options if each.choice is choice), None)


def late_effects(
    file: AccountFile, today: date, ledgers: Mapping[str, Sequence[UsagePeriod]] | None = None
) -> tuple[LateEffect, ...]:
    """Every difference in closed periods of an account that waits, in order of retainer and period.

    `ledgers` are those of the same file and day, where they are known already. Pure; changes nothing.
    """
    if not any(each.closes for each in file.retainers):
        return ()
    known = account_usage(file, today).ledgers if ledgers is None else ledgers
    opened = opened_blocks(file, today)
    return tuple(
        _effect(file, retainer, known[retainer.id], usage, found)
        for retainer in file.retainers
        for usage, found in open_differences(
            retainer,
            known[retainer.id],
            uses_of(retainer, work_of(file, retainer), calls_of(file, retainer)),
            today,
            [opened[each.id] for each in blocks_of(file, retainer) if each.id in opened],
        )
    )


def open_differences(
    retainer: Retainer,
    ledger: Sequence[UsagePeriod],
    uses: Iterable[Use],
    today: date,
    blocks: Iterable[OpenedBlock] = (),
) -> Iterator[tuple[UsagePeriod, Difference]]:
    """The closed periods of a retainer whose difference has an effect that nobody decided about yet.

    Works with sums of work as well as with single entries.
    """
    for kept, now in recomputed(retainer, ledger, uses, today, blocks):
        found = _difference(kept, now)
        for decided in _decided(retainer, kept.span, today):
            found = found - decided.difference
        if found.overage or found.from_blocks or found.carried or found.price:
            yield kept, found


def _difference(kept: UsagePeriod, now: UsagePeriod) -> Difference:
    currency = kept.plan.fee.currency
    return Difference(
        now.used - kept.used, now.overage - kept.overage, now.from_blocks - kept.from_blocks,
        now.carried - kept.carried, priced_overage(now, currency) - priced_overage(kept, currency),
    )  # fmt: skip


def _decided(retainer: Retainer, span: Period, today: date) -> list[LateDecision]:
    return [each for each in retainer.late if each.period_on == span.start and each.on <= today]


def _effect(
    file: AccountFile,
    retainer: Retainer,
    ledger: Sequence[UsagePeriod],
    usage: UsagePeriod,
    found: Difference,
) -> LateEffect:
    to_on = next((each.span.start for each in ledger if each.closed_on is None), None)
    return LateEffect(
        file.account.id, file.account.name, retainer.id, retainer.name, usage, found,
        late_entries(file, retainer, usage.span), to_on, tuple(_options(file, retainer, usage, found, to_on)),
    )  # fmt: skip


def late_entries(file: AccountFile, retainer: Retainer, span: Period) -> tuple[LateEntry, ...]:
    """The entries of a closed period that are not as they were when it was closed, or last decided about."""
    kept = next(each for each in reversed(retainer.closes) if each.span == span and each.reopened is None)
    before = {name: (on, amount) for on, name, amount in kept.uses}
    for decided in retainer.late:
        if decided.period_on == span.start:
            for entry in decided.entries:
                before[entry.entry_id] = (entry.on, entry.after)
    now = {
        name: (on, amount)
        for on, name, amount in uses_of(retainer, work_of(file, retainer), calls_of(file, retainer))
        if on in span
    }
    changed = (
        LateEntry(
            name, now.get(name, before.get(name, (span.start, 0)))[0],
            before.get(name, (span.start, 0))[1], now.get(name, (span.start, 0))[1],
        )
        for name in before | now
    )  # fmt: skip
    return tuple(sorted((e for e in changed if e.change), key=lambda each: (each.on, each.entry_id)))


def _options(
    file: AccountFile, retainer: Retainer, usage: UsagePeriod, found: Difference, to_on: date | None
) -> Iterable[LateOption]:
    nothing, was_billed = Money(0, found.price.currency), usage.decision is OverageDecision.BILL
    moved_beside = found.to_place - found.overage if to_on is not None else 0
    if found.price.minor > 0 or (found.price.minor < 0 and was_billed):
        yield LateOption(LateChoice.CORRECT, found.price, moved_beside)
    if found.price.minor < 0 and was_billed:
        line = _creditable(file, retainer, usage.span, -found.price)
        if line is not None:
            yield LateOption(LateChoice.CREDIT, found.price, moved_beside, credits=line)
    if found.to_place and to_on is not None:
        yield LateOption(LateChoice.CARRY, nothing, found.to_place)
    yield LateOption(LateChoice.ABSORB, nothing, given=found.to_place)


def decide(
    effect: LateEffect, choice: LateChoice, reason: str, today: date, decision_id: str
) -> LateDecision:
    """The decision of that choice about all of the difference.

    Raises RuleViolation where the choice is not offered or no reason is given.
    """
    option = effect.option(choice)
    if option is None:
        offered = ", ".join(each.choice.value for each in effect.options)
        message = f"{choice.value} does not fit the difference of {effect.span.start}; choose {offered}."
        raise RuleViolation("late.choice", message, "choice")
    if not reason.strip():
        raise RuleViolation("late.reason", "Say why; the reason is kept with the decision.", "reason")
    return LateDecision(
        decision_id, effect.span.start, today, choice, effect.difference, reason.strip(), effect.entries,
        effect.to_on if option.moved else None,
    )  # fmt: skip


def late_words(found: Difference, unit: UsageUnit) -> str:
    """The difference as a clause: "1 h 30 more, 225.00 EUR of overage more, 1 h less carried on"."""
    currency = found.price.currency
    parts = [
        f"{used_words(abs(amount), unit, currency)} {'more' if amount > 0 else 'less'}{what}"
        for amount, what in ((found.used, ""), (found.carried, " carried on"))
        if amount
    ]
    if found.price:
        size, more = (found.price, "more") if found.price.minor > 0 else (-found.price, "less")
        parts.insert(min(1, len(parts)), f"{size} {currency} of overage {more}")
    elif found.overage:
        over = used_words(abs(found.overage), unit, currency)
        parts.insert(min(1, len(parts)), f"{over} {'more' if found.overage > 0 else 'less'} overage")
    return ", ".join(parts)


def _creditable(file: AccountFile, retainer: Retainer, span: Period, amount: Money) -> tuple[str, int] | None:
    """The newest line that billed overage of the period and still has so much to take back."""
    for invoice in sorted(file.invoices, key=lambda each: (each.issued_on, each.sequence), reverse=True):
        if invoice.is_void() or invoice.is_credit_note:
            continue
        left = {each.position: each.left for each in creditable_lines(invoice, file.invoices)}
        for line in invoice.lines:
            if is_overage_of(line, retainer.id, span) and left[line.position].minor >= amount.minor:
                return invoice.number, line.position
    return None


def is_overage_of(line: InvoiceLine, retainer_id: str, span: Period) -> bool:
    """Whether a line charges overage of a usage period, as it was closed or as a correction."""
    key = line.key
    is_correction = key.kind is ChargeKind.CORRECTION and (
        key.source_id == "overage" or key.source_id.startswith(LATE_SOURCE)
    )
    is_overage = key.kind is ChargeKind.OVERAGE or is_correction
    return is_overage and key.retainer_id == retainer_id and key.service.start in span


def late_absorbed(retainer: Retainer, usage: UsagePeriod) -> int:
    """What was given away of late work in a closed period, in the unit of its plan.

    Work that was taken out counts against it only where the overage itself was given away.
    """
    if usage.closed_on is None:
        return 0
    own = [each.absorbed for each in retainer.late if each.period_on == usage.span.start]
    return sum(part for part in own if part > 0 or usage.decision is OverageDecision.ABSORB)


def close_holding(retainer: Retainer, day: date) -> PeriodClose | None:
    """The closing that holds for the usage period of `day`, if that is closed."""
    return next((each for each in retainer.closes if each.reopened is None and day in each.span), None)
