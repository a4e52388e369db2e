"""Line edits and date fields that carry one kind of value. Forms promote to them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QHBoxLayout, QLineEdit, QWidget

from retainerdesk.desktop.fields.parsing import (
    NumberForm,
    amount_text,
    duration_text,
    number_text,
    parse_amount,
    parse_duration,
    parse_number,
)
from retainerdesk.desktop.formatting import speech
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.views import prepare_date_field
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money


def number_form() -> NumberForm:
    """How the language of the application writes numbers."""
    words = speech()
    return NumberForm(words.point, words.group)


def qdate(day: date) -> QDate:
    """The same day for Qt."""
    return QDate(day.year, day.month, day.day)


def pydate(day: QDate) -> date:
    """The same day for Python."""
    return date(day.year(), day.month(), day.day())


class DurationField(QLineEdit):
    """Minutes, typed as "1:30", "90", "1.5h" or "1 h 30"; tidied to "1:30" when the field is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("1:30")
        self.editingFinished.connect(self._tidy)

    def minutes(self, field: str) -> int:
        """The minutes; RuleViolation naming `field` for a text that is no duration."""
        if not self.text().strip():
            raise RuleViolation("duration.empty", "Enter how long: 1:30, 90, 1.5h or 1 h 30.", field)
        return parse_duration(self.text(), field)

    def optional_minutes(self, field: str) -> int | None:
        """The minutes, or None for an empty field."""
        return self.minutes(field) if self.text().strip() else None

    def set_minutes(self, minutes: int | None) -> None:
        self.setText("" if minutes is None else duration_text(minutes))

    def _tidy(self) -> None:
        try:
            self.setText(duration_text(parse_duration(self.text())))
        except RuleViolation:
            # The text stays as typed; accepting the dialog says what is wrong with it.
            return


class _NumberField(QLineEdit):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class DecimalField(_NumberField):
    """A decimal number in the form of the locale."""

    def decimal(self, field: str) -> Decimal:
        """The number; RuleViolation naming `field` for an empty field or a text that is no number."""
        return parse_number(self.text(), number_form(), field)

    def optional_decimal(self, field: str) -> Decimal | None:
        """The number, or None for an empty field."""
        return self.decimal(field) if self.text().strip() else None

    def set_decimal(self, value: Decimal | None, least_digits: int = 0) -> None:
        self.setText("" if value is None else number_text(value, number_form(), least_digits))


class MoneyField(_NumberField):
    """An amount of one currency, in the form of the locale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = "EUR"

    def set_currency(self, currency: str) -> None:
        """Read and show amounts of `currency`; an empty field says so."""
        self._currency = currency
        self.setPlaceholderText(currency)

    def money(self, field: str) -> Money:
        """The amount; RuleViolation naming `field` for an empty field or a text that is no amount."""
        if not self.text().strip():
            raise RuleViolation("money.empty", f"Enter an amount in {self._currency}.", field)
        return parse_amount(self.text(), self._currency, number_form(), field)

    def optional_money(self, field: str) -> Money | None:
        """The amount, or None for an empty field."""
        return self.money(field) if self.text().strip() else None

    def set_money(self, amount: Money | None) -> None:
        self.setText("" if amount is None else amount_text(amount, number_form()))


class DateField(QDateEdit):
    """A day with a calendar to choose it from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("d MMM yyyy")
        prepare_date_field(self)

    @property
    def day(self) -> date:
        return pydate(self.date())

    def set_day(self, day: date) -> None:
        self.setDate(qdate(day))


class OptionalDate(QWidget):
    """A day that may be missing: a tick, and the day beside it.

    Signals: `changed()` after the tick or the day changed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tick = QCheckBox(self)
        self.field = DateField(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING.small)
        row.addWidget(self.tick)
        row.addWidget(self.field, 1)
        self.field.setEnabled(False)
        self.setFocusProxy(self.tick)
        self.tick.toggled.connect(self._apply)
        self.field.dateChanged.connect(self._tell)

    def name(self, words: str, tick_text: str = "") -> None:
        """Say to a screen reader what day this is, and show `tick_text` beside the tick."""
        self.tick.setText(tick_text)
        self.tick.setAccessibleName(words)
        self.field.setAccessibleName(f"{words}, day")

    @property
    def day(self) -> date | None:
        return self.field.day if self.tick.isChecked() else None

    def set_day(self, day: date | None, suggestion: date) -> None:
        """Show `day`; without one, `suggestion` waits behind the empty tick."""
        self.field.set_day(day or suggestion)
        self.tick.setChecked(day is not None)

    def _apply(self, *, checked: bool = False) -> None:
        del checked
        self.field.setEnabled(self.tick.isChecked())
        self.changed.emit()

    def _tell(self) -> None:
        self.changed.emit()
