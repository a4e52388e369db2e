"""An issued invoice, verbatim, as it stands in a book file."""

from __future__ import annotations

from retainerdesk.domain.invoice import (
    BookTax,
    DocumentKind,
    Instalment,
    Invoice,
    InvoiceLine,
    TaxTotal,
    Voided,
    Withholding,
)
from retainerdesk.exchange.book.write_parties import account_node, business_node, tax_node
from retainerdesk.exchange.book.write_rates import exchange_rate_node
from retainerdesk.exchange.book.write_values import Node, Unless, amount, day, members, plain, rate


def invoice_node(invoice: Invoice) -> dict[str, Node]:
    """Everything printed on it and everything that proves it; amounts are in the buyer's currency."""
    return members(
        {
            "series": invoice.series_id,
            "number": invoice.number,
            "sequence": invoice.sequence,
            "series_year": Unless(0, invoice.series_year),
            "issued_on": day(invoice.issued_on),
            "due_on": day(invoice.due_on),
            "status": invoice.status.value,
            "seller": business_node(invoice.seller),
            "buyer": account_node(invoice.buyer),
            "lines": [_line_node(line) for line in invoice.lines],
            "net": str(invoice.totals.net),
            "tax": [_tax_total_node(group) for group in invoice.totals.tax],
            "gross": str(invoice.totals.gross),
            "chain_head": invoice.chain_head,
            "kind": Unless(DocumentKind.INVOICE.value, invoice.kind.value),
            "corrects": Unless(None, invoice.corrects),
            "reason": Unless("", invoice.reason),
            "instalments": Unless([], [_instalment_node(part) for part in invoice.instalments]),
            "withholding": Unless(None, _withholding_node(invoice.withholding)),
            "rounding": Unless(None, amount(invoice.rounding)),
            "book_tax": Unless(None, _book_tax_node(invoice.book_tax)),
            "voided": Unless(None, _voided_node(invoice.voided)),
            "note": Unless("", invoice.note),
        }
    )


def _instalment_node(part: Instalment) -> dict[str, Node]:
    return {"due_on": day(part.due_on), "amount": str(part.amount)}


def _withholding_node(kept: Withholding | None) -> dict[str, Node] | None:
    if kept is None:
        return None
    return {"percent": plain(kept.percent), "amount": str(kept.amount), "reason": kept.reason}


def _book_tax_node(tax: BookTax | None) -> dict[str, Node] | None:
    if tax is None:
        return None
    return {
        "amount": str(tax.amount),
        "currency": tax.amount.currency,
        "rate": exchange_rate_node(tax.rate),
    }


def _voided_node(voided: Voided | None) -> dict[str, Node] | None:
    return None if voided is None else {"on": day(voided.on), "reason": voided.reason}


def _line_node(line: InvoiceLine) -> dict[str, Node]:
    return {
        "position": line.position,
        "retainer": line.key.retainer_id or None,
        "charge": line.key.kind.value,
        "from": day(line.key.service.start),
        "to": day(line.key.service.end),
        "sequence": line.key.sequence,
        "source": line.key.source_id or None,
        "text": line.text,
        "quantity": plain(line.quantity),
        "unit_price": rate(line.unit_price, line.net.currency),
        "unit": line.unit,
        "net": str(line.net),
        "tax": tax_node(line.tax),
        "details": list(line.details),
        "basis": amount(line.basis),
        "minutes": line.minutes,
        "agreed": amount(line.agreed),
    }


def _tax_total_node(group: TaxTotal) -> dict[str, Node]:
    return {
        "category": group.category.value,
        "rate": plain(group.rate_percent),
        "base": str(group.base),
        "amount": str(group.amount),
        "reason": group.reason,
    }
