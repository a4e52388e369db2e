"""Tax rates users added, beside the table of the program."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from retainerdesk.domain.account import TaxCategory
from retainerdesk.store.base import Base, one_of


class TaxRateRow(Base):
    """A rate of a country from a day on, up to, not including, `until`."""

    __tablename__ = "tax_rates"
    __table_args__ = (one_of("category", TaxCategory),)

    country: Mapped[str] = mapped_column(primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    percent: Mapped[Decimal]
    until: Mapped[date | None]
    source: Mapped[str]
