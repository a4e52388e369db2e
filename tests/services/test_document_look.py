"""The look of documents in a real book: chosen now, printed on what is issued from now on only."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from PIL import Image

from retainerdesk.domain.document_look import (
    AddressWindow,
    DocumentLook,
    OwnText,
    OwnTextName,
    PaymentCode,
)
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.book_files import export_book
from retainerdesk.services.business import get_business, save_business
from retainerdesk.services.corrections import void_document
from retainerdesk.services.document_look import sample_pdf
from retainerdesk.services.invoices import preview_pdf, render_invoice_pdf
from retainerdesk.services.issue_invoices import IssueCommand, issue_invoices, preview_invoices
from retainerdesk.services.logo import keep_logo
from retainerdesk.store.book_store import BookStore
from retainerdesk.system.kept_files import KeptFiles
from tests.documents.samples import text_of

TODAY = date(2026, 1, 1)
OTHER = DocumentLook(
    "#a1341f", AddressWindow.US, show_quantity=False, show_price=False, payment_code=PaymentCode.NONE,
    amount_in_words=True,
    texts=(OwnText("", OwnTextName.TITLE, "Tax invoice"), OwnText("", OwnTextName.FOOTER, "HRB 1")),
)  # fmt: skip


def bill(store: BookStore) -> str:
    """Issue what is due; the number of the document."""
    with store.reading() as uow:
        run = preview_invoices(uow, TODAY, TODAY)
    (issued,) = issue_invoices(store, IssueCommand(run.proposals, TODAY), TODAY).value.issued
    return issued.number


def logo_of(folder: Path, colour: str) -> str:
    """A picture in one colour, kept; its hash."""
    picture = BytesIO()
    Image.new("RGB", (40, 40), colour).save(picture, "PNG")
    source = folder / f"{colour}.png"
    source.write_bytes(picture.getvalue())
    return keep_logo(source, KeptFiles(folder))


def digest(store: BookStore, number: str, files: Path) -> str:
    with store.reading() as uow:
        return hashlib.sha256(render_invoice_pdf(uow, number, KeptFiles(files))).hexdigest()


def change_everything(store: BookStore, files: Path) -> None:
    with store.writing() as uow:
        changed = replace(
            get_business(uow), name="Studio Süd", address=("Alm 2",), iban="CH4431999123000889012",
            paper="Letter", logo_sha256=logo_of(files, "red"), invoice_note="Bye", look=OTHER,
        )  # fmt: skip
        save_business(uow, changed)
        uow.commit()


def test_an_issued_invoice_prints_the_same_bytes_after_everything_changed(
    store: BookStore, tmp_path: Path
) -> None:
    with store.writing() as uow:
        save_business(uow, replace(get_business(uow), logo_sha256=logo_of(tmp_path, "blue")))
        uow.commit()
    number = bill(store)
    before = digest(store, number, tmp_path)
    change_everything(store, tmp_path)
    assert digest(store, number, tmp_path) == before


def test_the_look_chosen_since_is_on_the_next_invoice(store: BookStore, tmp_path: Path) -> None:
    change_everything(store, tmp_path)
    number = bill(store)
    with store.reading() as uow:
        document = pypdfium2.PdfDocument(render_invoice_pdf(uow, number, KeptFiles(tmp_path)))
    text = str(document[0].get_textpage().get_text_bounded())
    document.close()
    assert f"Tax invoice {number}" in text
    assert "HRB 1" in text
    assert "Quantity" not in text


def test_an_export_carries_the_logos_of_what_was_issued_too(store: BookStore, tmp_path: Path) -> None:
    blue = logo_of(tmp_path, "blue")
    with store.writing() as uow:
        save_business(uow, replace(get_business(uow), logo_sha256=blue))
        uow.commit()
    bill(store)
    change_everything(store, tmp_path)
    export_book(store, KeptFiles(tmp_path), tmp_path / "all.zip")
    with ZipFile(tmp_path / "all.zip") as archive:
        kept = " ".join(archive.namelist())
    assert blue in kept
    assert logo_of(tmp_path, "red") in kept


def test_a_look_no_page_could_print_is_not_kept(store: BookStore) -> None:
    with store.writing() as uow, pytest.raises(RuleViolation, match="not a colour"):
        save_business(uow, replace(get_business(uow), look=DocumentLook(accent="blue")))


def test_the_preview_of_a_replacing_invoice_names_the_void_one(store: BookStore, tmp_path: Path) -> None:
    """January was invoiced, and cancelled: the same charge is proposed again."""
    number = bill(store)
    with store.writing() as uow:
        void_document(uow, number, "wrong address", TODAY)
        uow.commit()
    with store.reading() as uow:
        (proposal,) = preview_invoices(uow, TODAY, TODAY).proposals
        document = pypdfium2.PdfDocument(preview_pdf(uow, proposal, "2026-0002", KeptFiles(tmp_path), TODAY))
    text = str(document[0].get_textpage().get_text_bounded())
    document.close()
    assert f"Replaces invoice {number} of 1 January 2026" in text
    assert "wrong address" in text


@pytest.mark.parametrize(("country", "percent"), [("DE", "19"), ("FR", "20"), ("AQ", "20")])
def test_the_sample_page_has_the_standard_rate_of_the_country(
    store: BookStore, tmp_path: Path, country: str, percent: str
) -> None:
    with store.reading() as uow:
        business = replace(get_business(uow), country=country)
    text = text_of(sample_pdf(business, KeptFiles(tmp_path), TODAY, "en"))
    assert f"VAT {percent}%" in text
