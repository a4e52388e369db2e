"""Issued documents: the register, one document, and its PDF rendered again from the stored snapshot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from retainerdesk.domain.account import Business
from retainerdesk.domain.draft import Draft
from retainerdesk.domain.draft_state import DraftState, proposal_of
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import DocumentKind, Invoice
from retainerdesk.domain.invoicing import Proposal
from retainerdesk.domain.issuing import IssueSlot, draw_up, replaced_by
from retainerdesk.domain.money import Money
from retainerdesk.domain.payments import balances
from retainerdesk.services.business import get_business
from retainerdesk.services.document_state import InvoiceState, corrected_by, state_of
from retainerdesk.services.exchange_rates import rates_to_issue
from retainerdesk.services.logo import logo_bytes
from retainerdesk.store.repositories import accounts, invoices, payments
from retainerdesk.store.repositories.corrections import SETTLEMENTS
from retainerdesk.store.unit_of_work import UnitOfWork
from retainerdesk.system.kept_files import KeptFiles
from retainerdesk.system.private_files import replace_file
from retainerdesk.system.resources import resource_path

if TYPE_CHECKING:
    from retainerdesk.documents.layout import InvoiceLayout


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """One row of the register."""

    number: str
    account_id: str
    account_name: str
    issued_on: date
    due_on: date
    net: Money
    gross: Money
    balance: Money
    state: InvoiceState
    kind: DocumentKind = DocumentKind.INVOICE
    corrects: str | None = None


def list_invoices(uow: UnitOfWork, today: date, account_id: str | None = None) -> tuple[InvoiceRow, ...]:
    """The register, newest first, of one account or of all."""
    ids = None if account_id is None else [account_id]
    issued = invoices.list_invoices(uow, account_ids=ids)
    paid = [payment for each in payments.payments_by_account(uow, ids).values() for payment in each]
    settled = [row for each in SETTLEMENTS.by_account(uow, ids).values() for row in each]
    open_now = balances(issued, paid, settlements=settled)
    corrected = corrected_by(settled)
    rows = [_row(each, open_now[each.number], today, corrected=each.number in corrected) for each in issued]
    return tuple(reversed(rows))


def _row(invoice: Invoice, balance: Money, today: date, *, corrected: bool) -> InvoiceRow:
    return InvoiceRow(
        invoice.number, invoice.account_id, invoice.buyer.name, invoice.issued_on, invoice.due_on,
        invoice.totals.net, invoice.totals.gross, balance,
        state_of(invoice, balance, today, corrected=corrected), invoice.kind, invoice.corrects,
    )  # fmt: skip


def get_invoice(uow: UnitOfWork, number: str) -> Invoice:
    """The issued document of that number; RuleViolation if there is none."""
    found = invoices.by_number(uow, number)
    if found is None:
        raise RuleViolation("invoice.unknown", f"There is no invoice {number}; see the list of invoices.")
    return found


def get_invoice_row(uow: UnitOfWork, number: str) -> tuple[Invoice, Money]:
    """A document and what is still open of it."""
    invoice = get_invoice(uow, number)
    paid = payments.payments_by_account(uow, [invoice.account_id]).get(invoice.account_id, [])
    settled = SETTLEMENTS.of_account(uow, invoice.account_id)
    return invoice, balances([invoice], paid, settlements=settled)[number]


def render_invoice_pdf(uow: UnitOfWork, number: str, files: KeptFiles) -> bytes:
    """The document as a PDF; the same invoice gives the same bytes. `files` keeps the logo."""
    invoice = get_invoice(uow, number)
    corrected = get_invoice(uow, invoice.corrects) if invoice.corrects else None
    return _render(invoice, files, corrected.issued_on if corrected else None)


def save_invoice_pdf(uow: UnitOfWork, number: str, files: KeptFiles, target: Path) -> None:
    """Write the document to `target`, whole or not at all."""
    replace_file(target, render_invoice_pdf(uow, number, files))


def _render(invoice: Invoice, files: KeptFiles, corrected_on: date | None = None) -> bytes:
    # reportlab costs 70 ms to import and is needed for documents only.
    from retainerdesk.documents.invoice_pdf import render_invoice

    return render_invoice(invoice, layout_for(invoice.seller, files), corrected_on)


def layout_for(seller: Business, files: KeptFiles) -> InvoiceLayout:
    """How the business's documents look; its logo is kept by content in `files`."""
    from retainerdesk.documents.fonts import noto_sans_in
    from retainerdesk.documents.layout import InvoiceLayout

    fonts = noto_sans_in(resource_path("fonts"))
    return InvoiceLayout(fonts, logo_bytes(seller.logo_sha256, files) if seller.logo_sha256 else None)


def pdf_name(number: str) -> str:
    """A file name for a document number; letters, digits, dot, dash and underscore only."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", number).strip(".-") + ".pdf"


def draft_pdf(uow: UnitOfWork, state: DraftState, files: KeptFiles, today: date) -> bytes:
    """The page of a draft as it stands: marked as a draft, without a number."""
    document = _draft(uow, state.proposal, "", today)
    return _render(replace(document, note=state.draft.note), files)


def save_draft_pdf(uow: UnitOfWork, state: DraftState, files: KeptFiles, target: Path, today: date) -> None:
    """Write the page of a draft to `target`, whole or not at all."""
    replace_file(target, draft_pdf(uow, state, files, today))


def _document_of(uow: UnitOfWork, draft: Draft, today: date) -> Invoice:
    return replace(_draft(uow, proposal_of(draft), "", today), note=draft.note)


def preview_pdf(uow: UnitOfWork, proposal: Proposal, number: str, files: KeptFiles, today: date) -> bytes:
    """The page a proposal would become if it were issued today."""
    draft = _draft(uow, proposal, number, today)
    replaced = get_invoice(uow, draft.corrects) if draft.corrects else None
    return _render(draft, files, replaced.issued_on if replaced else None)


def unprintable_in(
    uow: UnitOfWork, proposals: Sequence[Proposal], files: KeptFiles, today: date
) -> tuple[str, ...]:
    """A sentence for every character that no font can draw, to be shown before issuing."""
    return _unprintable(uow, [_draft(uow, proposal, "", today) for proposal in proposals], files)


def unprintable_drafts(
    uow: UnitOfWork, drafts: Sequence[Draft], files: KeptFiles, today: date
) -> tuple[str, ...]:
    """The same for drafts, with their own words and notes."""
    return _unprintable(uow, [_document_of(uow, draft, today) for draft in drafts], files)


def _unprintable(uow: UnitOfWork, documents: Iterable[Invoice], files: KeptFiles) -> tuple[str, ...]:
    from retainerdesk.documents.unprintable import unprintable

    layout = layout_for(get_business(uow), files)
    found: dict[str, None] = {}
    for document in documents:
        for each in unprintable(document, layout):
            where = each.field.replace("buyer.", "").replace("seller.", "your own ")
            found[f"{document.buyer.name}: {each.name} in {where} cannot be printed; change the text."] = None
    return tuple(found)


def _draft(uow: UnitOfWork, proposal: Proposal, number: str, today: date) -> Invoice:
    buyer = accounts.get_account(uow, proposal.account_id)
    replaced = replaced_by(invoices.replacements_of(uow, buyer.id), proposal)
    seller = get_business(uow)
    rates = rates_to_issue(uow, seller, proposal.currency)
    return draw_up(proposal, seller, buyer, IssueSlot("", number, 0, today), replaced, rates)
