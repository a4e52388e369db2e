"""The account list as groups of lines: what each line says, and which lines a filter leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from retainerdesk.desktop.formatting import day, percent, short_money
from retainerdesk.desktop.models.verdict_looks import look_of, telling
from retainerdesk.desktop.searching import has_all, words_of
from retainerdesk.desktop.theme.tokens import Tone
from retainerdesk.domain.account import AccountStatus
from retainerdesk.domain.names import as_read
from retainerdesk.domain.verdict import Severity, VerdictKind
from retainerdesk.services.summaries import AccountSummary

NEEDS_YOU = "needs_you"
TITLES = {
    NEEDS_YOU: "Needs you",
    AccountStatus.ACTIVE.value: "Active",
    AccountStatus.PAUSED.value: "Paused",
    AccountStatus.PROPOSAL.value: "Proposals",
    AccountStatus.ENDED.value: "Ended",
}
RESTING = (AccountStatus.PAUSED.value, AccountStatus.PROPOSAL.value, AccountStatus.ENDED.value)
_STATUS_WORDS = {
    AccountStatus.PAUSED: ("circle-pause", "paused"),
    AccountStatus.PROPOSAL: ("file-pen-line", "proposal"),
    AccountStatus.ENDED: ("archive", "ended"),
    AccountStatus.ACTIVE: ("circle-question-mark", "nothing to judge yet"),
}


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One row: name and monthly amount, what stands out, and the share of the allowance used.

    `share` is None where nothing is metered; it may exceed 1.
    """

    id: str
    name: str
    amount: str
    icon: str
    words: str
    share: Fraction | None
    share_text: str
    bar_tone: Tone

    @property
    def spoken(self) -> str:
        """The whole row as a sentence, for a screen reader."""
        used = f"{self.share_text} of the hours used" if self.share_text else ""
        amount = f"{self.amount} a month" if self.amount else ""
        return ", ".join(part for part in (self.name, amount, self.words, used) if part)


@dataclass(frozen=True, slots=True)
class AccountGroup:
    """Lines under one heading."""

    key: str
    lines: tuple[AccountLine, ...]

    @property
    def title(self) -> str:
        return f"{TITLES[self.key]} · {len(self.lines)}"


def account_groups(summaries: Sequence[AccountSummary], wanted: str = "") -> tuple[AccountGroup, ...]:
    """The groups that are not empty, in their order; with only the accounts that `wanted` finds."""
    found: dict[str, list[AccountLine]] = {key: [] for key in TITLES}
    for summary in summaries:
        if matches(summary, wanted):
            found[_group_of(summary)].append(line_of(summary))
    return tuple(AccountGroup(key, tuple(lines)) for key, lines in found.items() if lines)


def matches(summary: AccountSummary, wanted: str) -> bool:
    """Whether every word of `wanted` is in the name, the id or a contact; upper and lower case are one."""
    text = as_read(" ".join((summary.name, summary.id, *summary.contacts)))
    return has_all(text, words_of(wanted))


def line_of(summary: AccountSummary) -> AccountLine:
    """A row of the list."""
    icon, words = _standing(summary)
    share = Fraction(summary.used_minutes, summary.allowed_minutes) if summary.allowed_minutes else None
    return AccountLine(
        summary.id,
        summary.name,
        short_money(summary.mrr) if summary.mrr else "",
        icon,
        words,
        share,
        percent(share * 100) if share is not None else "",
        _bar_tone(summary, share),
    )


def _group_of(summary: AccountSummary) -> str:
    return NEEDS_YOU if summary.needs_you else summary.status.value


def _standing(summary: AccountSummary) -> tuple[str, str]:
    told = telling(summary.verdicts)
    judged = any(each.severity is not Severity.GOOD for each in told)
    if summary.needs_you and not judged and summary.next_on is not None:
        return "calendar-clock", f"{summary.next_text} {day(summary.next_on)}"
    if not told:
        return _STATUS_WORDS[summary.status]
    looks = [look_of(each) for each in told]
    words = ", ".join(look.short for look in looks)
    if summary.status is AccountStatus.PAUSED:
        return "circle-pause", f"paused, {words}"
    return looks[0].icon, words


def _bar_tone(summary: AccountSummary, share: Fraction | None) -> Tone:
    if share is not None and share > 1:
        return "bad"
    over = any(each.kind is VerdictKind.OVER_SERVICED for each in summary.verdicts)
    return "warn" if over else "accent"
