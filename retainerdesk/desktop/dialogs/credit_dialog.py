"""A credit note on an issued invoice: all of it, chosen lines or an amount, with what it comes to at once."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.text_table import TextColumn, TextTable, show_table
from retainerdesk.desktop.dialogs.whole_text import show_whole
from retainerdesk.desktop.fields.inputs import number_form
from retainerdesk.desktop.fields.parsing import amount_text, parse_amount
from retainerdesk.desktop.formatting import day_long, house_style, money
from retainerdesk.desktop.forms.ui_credit_dialog import Ui_CreditDialog
from retainerdesk.desktop.name_words import bearable, in_sentence
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.domain.credit import CreditableLine
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.services.correction_options import CreditDraft, CreditPreview
from retainerdesk.services.corrections import CreditCommand

_COLUMNS = (
    TextColumn("Line", is_editable=False),
    TextColumn("Can be credited", is_editable=False, is_figure=True),
    TextColumn("Credit", is_figure=True),
)
_CREDIT = 2
_FIGURE_WIDTH = 120


class Scope(StrEnum):
    """How much of an invoice is taken back."""

    ALL = "all"
    LINES = "lines"
    AMOUNT = "amount"


class CreditDialog(FormDialog):
    """Collects a CreditCommand. What it would come to is shown while it is typed."""

    def __init__(self, draft: CreditDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_CreditDialog()
        self.form.setupUi(self)
        self._draft = draft
        self._currency = draft.invoice.currency
        self._table = TextTable(_COLUMNS, _rows(draft.lines))
        self.setWindowTitle(f"Credit note on {draft.invoice.number}")
        self._fill()
        form = self.form
        self.prepare(
            form.buttons, "&Issue credit note", form.reason, number=form.scope, amount=form.amount,
            lines=form.lines, reason=form.reason,
        )  # fmt: skip
        self._show_scope()

    def _fill(self) -> None:
        form, draft = self.form, self._draft
        name = draft.invoice.buyer.name
        form.what.setText(
            f"{draft.invoice.number} to {in_sentence(name)}, issued {day_long(draft.invoice.issued_on)}."
        )
        is_whole = draft.creditable == draft.invoice.totals.gross
        all_words = "All of it" if is_whole else "All that is left"
        fill(
            form.scope,
            (
                (Scope.ALL, f"{all_words}, {money(draft.creditable)}"),
                (Scope.LINES, "Chosen lines"),
                (Scope.AMOUNT, "An amount, shared by all lines"),
            ),
            Scope.ALL,
        )
        form.amount.set_currency(self._currency)
        show_table(form.lines, self._table)
        header = form.lines.horizontalHeader()
        for column in (1, _CREDIT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            form.lines.setColumnWidth(column, _FIGURE_WIDTH)
        form.lines.setMinimumHeight(150)
        set_style_property(form.effect, "tone", "muted")
        form.total.setFont(role_font("strong"))
        form.scope.currentIndexChanged.connect(self._show_scope)
        form.amount.textChanged.connect(self._show_total)
        self._table.dataChanged.connect(self._show_total)

    @property
    def scope(self) -> Scope:
        """How much is asked for."""
        return Scope(self.form.scope.currentData())

    def _show_scope(self) -> None:
        form = self.form
        form.form.setRowVisible(form.amount, self.scope is Scope.AMOUNT)
        form.form.setRowVisible(form.lines, self.scope is Scope.LINES)
        self._show_total()
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Only now are rows that are not shown left out of the height.
        self._fit()

    def _show_total(self) -> None:
        form = self.form
        try:
            preview = self._draft.preview(self._command())
        except RuleViolation as violation:
            form.total.setText("Credit note of –")
            form.effect.setText(bearable(house_style(violation.message)))
        else:
            form.total.setText(_total_words(preview))
            form.effect.setText(self._effect_words(preview))
        show_whole(self, form.total, form.effect)

    def _effect_words(self, preview: CreditPreview) -> str:
        number, name = self._draft.invoice.number, self._draft.invoice.buyer.name
        parts = []
        if preview.settles:
            parts.append(f"{money(preview.settles)} of it settles what is open of {number}.")
        if preview.left:
            parts.append(
                f"{money(preview.left)} stays as credit of {in_sentence(name)}, for another invoice or to be"
                " paid back."
            )
        parts.append("It takes the next number of the credit notes. What is issued cannot be undone.")
        return "\n".join(parts)

    def _command(self) -> CreditCommand:
        form, number = self.form, self._draft.invoice.number
        reason = form.reason.text().strip()
        if self.scope is Scope.LINES:
            return CreditCommand(number, reason, amounts=self._amounts())
        if self.scope is Scope.AMOUNT:
            return CreditCommand(number, reason, gross=form.amount.money("amount"))
        return CreditCommand(number, reason)

    def _amounts(self) -> dict[int, Money]:
        found = {}
        for line, row in zip(self._draft.lines, self._table.rows, strict=True):
            if row[_CREDIT]:
                found[line.position] = parse_amount(row[_CREDIT], self._currency, number_form(), "lines")
        return found

    def value(self) -> CreditCommand:
        command = self._command()
        self._draft.preview(command)
        if not command.reason:
            raise RuleViolation("credit.reason", "Say why it is credited; the reason is printed.", "reason")
        return command


def _rows(lines: Sequence[CreditableLine]) -> list[tuple[str, str, str]]:
    return [(f"{each.position}  {each.text}", amount_text(each.left, number_form()), "") for each in lines]


def _total_words(preview: CreditPreview) -> str:
    words = f"{money(preview.net)} net + {money(preview.tax)} tax = credit note of {money(preview.gross)}"
    if preview.payable == preview.gross:
        return words
    return f"{words}; {money(preview.payable)} after the tax withheld and rounding"
