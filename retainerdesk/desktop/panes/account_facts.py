"""The line under an account's name: what is agreed, until when, and with whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from retainerdesk.desktop.formatting import day, day_long, plain_money
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.widgets.runs import TextRun
from retainerdesk.domain.account import Account, AccountStatus, Contact
from retainerdesk.domain.notice import TermFacts
from retainerdesk.domain.plain_words_english import written
from retainerdesk.domain.plan import Timing
from retainerdesk.domain.retainer import Pause, Renewal, Retainer
from retainerdesk.services.views import AccountView, RetainerView

_STATUS = {
    AccountStatus.ACTIVE: "Active, no retainer yet",
    AccountStatus.PAUSED: "Paused",
    AccountStatus.PROPOSAL: "Proposal, no retainer yet",
    AccountStatus.ENDED: "Ended",
}
_UNBROKEN = "\u00a0"
Piece = tuple[TextRun, ...]


def fact_runs(view: AccountView) -> tuple[TextRun, ...]:
    """Advisory since 14 Sep 2025 · €3,000 a month in advance · renews … · Jo Reed, sponsor."""
    current = [each for each in view.retainers if not _is_over(each, view.as_of)]
    if len(current) == 1:
        pieces = list(_one_retainer(current[0], view.as_of))
    elif current:
        pieces = list(_several(current, view))
    else:
        pieces = [_last_words(view)]
    sponsor = main_contact(view.account)
    if sponsor is not None:
        role = f", {sponsor.role}" if sponsor.role else ""
        # One piece of text: a name is not broken over two lines.
        whole = f"{in_sentence(sponsor.name)}{role}".replace(" ", _UNBROKEN)
        pieces.append((TextRun(whole, tone="muted"),))
    return joined(pieces)


def joined(pieces: Iterable[Piece]) -> tuple[TextRun, ...]:
    """The pieces with a dot between them."""
    runs: list[TextRun] = []
    for piece in pieces:
        if runs and piece:
            runs.append(TextRun(" · ", tone="muted"))
        runs.extend(piece)
    return tuple(runs)


def main_contact(account: Account) -> Contact | None:
    """The sponsor, or whoever comes first."""
    sponsors = [each for each in account.contacts if "sponsor" in each.role.casefold()]
    return next(iter(sponsors or account.contacts), None)


def _is_over(view: RetainerView, today: date) -> bool:
    ended = view.retainer.ended_on
    return ended is not None and ended <= today


def _last_words(view: AccountView) -> Piece:
    ends = [each.retainer.ended_on for each in view.retainers if each.retainer.ended_on is not None]
    if not ends:
        return (TextRun(_STATUS[view.account.status], tone="muted"),)
    last = max(ends) - timedelta(days=1)
    return (TextRun("Ended, last served on ", tone="muted"), TextRun(day_long(last), strong=True))


def _one_retainer(view: RetainerView, today: date) -> Iterable[Piece]:
    retainer = view.retainer
    begins = "since" if retainer.starts_on <= today else "from"
    yield (
        TextRun(retainer.name, strong=True),
        TextRun(f" {begins} {day_long(retainer.starts_on)}", tone="muted"),
    )
    yield _fee(view, today)
    yield from _state(retainer, today)
    if view.term is not None:
        yield _term(view.term, today)


def _fee(view: RetainerView, today: date) -> Piece:
    plan = view.retainer.plan_on(max(today, view.retainer.starts_on))
    timing = "in advance" if plan.timing is Timing.ADVANCE else "in arrears"
    return (
        TextRun(plain_money(view.fee), strong=True),
        TextRun(f" {written(plan.cadence)} {timing}", tone="muted"),
    )


def _state(retainer: Retainer, today: date) -> Iterable[Piece]:
    pause = running_pause(retainer, today)
    if pause is not None:
        yield (
            TextRun("paused until ", tone="warn"),
            TextRun(day(pause.span.last_day, today), strong=True, tone="warn"),
        )
    if retainer.notice_given_on is not None and retainer.notice_given_on <= today:
        yield (TextRun(f"notice given {day(retainer.notice_given_on, today)}", strong=True, tone="bad"),)


def running_pause(retainer: Retainer, today: date) -> Pause | None:
    """The pause that holds `today`, if there is one."""
    return next((pause for pause in retainer.pauses if today in pause.span), None)


def _term(term: TermFacts, today: date) -> Piece:
    if term.ends_on is not None:
        return (
            TextRun("ends ", tone="muted"),
            TextRun(day_long(term.ends_on - timedelta(days=1)), strong=True, tone="bad"),
        )
    if term.end is None:
        return (TextRun("goes on until notice", tone="muted"),)
    word = "ends " if term.renewal is Renewal.FIXED else "renews "
    runs = [TextRun(word, tone="muted"), TextRun(day_long(term.end), strong=True)]
    if term.act_by is not None:
        said = ", say so by " if term.act_by >= today else ", should have been said by "
        tone = "muted" if term.act_by >= today else "bad"
        runs.append(TextRun(said, tone="muted"))
        runs.append(TextRun(day(term.act_by, today), strong=True, tone=None if tone == "muted" else "bad"))
    return tuple(runs)


def _several(retainers: list[RetainerView], view: AccountView) -> Iterable[Piece]:
    yield (TextRun(f"{len(retainers)} retainers", strong=True),)
    yield (TextRun(plain_money(view.mrr), strong=True), TextRun(" a month together", tone="muted"))
    dated = [each for each in retainers if each.term and each.term.act_by and each.term.act_by >= view.as_of]
    if dated:
        nearest = min(
            dated, key=lambda each: each.term.act_by if each.term and each.term.act_by else date.max
        )
        if nearest.term is not None and nearest.term.act_by is not None:
            yield (
                TextRun(f"{in_sentence(nearest.retainer.name)}: say so by ", tone="muted"),
                TextRun(day(nearest.term.act_by, view.as_of), strong=True),
            )
