"""A book that uses every field of every value once, for tests that must not lose one."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from retainerdesk.domain.account import (
    Account,
    AccountStatus,
    Business,
    Contact,
    CostRate,
    NumberGap,
    PaymentStep,
    Person,
    Series,
    SeriesPurpose,
    SeriesReset,
    TaxCategory,
    TaxRule,
    WithholdingRule,
)
from retainerdesk.domain.block import Block, BlockBurn, Leftover, LeftoverDecision, OpenedBy
from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.domain.deposit import Deposit
from retainerdesk.domain.document_look import (
    AddressWindow,
    DocumentLook,
    OwnText,
    OwnTextName,
    PaymentCode,
)
from retainerdesk.domain.draft import Draft, DraftLine
from retainerdesk.domain.exchange_rate import ExchangeRate
from retainerdesk.domain.invoice import (
    Allocation,
    BookTax,
    Charge,
    ChargeKey,
    ChargeKind,
    Instalment,
    Invoice,
    InvoiceLine,
    InvoiceStatus,
    Payment,
    Settlement,
    SettlementKind,
    Skip,
    TaxTotal,
    Totals,
    Voided,
    Withholding,
)
from retainerdesk.domain.late_interest_table import OwnRate
from retainerdesk.domain.lots import Lot, LotSource
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Alignment, Cadence, CadenceUnit, Period
from retainerdesk.domain.period_close import (
    Difference,
    LateChoice,
    LateDecision,
    LateEntry,
    PeriodClose,
    Reopened,
)
from retainerdesk.domain.plan import (
    Overage,
    OverageDecision,
    Plan,
    Proration,
    Rollover,
    RolloverPolicy,
    Timing,
    UsageUnit,
)
from retainerdesk.domain.retainer import (
    Escalator,
    IndexValue,
    LotAdjustment,
    Notice,
    NoticeBy,
    NoticeUnit,
    Pause,
    PauseFee,
    PauseLots,
    Renewal,
    Retainer,
    TermRule,
    UsageDecision,
)
from retainerdesk.domain.sent_letter import LetterKind, LetterLine, SentLetter
from retainerdesk.domain.tax_rates import TaxRate
from retainerdesk.domain.work import (
    Action,
    Call,
    Decision,
    DocumentFile,
    Expense,
    Note,
    OneOffCharge,
    WorkEntry,
    WorkKind,
)

STANDARD = TaxRule(TaxCategory.STANDARD, Decimal(19))

BUSINESS = Business(
    name="Studio Nord",
    address=("Kai 1", "20457 Hamburg"),
    country="DE",
    tax_id="DE123456789",
    iban="DE89370400440532013000",
    bic="COBADEFFXXX",
    bank_name="Commerzbank",
    email="post@studio-nord.example",
    currency="EUR",
    time_zone="Europe/Berlin",
    locale="de_DE",
    standard_rate=Decimal("150.00"),
    overhead_rate=Decimal("12.5"),
    target_margin_percent=Decimal(45),
    lead_days=5,
    paper="Letter",
    logo_sha256="ab" * 32,
    invoice_note="Danke & bis bald <Jo>",
    look=DocumentLook(
        accent="#0A7F5c",
        window=AddressWindow.UK,
        show_quantity=False,
        show_price=False,
        payment_code=PaymentCode.EPC,
        amount_in_words=True,
        texts=(
            OwnText("", OwnTextName.TERMS, "Within {days} days, by {due}"),
            OwnText("de", OwnTextName.FOOTER, "HRB 1 <Hamburg>\nInhaberin Ada & Co"),
        ),
    ),
)

EVENTS = Series(
    id="events",
    format="E{yy}-{number:03}",
    next=7,
    name="Events & <talks>",
    reset=SeriesReset.YEARLY,
    year_starts_in=4,
    year=2025,
    gaps=(NumberGap(2, 5, "used in the old program", 2025),),
)

ACME = Account(
    id="acme",
    name="ACME & Söhne <Ltd>",
    currency="EUR",
    status=AccountStatus.PAUSED,
    locale="en_US",
    address=("1 High St", "London"),
    country="GB",
    tax_id="GB1",
    payment_terms_days=30,
    tax=TaxRule(TaxCategory.REVERSE_CHARGE, Decimal(0), included=True, reason="Art. 196"),
    contacts=(Contact("zoe", "Zoë", "zoe@acme.example", "sponsor", "+44 1"), Contact("jo", "Jo Reed")),
    call_every_days=14,
    grace_days=3,
    tags=("retail", "Ünïcode"),
    withholding=WithholdingRule(Decimal("7.5"), "Art. 25"),
    cash_rounding_minor=5,
    document_discount_percent=Decimal("2.5"),
    payment_plan=(PaymentStep(0, Decimal("33.5")), PaymentStep(30, Decimal("66.5"))),
    series_id="events",
    late_interest_bps=1250,
)

ADVISORY = Retainer(
    account_id="acme",
    id="advisory",
    name="Advisory",
    starts_on=date(2025, 1, 31),
    plans=(
        Plan(
            from_on=date(2025, 1, 31),
            fee=Money(300000, "EUR"),
            cadence=MONTHLY,
            alignment=Alignment.DAY,
            billing_day=31,
            timing=Timing.ARREARS,
            proration=Proration.MERGE_STUB,
            allowance_minutes=1200,
            rollover=Rollover(
                RolloverPolicy.SURPLUS_AND_DEFICIT, 2, 300, 600, 25, date(2026, 1, 31), True, True
            ),
            overage=Overage(Decimal("150.5"), OverageDecision.CARRY),
            usage_cadence=Cadence(CadenceUnit.WEEK, 2),
            text="First year",
        ),
        Plan(from_on=date(2026, 1, 31), fee=Money(330000, "EUR"), cadence=Cadence(CadenceUnit.YEAR)),
    ),
    term=TermRule(
        12,
        Renewal.AUTOMATIC,
        Notice(60, NoticeUnit.DAYS),
        Escalator(
            Decimal("3.25"),
            60,
            Decimal(1),
            Decimal(5),
            date(2026, 1, 1),
            (IndexValue(date(2025, 1, 1), Decimal("121.3")),),
        ),
    ),
    settled_through=date(2025, 3, 1),
    pauses=(Pause(Period(date(2025, 8, 1), date(2025, 9, 1)), PauseFee.FULL, PauseLots.AGE),),
    notice_given_on=date(2026, 2, 1),
    notice_given_by=NoticeBy.THEM,
    ended_on=date(2026, 4, 30),
    usage_decisions=(UsageDecision(date(2025, 4, 30), OverageDecision.ABSORB, "goodwill", date(2025, 6, 1)),),
    adjustments=(LotAdjustment(date(2025, 5, 5), -30, "typo", "adj-1"),),
    closes=(
        PeriodClose(
            Period(date(2025, 1, 31), date(2025, 2, 14)),
            date(2025, 3, 1),
            date(2025, 1, 31),
            opening=0,
            granted=1200,
            adjusted=-30,
            used=1300,
            carried_in=0,
            burned=1090,
            overage=150,
            expired=20,
            forfeited=30,
            carried=30,
            from_blocks=50,
            unmetered=10,
            uses=((date(2025, 2, 3), "w-1", 1300),),
            lots=(Lot(date(2025, 1, 31), LotSource.ROLLOVER, 30, 2, date(2026, 1, 31), True),),
            block_burns=(BlockBurn("pack", "w-1", date(2025, 2, 3), 5000, 50),),
            reopened=Reopened(date(2025, 3, 2), "too early"),
        ),
        PeriodClose(
            Period(date(2025, 1, 31), date(2025, 2, 14)),
            date(2025, 3, 4),
            date(2025, 1, 31),
            opening=0,
            granted=1200,
            adjusted=-30,
            used=1300,
            carried_in=0,
            burned=1140,
            overage=160,
            expired=0,
            forfeited=30,
            carried=0,
            number=2,
        ),
    ),
    late=(
        LateDecision(
            "late-1",
            date(2025, 1, 31),
            date(2025, 3, 10),
            LateChoice.CREDIT,
            Difference(-60, -50, -10, 5, Money(-12542, "EUR")),
            "logged twice",
            (LateEntry("w-1", date(2025, 2, 3), 1300, 1240),),
            date(2025, 2, 14),
            "CN-1",
        ),
    ),
)


def fee_key(start: date, end: date) -> ChargeKey:
    """The key of an advisory fee for `[start, end)`."""
    return ChargeKey("acme", "advisory", ChargeKind.FEE, Period(start, end))


MARCH = fee_key(date(2025, 2, 28), date(2025, 3, 31))


def invoice(
    sequence: int,
    key: ChargeKey = MARCH,
    *,
    status: InvoiceStatus = InvoiceStatus.ISSUED,
    chain_head: str = "0123abcd",
) -> Invoice:
    """3,000.00 plus 19 % = 3,570.00, issued on 31 March 2025."""
    net, tax = Money(300000, "EUR"), Money(57000, "EUR")
    line = InvoiceLine(
        key=key,
        position=1,
        text="Advisory, 28 February to 30 March 2025",
        quantity=Decimal("1.0000"),
        unit_price=Decimal("3000.0000"),
        unit="month",
        net=net,
        tax=STANDARD,
        details=("31 of 31 days",),
        basis=net,
        minutes=0,
    )
    return Invoice(
        series_id="invoice",
        number=f"2025-{sequence:04}",
        sequence=sequence,
        account_id=key.account_id,
        issued_on=date(2025, 3, 31),
        due_on=date(2025, 4, 30),
        seller=BUSINESS,
        buyer=ACME,
        lines=(line,),
        totals=Totals(
            net, (TaxTotal(TaxCategory.STANDARD, Decimal(19), net, tax, "19 % VAT"),), Money(357000, "EUR")
        ),
        status=status,
        chain_head=chain_head,
        corrects="2024-0009",
        reason="wrong address",
        instalments=(Instalment(date(2025, 3, 31), Money(57000, "EUR")), Instalment(date(2025, 4, 30), net)),
        withholding=Withholding(Decimal("0.001"), Money(30, "EUR"), "Art. 25"),
        rounding=Money(30, "EUR"),
        book_tax=BookTax(
            Money(61_000, "USD"), ExchangeRate("USD", "EUR", date(2025, 1, 2), Decimal("0.93"), "bank")
        ),
        voided=Voided(date(2025, 4, 1), "twice") if status is InvoiceStatus.VOID else None,
        note="Thank you for March.",
    )


ACME_FILE = AccountFile(
    account=ACME,
    retainers=(ADVISORY,),
    work=(
        WorkEntry(
            "acme", "w-1", date(2025, 2, 3), 90, "ada", WorkKind.PREP, "advisory", "Roadmap", 30, "we learned"
        ),
        WorkEntry("acme", "w-0", date(2025, 2, 4), 15, "ada"),
    ),
    calls=(
        Call(
            "acme",
            "c-1",
            datetime(2025, 2, 4, 10, 30),  # noqa: DTZ001
            30,
            "Weekly",
            "…",
            ("jo", "zoe"),
            "advisory",
            False,
        ),
    ),
    notes=(Note("acme", "n-1", datetime(2025, 2, 5, 9, 0, 1), "Naïve 🙂", touch=True),),  # noqa: DTZ001
    actions=(
        Action(
            "acme",
            "a-1",
            "Send proposal",
            "ada",
            date(2025, 2, 10),
            date(2025, 2, 11),
            date(2025, 2, 9),
        ),
        Action("acme", "a-0", "Some day"),
    ),
    decisions=(Decision("acme", "d-1", date(2025, 2, 11), "Keep the price", "until May"),),
    charges=(
        OneOffCharge(
            "acme",
            "x-1",
            date(2025, 2, 12),
            "Workshop",
            Decimal("1.5"),
            Decimal("800.1234"),
            Decimal(10),
            STANDARD,
        ),
        OneOffCharge("acme", "x-2", date(2025, 2, 13), "Set-up", Decimal(1), Decimal(50)),
    ),
    expenses=(Expense("acme", "e-1", date(2025, 2, 12), Money(12000, "EUR"), "Train", True, Decimal(5)),),
    payments=(
        Payment(
            "acme",
            "p-1",
            date(2025, 4, 20),
            Money(400000, "EUR"),
            (Allocation("2025-0001", Money(357000, "EUR")), Allocation("old-7", Money(1, "EUR"))),
            Money(250, "EUR"),
            "wire",
        ),
        Payment("acme", "p-2", date(2025, 4, 21), Money(100, "EUR")),
        Payment(
            "acme",
            "p-3",
            date(2025, 4, 22),
            Money(9200, "EUR"),
            fee=Money(30, "USD"),
            received=Money(10000, "USD"),
            rate=Decimal("0.92"),
        ),
    ),
    documents=(
        DocumentFile("acme", "f-1", date(2025, 1, 20), "agreement.pdf", "cd" * 32, "advisory", 1234),
        DocumentFile("acme", "f-2", date(2025, 1, 21), "note.txt", "ef" * 32),
    ),
    invoices=(invoice(1),),
    settlements=(
        Settlement(
            "acme", "s-1", date(2025, 4, 22), SettlementKind.REFUND, Money(99, "EUR"), reason="paid twice"
        ),
    ),
    letters=(
        SentLetter(
            "acme",
            "l-1",
            date(2025, 4, 10),
            LetterKind.DUNNING,
            Money(361234, "EUR"),
            "second_notice",
            (
                LetterLine(
                    "2025-0001", date(2025, 3, 1), Money(357000, "EUR"), Money(234, "EUR"), Money(4000, "EUR")
                ),
            ),
            "Second notice",
            "Please pay.",
            "ab" * 32,
        ),
        SentLetter(
            "acme",
            "l-2",
            date(2025, 4, 11),
            LetterKind.STATEMENT,
            Money(-100, "EUR"),
            title="Statement",
            span=Period(date(2025, 1, 1), date(2025, 4, 1)),
        ),
    ),
    blocks=(
        Block(
            "acme",
            "b-1",
            date(2025, 2, 1),
            "Ten more hours",
            UsageUnit.MONEY,
            150000,
            Money(140000, "EUR"),
            "advisory",
            date(2026, 2, 1),
            10000,
            Leftover.REFUND,
            OpenedBy.INVOICE,
            Decimal("150.25"),
            LeftoverDecision(date(2025, 9, 1), Leftover.CARRY, "as asked", date(2026, 9, 1)),
        ),
        Block("acme", "b-2", date(2025, 3, 1), "Calls", UsageUnit.SESSIONS, 5, Money(0, "EUR")),
    ),
    deposits=(
        Deposit(
            "acme",
            "v-1",
            date(2025, 1, 31),
            "Deposit",
            Money(100000, "EUR"),
            "advisory",
            STANDARD,
            date(2025, 6, 1),
        ),
        Deposit("acme", "v-2", date(2025, 2, 1), "Held", Money(1, "EUR")),
    ),
    drafts=(
        Draft(
            "acme",
            "d7",
            date(2025, 4, 2),
            (
                DraftLine(
                    Charge(
                        fee_key(date(2025, 3, 31), date(2025, 4, 30)),
                        date(2025, 4, 30),
                        Decimal(1),
                        Decimal(3000),
                        Money(300000, "EUR"),
                        "Advisory, fee",
                        STANDARD,
                        "in arrears",
                        ("20 h included",),
                        Money(300000, "EUR"),
                        0,
                        "month",
                    ),
                    "Advisory in April, as discussed <b>",
                ),
            ),
            "Thank you for April.\nSee you.",
            Decimal("2.5"),
        ),
    ),
    skips=(Skip(fee_key(date(2025, 1, 31), date(2025, 2, 28)), "paid before", date(2025, 3, 1)),),
)

EMPTY_FILE = AccountFile(Account("zero", "Zero KK", "JPY"))

FULL_BOOK = Book(
    business=BUSINESS,
    people=(
        Person(
            "ada",
            "Ada Nord",
            (CostRate(date(2025, 1, 1), Decimal(60)), CostRate(date(2026, 1, 1), Decimal("65.25"))),
            "ada@studio-nord.example",
        ),
        Person("bo", "Bo", left_on=date(2026, 3, 1)),
    ),
    series=(
        Series("credit", "CN-{number:03}", purpose=SeriesPurpose.CREDIT_NOTE, is_default=True),
        EVENTS,
        Series("invoice", "{year}-{number:04}", 2),
    ),
    accounts=(ACME_FILE, EMPTY_FILE),
    tax_rates=(
        TaxRate(
            "DE",
            TaxCategory.REDUCED,
            "Reduced",
            Decimal("6.5"),
            date(2027, 1, 1),
            date(2028, 1, 1),
            "BGBl. <I>",
            is_own=True,
        ),
    ),
    late_interest_rates=(OwnRate("ecb", date(2026, 7, 1), Decimal("2.15"), "ECB, 11 June 2026"),),
    exchange_rates=(
        ExchangeRate("EUR", "USD", date(2025, 3, 1), Decimal("1.0405"), "ECB"),
        ExchangeRate("JPY", "EUR", date(2025, 3, 1), Decimal("0.0064")),
    ),
)
