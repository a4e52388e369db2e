"""How a verdict looks: its icon, its tone and its words, for chips and for rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retainerdesk.desktop.formatting import day_long, house_style
from retainerdesk.desktop.theme.tokens import Tone
from retainerdesk.domain.verdict import Severity, Verdict, VerdictKind

_ICONS = {
    VerdictKind.LATE: "clock-alert",
    VerdictKind.OVER_SERVICED: "triangle-alert",
    VerdictKind.UNDER_USED: "trending-down",
    VerdictKind.QUIET: "circle-dashed",
    VerdictKind.READY_TO_EXPAND: "trending-up",
    VerdictKind.HEALTHY: "circle-check",
}
_SHORT = {
    VerdictKind.OVER_SERVICED: "over-serviced",
    VerdictKind.UNDER_USED: "under-used",
    VerdictKind.QUIET: "quiet",
}
_RULES = {
    VerdictKind.LATE: "An invoice is past due beyond the days of grace.",
    VerdictKind.OVER_SERVICED: "This period, or the last three together, went more than a tenth beyond the"
    " allowance without being paid for.",
    VerdictKind.UNDER_USED: "Less than 80 % of the allowance was used in each of the last three periods.",
    VerdictKind.QUIET: "The silence is longer than one and a half times the account's own usual gap;"
    " red above two and a half times.",
    VerdictKind.READY_TO_EXPAND: "The allowance was used up in each of the last three periods, paid on time,"
    " at or above the target margin, and not quiet.",
    VerdictKind.HEALTHY: "None of the other warnings holds.",
}


@dataclass(frozen=True, slots=True)
class VerdictLook:
    """A verdict ready to be shown. `short` is for one line of a list, `words` for a chip."""

    icon: str
    tone: Tone
    words: str
    short: str


def look_of(verdict: Verdict) -> VerdictLook:
    """Red says late or refused, amber says look, green says settled."""
    words = house_style(verdict.words)
    return VerdictLook(
        _ICONS[verdict.kind], tone_of(verdict), words[:1].upper() + words[1:], _SHORT.get(verdict.kind, words)
    )


def tone_of(verdict: Verdict) -> Tone:
    """The tone of a verdict. Too much service is to be looked at, but nothing is late or refused."""
    if verdict.severity is Severity.GOOD:
        return "good"
    red = verdict.severity is Severity.BAD and verdict.kind is not VerdictKind.OVER_SERVICED
    return "bad" if red else "warn"


def telling(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts that say something: healthy only where it stands alone."""
    others = tuple(each for each in verdicts if each.kind is not VerdictKind.HEALTHY)
    return others or tuple(verdicts)


def rule_of(verdict: Verdict) -> str:
    """The rule behind a verdict, a sentence."""
    return _RULES[verdict.kind]


def evidence_of(verdict: Verdict) -> tuple[str, ...]:
    """What proves the verdict, a line each."""
    return tuple(house_style(line) for line in verdict.evidence)


def explanation_of(verdict: Verdict) -> str:
    """Evidence, since when, and what changed, as lines of a tool tip."""
    lines = [*evidence_of(verdict)]
    if verdict.since is not None:
        lines.append(f"since {day_long(verdict.since)}")
    if verdict.changed:
        lines.append(house_style(verdict.changed))
    return "\n".join(lines)
