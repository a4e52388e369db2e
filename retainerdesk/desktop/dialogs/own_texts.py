"""The business's own words on documents, edited one language at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.forms.ui_document_page import Ui_DocumentPage
from retainerdesk.domain.document_look import (
    EVERY_LANGUAGE,
    DocumentLook,
    OwnText,
    OwnTextName,
    with_text,
)

LANGUAGE_WORDS = (
    (EVERY_LANGUAGE, "Every language"),
    ("en", "English"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
)
_LINES = 2
_HINTS = {
    OwnTextName.TITLE: "Invoice, in the language of the account",
    OwnTextName.INTRO: "{name}, {number} and {period} are filled in",
    OwnTextName.TERMS: "{days}, {due} and {amount} are filled in",
}


class OwnTexts(QObject):
    """Keeps the texts of all languages while one is on show. Signals: `changed()`."""

    changed = Signal()

    def __init__(self, form: Ui_DocumentPage, look: DocumentLook, invoice_note: str, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._look = look
        self._note = invoice_note
        self._language = EVERY_LANGUAGE
        self._filling = False
        self._fields: dict[OwnTextName, QLineEdit | QPlainTextEdit] = {
            OwnTextName.TITLE: form.own_title,
            OwnTextName.INTRO: form.own_intro,
            OwnTextName.TERMS: form.own_terms,
            OwnTextName.CLOSING: form.own_closing,
            OwnTextName.FOOTER: form.own_footer,
        }
        fill(form.text_language, LANGUAGE_WORDS, EVERY_LANGUAGE)
        self._prepare()
        self._show()
        form.text_language.currentIndexChanged.connect(self._change_language)

    @property
    def language(self) -> str:
        """The language on show; empty for every language."""
        return self._language

    @property
    def invoice_note(self) -> str:
        """The closing note for every language."""
        return self._note

    def look(self, base: DocumentLook) -> DocumentLook:
        """`base` with these texts."""
        found = DocumentLook(
            base.accent, base.window, base.show_quantity, base.show_price, base.payment_code,
            base.amount_in_words,
        )  # fmt: skip
        for own in self._look.texts:
            found = with_text(found, own)
        return found

    def _prepare(self) -> None:
        for field in self._fields.values():
            if isinstance(field, QPlainTextEdit):
                metrics = field.fontMetrics()
                field.setFixedHeight(_LINES * metrics.lineSpacing() + 18)
            field.textChanged.connect(self._take)

    def _change_language(self) -> None:
        self._language = str(self._form.text_language.currentData() or EVERY_LANGUAGE)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._filling = True
        for name, field in self._fields.items():
            _set_text(field, self._text(name, self._language))
            # Without a text of its own a language has the one for every language.
            general = "" if self._language == EVERY_LANGUAGE else self._text(name, EVERY_LANGUAGE)
            field.setPlaceholderText(general or _HINTS.get(name, ""))
        self._filling = False

    def _text(self, name: OwnTextName, language: str) -> str:
        if name is OwnTextName.CLOSING and language == EVERY_LANGUAGE:
            return self._note
        same = (own.text for own in self._look.texts if (own.name, own.language) == (name, language))
        return next(same, "")

    def _take(self) -> None:
        if self._filling:
            return
        for name, field in self._fields.items():
            text = _text_of(field).strip()
            if name is OwnTextName.CLOSING and self._language == EVERY_LANGUAGE:
                self._note = text
            else:
                self._look = with_text(self._look, OwnText(self._language, name, text))
        self.changed.emit()


def _text_of(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _set_text(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(text)
    else:
        field.setPlainText(text)
