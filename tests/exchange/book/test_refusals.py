"""A broken book file is refused whole, and every fault is named by its path."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from retainerdesk.exchange.book import BookRefused, read_book
from retainerdesk.exchange.book.refusals import MOST_REFUSALS

ROOT = Path(__file__).parents[3]
EXAMPLE = json.loads((ROOT / "tests/exchange/fixtures/acme.json").read_text())
INVOICED = json.loads((ROOT / "tests/exchange/fixtures/invoiced.json").read_text())
VALIDATOR = Draft202012Validator(json.loads((ROOT / "resources/book.schema.json").read_text()))
GONE = object()


def refused(data: bytes | str | dict[str, Any]) -> BookRefused:
    text = json.dumps(data) if isinstance(data, dict) else data
    with pytest.raises(BookRefused) as caught:
        read_book(text)
    return caught.value


def changed(path: str, value: object, book: dict[str, Any] = EXAMPLE) -> dict[str, Any]:
    """A copy of the example with one place set (or GONE); the path is written as the refusal writes it."""
    whole = copy.deepcopy(book)
    steps: list[Any] = [
        int(s) if s.isdigit() else s for s in path.replace("[", ".").replace("]", "").split(".")
    ]
    place: Any = whole
    for step in steps[:-1]:
        place = place[step]
    if value is GONE:
        del place[steps[-1]]
    elif isinstance(place, list) and steps[-1] == len(place):
        place.append(value)
    else:
        place[steps[-1]] = value
    return whole


A = "accounts[0]"
PLAN = f"{A}.retainers[0].plans[0]"
SHA = "0" * 64

ONE_FAULT = [
    (f"{A}.late_interest_percent", "0", "above 0"),
    (f"{A}.late_interest_percent", "100.5", "at most 100"),
    (f"{A}.late_interest_percent", "12.345", "2 decimals"),
    ("format", "other", "not a RetainerDesk book"),
    ("format", GONE, "not a RetainerDesk book"),
    ("version", 2, "newer program"),
    ("version", "1", "whole number"),
    ("version", True, "whole number"),
    ("business", GONE, "missing"),
    ("business.currency", "EURO", "ISO 4217"),
    ("business.currency", "", "ISO 4217"),
    ("business.currency", "eur", "ISO 4217"),
    ("accounts[0].currency", "", "ISO 4217"),
    ("business.currency", None, "null, but needs"),
    ("business.time_zone", "Europe/Nowhere", "time zone"),
    ("business.country", "Germany", "two capital letters"),
    ("business.locale", "de-DE!", "locale"),
    ("business.standard_rate", "150.12345", "more than 4 decimals"),
    ("business.target_margin_percent", "101", "at most 100"),
    ("people[0].cost_rates[0].from", GONE, "missing"),
    ("people[0].cost_rates[0].rate", "-1", "at least 0"),
    ("people[1]", EXAMPLE["people"][0], "already the id of people[0]"),
    ("series[0].next", 0, "at least 1"),
    ("accounts", {}, "must be a list"),
    (f"{A}.id", "", "short name"),
    (f"{A}.id", "a\nb", "short name"),
    (f"{A}.name", None, "null, but needs"),
    (f"{A}.name", "a\x00b", "NUL"),
    (f"{A}.name", "\ud83d", "lone surrogate"),
    (f"{A}.nmae", "x", "perhaps “name”"),
    (f"{A}.status", "gone", "active, paused, proposal, ended"),
    (f"{A}.payment_terms_days", 14.5, "whole number"),
    (f"{A}.payment_terms_days", 10**30, "whole number"),
    (f"{A}.tax.category", "vat", "not one of"),
    (f"{A}.tax.rate", 19, "in quotes"),
    (f"{A}.contacts[0].email", 7, "must be text"),
    (f"{A}.contacts[1]", EXAMPLE["accounts"][0]["contacts"][0], "already the id"),
    (f"{A}.retainers[0].starts_on", GONE, "missing"),
    (f"{A}.retainers[0].plans", [], "no plan"),
    (f"{A}.retainers[0].plans", GONE, "no plan"),
    (f"{A}.retainers[0].term.months", None, "needs its months"),
    (f"{A}.retainers[0].term.notice.unit", "weeks", "days, months"),
    (f"{PLAN}.fee", "3000.001", "2 decimals of EUR"),
    (f"{PLAN}.fee", "3.000,00", "not a number"),
    (f"{PLAN}.fee", "1e3", "not a number"),
    (f"{PLAN}.fee", 3000, "in quotes"),
    (f"{PLAN}.fee", 3000.0, "in quotes"),
    (f"{PLAN}.fee", "-1", "at least 0"),
    (f"{PLAN}.fee", "9" * 40, "more digits"),
    (f"{PLAN}.fee", "9" * 4000, "more digits"),
    (f"{PLAN}.from", GONE, "missing"),
    (f"{PLAN}.from", "2025-02-30", "does not exist"),
    (f"{PLAN}.from", "31.01.2025", "not a date"),
    (f"{PLAN}.from", "20250131", "not a date"),
    (f"{PLAN}.from", "0001-01-01", "out of range"),
    (f"{PLAN}.cadence.every", 0, "at least 1"),
    (f"{PLAN}.cadence.unit", "quarter", "day, week, month, year"),
    (f"{PLAN}.billing_day", 32, "at most 31"),
    (f"{PLAN}.allowance_minutes", -1, "at least 0"),
    (f"{PLAN}.allowance_minutes", True, "whole number"),
    (f"{PLAN}.rollover.policy", "all", "not one of"),
    (f"{PLAN}.overage.decision", "maybe", "bill, absorb, carry, ask"),
    (f"{A}.retainers[0].pauses[0].to", "2025-07-01", "lies before"),
    (f"{A}.work[0].on", GONE, "missing"),
    (f"{A}.work[0].minutes", -5, "at least 0"),
    (f"{A}.work[0].person", "bob", "not one of the people"),
    (f"{A}.work[0].retainer", "other", "not a retainer"),
    (f"{A}.work[0].kind", "fun", "not one of"),
    (f"{A}.calls[0].at", "2025-02-04", "time like"),
    (f"{A}.calls[0].at", "2025-02-04T25:00", "does not exist"),
    (f"{A}.calls[0].contacts[0]", "bob", "not a contact"),
    (f"{A}.notes[0].touch", 1, "true or false"),
    (f"{A}.expenses[0].amount", GONE, "missing"),
    (f"{A}.payments[0].on", GONE, "missing"),
    (f"{A}.documents[0].sha256", "…", "64 hexadecimal"),
]


@pytest.mark.parametrize(("path", "value", "words"), ONE_FAULT)
def test_one_fault_is_refused_at_its_path_with_words_that_help(path: str, value: object, words: str) -> None:
    book = changed(path, value)
    error = refused(book)
    expected = f"{path}.id" if words.startswith("already the id") else path
    assert [(r.path, words in r.sentence) for r in error.refusals] == [(expected, True)], error.refusals
    assert error.field == expected


def test_a_plan_that_starts_twice_an_unsorted_one_and_a_late_first_one_are_refused() -> None:
    plan = EXAMPLE["accounts"][0]["retainers"][0]["plans"][0]
    path = f"{A}.retainers[0].plans"
    twice = refused(changed(path, [plan, plan])).refusals[0]
    unsorted = refused(changed(path, [plan | {"from": "2026-01-01"}, plan])).refusals[0]
    late = refused(changed(path, [plan | {"from": "2025-02-01"}])).refusals[0]
    assert [(r.path, words in r.sentence) for r, words in [
        (twice, "two plans of Advisory start on 2025-01-31"),
        (unsorted, "not in order"),
        (late, "first plan only on 2025-02-01"),
    ]] == [(path, True)] * 3  # fmt: skip


def test_pauses_that_overlap_are_refused() -> None:
    pause = {"from": "2025-08-31", "to": "2025-09-10"}
    error = refused(changed(f"{A}.retainers[0].pauses[1]", pause))
    assert [r.path for r in error.refusals] == [f"{A}.retainers[0].pauses"]
    assert "overlap on 2025-08-31" in error.message


def test_alignment_to_a_day_needs_the_day() -> None:
    error = refused(changed(f"{PLAN}.alignment", "day"))
    assert error.refusals[0].path == f"{PLAN}.billing_day"


def test_a_rate_above_zero_needs_a_category_that_is_taxed() -> None:
    error = refused(changed(f"{A}.tax.category", "reverse_charge"))
    assert error.refusals[0].path == f"{A}.tax.rate"


def test_allocations_beyond_the_payment_or_beside_an_invoice_are_refused() -> None:
    """2,000 + 1,570.01 is a cent more than the payment of 3,570."""
    parts = [{"invoice": "1", "amount": "2000.00"}, {"invoice": "2", "amount": "1570.01"}]
    both = changed(f"{A}.payments[0].allocations", parts)
    sentences = [r.sentence for r in refused(both).refusals]
    assert any("one of the two" in sentence for sentence in sentences)
    assert any("3570.01, more than the payment of 3570.00" in sentence for sentence in sentences)


def test_all_faults_are_named_in_one_reading() -> None:
    book = changed("busines", {})
    book["accounts"][0]["work"][0]["person"] = "bob"
    book["accounts"][0]["documents"][0]["sha256"] = "…"
    book["accounts"][0]["retainers"][0]["plans"][0]["fee"] = "x"
    book["accounts"][0]["retainers"][0]["pauses"].append({"from": "2025-08-31", "to": "2025-09-10"})
    error = refused(book)
    assert [r.path for r in error.refusals] == [
        f"{PLAN}.fee",
        f"{A}.retainers[0].pauses",
        f"{A}.work[0].person",
        f"{A}.documents[0].sha256",
        "busines",
    ]
    assert "There are 4 more." in str(error)


def test_no_more_than_fifty_are_kept_but_all_are_counted() -> None:
    error = refused(changed(f"{A}.work", [{"on": "x", "minutes": 1, "person": "ada"}] * 80))
    assert (len(error.refusals), error.total) == (MOST_REFUSALS, 80)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "line 1, column 1"),
        (b'{"format": "retainerdesk-book",\n "version": }', "line 2, column 13"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b"[]", "must be an object"),
        (b"null", "must be an object"),
        (b'"text"', "must be an object"),
        (b'{"format": NaN}', "not a RetainerDesk book"),
        (b'{"format": ' + b"9" * 6000 + b"}", "not a RetainerDesk book"),
        (b'{"format": "retainerdesk-book", "format": "retainerdesk-book"}', "given twice"),
    ],
)
def test_a_file_that_is_no_book_is_refused_in_words(data: bytes, words: str) -> None:
    assert words in refused(data).refusals[0].sentence


def test_a_name_given_twice_deep_inside_is_refused_at_its_path() -> None:
    text = json.dumps(EXAMPLE).replace('"minutes": 90', '"minutes": 90, "minutes": 60')
    assert [(r.path, "given twice" in r.sentence) for r in refused(text).refusals] == [
        (f"{A}.work[0].minutes", True)
    ]


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(BookRefused, match="larger than 1 MB"):
        read_book(b" " * (1024 * 1024 + 1), largest_bytes=1024 * 1024)


I0 = f"{A}.invoices[0]"


@pytest.mark.parametrize(
    ("path", "value", "refused_at", "words"),
    [
        (f"{I0}.net", "3000.01", {f"{I0}.net", f"{I0}.gross"}, "add up to"),
        (f"{I0}.gross", "3570.01", {f"{I0}.gross"}, "add up to 3570.00"),
        (f"{I0}.tax[0].base", "2999.99", {f"{I0}.tax"}, "not the sum of its lines"),
        (f"{I0}.lines[0].tax", None, {f"{I0}.lines[0].tax"}, "missing"),
        (f"{I0}.series", "other", {f"{I0}.series"}, "not a series"),
        (f"{I0}.buyer", GONE, {f"{I0}.buyer"}, "missing"),
        (f"{I0}.lines[0].charge", "gift", {f"{I0}.lines[0].charge"}, "not one of"),
        (f"{A}.invoices[1]", INVOICED["accounts"][0]["invoices"][0],
         {f"{A}.invoices[1].number", f"{A}.invoices[1].sequence"}, "already"),
    ],
)  # fmt: skip
def test_invoices_are_checked_to_the_cent(path: str, value: object, refused_at: set[str], words: str) -> None:
    """Fee 3,000.00 net, 19 % tax 570.00, gross 3,570.00."""
    error = refused(changed(path, value, INVOICED))
    assert {r.path for r in error.refusals} == refused_at
    assert words in error.message


def test_a_payment_of_somebody_elses_invoice_is_refused() -> None:
    book = copy.deepcopy(INVOICED)
    other = copy.deepcopy(EXAMPLE["accounts"][0]) | {"id": "other"}
    error = refused(book | {"accounts": [*book["accounts"], other]})
    assert [r.path for r in error.refusals] == ["accounts[1].payments[0].invoice"]
    assert "is an invoice of acme" in error.message


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside the nodes."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    found = [path] if path else []
    for key, value in members:
        found += places(value, (*path, key))
    return found


PLACES = places(INVOICED)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(PLACES),
    st.sampled_from([GONE, None, True, 0, -1, 1, 2.5, "", "x", "1.00", "2025-01-31", [], {}, [1], {"x": 1}]),
)
def test_what_the_schema_refuses_the_reader_refuses_too(place: tuple[Any, ...], value: object) -> None:
    book = copy.deepcopy(INVOICED)
    target: Any = book
    for step in place[:-1]:
        target = target[step]
    if value is GONE:
        del target[place[-1]]
    else:
        target[place[-1]] = value
    try:
        read_book(json.dumps(book))
    except BookRefused:
        return
    assert VALIDATOR.is_valid(book), f"{place} = {value!r} was read, but the schema refuses it"
