"""A retainer: its dates, plans and pauses, with the agreement in plain words beside the form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.dialogs.choices import fill
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.pause_list import PauseList
from retainerdesk.desktop.dialogs.plan_list import PlanList
from retainerdesk.desktop.formatting import house_style
from retainerdesk.desktop.forms.ui_retainer_dialog import Ui_RetainerDialog
from retainerdesk.desktop.name_words import bearable, in_sentence
from retainerdesk.desktop.widgets.text import role_font
from retainerdesk.domain.account import Account
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY
from retainerdesk.domain.plain_words import terms_in_words
from retainerdesk.domain.plan import Plan
from retainerdesk.domain.retainer import (
    Escalator,
    Notice,
    NoticeBy,
    NoticeUnit,
    Pause,
    Renewal,
    Retainer,
    TermRule,
    check_retainer,
)
from retainerdesk.services.accounts import free_id
from retainerdesk.services.pause_effects import PauseEffects

_OPEN = "open"
_TERMS = (
    (_OPEN, "Open end"),
    (Renewal.AUTOMATIC, "Renews by itself after"),
    (Renewal.FIXED, "Ends after"),
    (Renewal.ROLLING, "Open end after"),
)
_UNITS = ((NoticeUnit.DAYS, "days before the end"), (NoticeUnit.MONTHS, "months before the end"))
_SIDES = ((NoticeBy.THEM, "them"), (NoticeBy.US, "us"))

EffectsOf = Callable[[Retainer, Pause], PauseEffects]


@dataclass(frozen=True, slots=True)
class RetainerContext:
    """What the dialog needs to know: the account, its short names in use, plans that invoices used, today.

    `effects_of(retainer, pause)` computes the consequences of one more pause.
    """

    account: Account
    taken: tuple[str, ...]
    used_plans: frozenset[date]
    today: date
    effects_of: EffectsOf


class RetainerDialog(FormDialog):
    """Collects a Retainer with all its plans and pauses; `existing` is the one to change."""

    def __init__(
        self, context: RetainerContext, existing: Retainer | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.form = Ui_RetainerDialog()
        self.form.setupUi(self)
        self._context = context
        self._existing = existing
        self._retainer = existing or _blank(context)
        form = self.form
        self.plans = PlanList(form, self._retainer.plans, context.used_plans, self, is_new=existing is None)
        self.pauses = PauseList(form, self._retainer.pauses, context.today, self._effects_of, self)
        self._fill_dates()
        self._fill_term()
        self._fill_end()
        self._listen()
        self._show_words()
        self.setWindowTitle(
            "Edit retainer" if existing else f"New retainer for {in_sentence(context.account.name)}"
        )
        self._prepare()

    def _prepare(self) -> None:
        form = self.form
        form.words_title.setFont(role_font("heading"))
        form.words.setMinimumWidth(300)
        form.tabs.setMinimumWidth(540)
        self.prepare(
            form.buttons, "&Save" if self._existing else "&Add retainer", form.name,
            name=form.name, id=form.id, starts_on=form.starts_on, term=form.term_months,
            notice=form.notice_count, rise_percent=form.rise_percent, settled_through=form.settled_through,
            plans=form.plans, pauses=form.pauses, notice_given_on=form.notice_given_on,
            ended_on=form.ended_on,
            **self.plans.editor.fields(),
        )  # fmt: skip

    def _fill_dates(self) -> None:
        form, retainer = self.form, self._retainer
        form.name.setText(retainer.name)
        form.id.setText(retainer.id)
        form.id.setReadOnly(self._existing is not None)
        form.starts_on.set_day(retainer.starts_on)
        form.starts_on.setEnabled(not self._context.used_plans)
        if self._context.used_plans:
            form.starts_on.setToolTip("Periods counted from this day were invoiced already.")
        form.settled_through.name("First day this book has to invoice", "settled elsewhere until")
        form.settled_through.set_day(retainer.settled_through, self._context.today)

    def _fill_term(self) -> None:
        form, term = self.form, self._retainer.term
        open_end = term is None or term.months is None
        fill(form.term_kind, _TERMS, _OPEN if term is None or open_end else term.renewal)
        form.term_months.setValue(term.months if term and term.months else 12)
        notice = term.notice if term else None
        fill(form.notice_unit, _UNITS, notice.unit if notice else NoticeUnit.DAYS)
        form.notice_count.setValue(notice.count if notice else 0)
        rise = term.escalator if term else None
        form.rise_percent.set_decimal(rise.percent if rise else None)
        form.announce_days.setValue(rise.announce_days if rise else 0)
        # A rise that follows an index is kept, but this form shows fixed ones only.
        by_index = rise is not None and rise.percent is None
        form.rise_percent.setEnabled(not by_index)
        form.rise_percent.setPlaceholderText("by an index" if by_index else "none")

    def _fill_end(self) -> None:
        form, retainer = self.form, self._retainer
        form.notice_given_on.name("Notice given on")
        form.notice_given_on.set_day(retainer.notice_given_on, self._context.today)
        fill(form.notice_given_by, _SIDES, retainer.notice_given_by or NoticeBy.THEM)
        form.ended_on.name("Ended early; first day without service")
        form.ended_on.set_day(retainer.ended_on, self._context.today)

    def _listen(self) -> None:
        form = self.form
        if self._existing is None:
            form.name.textChanged.connect(self._suggest_id)
            form.starts_on.dateChanged.connect(self._move_first_plan)
        for line in (form.name.textChanged, form.rise_percent.textChanged):
            line.connect(self._show_words)
        for spin in (form.term_months, form.notice_count, form.announce_days):
            spin.valueChanged.connect(self._show_words)
        for combo in (form.term_kind, form.notice_unit, form.notice_given_by):
            combo.currentIndexChanged.connect(self._show_words)
        for day in (form.notice_given_on, form.ended_on, form.settled_through):
            day.changed.connect(self._show_words)
        form.starts_on.dateChanged.connect(self._show_words)
        self.plans.changed.connect(self._show_words)
        self.pauses.changed.connect(self._show_words)

    def _suggest_id(self) -> None:
        if not self.form.id.isModified():
            name = self.form.name.text()
            self.form.id.setText(free_id(name, self._context.taken) if name.strip() else "")

    def _move_first_plan(self) -> None:
        self.plans.start_on(self.form.starts_on.day)

    def _effects_of(self, pause: Pause, others: Iterable[Pause]) -> PauseEffects:
        return self._context.effects_of(replace(self.value(), pauses=tuple(others)), pause)

    def _show_words(self) -> None:
        form = self.form
        has_months = form.term_kind.currentData() != _OPEN
        form.term_months.setVisible(has_months)
        form.agreement_tab_form.setRowVisible(form.rise_row, has_months)
        form.notice_given_by.setEnabled(form.notice_given_on.day is not None)
        try:
            retainer = self.value()
            check_retainer(retainer)
            sentences = [house_style(each) for each in terms_in_words(retainer, self._context.today)]
        except RuleViolation as violation:
            sentences = [bearable(house_style(violation.message[:1].upper() + violation.message[1:]))]
        form.words.setPlainText("\n\n".join(sentences))

    def value(self) -> Retainer:
        form = self.form
        name = form.name.text().strip()
        if not name:
            raise RuleViolation("retainer.name", "Enter a name; it stands on the invoices.", "name")
        if not form.id.text().strip():
            raise RuleViolation("retainer.id", "Enter a short name, such as advisory.", "id")
        given_on = form.notice_given_on.day
        return replace(
            self._retainer,
            id=form.id.text().strip(),
            name=name,
            starts_on=form.starts_on.day,
            plans=self.plans.value(),
            term=self._term(),
            settled_through=form.settled_through.day,
            pauses=self.pauses.value(),
            notice_given_on=given_on,
            notice_given_by=NoticeBy(form.notice_given_by.currentData()) if given_on else None,
            ended_on=form.ended_on.day,
        )

    def _term(self) -> TermRule | None:
        form = self.form
        count = form.notice_count.value()
        notice = Notice(count, NoticeUnit(form.notice_unit.currentData())) if count else None
        kind = form.term_kind.currentData()
        if kind == _OPEN:
            return TermRule(None, Renewal.ROLLING, notice) if notice else None
        return TermRule(form.term_months.value(), Renewal(kind), notice, self._escalator())

    def _escalator(self) -> Escalator | None:
        before = self._retainer.term.escalator if self._retainer.term else None
        percent: Decimal | None = self.form.rise_percent.optional_decimal("rise_percent")
        announce_days = self.form.announce_days.value()
        if before is not None and before.percent is None:
            return replace(before, announce_days=announce_days)
        if percent is None:
            return None
        return replace(before or Escalator(), percent=percent, announce_days=announce_days)


def _blank(context: RetainerContext) -> Retainer:
    """A new retainer from the first of this month, monthly in advance, without a fee yet."""
    first = context.today.replace(day=1)
    plan = Plan(first, Money(0, context.account.currency), MONTHLY)
    return Retainer(context.account.id, "", "", first, (plan,))
