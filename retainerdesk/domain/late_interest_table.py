"""The table of statutory interest: a JSON text with its sources, and the half-years users add to it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.late_interest import (
    HalfYearRate,
    LateInterestLaw,
    LateInterestTable,
    ReferenceRates,
)
from retainerdesk.domain.money import parse_money
from retainerdesk.domain.period import add_months


@dataclass(frozen=True, slots=True)
class OwnRate:
    """A half-year a user added: of the reference `reference_id`, from its first day on, with its source."""

    reference_id: str
    from_on: date
    percent: Decimal
    source: str

    @property
    def id(self) -> str:
        """What names it in the book: there is one a reference and half-year."""
        return f"{self.reference_id}/{self.from_on}"


def references_of(table: LateInterestTable) -> tuple[ReferenceRates, ...]:
    """The banks' rates the laws of the table use, each once, in order of their ids."""
    found = {law.reference.id: law.reference for law in table.laws}
    return tuple(found[key] for key in sorted(found))


def with_own_rates(table: LateInterestTable, own: Iterable[OwnRate]) -> LateInterestTable:
    """The table with the half-years users added, as far as they follow without a gap.

    A half-year the program brings by now wins over the one the user added when it did not; what stands behind
    a gap waits until the gap is filled.
    """
    longer = {each.id: each for each in references_of(table)}
    for rate in sorted(own, key=lambda each: each.from_on):
        reference = longer.get(rate.reference_id)
        if reference is not None and rate.from_on == reference.next_from:
            added = HalfYearRate(rate.from_on, rate.percent, rate.source, is_own=True)
            longer[reference.id] = replace(reference, rates=(*reference.rates, added))
    laws = tuple(replace(law, reference=longer[law.reference.id]) for law in table.laws)
    return replace(table, laws=laws)


def check_own_rate(table: LateInterestTable, rate: OwnRate) -> None:
    """Raise RuleViolation unless `rate` is the next half-year of a reference; own ones count.

    A rate lies between -5 and 50 percent, and says where it was read.
    """
    references = {each.id: each for each in references_of(table)}
    reference = references.get(rate.reference_id)
    if reference is None:
        known = ", ".join(references)
        message = f"There is no reference “{rate.reference_id}”; the references are {known}."
        raise RuleViolation("late_interest.reference", message, "reference")
    if rate.from_on != reference.next_from:
        message = (
            f"The next half-year of this table begins on {reference.next_from}, not on {rate.from_on};"
            " half-years are added in order."
        )
        raise RuleViolation("late_interest.gap", message, "from")
    if not Decimal(-5) <= rate.percent <= Decimal(50):
        message = f"{rate.percent} % is no rate of a central bank; enter it in percent a year, such as 2.15."
        raise RuleViolation("late_interest.percent", message, "percent")
    if not rate.source.strip():
        message = "Say where you read the rate, such as “ECB, key interest rates, 11 June 2026”."
        raise RuleViolation("late_interest.source", message, "source")


def read_late_interest_table(text: str) -> LateInterestTable:
    """The table in resources/rates/late_interest.json. Raises ValueError for half-years with a gap."""
    data = json.loads(text)
    references = {key: _reference(key, value) for key, value in data["references"].items()}
    laws = tuple(_law(key, value, references) for key, value in data["laws"].items())
    return LateInterestTable(date.fromisoformat(data["as_of"]), laws, tuple(data["none"].items()))


def _reference(key: str, data: dict[str, Any]) -> ReferenceRates:
    compared: dict[str, str] = data["compared"]
    rates = tuple(
        HalfYearRate(date.fromisoformat(start), Decimal(rate), compared[mark] if mark else "")
        for start, rate, mark in data["rates"]
    )
    for one, following in pairwise(rates):
        if add_months(one.from_on, 6) != following.from_on:
            raise ValueError(f"{data['name']}: a half-year is missing after {one.from_on}")
    return ReferenceRates(key, data["name"], data["source"], date.fromisoformat(data["as_of"]), rates)


def _law(key: str, data: dict[str, Any], references: dict[str, ReferenceRates]) -> LateInterestLaw:
    currency = data["fee_currency"]
    return LateInterestLaw(
        id=key,
        name=data["name"],
        source=data["source"],
        as_of=date.fromisoformat(data["as_of"]),
        countries=frozenset(data["countries"]),
        reference=references[data["reference"]],
        points=Decimal(data["points"]),
        fixed_at_start=data["fixed_at_start"],
        fee_currency=currency,
        fees=tuple((parse_money(least, currency), parse_money(fee, currency)) for least, fee in data["fees"]),
        fee_with_agreed_rate=data["fee_with_agreed_rate"],
    )
