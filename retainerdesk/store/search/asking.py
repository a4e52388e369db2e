"""Look for words: the best first page, found by walking the index from its end.

The words themselves come as parameters of letters and digits alone, each quoted once more for FTS5: nothing
that is typed can be an operator, a column or a syntax error.

A word fits where another begins with it. Up to four letters FTS5 has such beginnings in its index; longer
ones are completed from the list of words first, because FTS5 would read every row of all of them before it
gives the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from retainerdesk.domain.search_words import SoughtWord, sought
from retainerdesk.store.search.connected import Connected
from retainerdesk.store.search.definition import INDEX, NAMED, WORDS
from retainerdesk.store.search.filling import rows_of
from retainerdesk.store.search.places import Place, account_sign, first_of_tier, kind_sign, place_of
from retainerdesk.store.search.sources import BY_CODE, NAMES, SOURCES

_IN_INDEX = 4
_MOST_COMPLETED = 128
_MOST_ACCOUNTS = 20
_ACCOUNT = 1
# The kind that stands for both: an invoice has a place for its number and one for its texts.
_SHOWN_AS = {"number": "invoice"}
SHOWN_KINDS = tuple(source.kind for source in SOURCES if source.kind not in _SHOWN_AS)

# All names are our own; what is looked for is a parameter.
_PAGE = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH ? AND rowid < ? AND rowid >= ?"  # noqa: S608  # nosec B608
_PAGE += " ORDER BY rowid DESC LIMIT ?"
_COMPLETE = f"SELECT word FROM {WORDS} WHERE word >= ? AND word < ? ORDER BY word LIMIT ?"  # noqa: S608  # nosec B608
_NAMED_KEYS = f"SELECT pk, account_id, row_id FROM {NAMED} WHERE pk"  # noqa: S608  # nosec B608
_NAMED_PK = f"SELECT pk FROM {NAMED} WHERE code = ? AND account_id = ? AND row_id = ''"  # noqa: S608  # nosec B608
_ACCOUNT_NAME = "SELECT name FROM accounts WHERE id = ?"
_BEHIND_ALL = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that fits: what it is, where it stands in the order (`place`), and its texts as they are stored.

    `account_id` and `account_name` are "" for a person of our own. `id` is the row's id in its list; of an
    invoice its number, of what was decided or adjusted about a retainer the retainer's id, of a plan
    "<retainer>/<date>". `on` is None without a date.
    """

    kind: str
    account_id: str
    account_name: str
    id: str
    on: date | None
    title: str
    text: str
    place: int


@dataclass(frozen=True, slots=True)
class Hits:
    """A page, the best first; `next_place` is where the next one goes on, None at the end."""

    rows: tuple[Hit, ...]
    next_place: int | None


def find_rows(
    uow: Connected,
    typed: str,
    *,
    account_id: str | None = None,
    kinds: Sequence[str] = (),
    after: int | None = None,
    limit: int = 30,
) -> Hits:
    """Rows that have every word typed, or the words that are not the name of their account.

    Accounts first, then other names, numbers of documents, and everything else, the newest first in each.
    `kinds` are some of `SHOWN_KINDS` (none: all). Nothing if nothing typed is a word.
    """
    words = sought(typed)
    expression = _expression(uow, words, account_id, kinds)
    if expression is None:
        return Hits((), None)
    # A document may be found twice, by its number and by its texts.
    most = 2 * limit + 2
    numbers = _numbers(uow, expression, most, below=_BEHIND_ALL if after is None else after)
    chosen: dict[tuple[str, int], Place] = {}
    for number in numbers:
        place = place_of(number)
        if place.code not in BY_CODE:
            # A damaged index; `check` names it.
            continue
        chosen.setdefault((_shown_kind(place.code), place.pk), place)
    shown = list(chosen.values())[:limit]
    more = len(chosen) > limit or len(numbers) == most
    return Hits(_rows(uow, shown), shown[-1].number if more else None)


def _numbers(
    uow: Connected, expression: str, limit: int, *, below: int = _BEHIND_ALL, lowest: int = 0
) -> list[int]:
    found = uow.connection.exec_driver_sql(_PAGE, (expression, below, lowest, limit))
    return [number for (number,) in found]


def _shown_kind(code: int) -> str:
    kind = BY_CODE[code].kind
    return _SHOWN_AS.get(kind, kind)


def _expression(
    uow: Connected, words: Sequence[SoughtWord], account_id: str | None, kinds: Sequence[str]
) -> str | None:
    """What FTS5 is asked; None if nothing can fit."""
    if not words:
        return None
    plain = [_of_word(uow, word) for word in words]
    signs = [_account_signs(uow, each) for each in plain] if len(words) > 1 and account_id is None else []
    if not signs:
        required = [each or "" for each in plain]
    else:
        required = [_any([each or "", sign]) for each, sign in zip(plain, signs, strict=True)]
        if all(signs):
            required.append(_any([each for each in plain if each]))
    if account_id is not None:
        required.append(_quoted(_sign_of(uow, account_id)))
    if kinds:
        codes = [source.code for source in SOURCES if _SHOWN_AS.get(source.kind, source.kind) in kinds]
        required.append(_any([_quoted(kind_sign(code)) for code in codes]))
    return " AND ".join(f"({each})" for each in required) if all(required) else None


def _of_word(uow: Connected, word: SoughtWord) -> str | None:
    """The words that begin like the one typed; None if there is none."""
    *before, last = word.parts
    if word.is_whole:
        return _quoted(*word.parts)
    if len(last) <= _IN_INDEX:
        return f"{_quoted(*word.parts)} *"
    behind = last + "\U0010ffff"
    found = uow.connection.exec_driver_sql(_COMPLETE, (last, behind, _MOST_COMPLETED + 1))
    completed = [each for (each,) in found]
    if len(completed) > _MOST_COMPLETED:
        return f"{_quoted(*word.parts)} *"
    return _any([_quoted(*before, each) for each in completed]) or None


def _account_signs(uow: Connected, expression: str | None) -> str:
    """The accounts whose name fits a word: what belongs to them fits that word too. "" for none or many."""
    if expression is None:
        return ""
    found = _numbers(uow, expression, _MOST_ACCOUNTS + 1, lowest=first_of_tier(NAMES))
    if len(found) > _MOST_ACCOUNTS:
        return ""
    return _any([_quoted(account_sign(place_of(number).pk)) for number in found])


def _sign_of(uow: Connected, account_id: str) -> str:
    found = uow.connection.exec_driver_sql(_NAMED_PK, (_ACCOUNT, account_id)).first()
    return account_sign(0 if found is None else found[0])


def _quoted(*parts: str) -> str:
    """A phrase for FTS5; the parts hold letters, digits and signs only. "" for an unknown account."""
    return f'"{" ".join(parts)}"' if all(parts) else ""


def _any(each: Sequence[str]) -> str:
    return " OR ".join(dict.fromkeys(one for one in each if one))


def _rows(uow: Connected, places: Sequence[Place]) -> tuple[Hit, ...]:
    """The rows of these places, in their order. A place without a row is left out."""
    found: dict[int, Hit] = {}
    names = _Names(uow)
    for code, group in groupby(sorted(places, key=itemgetter(0)), key=itemgetter(0)):
        source = BY_CODE[code]
        by_key = _by_key(uow, list(group))
        for account_id, key, on, title, text, _, shown_id in rows_of(uow.connection, source, list(by_key)):
            place = by_key[(account_id, key) if source.is_named else ("", key)]
            found[place.number] = Hit(
                _shown_kind(code), account_id, names.of(account_id), str(shown_id), _date(on), title, text,
                place.number,
            )  # fmt: skip
    return tuple(found[place.number] for place in places if place.number in found)


class _Names:
    """The names of accounts, each read once."""

    def __init__(self, uow: Connected) -> None:
        self._uow = uow
        self._known = {"": ""}

    def of(self, account_id: str) -> str:
        """The name of an account; its id if it is lost."""
        if account_id not in self._known:
            found = self._uow.connection.exec_driver_sql(_ACCOUNT_NAME, (account_id,)).scalar()
            self._known[account_id] = account_id if found is None else str(found)
        return self._known[account_id]


def _by_key(uow: Connected, places: Sequence[Place]) -> dict[tuple[str, Any], Place]:
    """Places of one kind by the keys of their rows."""
    if not BY_CODE[places[0].code].is_named:
        return {("", place.pk): place for place in places}
    by_pk = {place.pk: place for place in places}
    query = f"{_NAMED_KEYS} IN ({', '.join('?' * len(by_pk))})"
    found = uow.connection.exec_driver_sql(query, tuple(by_pk))
    return {(account_id, row_id): by_pk[pk] for pk, account_id, row_id in found}


def _date(stored: str) -> date | None:
    try:
        return date.fromisoformat(stored)
    except ValueError:
        # No date, or a damaged one: `check` names it.
        return None
