"""The running period of a retainer in words and shares: what is used, what is left, what dies when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from retainerdesk.desktop.charts.burn_bar import BurnBarValue
from retainerdesk.desktop.formatting import day, days, percent, span
from retainerdesk.desktop.panes.account_facts import running_pause
from retainerdesk.desktop.usage_words import used_words
from retainerdesk.desktop.widgets.text import TextTone
from retainerdesk.domain.plan import OverageDecision, UsageUnit
from retainerdesk.domain.usage_period import UsagePeriod
from retainerdesk.services.views import RetainerView

_DECIDED = {
    OverageDecision.BILL: "will be invoiced",
    OverageDecision.ABSORB: "will not be invoiced",
    OverageDecision.CARRY: "goes into the next period",
    OverageDecision.ASK: "to be decided",
    OverageDecision.OFFSET: "taken from a block",
}


@dataclass(frozen=True, slots=True)
class PeriodWords:
    """What the section shows; `bar` None where nothing is metered, `note` is about what goes beyond."""

    remark: str
    figure: str
    beside: str
    bar: BurnBarValue | None = None
    share: str = ""
    expiry: str = ""
    expiry_tip: str = ""
    note: str = ""
    note_tone: TextTone = "muted"


def period_words(view: RetainerView, today: date) -> PeriodWords:
    """The running period of a retainer as of `today`, or why there is none."""
    usage = view.running
    if usage is None:
        return PeriodWords(_why_none(view, today), "", "")
    remark = f"{span(usage.span, today)} · {_left(usage, today)}"
    burned = usage.used + usage.carried_in
    offered = usage.opening + usage.granted + usage.adjusted
    if offered <= 0:
        beside = _owed(usage) if usage.plan.allowance else _no_allowance(usage)
        note, tone = _note(usage)
        return PeriodWords(remark, used_words(usage, burned), beside, note=note, note_tone=tone)
    used, gone = Fraction(burned, offered), Fraction((today - usage.span.start).days, usage.span.days)
    share = f"{percent(used * 100)} used, {percent(gone * 100)} of the period gone"
    expiry, tip = _expiry(view, today)
    note, tone = _note(usage)
    return PeriodWords(
        remark,
        used_words(usage, burned),
        _offer(usage),
        BurnBarValue(used, gone, share),
        share,
        expiry,
        tip,
        note,
        tone,
    )


def _left(usage: UsagePeriod, today: date) -> str:
    left = (usage.span.end - today).days
    return "last day" if left == 1 else f"{days(left)} left"


def _why_none(view: RetainerView, today: date) -> str:
    retainer = view.retainer
    if retainer.starts_on > today:
        return f"starts {day(retainer.starts_on, today)}"
    if retainer.ended_on is not None and retainer.ended_on <= today:
        return "ended"
    return "paused" if running_pause(retainer, today) else "not running"


def _offer(usage: UsagePeriod) -> str:
    text = f"of {_bare(usage, usage.granted)}"
    if usage.opening > 0:
        text += f", plus {used_words(usage, usage.opening)} carried"
    if usage.opening < 0:
        text += f", less {used_words(usage, -usage.opening)} overdrawn"
    if usage.adjusted:
        text += (
            f", {'plus' if usage.adjusted > 0 else 'less'} {used_words(usage, abs(usage.adjusted))} adjusted"
        )
    return text


def _owed(usage: UsagePeriod) -> str:
    return f"of none left: {used_words(usage, -usage.opening)} overdrawn before"


def _no_allowance(usage: UsagePeriod) -> str:
    return "worked, each hour is charged" if usage.plan.is_metered else "worked, covered by the fee"


def _bare(usage: UsagePeriod, amount: int) -> str:
    """A figure beside another of its unit: sessions are not named twice."""
    return str(amount) if usage.unit is UsageUnit.SESSIONS else used_words(usage, amount)


def _expiry(view: RetainerView, today: date) -> tuple[str, str]:
    """The next lot to die, and all of them as lines."""
    living = [each for each in view.expiries if each.minutes]
    usage = view.running
    if not living or usage is None:
        return "", ""
    said = [(used_words(usage, each.minutes), day(each.last_day, today)) for each in living]
    lines = [f"{amount} can be used until {last}" for amount, last in said]
    return f"{used_words(usage, living[0].minutes)} expire {day(living[0].last_day, today)}", "\n".join(lines)


def _note(usage: UsagePeriod) -> tuple[str, TextTone]:
    if usage.overage <= 0 or usage.decision is None:
        return "", "muted"
    beyond = "over the allowance" if usage.plan.allowance else "to charge"
    return f"{used_words(usage, usage.overage)} {beyond}, {_DECIDED[usage.decision]}", "bad"
