"""Every kind of document this program prints, with one text in all of its typed fields; read back by others.

Read by pdfium, which did not write it. Each field has letters of its own around the text, so that what
stands on the page can be compared field by field; white space is not, since lines are broken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pypdfium2
from pypdfium2 import raw

from retainerdesk.documents.dunning_pdf import render_dunning
from retainerdesk.documents.goodwill_pdf import render_goodwill
from retainerdesk.documents.invoice_pdf import render_invoice
from retainerdesk.documents.statement_pdf import render_statement
from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.dunning_words import LetterWords
from retainerdesk.domain.invoice import Invoice
from tests.documents.letters import dunning, goodwill, statement
from tests.documents.samples import BUYER, PLAIN, SELLER, credit_note, hours, invoice, line, squeezed

ON = date(2025, 9, 30)
Fields = tuple[str, ...]


def around(field: str, text: str) -> str:
    """The text between the letters of its field."""
    return f"Q{field}V{text}W{field}Q"


def between(field: str, page: str) -> str:
    """What stands on a page between the letters of a field, without white space."""
    found = re.search(f"Q{field}V(.*?)W{field}Q", squeezed(page), re.DOTALL)
    assert found, f"{field} is not on the page"
    return found[1]


# pdfium reads a ligature as the letters it joins.
_AS_READ = str.maketrans({"\ufb01": "fi", "\ufb02": "fl"})


def composed(text: str) -> str:
    """The text as it can be read from a page: composed, without white space."""
    return squeezed(unicodedata.normalize("NFC", text)).translate(_AS_READ)


def seller_named(text: str) -> Business:
    return replace(SELLER, name=around("seller", text), address=(text, *SELLER.address))


def buyer_named(text: str) -> Account:
    street = around("street", text)
    return replace(BUYER, name=around("buyer", text), address=(street, *BUYER.address[1:]))


def invoice_with(text: str, base: Invoice) -> Invoice:
    """An invoice whose parties, first line and notes say the text."""
    first = replace(base.lines[0], text=around("text", text), details=(around("detail", text),))
    return replace(
        base,
        seller=replace(seller_named(text), bank_name=around("bank", text),
                       invoice_note=around("closing", text)),
        buyer=buyer_named(text),
        lines=(first, *base.lines[1:]),
        note=around("note", text),
        reason=around("reason", text) if base.corrects else "",
    )  # fmt: skip


OF_INVOICES = ("seller", "buyer", "street", "text", "detail", "note", "closing")


def print_invoice(text: str) -> bytes:
    return render_invoice(invoice_with(text, invoice(line(), hours())), PLAIN)


def print_draft(text: str) -> bytes:
    return render_invoice(replace(invoice_with(text, invoice(line())), number=""), PLAIN)


def print_credit_note(text: str) -> bytes:
    return render_invoice(invoice_with(text, credit_note()), PLAIN)


def print_statement(text: str) -> bytes:
    seller, buyer = seller_named(text), buyer_named(text)
    plain = statement()
    moves = tuple(replace(each, reference=around("reference", text)) for each in plain.entries[-1:])
    return render_statement(replace(plain, entries=moves), seller, buyer, ON, PLAIN)


def print_letter(text: str) -> bytes:
    """Words of one's own may hold placeholders: braces that are none are written twice."""
    seller, buyer = seller_named(text), buyer_named(text)
    body = around("body", text).replace("{", "{{").replace("}", "}}")
    letter = dunning()
    words = {"": LetterWords("A title", body)}
    return render_dunning(replace(letter, step=replace(letter.step, words=words)), seller, buyer, ON, PLAIN)


def print_goodwill(text: str) -> bytes:
    seller, buyer = seller_named(text), buyer_named(text)
    given = goodwill()
    first = replace(given.items[0], text=around("text", text), reason=around("reason", text))
    return render_goodwill(replace(given, items=(first, *given.items[1:])), seller, buyer, ON, PLAIN)


PRINTED: dict[str, tuple[Callable[[str], bytes], Fields]] = {
    "invoice": (print_invoice, (*OF_INVOICES, "bank")),
    "draft": (print_draft, OF_INVOICES),
    "credit note": (print_credit_note, ("seller", "buyer", "street", "text", "detail", "note", "reason")),
    "statement": (print_statement, ("seller", "buyer", "street", "reference")),
    "letter": (print_letter, ("seller", "buyer", "street", "body")),
    "goodwill statement": (print_goodwill, ("seller", "buyer", "street", "text", "reason")),
}


def missing_glyphs(pdf: bytes) -> int:
    """How many characters on the pages were set without a glyph of their font (.notdef).

    reportlab sets them as code 0, which stands for no letter at all.
    """
    document, missing = pypdfium2.PdfDocument(pdf), 0
    try:
        for page in document:
            text = page.get_textpage()
            count = text.count_chars()
            missing += sum(raw.FPDFText_GetUnicode(text.raw, index) == 0 for index in range(count))
            text.close()
            page.close()
    finally:
        document.close()
    return missing
