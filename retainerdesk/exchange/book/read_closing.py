"""Closed usage periods and decisions about late work, read from a book file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from retainerdesk.domain.block import BlockBurn
from retainerdesk.domain.lots import Lot, LotSource
from retainerdesk.domain.period_close import (
    Difference,
    LateChoice,
    LateDecision,
    LateEntry,
    PeriodClose,
    Reopened,
)
from retainerdesk.exchange.book.fields import Fields
from retainerdesk.exchange.book.read_lists import refuse_repeated
from retainerdesk.exchange.book.read_span import read_span
from retainerdesk.exchange.book.write_closing import FIGURES

_ANY = -(2**31)
# What may be below zero: a deficit that was carried in or on, and adjustments.
_SIGNED = ("opening", "adjusted", "carried")


def read_closes(parent: Fields) -> tuple[PeriodClose, ...]:
    """The closings of a retainer, each with a row that adds up; of one period one is in force at most."""
    found: list[PeriodClose] = []
    for fields in parent.children("closes"):
        before = fields.refusals.total
        close = _read_close(fields)
        if fields.refusals.total == before:
            _check(fields, close, found)
        found.append(close)
    return tuple(found)


def _read_close(fields: Fields) -> PeriodClose:
    reopened = fields.maybe_child("reopened")
    figures = {name: fields.integer(name, least=_ANY if name in _SIGNED else 0) for name in FIGURES}
    close = PeriodClose(
        span=read_span(fields),
        closed_on=fields.day("closed_on"),
        plan_on=fields.day("plan_from"),
        number=fields.integer("number", 1, least=1),
        uses=tuple(_read_use(each) for each in fields.children("uses")),
        lots=tuple(_read_lot(each) for each in fields.children("lots")),
        block_burns=tuple(_read_burn(each) for each in fields.children("block_burns")),
        reopened=None if reopened is None else _read_reopened(reopened),
        **figures,
    )
    fields.close()
    return close


def _check(fields: Fields, close: PeriodClose, earlier: Sequence[PeriodClose]) -> None:
    spent = close.burned + close.expired + close.forfeited + close.carried
    if close.opening + close.granted + close.adjusted != spent:
        fields.refuse("granted", "does not add up: opening + granted + adjusted is what became of it.")
    if close.span.days == 0:
        fields.refuse("to", "must lie after “from”: a usage period has days.")
    if earlier and (earlier[-1].span.start, earlier[-1].number) >= (close.span.start, close.number):
        fields.refuse("from", "is out of order: closings stand in order of period, then number.")
    held = [each for each in earlier if each.reopened is None]
    if held and close.span.start < held[-1].span.end:
        fields.refuse("from", f"lies in the period from {held[-1].span.start}, which is closed already.")


def _read_use(fields: Fields) -> tuple[date, str, int]:
    use = (fields.day("on"), fields.identifier("id"), fields.integer("amount"))
    fields.close()
    return use


def _read_lot(fields: Fields) -> Lot:
    lot = Lot(
        origin_on=fields.day("origin_on"),
        source=fields.choice("source", LotSource),
        remaining=fields.integer("remaining"),
        last_index=fields.integer("last_index"),
        expires_on=fields.maybe_day("expires_on"),
        until_term_end=fields.flag("until_term_end"),
    )
    fields.close()
    return lot


def _read_burn(fields: Fields) -> BlockBurn:
    burn = BlockBurn(
        block_id=fields.identifier("block"),
        source_id=fields.maybe_identifier("source") or "",
        on=fields.day("on"),
        amount=fields.integer("amount"),
        covered=fields.integer("covered"),
    )
    fields.close()
    return burn


def _read_reopened(fields: Fields) -> Reopened:
    reopened = Reopened(fields.day("on"), fields.text("reason"))
    fields.close()
    return reopened


def read_late(parent: Fields, currency: str, closes: Sequence[PeriodClose]) -> tuple[LateDecision, ...]:
    """What was decided about late work; each names the first day of a closed period."""
    starts = {each.span.start for each in closes if each.reopened is None}
    found: list[LateDecision] = []
    for fields in parent.children("late"):
        before = fields.refusals.total
        decided = _read_decision(fields, currency)
        if fields.refusals.total == before and decided.period_on not in starts:
            fields.refuse("period_on", f"no closed period starts on {decided.period_on}.")
        found.append(decided)
    refuse_repeated(parent, "late", [each.id for each in found])
    return tuple(sorted(found, key=lambda each: (each.on, each.id)))


def _read_decision(fields: Fields, currency: str) -> LateDecision:
    decided = LateDecision(
        id=fields.identifier("id"),
        period_on=fields.day("period_on"),
        on=fields.day("on"),
        choice=fields.choice("choice", LateChoice),
        difference=Difference(
            used=fields.integer("used", least=_ANY),
            overage=fields.integer("overage", least=_ANY),
            from_blocks=fields.integer("from_blocks", 0, least=_ANY),
            carried=fields.integer("carried", least=_ANY),
            price=fields.money("price", currency),
        ),
        reason=fields.text("reason"),
        entries=tuple(_read_entry(each) for each in fields.children("entries")),
        to_on=fields.maybe_day("to_on"),
        invoice_number=fields.maybe_identifier("invoice"),
    )
    fields.close()
    return decided


def _read_entry(fields: Fields) -> LateEntry:
    entry = LateEntry(
        entry_id=fields.identifier("id"),
        on=fields.day("on"),
        before=fields.integer("before"),
        after=fields.integer("after"),
    )
    fields.close()
    return entry
