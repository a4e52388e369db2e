"""Terms of a retainer, the day its service ends, and the price in force on each day.

Every term boundary is computed from `starts_on` (k times the months), never from the term before. Spans are
half-open; E, "the last day", is the day before a span's end. Source: handbook, "Term, notice, renewal".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period, add_months
from retainerdesk.domain.plan import Plan
from retainerdesk.domain.retainer import Escalator, Notice, NoticeUnit, Renewal, Retainer, TermRule

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """Term `number` (1, 2, …) and its agreed span.

    With `open_end` nothing is committed beyond today: the span then ends where the service ends or, if
    nobody gave notice, where the question did.
    """

    number: int
    span: Period
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class NoticeDays:
    """The last day notice may be given: `safe` by the strict reading, `loose` by the generous one."""

    safe: date
    loose: date


@dataclass(frozen=True, slots=True)
class PriceStep:
    """From `from_on` the fee of a full billing period is `fee`, by `plan` and the rises since it began.

    `rise_percent` is the rise that made this step (None at the start and for a new plan); `reason` says why.
    """

    from_on: date
    plan: Plan
    fee: Money
    reason: str
    rise_percent: Fraction | None = None


def last_notice_days(term_end: date, notice: Notice | None) -> NoticeDays:
    """The last days on which notice still ends a term at `term_end` (its first day without service).

    Months: the latest D whose D + n months, clamped, is not after E. Days: E - n (safe) and R - n (loose).
    Without a notice rule it is E itself.
    """
    last_day = term_end - _DAY
    if notice is None:
        return NoticeDays(last_day, last_day)
    if notice.unit is NoticeUnit.DAYS:
        span = timedelta(days=notice.count)
        return NoticeDays(last_day - span, term_end - span)
    latest = add_months(last_day, -notice.count)
    # 30 November - 3 months is 30 August, but 31 August + 3 months is clamped to 30 November as well.
    while add_months(latest + _DAY, notice.count) <= last_day:
        latest += _DAY
    return NoticeDays(latest, latest)


def service_end(retainer: Retainer) -> date | None:
    """The first day without service, or None while the end is open. `ended_on` overrides every rule.

    A fixed term ends at its R. An automatic one ends, once notice is given, at the R of the first term
    whose safe notice day is not before the notice. An open end (rolling, or no term agreed) ends when the
    notice has run out, never inside the committed term; without a notice rule the notice day is the last.
    """
    if retainer.ended_on is not None:
        return retainer.ended_on
    rule = retainer.term
    if rule is not None and rule.months is not None:
        if rule.renewal is Renewal.FIXED:
            return boundary(retainer, 1)
        if rule.renewal is Renewal.AUTOMATIC:
            return _end_of_automatic(retainer, rule)
    return _end_of_rolling(retainer, rule)


def _end_of_automatic(retainer: Retainer, rule: TermRule) -> date | None:
    if retainer.notice_given_on is None:
        return None
    number = term_number(retainer, retainer.notice_given_on)
    # Notice longer than a term can miss more than the running one.
    while last_notice_days(boundary(retainer, number), rule.notice).safe < retainer.notice_given_on:
        number += 1
    return boundary(retainer, number)


def _end_of_rolling(retainer: Retainer, rule: TermRule | None) -> date | None:
    given = retainer.notice_given_on
    if given is None:
        return None
    committed = boundary(retainer, 1) if rule is not None and rule.months is not None else retainer.starts_on
    notice = rule.notice if rule is not None else None
    return max(notice_runs_out(given, notice), committed)


def notice_runs_out(given_on: date, notice: Notice | None) -> date:
    """The first day without service after notice on `given_on`: 1 December, 30 days gives 1 January."""
    if notice is None:
        return given_on + _DAY
    if notice.unit is NoticeUnit.DAYS:
        return given_on + timedelta(days=notice.count) + _DAY
    return add_months(given_on, notice.count) + _DAY


def boundary(retainer: Retainer, k: int) -> date:
    """The end of term `k` and start of term `k + 1`; 0 is `starts_on`. Needs a term with months."""
    if retainer.term is None or retainer.term.months is None or retainer.term.months < 1:
        raise ValueError(f"{retainer.id} has no committed term of at least one month")
    return add_months(retainer.starts_on, k * retainer.term.months)


def term_number(retainer: Retainer, day: date) -> int:
    """The number of the agreed span that holds `day`, as if terms went on; 1 for days before the start."""
    number = 1
    while boundary(retainer, number) <= day:
        number += 1
    return number


def terms(retainer: Retainer, until: date) -> tuple[Term, ...]:
    """The terms that start before `until` and before the service ends, in order.

    Agreed spans are not cut, neither by `until` nor by an early exit (see `span_of`). A rolling retainer
    has its committed term and then one term with an open end; with no term agreed there is only the latter.
    """
    end = service_end(retainer)
    horizon = until if end is None else min(until, end)
    if horizon <= retainer.starts_on:
        return ()
    rule = retainer.term
    if rule is None or rule.months is None:
        return (Term(1, Period(retainer.starts_on, horizon), open_end=True),)
    first = Term(1, Period(retainer.starts_on, boundary(retainer, 1)))
    if rule.renewal is Renewal.FIXED or first.span.end >= horizon:
        return (first,)
    if rule.renewal is Renewal.ROLLING:
        return (first, Term(2, Period(first.span.end, horizon), open_end=True))
    return _automatic_terms(retainer, horizon)


def _automatic_terms(retainer: Retainer, horizon: date) -> tuple[Term, ...]:
    found: list[Term] = []
    start = retainer.starts_on
    while start < horizon:
        number = len(found) + 1
        end = boundary(retainer, number)
        found.append(Term(number, Period(start, end)))
        start = end
    return tuple(found)


def term_on(retainer: Retainer, day: date) -> Term | None:
    """The term that holds `day`: the first before the start, None once the service has ended."""
    known = terms(retainer, max(day, retainer.starts_on) + _DAY)
    if not known or (known[-1].span.end <= day and not known[-1].open_end):
        return None
    end = service_end(retainer)
    return None if end is not None and end <= day else known[-1]


def span_of(retainer: Retainer, until: date) -> Period:
    """The days served before `until`: [starts_on, min(service end, until)), empty if it starts later."""
    end = service_end(retainer)
    last = until if end is None else min(end, until)
    return Period(retainer.starts_on, max(last, retainer.starts_on))


def price_steps(retainer: Retainer, until: date) -> tuple[PriceStep, ...]:
    """Every change of price that takes effect before `until`, in order; the first one is the start.

    At an automatic renewal the fee rises by the escalator, rounded half up at each one. A plan that begins
    on a term's start sets a new base, so it is not raised there. A renewal that changes nothing is no step.
    """
    span = span_of(retainer, until)
    first = retainer.plan_on(span.start)
    steps = [PriceStep(span.start, first, first.fee, "start of the retainer")]
    plans = {plan.from_on: plan for plan in retainer.plans if span.start < plan.from_on < span.end}
    renewals = {term.span.start: term for term in terms(retainer, span.end)[1:]}
    for day in sorted(plans.keys() | renewals.keys()):
        if day in plans:
            steps.append(PriceStep(day, plans[day], plans[day].fee, "new plan"))
        else:
            steps += _renewal_step(retainer, steps[-1], renewals[day])
    return tuple(steps)


def _renewal_step(retainer: Retainer, before: PriceStep, term: Term) -> list[PriceStep]:
    rise = rise_percent(retainer, term.number)
    fee = before.fee if rise is None else before.fee.times(1 + rise / 100)
    if fee == before.fee:
        return []
    return [PriceStep(term.span.start, before.plan, fee, f"renewal for term {term.number}", rise)]


def rise_percent(retainer: Retainer, number: int) -> Fraction | None:
    """By how many percent the fee rises as term `number` begins; None where no rise was agreed.

    With an index it is the change since the start of the term before; the last published figure holds until
    there is a newer one. Floor and cap bound either kind.
    """
    rule = retainer.term
    if rule is None or rule.escalator is None or rule.renewal is not Renewal.AUTOMATIC or number < 2:
        return None
    escalator, starts_on = rule.escalator, boundary(retainer, number - 1)
    if escalator.first_on is not None and starts_on < escalator.first_on:
        return None
    if escalator.index:
        return _bounded(escalator, _index_change(escalator, boundary(retainer, number - 2), starts_on))
    return None if escalator.percent is None else _bounded(escalator, Fraction(escalator.percent))


def _index_change(escalator: Escalator, before: date, now: date) -> Fraction:
    old, new = _index_on(escalator, before), _index_on(escalator, now)
    return Fraction(0) if old is None or new is None else (Fraction(new) / Fraction(old) - 1) * 100


def _index_on(escalator: Escalator, day: date) -> Decimal | None:
    known = [figure for figure in escalator.index if figure.from_on <= day and figure.value > 0]
    return max(known, key=lambda figure: figure.from_on).value if known else None


def _bounded(escalator: Escalator, percent: Fraction) -> Fraction:
    if escalator.floor_percent is not None:
        percent = max(percent, Fraction(escalator.floor_percent))
    return percent if escalator.cap_percent is None else min(percent, Fraction(escalator.cap_percent))


def fee_on(retainer: Retainer, day: date) -> tuple[Plan, Money]:
    """The plan in force on `day` and the fee of a full billing period then, with its rises."""
    step = price_steps(retainer, day + _DAY)[-1]
    return step.plan, step.fee
