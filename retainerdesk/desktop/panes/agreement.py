"""The rules in force in plain words, with what matters in bold."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retainerdesk.desktop.formatting import day_long, duration, house_style, percent, plain_money
from retainerdesk.desktop.theme.tokens import SPACING
from retainerdesk.desktop.widgets.runs import RunsLabel, TextRun
from retainerdesk.desktop.widgets.surfaces import SectionHeader
from retainerdesk.domain import plain_words_english
from retainerdesk.domain.money import Money
from retainerdesk.domain.plain_words import agreement
from retainerdesk.domain.retainer import Notice, Retainer
from retainerdesk.domain.sentence import Language, Value, in_words
from retainerdesk.services.views import RetainerView

# Control characters cannot be typed into a rule, so they can mark what is to be bold.
_OPEN, _CLOSE = "\x02", "\x03"
_UNBROKEN = "\u00a0"
_RATE = re.compile(r"[\d,.]+ [A-Z]{3}")


def agreement_runs(retainer: Retainer, today: date) -> tuple[TextRun, ...]:
    """The agreement as of `today` in one paragraph; amounts, times and notices are strong."""
    marked = " ".join(in_words(agreement(retainer, today), _LANGUAGE))
    runs: list[TextRun] = []
    for piece in marked.split(_OPEN):
        strong, closed, rest = piece.rpartition(_CLOSE)
        if closed:
            runs.append(TextRun(strong, strong=True))
        runs.append(TextRun(rest))
    return tuple(run for run in runs if run.text)


def _write(value: Value) -> str:
    text = _plain(value)
    is_strong = isinstance(value, Money | int | Fraction | Notice) or _is_rate(value)
    # A figure keeps its unit on its line.
    return f"{_OPEN}{text.replace(' ', _UNBROKEN)}{_CLOSE}" if is_strong else text


def _plain(value: Value) -> str:
    if isinstance(value, Money):
        return plain_money(value)
    if isinstance(value, date):
        return day_long(value)
    if isinstance(value, int):
        return duration(value)
    if isinstance(value, Fraction):
        return percent(value, 0 if value.denominator == 1 else 2)
    written = plain_words_english.written(value)
    return house_style(written) if _is_rate(value) else written


def _is_rate(value: Value) -> bool:
    return isinstance(value, str) and _RATE.fullmatch(value) is not None


_LANGUAGE = Language(plain_words_english.ENGLISH.templates, _write)


class AgreementSection(QWidget):
    """Signals: `opened()` to change the retainer."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = SectionHeader("The agreement in plain words", link="Open")
        self.words = RunsLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING.tight)
        column.addWidget(self.header)
        column.addWidget(self.words)
        self.header.opened.connect(self.opened)

    def show_retainer(self, view: RetainerView, today: date) -> None:
        """Show the agreement of a retainer."""
        self.words.set_runs(agreement_runs(view.retainer, today))
