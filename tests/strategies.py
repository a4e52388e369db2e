"""Hypothesis strategies for domain values: money, plans, retainers, accounts, invoices and whole books.

Everything drawn keeps the rules of the domain: references exist, ids are unique, sums add up, lists are in
order of date, then id. `account_files` and `books` are what most tests want.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import strategies as st

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
from retainerdesk.domain.exchange_rate import ExchangeRate, convert
from retainerdesk.domain.invoice import (
    Allocation,
    BookTax,
    Charge,
    ChargeKey,
    ChargeKind,
    DocumentKind,
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
from retainerdesk.domain.period import Alignment, Cadence, CadenceUnit, Period
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
from retainerdesk.exchange.book.order import in_order

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
maybe_days = st.none() | days
moments = st.builds(
    lambda day, hour, minute: datetime(day.year, day.month, day.day, hour, minute),  # noqa: DTZ001
    days,
    st.integers(0, 23),
    st.integers(0, 59),
)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
maybe_texts = st.none() | texts
ids = st.text(st.sampled_from("abcdefghkmnäß-_ 0123456789"), min_size=1, max_size=8).filter(str.strip)
currencies = st.sampled_from(["EUR", "USD", "GBP", "CHF", "JPY", "BHD"])
minutes = st.integers(0, 10_000)
hashes = st.text(st.sampled_from("0123456789abcdef"), min_size=64, max_size=64)


def money(currency: str, least: int = -(10**9)) -> st.SearchStrategy[Money]:
    """Amounts of one currency."""
    return st.builds(Money, st.integers(least, 10**9), st.just(currency))


def decimals(least: int = 0, most: int = 10_000, places: int = 4) -> st.SearchStrategy[Decimal]:
    """Decimals with at most `places` digits after the point."""
    return st.integers(least * 10**places, most * 10**places).map(lambda n: Decimal(n).scaleb(-places))


@st.composite
def tax_rules(draw: st.DrawFn) -> TaxRule:
    category = draw(st.sampled_from(TaxCategory))
    rate = draw(decimals(0, 100)) if category.is_taxed else Decimal(0)
    return TaxRule(category, rate, draw(st.booleans()), draw(maybe_texts))


own_texts = st.builds(
    OwnText,
    language=st.sampled_from(["de", "en", "es", "fr"]),
    name=st.sampled_from([OwnTextName.TITLE, OwnTextName.CLOSING, OwnTextName.FOOTER]),
    text=texts,
) | st.builds(OwnText, st.just(""), st.just(OwnTextName.TERMS), st.just("Within {days} days, by {due}"))
looks = st.builds(
    DocumentLook,
    accent=st.from_regex(r"#[0-9a-fA-F]{6}", fullmatch=True),
    window=st.sampled_from(AddressWindow),
    show_quantity=st.booleans(),
    show_price=st.booleans(),
    payment_code=st.sampled_from(PaymentCode),
    amount_in_words=st.booleans(),
    texts=st.lists(own_texts, max_size=4, unique_by=lambda own: (own.name, own.language)).map(tuple),
)
businesses = st.builds(
    Business,
    name=texts,
    address=st.lists(texts, max_size=3).map(tuple),
    country=st.sampled_from(["", "DE", "GB"]),
    tax_id=maybe_texts,
    iban=maybe_texts,
    bic=maybe_texts,
    bank_name=maybe_texts,
    email=texts,
    currency=currencies,
    time_zone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York"]),
    locale=st.sampled_from(["de_DE", "en_GB", "zh_Hant_TW"]),
    standard_rate=st.none() | decimals(),
    overhead_rate=decimals(),
    target_margin_percent=decimals(0, 100),
    lead_days=st.integers(0, 90),
    paper=st.sampled_from(["A4", "Letter"]),
    logo_sha256=st.none() | hashes,
    invoice_note=texts,
    look=looks,
)
# What a plan may say; to offset is decided for a period.
AGREED = [each for each in OverageDecision if each is not OverageDecision.OFFSET]
cost_rates = st.lists(
    st.builds(CostRate, from_on=days, hourly_rate=decimals()), max_size=3, unique_by=lambda rate: rate.from_on
).map(tuple)
people = st.lists(
    st.builds(Person, id=ids, name=texts, cost_rates=cost_rates, email=texts, left_on=st.none() | days),
    min_size=1,
    max_size=3,
    unique_by=lambda person: person.id,
).map(tuple)
contacts = st.lists(
    st.builds(Contact, id=ids, name=texts, email=texts, role=texts, phone=texts),
    max_size=3,
    unique_by=lambda contact: contact.id,
).map(tuple)


payment_plans = st.sampled_from(
    [(), (PaymentStep(0, Decimal(50)), PaymentStep(30, Decimal(50))), (PaymentStep(7, Decimal(100)),)]
)
withholding_rules = st.none() | st.builds(WithholdingRule, decimals(1, 99), texts)


def accounts(account_ids: st.SearchStrategy[str] = ids) -> st.SearchStrategy[Account]:
    """Accounts without their lists."""
    return st.builds(
        Account,
        id=account_ids,
        name=texts,
        currency=currencies,
        status=st.sampled_from(AccountStatus),
        locale=st.sampled_from(["en_GB", "de_DE"]),
        address=st.lists(texts, max_size=3).map(tuple),
        country=st.sampled_from(["", "DE", "GB"]),
        tax_id=maybe_texts,
        payment_terms_days=st.integers(0, 120),
        tax=tax_rules(),
        contacts=contacts,
        call_every_days=st.none() | st.integers(1, 90),
        grace_days=st.integers(0, 30),
        tags=st.lists(texts, max_size=2).map(tuple),
        withholding=withholding_rules,
        cash_rounding_minor=st.none() | st.integers(1, 100),
        document_discount_percent=decimals(0, 99),
        payment_plan=payment_plans,
        series_id=st.none() | ids,
        late_interest_bps=st.none() | st.integers(1, 10_000),
    )


cadences = st.builds(Cadence, st.sampled_from(CadenceUnit), st.integers(1, 12))
rollovers = st.builds(
    Rollover,
    policy=st.sampled_from(RolloverPolicy),
    periods=st.none() | st.integers(0, 12),
    cap_minutes=st.none() | minutes,
    total_cap_minutes=st.none() | minutes,
    cap_percent=st.none() | st.integers(0, 200),
    expires_on=maybe_days,
    until_term_end=st.booleans(),
    exclude_partial_first=st.booleans(),
)


@st.composite
def plans(draw: st.DrawFn, currency: str, from_on: date) -> Plan:
    """Terms of one currency from a day on; alignment to a day has its billing day."""
    cadence = draw(cadences)
    alignment = draw(st.sampled_from(Alignment))
    if alignment is Alignment.DAY and not cadence.months:
        alignment = Alignment.ANNIVERSARY
    billing_day = draw(st.integers(1, 31)) if alignment is Alignment.DAY else None
    return Plan(
        from_on=from_on,
        fee=draw(money(currency, 0)),
        cadence=cadence,
        alignment=alignment,
        billing_day=billing_day,
        timing=draw(st.sampled_from(Timing)),
        proration=draw(st.sampled_from(Proration)),
        allowance_minutes=draw(minutes),
        rollover=draw(rollovers),
        overage=Overage(draw(decimals()), draw(st.sampled_from(AGREED))),
        usage_cadence=draw(st.none() | cadences),
        text=draw(texts),
    )


signed_percents = st.none() | decimals(-20, 20)
escalators = st.builds(
    Escalator,
    percent=signed_percents,
    announce_days=st.integers(0, 120),
    floor_percent=signed_percents,
    cap_percent=signed_percents,
    first_on=maybe_days,
    index=st.lists(st.builds(IndexValue, days, decimals()), max_size=2).map(tuple),
)


@st.composite
def terms(draw: st.DrawFn) -> TermRule:
    renewal = draw(st.sampled_from(Renewal))
    months = draw(st.integers(1, 60))
    open_end = renewal is Renewal.ROLLING and draw(st.booleans())
    notice = draw(st.none() | st.builds(Notice, st.integers(0, 120), st.sampled_from(NoticeUnit)))
    return TermRule(None if open_end else months, renewal, notice, draw(st.none() | escalators))


@st.composite
def pauses(draw: st.DrawFn) -> tuple[Pause, ...]:
    """Up to two spans that do not overlap."""
    edges = sorted(draw(st.lists(days, max_size=4, unique=True)))
    spans = [Period(edges[i], edges[i + 1]) for i in range(0, len(edges) - 1, 2)]
    kinds = st.tuples(st.sampled_from(PauseFee), st.sampled_from(PauseLots))
    return tuple(Pause(span, *draw(kinds)) for span in spans)


def _including(draw: st.DrawFn, unit: UsageUnit, plan: Plan) -> Plan:
    """The plan as one that counts in `unit`; caps in minutes belong to minutes."""
    if unit is UsageUnit.MINUTES:
        return plan
    counted = replace(
        plan,
        allowance_minutes=0,
        rollover=replace(plan.rollover, cap_minutes=None, total_cap_minutes=None),
    )
    currency = plan.fee.currency
    if unit is UsageUnit.MONEY:
        return replace(counted, allowance_money=draw(money(currency, 0)), value_rate=draw(decimals(1)))
    price = draw(st.none() | money(currency, 0))
    return replace(counted, allowance_sessions=draw(st.integers(0, 20)), session_price=price)


@st.composite
def blocks(draw: st.DrawFn, account: Account, retainer_ids: list[str]) -> Block:
    """A prepaid block of any kind."""
    decisions = st.builds(LeftoverDecision, days, st.sampled_from(Leftover), texts, maybe_days)
    return Block(
        account_id=account.id,
        id=draw(ids),
        on=draw(days),
        name=draw(texts),
        unit=draw(st.sampled_from(UsageUnit)),
        amount=draw(st.integers(1, 10_000)),
        price=draw(money(account.currency, 0)),
        retainer_id=draw(st.none() | st.sampled_from(retainer_ids)) if retainer_ids else None,
        expires_on=draw(maybe_days),
        low_at=draw(st.none() | minutes),
        leftover=draw(st.sampled_from(Leftover)),
        opened_by=draw(st.sampled_from(OpenedBy)),
        hourly_rate=draw(st.none() | decimals()),
        decision=draw(st.none() | decisions),
    )


figures = st.integers(0, 10_000)
lots = st.builds(
    Lot, days, st.sampled_from(LotSource), figures, st.integers(0, 99), maybe_days, st.booleans()
)
block_burns = st.builds(BlockBurn, ids, st.just("") | ids, days, figures, figures)
late_rows = st.builds(LateEntry, ids, days, figures, figures)


@st.composite
def closes(draw: st.DrawFn) -> tuple[PeriodClose, ...]:
    """Up to three closings in order of their periods, which do not overlap; some were taken back."""
    edges = sorted(draw(st.lists(days, max_size=4, unique=True)))
    found = []
    for start, end in pairwise(edges):
        granted, adjusted, burned, expired = draw(st.tuples(figures, st.integers(-99, 99), figures, figures))
        forfeited, opening = draw(figures), draw(st.integers(-99, 99))
        found.append(
            PeriodClose(
                Period(start, end), draw(days), draw(days), opening, granted, adjusted, draw(figures),
                draw(figures), burned, draw(figures), expired, forfeited,
                opening + granted + adjusted - burned - expired - forfeited, draw(figures), draw(figures),
                tuple(draw(st.lists(st.tuples(days, ids, figures), max_size=2))),
                tuple(draw(st.lists(lots, max_size=2))), tuple(draw(st.lists(block_burns, max_size=1))),
                draw(st.integers(1, 3)), draw(st.none() | st.builds(Reopened, days, texts)),
            )
        )  # fmt: skip
    return tuple(found)


@st.composite
def late_decisions(
    draw: st.DrawFn, currency: str, closed: tuple[PeriodClose, ...]
) -> tuple[LateDecision, ...]:
    """Decisions about closings that hold, in order of date, then id."""
    starts = [each.span.start for each in closed if each.reopened is None]
    if not starts:
        return ()
    signed = st.integers(-9999, 9999)
    differences = st.builds(Difference, signed, signed, signed, signed, money(currency))
    made = st.builds(
        LateDecision, ids, st.sampled_from(starts), days, st.sampled_from(LateChoice), differences, texts,
        st.lists(late_rows, max_size=2).map(tuple), maybe_days, st.none() | ids,
    )  # fmt: skip
    found = draw(st.lists(made, max_size=2, unique_by=lambda item: item.id))
    return tuple(sorted(found, key=lambda item: (item.on, item.id)))


@st.composite
def retainers(draw: st.DrawFn, account_id: str, currency: str, retainer_id: str) -> Retainer:
    """A retainer that `check_retainer` accepts."""
    starts = sorted(draw(st.lists(days, min_size=1, max_size=3, unique=True)))
    decisions = st.builds(UsageDecision, days, st.sampled_from(OverageDecision), texts, maybe_days)
    adjustments = st.builds(LotAdjustment, days, st.integers(-999, 999), texts, ids)
    unit = draw(st.sampled_from(UsageUnit))
    most = 2 if unit is UsageUnit.MINUTES else 0
    closed = draw(closes())
    return Retainer(
        account_id=account_id,
        id=retainer_id,
        name=draw(texts),
        starts_on=starts[0] + timedelta(days=draw(st.integers(0, 40))),
        plans=tuple(_including(draw, unit, draw(plans(currency, day))) for day in starts),
        term=draw(st.none() | terms()),
        settled_through=draw(maybe_days),
        pauses=draw(pauses()),
        notice_given_on=draw(maybe_days),
        notice_given_by=draw(st.none() | st.sampled_from(NoticeBy)),
        ended_on=draw(maybe_days),
        usage_decisions=tuple(draw(st.lists(decisions, max_size=2, unique_by=lambda item: item.period_on))),
        adjustments=tuple(draw(st.lists(adjustments, max_size=most, unique_by=lambda item: item.id))),
        closes=closed,
        late=draw(late_decisions(currency, closed)),
    )


@st.composite
def charge_keys(draw: st.DrawFn, account_id: str, retainer_ids: list[str]) -> ChargeKey:
    start = draw(days)
    return ChargeKey(
        account_id=account_id,
        retainer_id=draw(st.sampled_from(["", *retainer_ids])),
        kind=draw(st.sampled_from(ChargeKind)),
        service=Period(start, start + timedelta(days=draw(st.integers(0, 40)))),
        sequence=draw(st.integers(1, 3)),
        source_id=draw(st.just("") | ids),
    )


def exchange_rates(pairs: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[ExchangeRate]:
    """A rate between two different currencies of `pairs`."""
    values = decimals(1, 10**6)
    return st.builds(
        lambda pair, on, rate, source: ExchangeRate(pair[0], pair[1], on, rate, source),
        pairs,
        days,
        values,
        texts,
    )


PAIRS = st.lists(currencies, min_size=2, max_size=2, unique=True).map(lambda pair: (pair[0], pair[1]))


@st.composite
def book_taxes(draw: st.DrawFn, unit: str) -> BookTax:
    """The tax of a document in another currency, with a rate between the two."""
    other = draw(currencies.filter(lambda each: each != unit))
    return BookTax(draw(money(other)), draw(exchange_rates(st.sampled_from([(unit, other), (other, unit)]))))


def deposits(account: Account, retainer_ids: list[str]) -> st.SearchStrategy[Deposit]:
    """A deposit of the account or of one of its retainers."""
    maybe_retainer = st.none() | st.sampled_from(retainer_ids) if retainer_ids else st.none()
    return st.builds(
        Deposit,
        *(st.just(account.id), ids, days, texts, money(account.currency, 1)),
        *(maybe_retainer, st.none() | tax_rules(), maybe_days),
    )


@st.composite
def invoices(
    draw: st.DrawFn, account: Account, business: Business, number: int, retainer_ids: list[str]
) -> Invoice:
    """An issued invoice whose sums are exact; tax amounts are drawn, not computed."""
    lines = []
    groups: dict[tuple[TaxCategory, Decimal], int] = {}
    for position in range(1, draw(st.integers(1, 3)) + 1):
        tax, net = draw(tax_rules()), draw(money(account.currency))
        group = (tax.category, tax.rate_percent)
        groups[group] = groups.get(group, 0) + net.minor
        lines.append(
            InvoiceLine(
                key=draw(charge_keys(account.id, retainer_ids)),
                position=position,
                text=draw(texts),
                quantity=draw(decimals(-100, 100)),
                unit_price=draw(decimals(-100, 100)),
                unit=draw(texts),
                net=net,
                tax=tax,
                details=tuple(draw(st.lists(texts, max_size=2))),
                basis=draw(st.none() | money(account.currency)),
                minutes=draw(st.none() | st.integers(-500, 500)),
                agreed=draw(st.none() | money(account.currency)),
            )
        )
    tax_totals = tuple(
        TaxTotal(
            category, rate, Money(base, account.currency), draw(money(account.currency)), draw(maybe_texts)
        )
        for (category, rate), base in groups.items()
    )
    unit, status = account.currency, draw(st.sampled_from(InvoiceStatus))
    withheld = draw(st.none() | st.builds(Withholding, decimals(0, 100), money(unit), texts))
    rounding = draw(st.none() | money(unit))
    total = sum(line.net.minor for line in lines)
    gross = total + sum(group.amount.minor for group in tax_totals)
    payable = gross - (withheld.amount.minor if withheld else 0) + (rounding.minor if rounding else 0)
    issued_on = draw(days)
    return Invoice(
        series_id="invoice",
        number=f"{issued_on.year}-{number:04}",
        sequence=number,
        account_id=account.id,
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=account.payment_terms_days),
        seller=business,
        buyer=account,
        lines=tuple(lines),
        totals=Totals(Money(total, account.currency), tax_totals, Money(gross, account.currency)),
        status=status,
        chain_head=draw(texts),
        kind=draw(st.sampled_from(DocumentKind)),
        corrects=draw(st.none() | ids),
        reason=draw(texts),
        instalments=draw(instalments(payable, unit)),
        withholding=withheld,
        rounding=rounding,
        book_tax=draw(st.none() | book_taxes(unit)),
        voided=draw(st.none() | st.builds(Voided, days, texts)) if status is InvoiceStatus.VOID else None,
        note=draw(texts),
    )


@st.composite
def drafts(draw: st.DrawFn, file: AccountFile) -> tuple[Draft, ...]:
    """Up to two drafts of an account, with charges that are neither issued nor skipped; ids name it."""
    account, retainer_ids = file.account, [each.id for each in file.retainers]
    taken = {_parts(line.key) for each in file.invoices for line in each.lines}
    taken |= {_parts(skip.key) for skip in file.skips}
    found = []
    for number in range(draw(st.integers(0, 2))):
        lines = []
        for _ in range(draw(st.integers(1, 2))):
            key = draw(charge_keys(account.id, retainer_ids))
            if _parts(key) not in taken:
                taken.add(_parts(key))
                lines.append(draw(draft_lines(key, account.currency)))
        if lines:
            percent = draw(decimals(0, 100))
            made = Draft(account.id, f"{account.id}-{number}", draw(days), tuple(lines), draw(texts), percent)
            found.append(made)
    return tuple(found)


def draft_lines(key: ChargeKey, currency: str) -> st.SearchStrategy[DraftLine]:
    """A drafted line of this key."""
    charge = st.builds(
        Charge,
        *(st.just(key), days, decimals(-100, 100), decimals(-100, 100), money(currency), texts, tax_rules()),
        *(texts, st.lists(texts, max_size=2).map(tuple), st.none() | money(currency)),
        *(st.none() | st.integers(-500, 500), texts),
    )
    return st.builds(DraftLine, charge, texts)


def _parts(key: ChargeKey) -> tuple[object, ...]:
    """What makes a charge unique in a book: all of its key but the end of its service."""
    return (key.retainer_id, key.kind, key.service.start, key.sequence, key.source_id)


@st.composite
def instalments(draw: st.DrawFn, payable: int, currency: str) -> tuple[Instalment, ...]:
    """None, or parts in order of date that add up to what is payable."""
    dates = sorted(draw(st.lists(days, max_size=3, unique=True)))
    parts = [draw(st.integers(-100, 10**6)) for _ in dates[1:]]
    amounts = [payable - sum(parts), *parts][: len(dates)]
    return tuple(Instalment(on, Money(minor, currency)) for on, minor in zip(dates, amounts, strict=True))


def _has_source(draw: st.DrawFn, kind: SettlementKind, source: str) -> bool:
    if kind is SettlementKind.REFUND:
        return bool(source) and draw(st.booleans())
    return kind is SettlementKind.CREDIT


@st.composite
def settlements(draw: st.DrawFn, account: Account, numbers: list[str]) -> Settlement:
    """A settlement of the kinds that need no document where there is none."""
    kind = draw(st.sampled_from(SettlementKind)) if numbers else SettlementKind.REFUND
    number, source = (draw(st.sampled_from(numbers)), draw(st.sampled_from(numbers))) if numbers else ("", "")
    return Settlement(
        account_id=account.id,
        id=draw(ids),
        on=draw(days),
        kind=kind,
        amount=Money(draw(st.integers(1, 10**9)), account.currency),
        invoice_number=None if kind is SettlementKind.REFUND else number,
        source_number=source if _has_source(draw, kind, source) else None,
        reason=draw(texts),
    )


@st.composite
def letters(draw: st.DrawFn, account: Account, numbers: list[str]) -> SentLetter:
    """A letter that was sent: dunning about some of the documents, else a statement."""
    currency = draw(st.sampled_from([account.currency, "USD"]))
    added = st.none() | money(currency, 0)
    chosen = draw(st.lists(st.sampled_from(numbers), max_size=2, unique=True)) if numbers else []
    lines = tuple(
        LetterLine(number, draw(days), draw(money(currency)), draw(added), draw(added)) for number in chosen
    )
    start = draw(days)
    return SentLetter(
        account_id=account.id,
        id=draw(ids),
        on=draw(days),
        kind=LetterKind.DUNNING if lines else LetterKind.STATEMENT,
        total=draw(money(currency)),
        step_id=draw(ids) if lines else "",
        lines=lines,
        title=draw(texts),
        text=draw(texts),
        sha256=draw(st.none() | hashes),
        span=None if lines else Period(start, start + timedelta(days=draw(st.integers(1, 400)))),
    )


@st.composite
def own_tax_rates(draw: st.DrawFn) -> tuple[TaxRate, ...]:
    """Tax rates that were added, by country, category, name and day."""
    one = st.builds(
        TaxRate,
        country=st.sampled_from(("DE", "AT")),
        category=st.sampled_from((TaxCategory.STANDARD, TaxCategory.REDUCED)),
        name=ids,
        percent=decimals(1, 100),
        from_on=days,
        until=st.none(),
        source=texts.filter(str.strip),
        is_own=st.just(True),
    )
    found = draw(st.lists(one, max_size=3, unique_by=lambda rate: rate.id))
    return tuple(sorted(found, key=lambda rate: (rate.country, rate.category, rate.name, rate.from_on)))


@st.composite
def own_rates(draw: st.DrawFn) -> tuple[OwnRate, ...]:
    """Reference rates that were added, by reference, then by day."""
    one = st.builds(OwnRate, ids, days, decimals(-5, 50), texts)
    found = draw(st.lists(one, max_size=3, unique_by=lambda rate: rate.id))
    return tuple(sorted(found, key=lambda rate: (rate.reference_id, rate.from_on)))


@st.composite
def payments(draw: st.DrawFn, account: Account, numbers: list[str]) -> Payment:
    """Money received, allocated wholly, in part, to several invoices or not at all."""
    amount = draw(money(account.currency, 0))
    chosen = draw(st.lists(st.sampled_from(numbers), max_size=2, unique=True)) if numbers else []
    left, parts = amount.minor, []
    for number in chosen:
        part = draw(st.integers(0, left) | st.just(left))
        parts.append(Allocation(number, Money(part, account.currency)))
        left -= part
    received, rate = None, None
    if draw(st.booleans()):
        received = draw(money(draw(currencies.filter(lambda each: each != account.currency)), 0))
        rate = draw(st.none() | decimals(1, 100))
        if rate is not None and not parts:
            amount = convert(received, account.currency, rate)
        else:
            rate = None
    arrived = amount if received is None else received
    fee = draw(st.none() | money(arrived.currency, 0))
    return Payment(account.id, draw(ids), draw(days), amount, tuple(parts), fee, draw(texts), received, rate)


def _rows(draw: st.DrawFn, rows: st.SearchStrategy, most: int = 2) -> tuple:  # type: ignore[type-arg]
    return tuple(draw(st.lists(rows, max_size=most, unique_by=lambda row: row.id)))


@st.composite
def account_files(
    draw: st.DrawFn, account_id: str, business: Business, person_ids: list[str], first_number: int = 1
) -> AccountFile:
    """One account with everything; its invoices count on from `first_number`."""
    account = draw(accounts(st.just(account_id)))
    retainer_ids = draw(st.lists(ids, max_size=2, unique=True))
    maybe_retainer = st.none() | st.sampled_from(retainer_ids) if retainer_ids else st.none()
    contact_ids = [contact.id for contact in account.contacts]
    some_contacts = st.lists(st.sampled_from(contact_ids), unique=True) if contact_ids else st.just([])
    count = draw(st.integers(0, 2))
    issued = [draw(invoices(account, business, first_number + index, retainer_ids)) for index in range(count)]
    aid, own = st.just(account_id), st.sampled_from(person_ids)
    given_up = st.none() | money(account.currency)
    skips = st.builds(Skip, charge_keys(account_id, retainer_ids), texts, days, given_up)
    expenses = st.builds(Expense, aid, ids, days, money(account.currency), texts, st.booleans(), decimals())
    file = AccountFile(
        account=account,
        retainers=tuple(draw(retainers(account_id, account.currency, rid)) for rid in retainer_ids),
        work=_rows(
            draw,
            st.builds(
                WorkEntry,
                *(aid, ids, days, minutes.map(lambda n: n + 10), own, st.sampled_from(WorkKind)),
                *(maybe_retainer, texts, st.integers(0, 10), texts),
            ),
            4,
        ),
        calls=_rows(
            draw,
            st.builds(
                Call,
                aid,
                ids,
                moments,
                minutes,
                texts,
                texts,
                some_contacts.map(tuple),
                maybe_retainer,
                st.booleans(),
            ),
        ),
        notes=_rows(draw, st.builds(Note, aid, ids, moments, texts, st.booleans())),
        actions=_rows(draw, st.builds(Action, aid, ids, texts, texts, maybe_days, maybe_days, maybe_days)),
        decisions=_rows(draw, st.builds(Decision, aid, ids, days, texts, texts)),
        charges=_rows(
            draw,
            st.builds(
                OneOffCharge,
                *(aid, ids, days, texts, decimals(-100, 100), decimals(-100, 100), decimals(0, 100)),
                st.none() | tax_rules(),
            ),
        ),
        expenses=_rows(draw, expenses),
        payments=_rows(draw, payments(account, [invoice.number for invoice in issued])),
        documents=_rows(
            draw,
            st.builds(
                DocumentFile,
                *(aid, ids, days, texts, hashes, maybe_retainer),
                st.none() | st.integers(0, 2**40),
            ),
        ),
        invoices=tuple(issued),
        skips=tuple(draw(st.lists(skips, max_size=2, unique_by=lambda skip: skip.key))),
        settlements=_rows(draw, settlements(account, [invoice.number for invoice in issued])),
        blocks=_rows(draw, blocks(account, retainer_ids)),
        letters=_rows(draw, letters(account, [invoice.number for invoice in issued])),
        deposits=_rows(draw, deposits(account, retainer_ids)),
    )
    return in_order(replace(file, drafts=draw(drafts(file))))


@st.composite
def books(draw: st.DrawFn) -> Book:
    """A whole book of up to two accounts; numbers of the series are unique."""
    business, staff = draw(businesses), draw(people)
    person_ids = [person.id for person in staff]
    account_ids = draw(st.lists(ids, max_size=2, unique=True))
    files = [
        draw(account_files(account_id, business, person_ids, first_number=1 + 10 * index))
        for index, account_id in enumerate(account_ids)
    ]
    series = Series(
        "invoice", "{year}-{number:04}", draw(st.integers(100, 999)), draw(texts), gaps=draw(number_gaps())
    )
    rates = draw(st.lists(exchange_rates(PAIRS), max_size=2, unique_by=lambda rate: rate.key))
    kept = (tuple(files), draw(own_rates()), tuple(sorted(rates, key=lambda rate: rate.key)))
    every_series = (series, *draw(yearly_series()))
    return Book(business, staff, every_series, *kept, draw(own_tax_rates()))


@st.composite
def number_gaps(draw: st.DrawFn, year: int = 0) -> tuple[NumberGap, ...]:
    """Numbers a series leaves out, in order and apart from each other."""
    ends = sorted(draw(st.lists(st.integers(1, 500), max_size=6, unique=True)))
    reasons = texts.filter(str.strip)
    return tuple(NumberGap(a, b, draw(reasons), year) for a, b in zip(ends[::2], ends[1::2], strict=False))


@st.composite
def yearly_series(draw: st.DrawFn) -> tuple[Series, ...]:
    """None, or a second series that begins again every year."""
    if draw(st.booleans()):
        return ()
    year = draw(st.sampled_from((0, 2025)))
    purpose, first = draw(st.sampled_from(SeriesPurpose)), draw(st.integers(1, 12))
    made = Series(
        "other", "X{yy}-{number}", draw(st.integers(1, 99)), "", purpose, draw(st.booleans()),
        SeriesReset.YEARLY, first, year, draw(number_gaps(2025)),
    )  # fmt: skip
    return (made,)
