"""The rates in force to choose from, with their names."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from PySide6.QtWidgets import QComboBox

from retainerdesk.domain.account import TaxCategory, TaxRule
from retainerdesk.domain.tax_rates import TaxRate, percent_words


class TaxOffers:
    """A box with the rates in force, and an entry for whatever else is set."""

    def __init__(self, box: QComboBox, rates: Iterable[TaxRate]) -> None:
        self._box = box
        self._rates = tuple(rates)
        box.clear()
        box.addItems([rate.words for rate in self._rates])
        box.addItem("Another, or none" if self._rates else "No rates of your country are known")
        box.setEnabled(bool(self._rates))

    @property
    def chosen(self) -> TaxRate | None:
        """The rate that is chosen; None for another one."""
        place = self._box.currentIndex()
        return self._rates[place] if 0 <= place < len(self._rates) else None

    def show(self, category: TaxCategory, percent: Decimal) -> None:
        """Choose the rate of this category and percent, or the entry for another one."""
        for place, rate in enumerate(self._rates):
            if (rate.category, rate.percent) == (category, percent):
                self._box.setCurrentIndex(place)
                return
        self._box.setCurrentIndex(len(self._rates))


class ChargeTax:
    """The tax of one charge: as the account, a rate in force, or what it has already."""

    def __init__(
        self, box: QComboBox, of_account: TaxRule, rates: Iterable[TaxRate], now: TaxRule | None
    ) -> None:
        self._box = box
        shown = [(TaxRule(rate.category, rate.percent, of_account.included), rate.words) for rate in rates]
        if now is not None and now not in [rule for rule, _ in shown]:
            shown.append((now, _words(now)))
        self._rules: list[TaxRule | None] = [None, *(rule for rule, _ in shown)]
        box.clear()
        box.addItems([f"As the account: {_words(of_account)}", *(words for _, words in shown)])
        box.setCurrentIndex(self._rules.index(now))

    @property
    def chosen(self) -> TaxRule | None:
        """The tax of the charge; None means the account's."""
        return self._rules[max(0, self._box.currentIndex())]


def _words(tax: TaxRule) -> str:
    category = tax.category.value.replace("_", " ")
    return f"{category} {percent_words(tax.rate_percent)}" if tax.category.is_taxed else category
