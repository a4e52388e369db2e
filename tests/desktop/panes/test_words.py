"""Period, margin, agreement and facts of an account in words; every figure worked by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from retainerdesk.desktop.panes.account_facts import fact_runs
from retainerdesk.desktop.panes.agreement import agreement_runs
from retainerdesk.desktop.panes.margin_words import (
    columns,
    margin_figure,
    missing_words,
    net_words,
    rate_words,
    waterfall_rows,
)
from retainerdesk.desktop.panes.money_section import ageing_words
from retainerdesk.desktop.panes.period_words import period_words
from retainerdesk.domain.account import Account, Contact
from retainerdesk.domain.allowance import lot_ledger
from retainerdesk.domain.margin import Margin
from retainerdesk.domain.money import Money
from retainerdesk.domain.notice import next_dates
from retainerdesk.domain.payments import Ageing
from retainerdesk.domain.period import Cadence, CadenceUnit, Period
from retainerdesk.domain.plan import Overage, OverageDecision, Plan, Rollover, RolloverPolicy
from retainerdesk.domain.retainer import Notice, NoticeUnit, Pause, Renewal, Retainer, TermRule
from retainerdesk.domain.waterfall import Bar, Cause, Waterfall
from retainerdesk.domain.work import WorkEntry
from retainerdesk.services.views import AccountView, LotExpiry, MarginView, RetainerView

TODAY = date(2026, 11, 22)
ZERO = Money(0, "EUR")
PLAN = Plan(
    date(2026, 9, 15),
    Money(300000, "EUR"),
    Cadence(CadenceUnit.MONTH),
    allowance_minutes=1200,
    rollover=Rollover(RolloverPolicy.SURPLUS, periods=2, cap_minutes=300),
    overage=Overage(Decimal(150), OverageDecision.ABSORB),
)
TERM = TermRule(12, Renewal.AUTOMATIC, Notice(60, NoticeUnit.DAYS))
RETAINER = Retainer("acme", "adv", "Advisory", date(2026, 9, 15), (PLAN,), TERM)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def view_of(retainer: Retainer, *minutes_on: tuple[int, date]) -> RetainerView:
    work = [
        WorkEntry("acme", str(index), on, minutes, "ada") for index, (minutes, on) in enumerate(minutes_on)
    ]
    ledger = lot_ledger(retainer, work, TODAY)
    term = next_dates(retainer, TODAY)
    fee = retainer.plan_on(TODAY).fee
    return RetainerView(retainer, fee, fee, ledger, (LotExpiry(300, date(2027, 1, 14)),), term, ())


def text_of(runs: object) -> str:
    return "".join(run.text for run in runs).replace("\u00a0", " ")  # type: ignore[attr-defined]


def test_a_period_shows_used_beside_gone_and_what_dies_when() -> None:
    """10 h left in the first period carry 5 h. The second burns those first, and carries 5 h of its own.

    20 h + 5 h are offered, 15 h of them used: 60 %. 7 of 30 days are gone: 23.3 %.
    """
    used = ((600, date(2026, 9, 20)), (600, date(2026, 10, 20)), (900, date(2026, 11, 16)))
    words = period_words(view_of(RETAINER, *used), TODAY)
    assert words.remark == "15 Nov – 14 Dec · 23 days left"
    assert (words.figure, words.beside) == ("15 h", "of 20 h, plus 5 h carried")
    assert words.share == "60 % used, 23 % of the period gone"
    assert words.expiry == "5 h expire 14 Jan 2027"
    assert words.note == ""


def test_beyond_the_allowance_the_rest_is_named_with_its_fate() -> None:
    """Nothing is carried after 20 h used twice; 21 h 30 of 20 h is 1 h 30 beyond."""
    full = ((1200, date(2026, 9, 20)), (1200, date(2026, 10, 20)), (1290, date(2026, 11, 16)))
    words = period_words(view_of(RETAINER, *full), TODAY)
    assert words.bar is not None
    assert words.bar.used == Fraction(1290, 1200)
    assert (words.note, words.note_tone) == ("1 h 30 over the allowance, will not be invoiced", "bad")


def test_without_hours_agreed_there_is_no_bar() -> None:
    bare = replace(RETAINER, plans=(replace(PLAN, allowance_minutes=0, rollover=Rollover()),))
    words = period_words(view_of(bare, (90, date(2026, 11, 16))), TODAY)
    assert (words.figure, words.beside, words.bar) == ("1 h 30", "worked, each hour is charged", None)
    assert words.note == "1 h 30 to charge, will not be invoiced"
    free = replace(bare, plans=(replace(bare.plans[0], overage=Overage()),))
    assert period_words(view_of(free, (90, date(2026, 11, 16))), TODAY).beside == "worked, covered by the fee"


def test_a_value_allowance_is_told_in_money() -> None:
    """1,000.00 a month at 100.00 an hour: 12 h are 1,200.00, so 200.00 are beyond."""
    terms = replace(
        PLAN, allowance_minutes=0, allowance_money=eur(100000), value_rate=Decimal(100), rollover=Rollover()
    )
    words = period_words(view_of(replace(RETAINER, plans=(terms,)), (720, date(2026, 11, 16))), TODAY)
    assert (words.figure, words.beside) == ("€1,200.00", "of €1,000.00")
    assert words.note == "€200.00 over the allowance, will not be invoiced"


def test_a_retainer_that_has_not_begun_says_when() -> None:
    later = replace(RETAINER, starts_on=date(2026, 12, 1), plans=(replace(PLAN, from_on=date(2026, 12, 1)),))
    assert period_words(view_of(later), TODAY).remark == "starts 1 Dec"


def margin(
    month: date, revenue: int = 480000, cost: int | None = 247500, missing: tuple[str, ...] = ()
) -> Margin:
    span = Period(month, date(month.year + month.month // 12, month.month % 12 + 1, 1))
    return Margin(span, eur(revenue), 2280, 1800, None if cost is None else eur(cost), missing=missing)


def test_a_margin_is_told_with_its_effective_rate() -> None:
    """(4,800 − 2,475) ÷ 4,800 = 48.4 %; 4,800 ÷ 38 h = 126.3."""
    known = margin(date(2026, 10, 1))
    view = MarginView((known, margin(date(2026, 11, 1))), known, known, Fraction(50))
    assert (margin_figure(view), rate_words(view), missing_words(view)) == ("48 %", "€126 an hour", "")
    assert [column.text for column in columns(view)] == ["Oct 2026: 48 %", "Nov 2026: 48 % so far"]
    assert [column.complete for column in columns(view)] == [True, False]


def test_an_unknown_margin_is_a_dash_with_a_reason_and_a_way_out() -> None:
    unknown = margin(date(2026, 10, 1), cost=None, missing=("no cost rate of Ben on 2026-10-03",))
    view = MarginView((unknown,), None, None, Fraction(50))
    assert margin_figure(view) == "—"
    assert missing_words(view) == "Incomplete: no cost rate of Ben. Enter it under Settings, People."
    assert columns(view)[0].value is None
    assert columns(view)[0].text == "Oct 2026: incomplete, no cost rate of Ben on 3 Oct 2026"


def test_some_unknown_months_are_counted() -> None:
    known = margin(date(2026, 9, 1))
    unknown = margin(date(2026, 10, 1), cost=None, missing=("no exchange rate from GBP to EUR",))
    text = missing_words(MarginView((known, unknown), known, known, Fraction(50)))
    assert text.startswith("1 of 2 months incomplete: no exchange rate from GBP to EUR.")


FALL = Waterfall(
    eur(320000),
    (
        Bar(Cause.DISCOUNT, eur(-20000)), Bar(Cause.OUT_OF_SCOPE, eur(-12000)),
        Bar(Cause.EXTRA_CALLS, eur(-18000)), Bar(Cause.PREPARATION, eur(-18000)),
        Bar(Cause.EXPENSES, eur(-12000)), Bar(Cause.PAYMENT_FEES, eur(-7500)),
    ),
    eur(232500), eur(-45600), eur(186900),
)  # fmt: skip


def test_the_waterfall_of_the_handbook_sums_exactly() -> None:
    """3,200 − 200 − 120 − 180 − 180 − 120 − 75 = 2,325."""
    rows = waterfall_rows(FALL)
    assert sum(row.value for row in rows[:-1]) == rows[-1].value == 232500
    assert (rows[0].text, rows[1].text, rows[-1].text) == ("€3,200", "−€200", "€2,325")
    assert rows[2].label == "Out of scope"


def test_cents_anywhere_show_cents_everywhere() -> None:
    odd = replace(FALL, agreed=eur(320050), contribution=eur(232550))
    assert [row.text for row in waterfall_rows(odd)][:2] == ["€3,200.50", "−€200.00"]


def test_the_net_margin_follows_the_overhead() -> None:
    """1,869 ÷ 4,800 = 38.9 %."""
    last = replace(margin(date(2026, 10, 1)), waterfall=FALL)
    assert net_words(last) == "Less overhead €456: net €1,869, 39 %"


def test_the_agreement_is_plain_with_its_figures_strong() -> None:
    runs = agreement_runs(RETAINER, TODAY)
    strong = [run.text.replace("\u00a0", " ") for run in runs if run.strong]
    assert strong == ["€3,000", "20 h", "5 h", "60 days"]
    assert text_of(runs).startswith("€3,000 a month since 15 Sep 2026, invoiced in advance. 20 h a month")


def account_view(*retainers: RetainerView, contacts: tuple[Contact, ...] = ()) -> AccountView:
    account = Account("acme", "ACME", "EUR", contacts=contacts)
    nothing = MarginView((), None, None, Fraction(50))
    aged = Ageing((ZERO, ZERO, ZERO, ZERO, ZERO))
    return AccountView(account, TODAY, ZERO, ZERO, ZERO, aged, eur(600000), (), retainers, nothing, ())


def test_the_facts_are_one_line_with_the_sponsor_last() -> None:
    """Term 15 Sep 2026 – 14 Sep 2027, 60 days of notice: 16 Jul 2027, a Friday."""
    people = (Contact("a", "Al"), Contact("j", "Jo Reed", role="sponsor"))
    assert text_of(fact_runs(account_view(view_of(RETAINER), contacts=people))) == (
        "Advisory since 15 Sep 2026 · €3,000 a month in advance · renews 15 Sep 2027, say so by 16 Jul 2027"
        " · Jo Reed, sponsor"
    )


def test_several_retainers_are_counted_with_what_they_earn_together() -> None:
    text = text_of(fact_runs(account_view(view_of(RETAINER), view_of(RETAINER))))
    assert text.startswith("2 retainers · €6,000 a month together · Advisory: say so by 16 Jul 2027")


def test_an_account_without_a_retainer_says_so() -> None:
    assert text_of(fact_runs(account_view())) == "Active, no retainer yet"


def test_a_pause_is_told_with_its_last_day() -> None:
    paused = replace(RETAINER, pauses=(Pause(Period(date(2026, 11, 15), date(2026, 12, 15))),))
    assert "paused until 14 Dec" in text_of(fact_runs(account_view(view_of(paused))))


def test_ageing_leaves_out_empty_buckets() -> None:
    assert ageing_words(Ageing((eur(100), ZERO, eur(50), ZERO, ZERO))) == "Not due €1.00 · 31–60 days €0.50"
    assert ageing_words(Ageing((ZERO, ZERO, ZERO, ZERO, ZERO))) == ""
