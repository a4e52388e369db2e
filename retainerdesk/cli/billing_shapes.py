"""What `--json` says of charges, runs and documents; see `shapes` for the forms of figures."""

from __future__ import annotations

from decimal import Decimal

from retainerdesk.cli import shapes
from retainerdesk.cli.shapes import Json
from retainerdesk.domain.instalments import open_parts
from retainerdesk.domain.invoice import BookTax, Charge, ChargeKey, Invoice, InvoiceLine, Skip, Totals
from retainerdesk.domain.invoicing import Proposal
from retainerdesk.domain.money import Money
from retainerdesk.services.views import ParkedRow


def charge(item: Charge) -> Json:
    """One proposed line; `to` is the first day not covered."""
    return {
        **_line(item),
        "why": item.why,
        "details": list(item.details),
        "minutes": item.minutes,
    }


def number_of_price(price: Decimal, net: Money) -> str:
    """A unit price with at least the currency's digits."""
    digits = -net.as_decimal().as_tuple().exponent  # type: ignore[operator]  # finite by construction
    exponent = price.normalize().as_tuple().exponent
    wanted = max(digits, -exponent if isinstance(exponent, int) else 0)
    return f"{price:.{wanted}f}"


def totals(value: Totals) -> Json:
    """Net, tax by rate, gross."""
    return {
        "net": str(value.net),
        "tax": [
            {
                "category": each.category.value,
                "rate": shapes.number(each.rate_percent),
                "base": str(each.base),
                "amount": str(each.amount),
            }
            for each in value.tax
        ],
        "gross": str(value.gross),
    }


def proposal(item: Proposal) -> Json:
    """One invoice that would be issued."""
    return {
        "account": item.account_id,
        "currency": item.currency,
        "billable_on": shapes.day(item.billable_on),
        "lines": [
            {**charge(each), "net": str(net)}
            for each, net in zip(item.charges, item.charge_nets, strict=True)
        ],
        **totals(item.totals),
    }


def parked(row: ParkedRow) -> Json:
    """One account a run left alone."""
    return {
        "account": row.account_id,
        "retainer": row.retainer_id or None,
        "reason": row.reason,
        "can_confirm": row.can_confirm,
    }


def skip(item: Skip) -> Json:
    """One charge that is not invoiced, and why."""
    return {**_about(item.key), "net": str(item.net) if item.net else None, "reason": item.reason}


def issued(invoice: Invoice) -> Json:
    """One issued invoice in short."""
    return {
        "number": invoice.number,
        "account": invoice.account_id,
        "currency": invoice.currency,
        "issued_on": shapes.day(invoice.issued_on),
        "due_on": shapes.day(invoice.due_on),
        "net": str(invoice.totals.net),
        "gross": str(invoice.totals.gross),
    }


def invoice_whole(invoice: Invoice, balance: Money) -> Json:
    """One issued invoice with its lines."""
    return {
        **issued(invoice),
        "kind": invoice.kind.value,
        "status": invoice.status.value,
        "corrects": invoice.corrects,
        "reason": invoice.voided.reason if invoice.voided else invoice.reason,
        "note": invoice.note,
        "balance": str(balance),
        "payable": str(invoice.payable),
        "withheld": str(invoice.withholding.amount) if invoice.withholding else None,
        "rounding": str(invoice.rounding) if invoice.rounding else None,
        "book_tax": book_tax(invoice.book_tax),
        "instalments": [
            {"due_on": shapes.day(part.due_on), "open": str(part.amount)}
            for part in open_parts(invoice, balance)
        ],
        "lines": [_line(each) for each in invoice.lines],
        **totals(invoice.totals),
    }


def _about(key: ChargeKey) -> Json:
    """What is or would be invoiced, for which days."""
    return {
        "retainer": key.retainer_id or None,
        "charge": key.kind.value,
        "from": shapes.day(key.service.start),
        "to": shapes.day(key.service.end),
    }


def _line(line: Charge | InvoiceLine) -> Json:
    return {
        **_about(line.key),
        "quantity": shapes.number(line.quantity),
        "unit_price": number_of_price(line.unit_price, line.net),
        "net": str(line.net),
        "text": line.text,
    }


def book_tax(tax: BookTax | None) -> Json | None:
    """The tax of a document in the currency of the books; null where none was stated."""
    if tax is None:
        return None
    return {"amount": str(tax.amount), "currency": tax.amount.currency, "rate": shapes.rate(tax.rate)}
