"""The state machine over plain domain values with everything: runs, drafts, credit and payments too."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    multiple,
    precondition,
    rule,
)

from retainerdesk.domain.charging import missing_charges
from retainerdesk.domain.credit import CreditRequest, creditable_gross, creditable_lines
from retainerdesk.domain.money import Money
from tests.domain import billing_money as cash
from tests.domain.billing_machine import ACCOUNTS, PERCENTS, PLACES, AgreementMachine
from tests.domain.billing_world import Agreement, attempt
from tests.domain.fees_by_hand import fees_that_differ


class BillingMachine(AgreementMachine):
    """Every rule of the other one, and those about documents and money."""

    payments: Bundle[Agreement] = Bundle("payments")

    # Runs and drafts

    @rule(account_id=st.sampled_from(ACCOUNTS), confirmed=st.booleans())
    def issue_all(self, account_id: str, confirmed: bool) -> None:
        """After everything offered is issued, nothing more is; and plain fees are those added up by hand."""
        made = cash.issue(self.world, account_id, confirmed=confirmed)
        file, today = self.world.files[account_id], self.world.today
        assert cash.offered(self.world, account_id, confirmed=confirmed) == ()
        assert confirmed or not made or cash.offered(self.world, account_id) == ()
        if not missing_charges(file, today, today):
            found = list(fees_that_differ(file, today))
            assert not found, "; ".join(found)

    @rule(account_id=st.sampled_from(ACCOUNTS), mask=st.integers(0, 255))
    def issue_some(self, account_id: str, mask: int) -> None:
        wanted = lambda place: bool(mask >> place % 8 & 1)  # noqa: E731
        cash.issue(self.world, account_id, confirmed=True, wanted=wanted)

    @rule(account_id=st.sampled_from(ACCOUNTS), place=PLACES)
    def skip(self, account_id: str, place: int) -> None:
        attempt(self.world, lambda: cash.skip(self.world, account_id, place), None)

    @rule(account_id=st.sampled_from(ACCOUNTS))
    def keep_drafts(self, account_id: str) -> None:
        cash.keep_drafts(self.world, account_id)

    @rule(account_id=st.sampled_from(ACCOUNTS), how=st.sampled_from(cash.LATER), place=PLACES)
    def handle_draft(self, account_id: str, how: str, place: int) -> None:
        attempt(self.world, lambda: cash.handle_draft(self.world, account_id, how, place), None)

    # Credit, payments and what never comes

    @precondition(lambda self: self.invoices)
    @rule(data=st.data(), percent=PERCENTS)
    def credit_amount(self, data: st.DataObject, percent: int) -> None:
        document = data.draw(st.sampled_from(self.invoices))
        most = creditable_gross(document, self.world.files[document.account_id].invoices)
        part = None if percent == 100 else Money(most.minor * percent // 100, most.currency)
        request = CreditRequest("agreed", gross=part)
        attempt(self.world, lambda: cash.credit(self.world, document.number, request), None)

    @precondition(lambda self: self.invoices)
    @rule(data=st.data(), percent=PERCENTS)
    def credit_line(self, data: st.DataObject, percent: int) -> None:
        document = data.draw(st.sampled_from(self.invoices))
        lines = creditable_lines(document, self.world.files[document.account_id].invoices)
        line = data.draw(st.sampled_from(lines))
        part = Money(line.left.minor * percent // 100, line.left.currency)
        request = CreditRequest("agreed", amounts={line.position: part})
        attempt(self.world, lambda: cash.credit(self.world, document.number, request), None)

    @precondition(lambda self: self.invoices)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from([*self.invoices, *self.notes])).number
        attempt(self.world, lambda: cash.void(self.world, number), None)

    @precondition(lambda self: self.invoices)
    @rule(target=payments, data=st.data(), percent=st.sampled_from([1, 30, 50, 100, 100, 130]))
    def pay(self, data: st.DataObject, percent: int) -> Any:
        document = data.draw(st.sampled_from(self.invoices))
        owed = cash.owed_on(self.world, document.number)
        amount = Money(max(1, owed.minor * percent // 100), owed.currency)
        made = attempt(self.world, lambda: cash.pay(self.world, document.account_id, amount), "")
        return (document.account_id, made) if made else multiple()

    @rule(which=payments)
    def take_payment_back(self, which: Agreement) -> None:
        attempt(self.world, lambda: cash.take_payment_back(self.world, which), None)

    @precondition(lambda self: self.invoices)
    @rule(data=st.data(), percent=PERCENTS)
    def write_off(self, data: st.DataObject, percent: int) -> None:
        number = data.draw(st.sampled_from(self.invoices)).number
        attempt(self.world, lambda: cash.write_off(self.world, number, percent), None)

    @rule(account_id=st.sampled_from(ACCOUNTS), percent=PERCENTS)
    def refund_what_is_over(self, account_id: str, percent: int) -> None:
        attempt(self.world, lambda: cash.refund(self.world, account_id, None, percent), None)

    @precondition(lambda self: self.notes)
    @rule(data=st.data(), percent=PERCENTS)
    def refund_credit(self, data: st.DataObject, percent: int) -> None:
        note = data.draw(st.sampled_from(self.notes))
        attempt(self.world, lambda: cash.refund(self.world, note.account_id, note.number, percent), None)

    @rule(account_id=st.sampled_from(ACCOUNTS))
    def use_credit(self, account_id: str) -> None:
        attempt(self.world, lambda: cash.use_credit(self.world, account_id), None)
