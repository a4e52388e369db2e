"""A prepaid block for sale: what it holds, what it costs, until when it lives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.dialogs.entry_context import EntryContext
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.fields.unit_amounts import UNIT_HINTS, optional_amount, read_amount, typed_amount
from retainerdesk.desktop.formatting import house_style, money
from retainerdesk.desktop.forms.ui_sell_block_dialog import Ui_SellBlockDialog
from retainerdesk.desktop.name_words import in_sentence
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.usage_words import amount_words
from retainerdesk.domain.block import Block, Leftover, OpenedBy
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.retainer import Retainer
from retainerdesk.services.rows import new_row_id

UNIT_WORDS = ((UsageUnit.MINUTES, "hours"), (UsageUnit.MONEY, "money"), (UsageUnit.SESSIONS, "sessions"))
_OPENED = (
    (OpenedBy.PAYMENT, "its invoice is paid"),
    (OpenedBy.INVOICE, "its invoice is issued"),
)
LEFTOVER_WORDS = (
    (Leftover.ASK, "is decided when it ends"),
    (Leftover.EXPIRE, "is lost"),
    (Leftover.REFUND, "is paid back with the next invoice"),
    (Leftover.CARRY, "lives on without end"),
)
_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)


class SellBlockDialog(FormDialog):
    """Collects a Block; `existing` is the one to change. Of one that `is_sold` only reminder and end may."""

    def __init__(
        self,
        context: EntryContext,
        existing: Block | None = None,
        parent: QWidget | None = None,
        *,
        is_sold: bool = False,
    ) -> None:
        super().__init__(parent)
        self.form = Ui_SellBlockDialog()
        self.form.setupUi(self)
        self._context = context
        self._existing = existing
        self._currency = context.account.currency
        self._id = existing.id if existing else new_row_id("block")
        self._fill(existing)
        self._listen()
        for field in self._fixed_fields():
            field.setEnabled(not is_sold)
        self._apply()
        self.setWindowTitle(
            "Edit block" if existing else f"Sell a block to {in_sentence(context.account.name)}"
        )
        form = self.form
        self.prepare(
            form.buttons, "&Save" if existing else "&Sell block", form.low_at if is_sold else form.name,
            name=form.name, amount=form.amount, unit=form.unit, hourly_rate=form.hourly_rate,
            price=form.price, retainer=form.retainer, on=form.on, expires_on=form.expires_on,
            low_at=form.low_at,
        )  # fmt: skip

    def _fixed_fields(self) -> tuple[QWidget, ...]:
        form = self.form
        return (
            form.name, form.amount, form.unit, form.hourly_rate, form.price, form.retainer, form.on,
            form.opened_by, form.expires_on,
        )  # fmt: skip

    def _fill(self, block: Block | None) -> None:
        form, today = self.form, self._context.today
        unit = block.unit if block else _usual_unit(self._context.retainers, today)
        fill(form.unit, UNIT_WORDS, unit)
        fill(form.opened_by, _OPENED, block.opened_by if block else OpenedBy.PAYMENT)
        fill(form.leftover, LEFTOVER_WORDS, block.leftover if block else Leftover.ASK)
        retainers = [(each.id, each.name) for each in self._context.retainers]
        fill(form.retainer, [*retainers, (None, _nobody(len(retainers)))], self._whose(block))
        form.price.set_currency(self._currency)
        form.on.set_day(block.on if block else today)
        form.expires_on.name("Last day it can be used", "last day")
        form.expires_on.set_day(
            block.expires_on - _DAY if block and block.expires_on else None, today + _YEAR
        )
        if block is None:
            return
        form.name.setText(block.name)
        form.amount.setText(typed_amount(block.amount, unit, self._currency))
        form.price.set_money(block.price)
        form.hourly_rate.set_decimal(block.hourly_rate, 2)
        form.low_at.setText(typed_amount(block.low_at, unit, self._currency))

    def _whose(self, block: Block | None) -> str | None:
        if block is not None:
            return block.retainer_id
        return self._context.retainers[-1].id if self._context.retainers else None

    def _listen(self) -> None:
        form = self.form
        for line in (form.amount, form.price, form.hourly_rate, form.low_at, form.name):
            line.textChanged.connect(self._apply)
        for combo in (form.unit, form.opened_by, form.leftover, form.retainer):
            combo.currentIndexChanged.connect(self._apply)
        form.on.dateChanged.connect(self._apply)
        form.expires_on.changed.connect(self._apply)

    @property
    def _unit(self) -> UsageUnit:
        return UsageUnit(self.form.unit.currentData())

    def _apply(self) -> None:
        """Show what matters for the unit, and what the block comes to."""
        form, unit = self.form, self._unit
        form.form.setRowVisible(form.hourly_rate, unit is UsageUnit.MONEY)
        form.form.setRowVisible(form.leftover, form.expires_on.day is not None)
        form.amount.setPlaceholderText(UNIT_HINTS[unit])
        form.low_at.setPlaceholderText(self._usual_reminder())
        set_style_property(form.effect, "tone", "muted")
        try:
            form.effect.setText(block_sentence(self.value()))
        except RuleViolation:
            form.effect.setText("")

    def _usual_reminder(self) -> str:
        try:
            return f"{amount_words(self._unit, self._plain().low_from, self._currency)} left"
        except RuleViolation:
            return "the last session" if self._unit is UsageUnit.SESSIONS else "a fifth left"

    def _plain(self) -> Block:
        """The block with its own reminder left out."""
        form = self.form
        unit, currency = self._unit, self._currency
        expires = form.expires_on.day
        return Block(
            self._context.account.id, self._id, form.on.day, form.name.text().strip(), unit,
            read_amount(form.amount.text(), unit, currency, "amount"),
            form.price.optional_money("price") or Money(0, currency),
            form.retainer.currentData(), expires + _DAY if expires else None, None,
            Leftover(form.leftover.currentData()), OpenedBy(form.opened_by.currentData()), self._rate(),
            self._existing.decision if self._existing else None,
        )  # fmt: skip

    def _rate(self) -> Decimal | None:
        if self._unit is not UsageUnit.MONEY:
            return None
        return self.form.hourly_rate.optional_decimal("hourly_rate")

    def value(self) -> Block:
        low = optional_amount(self.form.low_at.text(), self._unit, self._currency, "low_at")
        return replace(self._plain(), low_at=low)


def _usual_unit(retainers: tuple[Retainer, ...], today: date) -> UsageUnit:
    return retainers[-1].plan_on(today).unit if retainers else UsageUnit.MINUTES


def _nobody(retainers: int) -> str:
    if retainers == 1:
        return "whatever the account works on"
    return "work that names no retainer" if retainers else "all work"


def block_sentence(block: Block) -> str:
    """What selling it means: its price a unit, when it is usable, when somebody is reminded."""
    if not block.price:
        opened = "It is given: nothing is invoiced, and it can be used at once."
    elif block.opened_by is OpenedBy.PAYMENT:
        opened = "It is proposed with the next invoice and can be used once that is paid."
    else:
        opened = "It is proposed with the next invoice and can be used once that is issued."
    low = amount_words(block.unit, block.low_from, block.price.currency)
    ends = (
        f" What is left after {block.expires_on - _DAY} {_FATES[block.leftover]}." if block.expires_on else ""
    )
    return house_style(f"{_each(block)}{opened} You are reminded when {low} are left.{ends}")


_FATES = dict(LEFTOVER_WORDS)


def _each(block: Block) -> str:
    if not block.price or not block.amount or block.unit is UsageUnit.MONEY:
        return ""
    if block.unit is UsageUnit.SESSIONS:
        return f"{money(block.share_of_price(1))} a session. "
    return f"{money(block.share_of_price(60))} an hour. "
