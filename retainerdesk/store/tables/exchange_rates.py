"""What one currency is worth in another, by day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from retainerdesk.store.base import Base


class ExchangeRateRow(Base):
    """From that day one unit of the first currency is `rate` units of the second."""

    __tablename__ = "exchange_rates"

    from_currency: Mapped[str] = mapped_column(primary_key=True)
    to_currency: Mapped[str] = mapped_column(primary_key=True)
    on_date: Mapped[date] = mapped_column(primary_key=True)
    rate: Mapped[Decimal]
    source: Mapped[str]
