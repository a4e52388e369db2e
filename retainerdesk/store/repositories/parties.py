"""The business, its people and its number series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, bindparam, select

from retainerdesk.domain.account import (
    Business,
    CostRate,
    NumberGap,
    Person,
    Series,
    SeriesPurpose,
    SeriesReset,
)
from retainerdesk.domain.document_look import DocumentLook
from retainerdesk.store.audit import ADD, DELETE, UPDATE, key_of
from retainerdesk.store.direct import run
from retainerdesk.store.repositories.writing import (
    delete_rows,
    exists,
    insert_rows,
    missing,
    update_row,
)
from retainerdesk.store.tables.parties import BUSINESS_ROWS, COST_RATE_ROWS, PERSON_ROWS, SERIES_ROWS
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.store.values_json import decode, whole

if TYPE_CHECKING:
    from retainerdesk.domain.numbering import NumberPlace

# The transaction holds the book already; where rows are locked one by one, this locks the series.
_TAKE = select(SERIES_ROWS).where(SERIES_ROWS.c.id == bindparam("series")).with_for_update()
_GO_ON = "UPDATE series SET next = ?, year = ? WHERE id = ?"


def to_business(row: Row[Any]) -> Business:
    """The business of a row."""
    values = dict(row._mapping)  # noqa: SLF001
    values.pop("pk")
    return Business(**values | {"address": tuple(row.address), "look": decode(DocumentLook, row.look)})


def from_business(business: Business) -> dict[str, Any]:
    """The columns of one business."""
    values = {name: getattr(business, name) for name in BUSINESS_ROWS.columns.keys() if name != "pk"}  # noqa: SIM118
    return values | {"address": list(business.address), "look": whole(business.look)}


def find_business(uow: UnitOfWork) -> Business | None:
    """The issuer, or None in a book nobody has set up yet."""
    row = uow.execute(select(BUSINESS_ROWS)).first()
    return None if row is None else to_business(row)


def get_business(uow: UnitOfWork) -> Business:
    """The issuer; the defaults in a book nobody has set up yet."""
    return find_business(uow) or Business()


def save_business(uow: UnitOfWork, business: Business) -> None:
    """Write the one row of the issuer."""
    values = from_business(business)
    known = update_row(uow, BUSINESS_ROWS, {"pk": 1}, values)
    if not known:
        insert_rows(uow, BUSINESS_ROWS, [{"pk": 1, **values}])
    uow.audit.record(UPDATE if known else ADD, "business", "business", business)


def list_people(uow: UnitOfWork) -> tuple[Person, ...]:
    """Everybody on our side, by id; their cost rates in order of date."""
    rates: dict[str, list[CostRate]] = defaultdict(list)
    for rate in uow.execute(
        select(COST_RATE_ROWS).order_by(COST_RATE_ROWS.c.person_id, COST_RATE_ROWS.c.from_on)
    ):
        rates[rate.person_id].append(CostRate(rate.from_on, rate.hourly_rate))
    rows = uow.execute(select(PERSON_ROWS).order_by(PERSON_ROWS.c.id))
    return tuple(Person(row.id, row.name, tuple(rates[row.id]), row.email, row.left_on) for row in rows)


def save_person(uow: UnitOfWork, person: Person) -> None:
    """Add a person or replace the one of that id, cost rates included."""
    values = {"name": person.name, "email": person.email, "left_on": person.left_on}
    known = update_row(uow, PERSON_ROWS, {"id": person.id}, values)
    if known:
        delete_rows(uow, COST_RATE_ROWS, {"person_id": person.id})
    else:
        insert_rows(uow, PERSON_ROWS, [{"id": person.id, **values}])
    rates = [
        {"person_id": person.id, "from_on": rate.from_on, "hourly_rate": rate.hourly_rate}
        for rate in person.cost_rates
    ]
    insert_rows(uow, COST_RATE_ROWS, rates)
    uow.audit.record(UPDATE if known else ADD, "people", key_of(person.id), person)


def delete_person(uow: UnitOfWork, person_id: str) -> None:
    """Remove somebody without work entries; RuleViolation if there are some, or nobody of that id."""
    if not delete_rows(uow, PERSON_ROWS, {"id": person_id}):
        raise missing("person", person_id)
    uow.audit.record(DELETE, "people", key_of(person_id), None)


def to_series(row: Row[Any]) -> Series:
    """The series of a row."""
    return Series(
        id=row.id,
        format=row.format,
        next=row.next,
        name=row.name,
        purpose=SeriesPurpose(row.purpose),
        is_default=row.is_default,
        reset=SeriesReset(row.reset),
        year_starts_in=row.year_starts_in,
        year=row.year,
        gaps=tuple(decode(NumberGap, gap) for gap in row.gaps),
    )


def from_series(series: Series) -> dict[str, Any]:
    """The columns of one series."""
    return {
        "id": series.id,
        "format": series.format,
        "next": series.next,
        "name": series.name,
        "purpose": series.purpose.value,
        "is_default": series.is_default,
        "reset": series.reset.value,
        "year_starts_in": series.year_starts_in,
        "year": series.year,
        "gaps": whole(series.gaps),
    }


def list_series(uow: UnitOfWork) -> tuple[Series, ...]:
    """The number series, by id."""
    return tuple(to_series(row) for row in uow.execute(select(SERIES_ROWS).order_by(SERIES_ROWS.c.id)))


def save_series(uow: UnitOfWork, series: Series) -> None:
    """Add a series or replace the one of that id."""
    values = from_series(series)
    known = exists(uow, SERIES_ROWS, {"id": series.id})
    if known:
        update_row(uow, SERIES_ROWS, {"id": series.id}, values)
    else:
        insert_rows(uow, SERIES_ROWS, [values])
    uow.audit.record(UPDATE if known else ADD, "series", key_of(series.id), series)


def take_number(uow: UnitOfWork, series_id: str, issued_on: date) -> NumberPlace:
    """The next place of a series on a day, taken for this transaction: a rollback gives it back.

    The year is that of the issue date, read here, inside the transaction. Raises RuleViolation if there is
    no such series, or if the numbers of a later year have begun.
    """
    # A start reads the business from here and takes no number.
    from retainerdesk.domain.numbering import after, place_on

    taken = uow.execute(_TAKE, {"series": series_id}).first()
    if taken is None:
        raise missing("series", series_id)
    before = to_series(taken)
    place = place_on(before, issued_on)
    series = after(before, place)
    run(uow.connection, _GO_ON, (series.next, series.year, series.id))
    uow.audit.record(UPDATE, "series", key_of(series.id), series)
    return place


def keyed_business(uow: UnitOfWork) -> Iterator[tuple[str, object]]:
    """Every row as (key in the chain, value); see `AccountList.keyed`."""
    business = find_business(uow)
    if business is not None:
        yield "business", business


def keyed_people(uow: UnitOfWork) -> Iterator[tuple[str, object]]:
    """Every row as (key in the chain, value); see `AccountList.keyed`."""
    return ((key_of(person.id), person) for person in list_people(uow))


def keyed_series(uow: UnitOfWork) -> Iterator[tuple[str, object]]:
    """Every row as (key in the chain, value); see `AccountList.keyed`."""
    return ((key_of(series.id), series) for series in list_series(uow))
