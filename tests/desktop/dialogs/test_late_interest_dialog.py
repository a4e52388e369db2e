"""Adding the half-year the bank announced, and taking it out again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.late_interest_dialog import LateInterestDialog
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.domain.late_interest_table import OwnRate
from retainerdesk.services.late_interest_rates import list_own_rates


def test_a_half_year_is_added_in_order_and_taken_out_again(opener: DialogOpener, desk: Desk) -> None:
    """The sample business is in Germany: its reference is the base rate of the Bundesbank."""
    dialog = opener.late_interest_rates()
    assert isinstance(dialog, LateInterestDialog)
    assert dialog.reference.id == "bundesbank"
    assert "1 Jul 2026" in dialog.form.next_words.text()
    dialog.form.percent.setText("1.27")
    dialog.accept()
    assert dialog.shown_violation.startswith("Say where you read the rate")
    dialog.form.source.setText("Bundesbank, June 2026")
    dialog.accept()
    added = OwnRate("bundesbank", date(2026, 7, 1), Decimal("1.27"), "Bundesbank, June 2026")
    assert desk.read(list_own_rates) == (added,)
    assert (dialog.isVisible(), "1 Jan 2027" in dialog.form.next_words.text()) == (True, True)
    dialog.remove.click()
    assert desk.read(list_own_rates) == ()
    desk.undo.undo()
    assert desk.read(list_own_rates) == (added,)
    dialog.reject()
