"""Drafts: proposals set aside before they are issued, in the user's own words, and what can be done to them.

A draft holds charges with their amounts as they stood. What follows from rules is not edited here: texts,
order, a note and the discount are. A draft has no number; its id is a short name. Source: handbook,
"Billing", "Drafts".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from retainerdesk.domain.deposit import is_deposit_key
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Charge, ChargeKey, Skip

LONGEST_TEXT = 500
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A charge as it stood when it was set aside or last refreshed; `own_text` replaces its text if given."""

    charge: Charge
    own_text: str = ""

    @property
    def key(self) -> ChargeKey:
        return self.charge.key

    @property
    def text(self) -> str:
        """What the line says on the document."""
        return self.own_text or self.charge.text

    @property
    def as_issued(self) -> Charge:
        """The charge with the text it is issued with."""
        return replace(self.charge, text=self.text)


@dataclass(frozen=True, slots=True)
class Draft:
    """An invoice in the making: one account, one currency, at least one line, no number and no date.

    `discount_percent` is taken off the document. `note` is printed on it.
    """

    account_id: str
    id: str
    made_on: date
    lines: tuple[DraftLine, ...]
    note: str = ""
    discount_percent: Decimal = Decimal(0)

    @property
    def currency(self) -> str:
        return self.lines[0].charge.net.currency

    @property
    def keys(self) -> frozenset[ChargeKey]:
        return frozenset(line.key for line in self.lines)

    @property
    def charges(self) -> tuple[Charge, ...]:
        """The charges as they would be issued, in the order of the draft."""
        return tuple(line.as_issued for line in self.lines)

    @property
    def billable_on(self) -> date:
        """The first day on which all of it may be invoiced."""
        return max(line.charge.billable_on for line in self.lines)


@dataclass(frozen=True, slots=True)
class DraftEdit:
    """What a user changes of a draft; None leaves it. An empty text goes back to the words of the rule.

    `order` names every line of the draft once.
    """

    texts: Mapping[ChargeKey, str] | None = None
    order: Sequence[ChargeKey] | None = None
    note: str | None = None
    discount_percent: Decimal | None = None


def in_order_of_making(drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts by the day they were made, then id."""
    return sorted(drafts, key=lambda draft: (draft.made_on, draft.id))


def edited(draft: Draft, edit: DraftEdit) -> Draft:
    """The draft after an edit. Raises RuleViolation for a line it does not have, and for texts too long."""
    lines = draft.lines
    if edit.texts:
        _check_lines(draft, edit.texts)
        lines = tuple(_with_text(line, edit.texts) for line in lines)
    if edit.order is not None:
        lines = _ordered(draft, lines, edit.order)
    note = draft.note if edit.note is None else _checked_note(edit.note)
    percent = draft.discount_percent if edit.discount_percent is None else edit.discount_percent
    if not 0 <= percent <= 100:
        message = f"A discount of {percent} % is not between 0 and 100."
        raise RuleViolation("draft.discount", message, "discount_percent")
    return replace(draft, lines=lines, note=note, discount_percent=percent)


def _with_text(line: DraftLine, texts: Mapping[ChargeKey, str]) -> DraftLine:
    if line.key not in texts:
        return line
    text = " ".join(texts[line.key].split())
    if len(text) > LONGEST_TEXT:
        message = f"The text of a line has at most {LONGEST_TEXT} characters; this one has {len(text)}."
        raise RuleViolation("draft.text", message, "text")
    # The words of the rule are no own words: they follow the account's language and the retainer's name.
    return replace(line, own_text="" if text == line.charge.text else text)


def _ordered(draft: Draft, lines: Sequence[DraftLine], order: Sequence[ChargeKey]) -> tuple[DraftLine, ...]:
    known = {line.key: line for line in lines}
    if len(order) != len(lines) or set(order) != set(known):
        message = f"The new order of draft {draft.id} must name each of its {len(lines)} lines once."
        raise RuleViolation("draft.order", message, "order")
    return tuple(known[key] for key in order)


def _checked_note(note: str) -> str:
    text = note.strip()
    if len(text) > LONGEST_NOTE:
        message = f"A note has at most {LONGEST_NOTE} characters; this one has {len(text)}."
        raise RuleViolation("draft.note", message, "note")
    return text


def _check_lines(draft: Draft, keys: Collection[ChargeKey]) -> None:
    unknown = [key for key in keys if key not in draft.keys]
    if unknown:
        message = f"Draft {draft.id} has no such line any more; look at it again."
        raise RuleViolation("draft.line", message, "lines")


def merged(drafts: Sequence[Draft]) -> Draft:
    """One draft of several: the first one's id and day, all lines in order, the notes below each other.

    Raises RuleViolation for fewer than two, for another account, currency or discount, and for a deposit.
    """
    first = drafts[0]
    if len({draft.id for draft in drafts}) < 2:
        raise RuleViolation("draft.merge", "Choose at least two drafts to merge.", "merge")
    for other in drafts[1:]:
        if other.account_id != first.account_id:
            message = f"Drafts {first.id} and {other.id} are of two accounts; only drafts of one are merged."
            raise RuleViolation("draft.merge", message, "merge")
        if other.currency != first.currency:
            message = f"Draft {first.id} is in {first.currency}, {other.id} in {other.currency}."
            raise RuleViolation("draft.merge", message, "merge")
        if other.discount_percent != first.discount_percent:
            message = (
                f"Draft {first.id} has a discount of {first.discount_percent} %, {other.id} of"
                f" {other.discount_percent} %; make them equal first."
            )
            raise RuleViolation("draft.merge", message, "discount_percent")
    lines = tuple(line for draft in drafts for line in draft.lines)
    if any(is_deposit_key(line.key) for line in lines):
        message = "A deposit is asked for by itself, so that its payment is its own; leave it on its draft."
        raise RuleViolation("draft.merge", message, "merge")
    notes = dict.fromkeys(draft.note for draft in drafts if draft.note)
    return replace(first, lines=lines, note=_checked_note("\n".join(notes)))


def split(draft: Draft, keys: Collection[ChargeKey], new_id: str) -> tuple[Draft, Draft]:
    """The draft without these lines, and a new one with them. At least one line stays on each."""
    _check_lines(draft, keys)
    taken = tuple(line for line in draft.lines if line.key in keys)
    kept = tuple(line for line in draft.lines if line.key not in keys)
    if not taken or not kept:
        message = f"Choose some lines of draft {draft.id}, but not all {len(draft.lines)} of them."
        raise RuleViolation("draft.split", message, "lines")
    return replace(draft, lines=kept), replace(draft, id=new_id, lines=taken, note="")


def without_lines(draft: Draft, keys: Collection[ChargeKey]) -> Draft | None:
    """The draft without these lines; None if no line is left."""
    _check_lines(draft, keys)
    kept = tuple(line for line in draft.lines if line.key not in keys)
    return replace(draft, lines=kept) if kept else None


def skips_of(draft: Draft, keys: Collection[ChargeKey], reason: str, today: date) -> tuple[Skip, ...]:
    """The skip records that giving up these lines leaves. Raises RuleViolation without a reason."""
    if not reason.strip():
        message = "Say why it is not invoiced; the reason is kept."
        raise RuleViolation("skip.reason", message, "reason")
    _check_lines(draft, keys)
    lost = (line for line in draft.lines if line.key in keys)
    return tuple(Skip(line.key, reason.strip(), today, line.charge.net) for line in lost)
