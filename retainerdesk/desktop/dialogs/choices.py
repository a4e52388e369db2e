"""Combo boxes that hold values of the domain, and the words for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter

from retainerdesk.desktop.name_words import choice_text
from retainerdesk.domain.account import AccountStatus, Person, Series, SeriesPurpose, TaxCategory
from retainerdesk.domain.numbering import series_for
from retainerdesk.domain.retainer import Retainer
from retainerdesk.domain.work import WorkKind

T = TypeVar("T")

STATUS_WORDS = (
    (AccountStatus.ACTIVE, "Active"),
    (AccountStatus.PROPOSAL, "Proposal"),
    (AccountStatus.PAUSED, "Paused"),
    (AccountStatus.ENDED, "Ended"),
)
TAX_WORDS = (
    (TaxCategory.STANDARD, "Standard rate"),
    (TaxCategory.REDUCED, "Reduced rate"),
    (TaxCategory.ZERO, "Zero rate"),
    (TaxCategory.EXEMPT, "Exempt"),
    (TaxCategory.REVERSE_CHARGE, "Reverse charge"),
    (TaxCategory.INTRA_COMMUNITY, "Intra-community supply"),
    (TaxCategory.EXPORT, "Export"),
    (TaxCategory.OUTSIDE_SCOPE, "Outside the scope of tax"),
)
KIND_WORDS = (
    (WorkKind.DELIVERY, "Delivery"),
    (WorkKind.CALL, "Call"),
    (WorkKind.PREP, "Preparation"),
    (WorkKind.ACCOUNT_MANAGEMENT, "Account management"),
    (WorkKind.OUT_OF_SCOPE, "Out of scope (not charged)"),
)


def fill(combo: QComboBox, choices: Iterable[tuple[T, str]], chosen: T | None = None) -> None:
    """Offer `choices` (value, words) and choose one; an editable box completes anywhere in the words."""
    combo.clear()
    for value, words in choices:
        combo.addItem(choice_text(words), value)
    choose(combo, chosen)
    if combo.isEditable():
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = combo.completer()
        assert completer is not None, "Qt gives every editable box one"
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)


def choose(combo: QComboBox, value: object) -> None:
    """Choose the entry that carries `value`; nothing changes if none does."""
    for index in range(combo.count()):
        if combo.itemData(index) == value:
            combo.setCurrentIndex(index)
            return


def chosen_text(combo: QComboBox) -> str:
    """The value of an editable box: of the entry whose words are shown, else the text itself."""
    index = combo.findText(combo.currentText(), Qt.MatchFlag.MatchFixedString)
    found = combo.itemData(index) if index >= 0 else combo.currentText().strip()
    return str(found or "")


def fill_people(combo: QComboBox, people: Iterable[Person], today: date, chosen: str | None = None) -> None:
    """Offer, by id, everybody who works here today, and the one who is chosen already."""
    offered = [each for each in people if each.works_on(today) or each.id == chosen]
    fill(combo, ((person.id, person.name) for person in offered), chosen)


def fill_retainers(combo: QComboBox, retainers: Iterable[Retainer], chosen: str | None) -> None:
    """Offer the retainers of an account by id; with one, it is meant unless another thing is said."""
    fill(combo, [(None, "None in particular"), *((each.id, each.name) for each in retainers)], chosen)


def fill_series(combo: QComboBox, known: Iterable[Series], chosen: str | None) -> None:
    """Offer the series that number invoices, by id; None means the default, which is named."""
    own = [each for each in known if each.purpose is SeriesPurpose.INVOICE]
    default = series_for(own, SeriesPurpose.INVOICE)
    words = f"Default ({default.title})" if default else "Default"
    fill(combo, [(None, words), *((each.id, f"{each.title}: {each.format}") for each in own)], chosen)
