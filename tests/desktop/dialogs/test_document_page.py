"""The page Documents of the settings, on a real book and with a real page beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.domain.document_look import AddressWindow, OwnText, OwnTextName, PaymentCode
from retainerdesk.services.business import get_business


@pytest.fixture
def dialog(opener: DialogOpener) -> Any:
    opened: Any = opener.settings()
    opened.form.tabs.setCurrentWidget(opened.documents)
    return opened


def test_what_is_chosen_is_kept(desk: Desk, dialog: Any) -> None:
    form = dialog.documents.form
    dialog.documents.take_accent(QColor("#0a7f5c"))
    form.window.setCurrentIndex(form.window.findText("United Kingdom"))
    form.payment_code.setCurrentIndex(form.payment_code.findText("None"))
    form.show_price.setChecked(False)
    form.amount_in_words.setChecked(True)
    dialog.accept()
    look = desk.read(get_business).look
    assert (look.accent, look.window, look.payment_code) == ("#0a7f5c", AddressWindow.UK, PaymentCode.NONE)
    assert (look.show_quantity, look.show_price, look.amount_in_words) == (True, False, True)


def test_texts_are_kept_a_language_and_the_general_closing_is_the_note(desk: Desk, dialog: Any) -> None:
    form = dialog.documents.form
    form.own_closing.setPlainText("Thanks.")
    form.own_footer.setPlainText("HRB 1")
    form.text_language.setCurrentIndex(form.text_language.findText("German"))
    assert form.own_footer.toPlainText() == ""
    assert form.own_footer.placeholderText() == "HRB 1"
    form.own_footer.setPlainText("HRB 1 Hamburg")
    form.own_title.setText("Honorarnote")
    form.text_language.setCurrentIndex(form.text_language.findText("Every language"))
    assert form.own_footer.toPlainText() == "HRB 1"
    dialog.accept()
    business = desk.read(get_business)
    assert business.invoice_note == "Thanks."
    assert business.look.texts == (
        OwnText("de", OwnTextName.TITLE, "Honorarnote"),
        OwnText("", OwnTextName.FOOTER, "HRB 1"),
        OwnText("de", OwnTextName.FOOTER, "HRB 1 Hamburg"),
    )


def test_terms_that_cannot_be_filled_in_are_refused_at_their_field(desk: Desk, dialog: Any) -> None:
    before = desk.read(get_business)
    dialog.documents.form.own_terms.setText("To {iban}")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.documents.form.own_terms.property("invalid") == "true"
    assert "cannot be filled in" in dialog.shown_violation
    assert desk.read(get_business) == before
    dialog.reject()


def test_a_pale_colour_is_warned_of_and_no_colour_refused(dialog: Any) -> None:
    form = dialog.documents.form
    assert form.accent_hint.isHidden()
    form.accent.setText("#ffe066")
    assert "Hardly visible" in form.accent_hint.text()
    form.accent.setText("blue")
    dialog.accept()
    assert form.accent.property("invalid") == "true"
    dialog.reject()


def test_the_sample_beside_it_follows_a_change(qtbot: QtBot, dialog: Any) -> None:
    """The bar at the top of the page has the colour of the brand."""
    preview = dialog.documents.form.preview
    qtbot.waitUntil(lambda: preview.has_page, timeout=20_000)
    dialog.documents.take_accent(QColor("#0a7f5c"))
    qtbot.waitUntil(lambda: preview._image.pixelColor(300, 2) == QColor("#0a7f5c"), timeout=20_000)
    dialog.reject()


def test_a_sample_that_cannot_be_drawn_says_why(qtbot: QtBot, dialog: Any) -> None:
    preview = dialog.documents.form.preview
    qtbot.waitUntil(lambda: preview.has_page, timeout=20_000)
    dialog.documents.form.own_terms.setText("{")
    qtbot.waitUntil(lambda: "brace" in preview.accessibleName(), timeout=20_000)
    dialog.reject()


def test_a_logo_is_taken_from_a_drop_and_removed(desk: Desk, dialog: Any, tmp_path: Path) -> None:
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    picture.save(str(tmp_path / "logo.png"))
    form = dialog.documents.form
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "logo.png"))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    form.logo.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, Qt.KeyboardModifier.NoModifier))
    assert not form.logo.pixmap().isNull()
    form.remove_logo.click()
    assert form.logo.pixmap().isNull()
    dialog.accept()
    assert desk.read(get_business).logo_sha256 is None
