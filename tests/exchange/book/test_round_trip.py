"""What is written is read back equal, and every text written fits the published schema."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from retainerdesk.domain.book import Book
from retainerdesk.domain.money import Money
from retainerdesk.exchange.book import read_book, write_book
from tests.strategies import books

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "tests/exchange/fixtures/acme.json"
SCHEMA = json.loads((ROOT / "resources/book.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)
slow_draws = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@slow_draws
@given(books())
def test_a_book_written_fits_the_schema_and_is_read_as_the_same_book_and_text(book: Book) -> None:
    text = write_book(book)
    again = read_book(text.encode())
    assert again == book
    assert write_book(again) == text
    VALIDATOR.validate(json.loads(text))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_documented_example_is_read_and_fits_the_schema() -> None:
    """Fee 3000.00 EUR is 300,000 cents; the payment of 3,570.00 settles an invoice still to be issued."""
    VALIDATOR.validate(json.loads(EXAMPLE.read_text()))
    book = read_book(EXAMPLE.read_bytes())
    file = book.accounts[0]
    assert file.account.name == "ACME & Söhne <Ltd>"
    assert file.retainers[0].plans[0].fee == Money(300_000, "EUR")
    assert file.payments[0].allocations[0].amount == Money(357_000, "EUR")
    assert file.payments[0].fee == Money(0, "EUR")
    assert [row.id[:2] for row in (file.work[0], file.calls[0], file.notes[0], file.actions[0])] == [
        "w-",
        "c-",
        "n-",
        "t-",
    ]
    assert read_book(write_book(book)) == book


def test_keys_stand_in_the_order_of_the_example() -> None:
    example = json.loads(EXAMPLE.read_text())
    written = json.loads(write_book(read_book(EXAMPLE.read_bytes())))

    def same_order(ours: object, theirs: object) -> None:
        if isinstance(theirs, dict):
            assert isinstance(ours, dict)
            assert [key for key in ours if key in theirs] == list(theirs)
            assert [key for key in ours if key not in theirs] in ([], ["id"])
            for key, value in theirs.items():
                same_order(ours[key], value)
        elif isinstance(theirs, list):
            assert isinstance(ours, list)
            for mine, their in zip(ours, theirs, strict=True):
                same_order(mine, their)
        else:
            assert ours == theirs

    same_order(written, example)


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""], ids=["with mark", "without mark"])
def test_a_byte_order_mark_changes_nothing(start: bytes) -> None:
    assert read_book(start + EXAMPLE.read_bytes()) == read_book(EXAMPLE.read_text())


def test_rows_without_id_get_the_same_names_every_time_and_equal_rows_count_up() -> None:
    """Spelling 90 minutes with or without the optional fields is the same row, so it counts up."""
    node = json.loads(EXAMPLE.read_text())
    row = {"on": "2025-02-03", "minutes": 90, "person": "ada", "text": "Roadmap", "retainer": "advisory"}
    node["accounts"][0]["work"] += [row]
    first, second = (read_book(json.dumps(node)).accounts[0].work for _ in range(2))
    assert first == second
    assert [entry.id for entry in first] == [first[0].id, f"{first[0].id}-2"]


def test_a_nameless_row_never_takes_an_id_the_file_gives_to_another() -> None:
    node = json.loads(EXAMPLE.read_text())
    name = read_book(json.dumps(node)).accounts[0].work[0].id
    node["accounts"][0]["work"].append(node["accounts"][0]["work"][0] | {"id": name})
    assert sorted(entry.id for entry in read_book(json.dumps(node)).accounts[0].work) == [name, f"{name}-2"]
