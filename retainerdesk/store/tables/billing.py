"""Invoices, skips and payments: what must never be written twice.

A charge is invoiced once: `charge_key`, and apart from it the parts it is made of, are unique over the lines
that are `live`, that is, on an invoice that is not void. Invoices, lines and tax totals refuse UPDATE and
DELETE by trigger (`store/schema_build.py`).
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.invoice import ChargeKind, DocumentKind, InvoiceStatus
from retainerdesk.store.base import (
    METADATA,
    MINOR,
    OPTIONAL_JSON,
    DecimalText,
    filled,
    key,
    one_of,
    optional,
    surrogate,
)

CHARGE_PARTS = ("account_id", "retainer_id", "kind", "service_start", "sequence", "source_id")


def _unique_while_live(name: str, *columns: str) -> Index:
    # PostgreSQL has the same under another keyword; naming it here would import its dialect at every start.
    return Index(name, *columns, unique=True, sqlite_where=text("live"))


# An issued document. `seller` and `buyer` are whole copies, defaults included.
#
# Its status changes once, from issued to void, and only beside a row of `voids`.
INVOICE_ROWS = Table(
    "invoices",
    METADATA,
    surrogate("pk"),
    filled("series_id", String, ForeignKey("series.id")),
    filled("number", String),
    filled("series_year", Integer),
    filled("sequence", Integer),
    filled("account_id", String, ForeignKey("accounts.id")),
    filled("issued_on", Date),
    filled("due_on", Date),
    filled("status", String),
    filled("currency", String),
    filled("net_minor", MINOR),
    filled("gross_minor", MINOR),
    filled("seller", JSON),
    filled("buyer", JSON),
    filled("chain_head", String),
    filled("kind", String),
    optional("corrects", String),
    filled("reason", String),
    filled("payable_minor", MINOR),
    optional("rounding_minor", MINOR),
    optional("withholding", OPTIONAL_JSON),
    filled("instalments", JSON),
    optional("book_tax", OPTIONAL_JSON),
    filled("note", String),
    UniqueConstraint("series_id", "number"),
    UniqueConstraint("series_id", "series_year", "sequence"),
    # Allocations name a document by its number alone.
    UniqueConstraint("account_id", "number"),
    one_of("status", InvoiceStatus),
    one_of("kind", DocumentKind),
    Index(None, "account_id", "issued_on", "number"),
    Index(None, "due_on"),
    Index(None, "number"),
)


# A charge as issued; service `[service_start, service_end)`.
#
# `retainer_id` is empty for charges of the account itself.
INVOICE_LINE_ROWS = Table(
    "invoice_lines",
    METADATA,
    key("invoice_pk", Integer, ForeignKey("invoices.pk")),
    key("position", Integer),
    filled("live", Boolean),
    filled("charge_key", String),
    filled("account_id", String, ForeignKey("accounts.id")),
    filled("retainer_id", String),
    filled("kind", String),
    filled("service_start", Date),
    filled("service_end", Date),
    filled("sequence", Integer),
    filled("source_id", String),
    filled("text", String),
    filled("quantity", DecimalText),
    filled("unit_price", DecimalText),
    filled("unit", String),
    filled("currency", String),
    filled("net_minor", MINOR),
    optional("basis_minor", MINOR),
    optional("agreed_minor", MINOR),
    optional("minutes", Integer),
    filled("tax_category", String),
    filled("tax_rate_percent", DecimalText),
    filled("tax_included", Boolean),
    optional("tax_reason", String),
    filled("details", JSON),
    _unique_while_live("uq_invoice_lines_charge_key", "charge_key"),
    _unique_while_live("uq_invoice_lines_charge_parts", *CHARGE_PARTS),
    one_of("kind", ChargeKind),
    one_of("tax_category", TaxCategory),
    CheckConstraint("service_start <= service_end", name="service"),
)


# The tax of one group of an invoice, in the order it is printed.
TAX_TOTAL_ROWS = Table(
    "tax_totals",
    METADATA,
    key("invoice_pk", Integer, ForeignKey("invoices.pk")),
    key("position", Integer),
    filled("category", String),
    filled("rate_percent", DecimalText),
    filled("currency", String),
    filled("base_minor", MINOR),
    filled("amount_minor", MINOR),
    optional("reason", String),
    one_of("category", TaxCategory),
)


# A charge decided not to be invoiced; what it would have brought, where that is known.
SKIP_ROWS = Table(
    "skips",
    METADATA,
    surrogate("pk"),
    filled("charge_key", String),
    filled("account_id", String, ForeignKey("accounts.id")),
    filled("retainer_id", String),
    filled("kind", String),
    filled("service_start", Date),
    filled("service_end", Date),
    filled("sequence", Integer),
    filled("source_id", String),
    filled("reason", String),
    filled("decided_on", Date),
    optional("net_minor", MINOR),
    optional("currency", String),
    UniqueConstraint("charge_key"),
    UniqueConstraint(*CHARGE_PARTS),
    one_of("kind", ChargeKind),
    CheckConstraint("service_start <= service_end", name="service"),
)


# Money received. What arrived in another currency is in `received_…`, the fee in the same one then.
PAYMENT_ROWS = Table(
    "payments",
    METADATA,
    surrogate("pk"),
    filled("account_id", String, ForeignKey("accounts.id")),
    filled("id", String),
    filled("on_date", Date),
    filled("amount_minor", MINOR),
    filled("currency", String),
    optional("fee_minor", MINOR),
    filled("text", String),
    optional("received_minor", MINOR),
    optional("received_currency", String),
    optional("rate", DecimalText),
    UniqueConstraint("account_id", "id"),
    Index(None, "account_id", "on_date", "id"),
)


# The part of a payment that settles one invoice, named by number: it may not be in this book.
ALLOCATION_ROWS = Table(
    "allocations",
    METADATA,
    key("payment_pk", Integer, ForeignKey("payments.pk", ondelete="CASCADE")),
    key("position", Integer),
    filled("invoice_number", String),
    filled("amount_minor", MINOR),
    filled("currency", String),
    Index(None, "invoice_number"),
)
