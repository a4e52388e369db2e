"""The page Documents of the settings: how they look, with a sample invoice beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QShowEvent
from PySide6.QtWidgets import QColorDialog, QSizePolicy, QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.dialogs.file_choice import FileChooser
from retainerdesk.desktop.dialogs.own_texts import OwnTexts
from retainerdesk.desktop.dialogs.page_drawing import Drawn, PageDrawing
from retainerdesk.desktop.forms.ui_document_page import Ui_DocumentPage
from retainerdesk.desktop.name_words import bearable
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.theme.icons import button_icon_size
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.domain.account import Business
from retainerdesk.domain.document_look import (
    AddressWindow,
    DocumentLook,
    PaymentCode,
    check_accent,
    hardly_visible,
)
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.services.document_look import sample_pdf
from retainerdesk.services.logo import keep_logo, logo_bytes

if TYPE_CHECKING:
    from datetime import date

    from retainerdesk.services.context import KeptFiles

_PAPERS = (("A4", "A4"), ("Letter", "Letter"))
_WINDOWS = (
    (AddressWindow.AUTO, "As usual for paper and country"),
    (AddressWindow.DIN5008, "DIN 5008 (Germany, Austria)"),
    (AddressWindow.RIGHT, "On the right (France, Spain, Switzerland)"),
    (AddressWindow.UK, "United Kingdom"),
    (AddressWindow.US, "United States, number 10"),
)
_CODES = (
    (PaymentCode.AUTO, "Swiss QR-bill where possible, else EPC"),
    (PaymentCode.EPC, "EPC code only"),
    (PaymentCode.NONE, "None"),
)
_PICTURES = "Pictures (*.png *.jpg *.jpeg)"


class DocumentPage(QWidget):
    """Collects the look of a business. Signals: `refused(violation)` for a logo no page could print."""

    refused = Signal(object)

    def __init__(
        self, desk: Desk, business: Business, chooser: FileChooser, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = Ui_DocumentPage()
        self.form.setupUi(self)
        self._desk = desk
        self._business = business
        self._chooser = chooser
        self._logo_sha256 = business.logo_sha256
        self.texts = OwnTexts(self.form, business.look, business.invoice_note, self)
        self._drawing = PageDrawing(desk, self.form.preview, "Sample invoice with this look")
        self._fill(business)
        self._connect()

    def _fill(self, business: Business) -> None:
        form, look = self.form, business.look
        form.accent.setText(look.accent)
        fill(form.paper, _PAPERS, business.paper)
        fill(form.window, _WINDOWS, look.window)
        fill(form.payment_code, _CODES, look.payment_code)
        form.show_quantity.setChecked(look.show_quantity)
        form.show_price.setChecked(look.show_price)
        form.amount_in_words.setChecked(look.amount_in_words)
        form.accent_hint.setFont(role_font("small"))
        form.accent_hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        form.preview.show_words("A sample invoice")
        self._show_accent()
        self._show_logo()

    def _connect(self) -> None:
        form = self.form
        form.accent.textChanged.connect(self._show_accent)
        form.choose_accent.clicked.connect(self.choose_accent)
        form.choose_logo.clicked.connect(self.choose_logo)
        form.remove_logo.clicked.connect(self.remove_logo)
        form.logo.dropped.connect(self.take_logo)
        for combo in (form.paper, form.window, form.payment_code):
            combo.currentIndexChanged.connect(self._changed)
        for box in (form.show_quantity, form.show_price, form.amount_in_words):
            box.toggled.connect(self._changed)
        self.texts.changed.connect(self._changed)

    def value(self, business: Business) -> Business:
        """`business` with what the page says. Raises RuleViolation for a colour that is none."""
        form = self.form
        accent = form.accent.text().strip()
        check_accent(accent)
        look = DocumentLook(
            accent=accent,
            window=AddressWindow(form.window.currentData()),
            show_quantity=form.show_quantity.isChecked(),
            show_price=form.show_price.isChecked(),
            payment_code=PaymentCode(form.payment_code.currentData()),
            amount_in_words=form.amount_in_words.isChecked(),
        )
        return replace(
            business,
            paper=form.paper.currentData(),
            logo_sha256=self._logo_sha256,
            invoice_note=self.texts.invoice_note,
            look=self.texts.look(look),
        )

    def choose_accent(self) -> None:
        """Ask for the colour of the brand."""
        dialog = QColorDialog(QColor(self.form.accent.text()), self)
        dialog.setWindowTitle("Colour of the brand")
        dialog.colorSelected.connect(self.take_accent)
        dialog.open()

    def take_accent(self, colour: QColor) -> None:
        """Use this colour."""
        self.form.accent.setText(colour.name())

    def _show_accent(self) -> None:
        """A swatch of the colour, and a word where paper would swallow it."""
        form, accent = self.form, self.form.accent.text().strip()
        try:
            pale = hardly_visible(accent)
        except RuleViolation as violation:
            self._hint(bearable(violation.message))
            return
        form.choose_accent.setIconSize(button_icon_size())
        form.choose_accent.setIcon(QIcon(_swatch(QColor(accent))))
        self._hint("Hardly visible on white paper; a darker colour shows." if pale else "")
        self._changed()

    def _hint(self, words: str) -> None:
        self.form.accent_hint.setText(words)
        self.form.accent_hint.setVisible(bool(words))
        set_style_property(self.form.accent_hint, "tone", "warn")

    def choose_logo(self) -> None:
        """Ask for a picture and keep it by its content."""
        chosen = self._chooser.open_files(self, "Choose logo", _PICTURES)
        if chosen:
            self.take_logo(chosen[0])

    def take_logo(self, picture: Path) -> None:
        """Use this picture; what no invoice could print is refused at the field."""
        try:
            self._logo_sha256 = keep_logo(picture, self._desk.context.files)
        except RuleViolation as violation:
            self.refused.emit(violation)
        except EnvironmentProblem as problem:
            show_problem(self, problem)
        self._show_logo()

    def remove_logo(self) -> None:
        """Print documents without a logo."""
        self._logo_sha256 = None
        self._show_logo()

    def _show_logo(self) -> None:
        content = logo_bytes(self._logo_sha256, self._desk.context.files) if self._logo_sha256 else None
        self.form.logo.show_picture(content)
        self.form.remove_logo.setEnabled(content is not None)
        self._changed()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._changed()

    def _changed(self) -> None:
        """Draw the sample while somebody looks; what no page could show is said in its place."""
        if not self.isVisible():
            return
        try:
            business = self.value(self._business)
        except RuleViolation as violation:
            self._drawing.show_words(bearable(violation.message))
            return
        language = self.texts.language or _language_of(business)
        draw = partial(_draw, business, self._desk.context.files, self._desk.today(), language)
        self._drawing.show_page_of(draw)


def _language_of(business: Business) -> str:
    """The language of the business if documents are written in it, else English."""
    language = business.locale.split("_")[0]
    return language if language in ("de", "fr", "es") else "en"


def _draw(business: Business, files: KeptFiles, today: date, language: str) -> Drawn:
    return Drawn(sample_pdf(business, files, today, language))


def _swatch(colour: QColor) -> QPixmap:
    """A square of the colour, at the distance from words that icons of buttons keep."""
    size = button_icon_size()
    picture = QPixmap(size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.fillRect(0, 0, size.height(), size.height(), colour)
    painter.end()
    return picture
