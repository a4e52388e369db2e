"""Credit notes by hand, and the promises every sequence of them keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retainerdesk.domain.account import Account, PaymentStep, TaxCategory, TaxRule, WithholdingRule
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.credit import CreditRequest, creditable_gross, creditable_lines, draw_up_credit
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import (
    Charge,
    ChargeKey,
    ChargeKind,
    DocumentKind,
    Invoice,
    InvoiceStatus,
    Settlement,
    SettlementKind,
)
from retainerdesk.domain.invoicing import Proposal, proposal_totals
from retainerdesk.domain.issuing import IssueSlot, draw_up
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.settlement import balances_of, check_settlement, refundable, settlement_findings
from tests.domain.builders import BUSINESS, account, eur

DAY = date(2026, 3, 1)
STANDARD = TaxRule(TaxCategory.STANDARD, Decimal(19))
REDUCED = TaxRule(TaxCategory.REDUCED, Decimal(7))
INSIDE = TaxRule(TaxCategory.STANDARD, Decimal(19), included=True)
EXEMPT = TaxRule(TaxCategory.EXEMPT, Decimal(0), reason="small business")


def charge(position: int, minor: int, rule: TaxRule, currency: str = "EUR") -> Charge:
    net = Money(minor, currency)
    key = ChargeKey("acme", "", ChargeKind.ONE_OFF, Period(DAY, date(2026, 3, 2)), 1, f"c{position}")
    return Charge(key, DAY, Decimal(1), net.as_decimal(), net, f"line {position}", rule)


def an_invoice(*parts: tuple[int, TaxRule], buyer: Account | None = None) -> Invoice:
    """The document of lines given as (agreed amount in minor units, tax rule)."""
    to = buyer or account()
    charges = tuple(charge(n, minor, rule, to.currency) for n, (minor, rule) in enumerate(parts, start=1))
    percent = to.document_discount_percent
    totals = proposal_totals(charges, to.currency, percent)
    proposal = Proposal("acme", to.currency, DAY, charges, totals, percent)
    return draw_up(proposal, BUSINESS, to, IssueSlot("invoice", "2026-0001", 1, DAY))


def credit(
    invoice: Invoice,
    earlier: list[Invoice] | None = None,
    amounts: dict[int, Money] | None = None,
    gross: Money | None = None,
) -> Invoice:
    """One more credit note on an invoice."""
    before = earlier or []
    number = len(before) + 1
    slot = IssueSlot("credit_note", f"CN-2026-{number:04}", number, DAY)
    request = CreditRequest("agreed", amounts, gross)
    return draw_up_credit(invoice, [invoice, *before], request, BUSINESS, invoice.buyer, slot)


def figures(document: Invoice) -> tuple[str, list[tuple[str, str]], str]:
    """Net, base and tax of each group, and gross as text."""
    totals = document.totals
    return str(totals.net), [(str(each.base), str(each.amount)) for each in totals.tax], str(totals.gross)


class TestByHand:
    def test_a_whole_credit_note_is_the_invoice_below_zero(self) -> None:
        """100.00 at 19 % and 50.00 at 7 %: 150.00 + 19.00 + 3.50 = 172.50."""
        invoice = an_invoice((10_000, STANDARD), (5_000, REDUCED))
        note = credit(invoice)
        assert figures(note) == ("-150.00", [("-100.00", "-19.00"), ("-50.00", "-3.50")], "-172.50")
        assert (note.kind, note.corrects, note.reason) == (DocumentKind.CREDIT_NOTE, "2026-0001", "agreed")
        assert [str(line.quantity) for line in note.lines] == ["-1", "-1"]
        assert creditable_gross(invoice, [invoice, note]) == eur(0)

    def test_parts_of_a_line_take_the_tax_of_what_is_taken_so_far(self) -> None:
        """0.10 at 19 % is taxed 0.02 (0.019). Thirds 0.03, 0.03, 0.04 take 0.01 (0.0057 → 0.01),
        0.00 (0.0114 → 0.01 so far) and the last the rest, 0.01: together 0.02."""
        invoice = an_invoice((10, STANDARD))
        notes: list[Invoice] = []
        for minor in (3, 3, 4):
            notes.append(credit(invoice, notes, {1: Money(minor, "EUR")}))
        assert [str(note.totals.tax[0].amount) for note in notes] == ["-0.01", "0.00", "-0.01"]

    def test_an_amount_is_shared_by_every_rate_and_adds_up_with_its_tax(self) -> None:
        """100.00 of 172.50: 119.00 × 100 ÷ 172.50 = 68.986 and 53.50 × … = 31.014: 68.99 and 31.01.

        Their taxes: 68.99 × 19 ÷ 119 = 11.015 → 11.02; 31.01 × 7 ÷ 107 = 2.0287 → 2.03.
        """
        invoice = an_invoice((10_000, STANDARD), (5_000, REDUCED))
        note = credit(invoice, gross=eur(100))
        assert figures(note) == ("-86.95", [("-57.97", "-11.02"), ("-28.98", "-2.03")], "-100.00")
        rest = credit(invoice, [note])
        assert figures(rest) == ("-63.05", [("-42.03", "-7.98"), ("-21.02", "-1.47")], "-72.50")

    def test_a_line_with_tax_in_its_price_is_credited_with_it(self) -> None:
        """119.00 with 19.00 inside; 59.50 of it has 9.50 inside."""
        invoice = an_invoice((11_900, INSIDE))
        note = credit(invoice, amounts={1: eur("59.50")})
        assert figures(note) == ("-50.00", [("-50.00", "-9.50")], "-59.50")
        assert note.lines[0].agreed == eur("-59.50")

    def test_tax_withheld_and_cash_rounding_go_back_in_the_same_shares(self) -> None:
        """CHF 100.02, 10 % withheld (10.00): 90.02 → rounded 90.00. Of a half, 50.01 with 5.00 withheld,
        45.01 is left, so 90.00 − 45.00 goes back: rounding +0.01 (45.01 → 45.00)."""
        buyer = account(
            currency="CHF", cash_rounding_minor=5, withholding=WithholdingRule(Decimal(10), "art. 1")
        )
        invoice = an_invoice((10_002, EXEMPT), buyer=buyer)
        assert invoice.withholding is not None
        assert (str(invoice.withholding.amount), str(invoice.rounding)) == ("10.00", "-0.02")
        assert str(invoice.payable) == "90.00"
        half = credit(invoice, amounts={1: Money(5_001, "CHF")})
        rest = credit(invoice, [half])
        assert (str(half.payable), str(half.rounding)) == ("-45.00", "0.01")
        assert (str(rest.payable), str(rest.rounding)) == ("-45.00", "0.01")

    def test_a_payment_plan_divides_what_is_payable(self) -> None:
        """100.00 in three parts: 33.34, 33.33, 33.33; due with the last one."""
        third = Decimal("33.3333")
        plan = (PaymentStep(0, third), PaymentStep(30, third), PaymentStep(60, 100 - 2 * third))
        invoice = an_invoice((10_000, EXEMPT), buyer=account(payment_plan=plan))
        assert [str(part.amount) for part in invoice.instalments] == ["33.33", "33.33", "33.34"]
        assert invoice.due_on == date(2026, 4, 30)

    def test_a_discount_on_the_document_is_a_line_for_each_rate(self) -> None:
        """5 % off 100.00 at 19 % and 50.00 at 7 %: −5.00 and −2.50; tax 95 × 19 % and 47.50 × 7 %."""
        buyer = account(document_discount_percent=Decimal(5))
        invoice = an_invoice((10_000, STANDARD), (5_000, REDUCED), buyer=buyer)
        assert [str(line.net) for line in invoice.lines] == ["100.00", "50.00", "-5.00", "-2.50"]
        assert [line.text for line in invoice.lines[2:]] == ["Discount 5 %", "Discount 5 %"]
        assert figures(invoice) == ("142.50", [("95.00", "18.05"), ("47.50", "3.33")], "163.88")


class TestRefusals:
    def refused(self, invoice: Invoice, earlier: list[Invoice], **request: object) -> str:
        with pytest.raises(RuleViolation) as refused:
            credit(invoice, earlier, **request)  # type: ignore[arg-type]
        return refused.value.message

    def test_crediting_everything_twice_is_refused_with_the_number_of_the_first(self) -> None:
        invoice = an_invoice((10_000, STANDARD))
        message = self.refused(invoice, [credit(invoice)])
        assert message == "All of 2026-0001 is credited already (CN-2026-0001)."

    def test_more_than_is_left_is_refused(self) -> None:
        invoice = an_invoice((10_000, STANDARD))
        half = credit(invoice, amounts={1: eur(60)})
        assert "Of line 1 40.00 EUR can still be credited" in self.refused(
            invoice, [half], amounts={1: eur(41)}
        )
        assert "47.60 EUR can still be credited" in self.refused(invoice, [half], gross=eur(48))
        assert "has no line 7" in self.refused(invoice, [], amounts={7: eur(1)})
        assert "how much" in self.refused(invoice, [], amounts={1: eur(0)})

    def test_a_discount_alone_or_lines_without_it_beyond_the_total_are_refused(self) -> None:
        """100.00 less 5.00 is 95.00: the first line alone would give back more than was asked for."""
        invoice = an_invoice((10_000, EXEMPT), buyer=account(document_discount_percent=Decimal(5)))
        assert "come to 100.00 EUR, but 95.00" in self.refused(invoice, [], amounts={1: eur(100)})
        assert "come to -5.00 EUR" in self.refused(invoice, [], amounts={2: eur(-5)})
        assert str(credit(invoice, amounts={1: eur(100), 2: eur(-5)}).totals.gross) == "-95.00"

    def test_void_documents_and_credit_notes_have_no_credit_note(self) -> None:
        invoice = an_invoice((10_000, STANDARD))
        assert "is void" in self.refused(replace(invoice, status=InvoiceStatus.VOID), [])
        assert "is a credit note itself" in self.refused(credit(invoice), [])


RULES = st.sampled_from([STANDARD, REDUCED, INSIDE, replace(REDUCED, included=True), EXEMPT])
PARTS = st.lists(st.tuples(st.integers(1, 3000) | st.integers(-300, 200_000), RULES), min_size=1, max_size=5)


def test_an_amount_leaves_no_tax_behind_without_a_line_it_stands_on() -> None:
    """0.03 and 19 % are 0.04. 0.01 of the line is credited without tax; of the 0.03 left 0.02 are asked for.

    As 0.02 net they would leave a tax of 0.01 on no line. They are 0.01 and that tax, and the rest is 0.01.
    """
    invoice = an_invoice((3, STANDARD))
    notes = [credit(invoice, amounts={1: eur("0.01")})]
    notes.append(credit(invoice, notes, gross=eur("0.02")))
    notes.append(credit(invoice, notes))
    assert [figures(note) for note in notes] == [
        ("-0.01", [("-0.01", "0.00")], "-0.01"),
        ("-0.01", [("-0.01", "-0.01")], "-0.02"),
        ("-0.01", [("-0.01", "0.00")], "-0.01"),
    ]


def test_an_amount_that_would_be_tax_alone_is_refused() -> None:
    """Of 0.04 the 0.02 net are credited without tax by line: 0.01 and 0.01 tax are left, 0.01 asked for."""
    invoice = an_invoice((3, STANDARD))
    notes = [credit(invoice, amounts={1: eur("0.02")})]
    with pytest.raises(RuleViolation, match=r"credit all that is left, 0\.02"):
        credit(invoice, notes, gross=eur("0.01"))
    assert figures(credit(invoice, notes)) == ("-0.01", [("-0.01", "-0.01")], "-0.02")


def test_lines_that_cancel_each_other_out_are_credited_with_their_tax_rule() -> None:
    """100.00 less 100.00 at 19 %: nothing to give back, and a group of 19 % on 0.00 all the same."""
    invoice = an_invoice((10_000, STANDARD), (-10_000, STANDARD))
    note = draw_up_credit(
        invoice,
        [invoice],
        CreditRequest("agreed"),
        BUSINESS,
        account(),
        IssueSlot("credit_note", "C1", 1, DAY),
    )
    assert len(note.lines) == 2
    assert [(group.rate_percent, group.base.minor, group.amount.minor) for group in note.totals.tax] == [
        (Decimal(19), 0, 0)
    ]


@st.composite
def invoices(draw: st.DrawFn) -> Invoice:
    """Invoices of several rates and kinds of prices, some with withheld tax and cash rounding."""
    buyer = account(
        currency=draw(st.sampled_from(["EUR", "JPY", "BHD"])),
        document_discount_percent=draw(st.sampled_from([Decimal(0), Decimal("2.5")])),
        cash_rounding_minor=draw(st.sampled_from([None, 5])),
        withholding=draw(st.sampled_from([None, WithholdingRule(Decimal(20))])),
    )
    found = an_invoice(*draw(PARTS), buyer=buyer)
    return found if found.totals.gross.minor > 0 else an_invoice((1, STANDARD), buyer=buyer)


def one_more(data: st.DataObject, invoice: Invoice, notes: list[Invoice]) -> Invoice:
    """A credit note by line, by amount or of all that is left, which is always possible."""
    try:
        return any_credit(data, invoice, notes)
    except RuleViolation as refused:
        if refused.rule != "credit.sum":
            raise
        return credit(invoice, notes)


def any_credit(data: st.DataObject, invoice: Invoice, notes: list[Invoice]) -> Invoice:
    documents = [invoice, *notes]
    left = creditable_gross(invoice, documents)
    how = data.draw(st.sampled_from(["line", "amount", "all"]))
    lines = [line for line in creditable_lines(invoice, documents) if line.left]
    if how == "line" and lines:
        line = data.draw(st.sampled_from(lines))
        low, high = sorted((0, line.left.minor))
        minor = data.draw(st.integers(low, high).filter(bool))
        return credit(invoice, notes, {line.position: Money(minor, invoice.currency)})
    if how == "amount" and left.minor > 0:
        return credit(invoice, notes, gross=Money(data.draw(st.integers(1, left.minor)), invoice.currency))
    return credit(invoice, notes)


class TestProperties:
    @settings(max_examples=150)
    @given(invoices(), st.data())
    def test_credits_stay_within_each_line_and_add_up_to_the_invoice(
        self, invoice: Invoice, data: st.DataObject
    ) -> None:
        notes: list[Invoice] = []
        for _ in range(data.draw(st.integers(0, 4))):
            if any(line.left for line in creditable_lines(invoice, [invoice, *notes])):
                notes.append(one_more(data, invoice, notes))
                self.check_note(invoice, notes[-1])
        for line in creditable_lines(invoice, [invoice, *notes]):
            assert min(0, line.agreed.minor) <= line.left.minor <= max(0, line.agreed.minor)
        while any(line.left for line in creditable_lines(invoice, [invoice, *notes])):
            notes.append(credit(invoice, notes))
        self.check_all(invoice, notes)

    def check_note(self, invoice: Invoice, note: Invoice) -> None:
        totals = note.totals
        assert sum(line.net.minor for line in note.lines) == totals.net.minor
        assert sum(group.base.minor for group in totals.tax) == totals.net.minor
        assert totals.net.minor + sum(group.amount.minor for group in totals.tax) == totals.gross.minor
        unit = invoice.buyer.cash_rounding_minor
        if unit:
            assert note.payable.minor % unit == 0

    def check_all(self, invoice: Invoice, notes: list[Invoice]) -> None:
        assert sum(note.totals.net.minor for note in notes) == -invoice.totals.net.minor
        assert sum(note.payable.minor for note in notes) == -invoice.payable.minor
        for group in invoice.totals.tax:
            label = (group.category, group.rate_percent, group.reason)
            parts = [
                each
                for note in notes
                for each in note.totals.tax
                if (each.category, each.rate_percent, each.reason) == label
            ]
            assert sum(each.base.minor for each in parts) == -group.base.minor
            assert sum(each.amount.minor for each in parts) == -group.amount.minor

    @settings(max_examples=100)
    @given(st.integers(1, 1_000_000), st.data())
    def test_the_tax_of_a_part_is_never_a_unit_off_its_own(self, minor: int, data: st.DataObject) -> None:
        """What is taxed so far is exact, so a part is off by less than one unit."""
        invoice = an_invoice((minor, STANDARD))
        part = data.draw(st.integers(1, minor))
        note = credit(invoice, amounts={1: Money(part, "EUR")})
        assert abs(100 * -note.totals.tax[0].amount.minor - 19 * part) < 100

    @settings(max_examples=60)
    @given(invoices(), st.data())
    def test_money_is_never_used_twice_whatever_is_tried(self, invoice: Invoice, data: st.DataObject) -> None:
        """Credits applied, write-offs and refunds in any order; what is refused changes nothing."""
        note = one_more(data, invoice, [])
        file = AccountFile(invoice.buyer, invoices=(invoice, note))
        for n in range(data.draw(st.integers(1, 6))):
            kind = data.draw(st.sampled_from(SettlementKind))
            amount = Money(data.draw(st.integers(1, max(1, invoice.totals.gross.minor))), invoice.currency)
            number = None if kind is SettlementKind.REFUND else invoice.number
            source = None if kind is SettlementKind.WRITE_OFF else note.number
            settlement = Settlement("acme", f"s{n}", DAY, kind, amount, number, source, "agreed")
            try:
                check_settlement(file, settlement)
            except RuleViolation:
                continue
            file = replace(file, settlements=(*file.settlements, settlement))
        assert list(settlement_findings(file)) == []
        assert balances_of(file)[invoice.number].minor >= 0
        assert refundable(file, note.number) == -balances_of(file)[note.number]
