"""Exchange rates: their dialog, and what it keeps, with undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from retainerdesk.desktop.dialogs.edits import Keeper
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.domain.exchange_rate import ExchangeRate
from retainerdesk.services.business import get_business
from retainerdesk.services.exchange_rates import list_rates, missing_rate, set_rates
from retainerdesk.services.results import Changes


class RateEdits(Keeper):
    """The stored exchange rates, all of them at once."""

    def rates(self, wanted: tuple[str, str, date] | None = None) -> FormDialog:
        """The list of rates; `wanted` is one that is missing, from, to and day."""
        from retainerdesk.desktop.dialogs.rates_dialog import RatesDialog

        before = self.desk.read(list_rates)
        currency = self.desk.read(get_business).currency
        dialog = RatesDialog(before, self.desk.today(), currency, self.window, self.chooser, wanted=wanted)
        return self.show(dialog, partial(self._keep_rates, dialog, before))

    def missing_rate(self, account_id: str) -> FormDialog:
        """The list of rates with the row begun that the margin of an account lacks."""
        return self.rates(self.desk.read(missing_rate, account_id, self.desk.today()))

    def _keep_rates(
        self, dialog: FormDialog, before: Sequence[ExchangeRate], after: Sequence[ExchangeRate]
    ) -> None:
        if tuple(after) != tuple(before):
            forward, backward = partial(self._set_rates, after), partial(self._set_rates, before)
            self.edit(dialog, "exchange rates", forward, backward)

    def _set_rates(self, rates: Sequence[ExchangeRate]) -> Changes:
        return self.desk.write(set_rates, rates).changes
