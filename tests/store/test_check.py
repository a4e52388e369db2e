"""A change behind the program's back is found, and the row it happened to is named."""

import re
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from retainerdesk.store.base import METADATA
from retainerdesk.store.book_store import BookStore, open_book
from retainerdesk.store.chain import chain_head, links, verify_chain
from retainerdesk.store.check import AUDITED, check_book
from retainerdesk.store.repositories.books import load_book
from retainerdesk.store.repositories.history import WORK
from retainerdesk.store.schema import HEAD
from retainerdesk.store.schema_build import EVERY_TABLE_MODULE
from tests.store.conftest import CLOCK
from tests.store.full_book import FULL_BOOK


def tamper(path: Path, *statements: str) -> None:
    """Change the file with another tool, triggers out of the way."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert connection.execute(statement).rowcount != 0, f"{statement} changed nothing"
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()


def test_a_sound_book_has_no_findings(full: BookStore) -> None:
    with full.reading() as uow:
        assert list(check_book(uow)) == []


def test_every_table_of_business_facts_is_compared_with_the_chain() -> None:
    parts = {"cost_rates", "contacts", "plans", "pauses", "usage_decisions", "lot_adjustments"}
    parts |= {"late_decisions"}
    parts |= {"invoice_lines", "tax_totals", "allocations", "voids", "draft_lines"}
    own = {"audit", "book_state", "notified"}
    assert len(EVERY_TABLE_MODULE) > 1
    assert set(METADATA.tables) == set(AUDITED) | parts | own


_COPY_OF_LINK_3 = (
    "INSERT INTO audit SELECT 4, at_utc, zone, action, table_name, row_key, row, prev_hash, hash"
    " FROM audit WHERE seq = 3"
)
_ROOM_AT_4 = (
    "UPDATE audit SET seq = seq + 1000 WHERE seq > 3",
    "UPDATE audit SET seq = seq - 999 WHERE seq > 1000",
)
_SWAP_5_AND_6 = (
    "UPDATE audit SET seq = 0 WHERE seq = 5",
    "UPDATE audit SET seq = 5 WHERE seq = 6",
    "UPDATE audit SET seq = 6 WHERE seq = 0",
)
CHAIN: list[tuple[str, int, tuple[str, ...]]] = [
    ("changed", 5, ("UPDATE audit SET row = replace(row, 'a', 'b') WHERE seq = 5",)),
    ("re-dated", 4, ("UPDATE audit SET at_utc = '2020-01-01' WHERE seq = 4",)),
    ("deleted", 7, ("DELETE FROM audit WHERE seq = 6",)),
    ("inserted", 4, (*_ROOM_AT_4, _COPY_OF_LINK_3)),
    ("swapped", 5, _SWAP_5_AND_6),
]


@pytest.mark.parametrize(("how", "first_bad", "statements"), CHAIN, ids=[case[0] for case in CHAIN])
def test_tampering_with_the_chain_is_found_at_its_first_bad_link(
    full_path: Path, how: str, first_bad: int, statements: tuple[str, ...]
) -> None:
    tamper(full_path, *statements)
    store = open_book(full_path, CLOCK)
    with store.reading() as uow:
        bad = verify_chain(uow)
    store.close()
    assert bad is not None
    assert bad.seq == first_bad


ROWS = [
    ("UPDATE business SET iban = 'DE00'", "business business"),
    ("UPDATE cost_rates SET hourly_rate = '1' WHERE person_id = 'ada'", "people ada"),
    ("UPDATE series SET next = 9 WHERE id = 'invoice'", "series invoice"),
    ("UPDATE accounts SET name = 'Acme' WHERE id = 'acme'", "accounts acme"),
    ("UPDATE contacts SET email = 'x' WHERE id = 'jo'", "accounts acme"),
    ("UPDATE plans SET fee_minor = fee_minor + 1 WHERE from_on = '2026-01-31'", "retainers acme/advisory"),
    ("DELETE FROM pauses", "retainers acme/advisory"),
    ("UPDATE work_entries SET minutes = minutes + 1 WHERE id = 'w-0'", "work_entries acme/w-0"),
    ("UPDATE calls SET at = '2025-02-04 10:31:00.000000'", "calls acme/c-1"),
    ("UPDATE calls SET at = 'yesterday'", "calls"),
    ("UPDATE notes SET text = 'x'", "notes acme/n-1"),
    ("DELETE FROM actions WHERE id = 'a-0'", "actions acme/a-0"),
    ("UPDATE expenses SET amount_minor = 1", "expenses acme/e-1"),
    ("UPDATE allocations SET amount_minor = 2 WHERE invoice_number = 'old-7'", "payments acme/p-1"),
    ("UPDATE invoices SET gross_minor = 1", "invoices invoice/2025-0001"),
    ("UPDATE invoice_lines SET quantity = 'two'", "invoices"),
    ("UPDATE tax_totals SET amount_minor = 1", "invoices invoice/2025-0001"),
    ("UPDATE skips SET reason = 'because'", "skips acme~1advisory~1fee~12025-01-31~12025-02-28~11~1"),
    ("INSERT INTO people (id, name, email) VALUES ('eve', 'Eve', '')", "people eve"),
]


@pytest.mark.parametrize(("statement", "name"), ROWS, ids=[case[0][:40] for case in ROWS])
def test_a_row_changed_with_another_tool_is_found_and_named(
    full_path: Path, statement: str, name: str
) -> None:
    tamper(full_path, statement)
    store = open_book(full_path, CLOCK)
    with store.reading() as uow:
        found = list(check_book(uow))
    store.close()
    assert [f"{finding.table} {finding.row_key}".strip() for finding in found] == [name]
    assert found[0].kind == "row"
    assert (
        name.rsplit("/", maxsplit=1)[-1].rsplit(" ", maxsplit=1)[-1].rsplit("~1", maxsplit=1)[-1]
        in found[0].text
    )


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE invoice_lines SET net_minor = 1 WHERE position = 1", "invoice 2025-0001, line 1 (net)"),
        ("UPDATE invoices SET gross_minor = 1", "invoice 2025-0001, totals (gross)"),
        ("UPDATE contacts SET email = 'x' WHERE id = 'jo'", "account acme, contact 2 (email)"),
        ("UPDATE work_entries SET minutes = 1 WHERE id = 'w-0'", "work entry w-0 of acme (minutes)"),
        ("UPDATE business SET iban = 'DE00'", "the business (iban)"),
    ],
)
def test_a_changed_row_is_named_in_words_with_the_part_that_changed(
    full_path: Path, statement: str, sentence: str
) -> None:
    tamper(full_path, statement)
    store = open_book(full_path, CLOCK)
    with store.reading() as uow:
        found = [finding.text for finding in check_book(uow)]
    store.close()
    assert found == [f"{sentence} was changed outside RetainerDesk or is damaged"]


def test_a_broken_reference_is_found(full_path: Path) -> None:
    tamper(full_path, "UPDATE work_entries SET person_id = 'nobody' WHERE id = 'w-0'")
    store = open_book(full_path, CLOCK)
    with store.reading() as uow:
        kinds = [finding.kind for finding in check_book(uow)]
    store.close()
    assert kinds == ["reference", "row"]


def test_single_flipped_bits_that_change_what_is_shown_are_found(full_path: Path) -> None:
    """A bit of each of seven words, wherever in the file it stands: "Roadmap" becomes "Soadmap" and so on.

    A flip in a part of a page that holds no row any more changes nothing that is shown, and may go unnoticed.
    """
    whole = full_path.read_bytes()
    words = [b"Roadmap", b"Keep the price", b"agreement.pdf", b"Weekly", b"Train", b"Workshop", b"goodwill"]
    harmful = set()
    for word in words:
        for place in re.finditer(re.escape(word), whole):
            at = place.start()
            full_path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            store = open_book(full_path, CLOCK)
            with store.reading() as uow:
                if load_book(uow) != FULL_BOOK:
                    harmful.add(word)
                    assert list(check_book(uow)) != [], f"{word!r} at {at}"
            store.close()
    assert harmful == set(words)


def test_the_head_moves_with_every_change_and_is_the_newest_links(full: BookStore) -> None:
    with full.writing() as uow:
        before = chain_head(uow)
        WORK.delete(uow, "acme", "w-1")
        after = chain_head(uow)
        uow.commit()
    assert before != after
    with full.reading() as uow:
        assert chain_head(uow) == after == list(links(uow))[-1].hash.hex()[:8]


def test_a_deletion_is_a_link_too_and_the_id_can_come_back(full: BookStore) -> None:
    with full.writing() as uow:
        entry = WORK.get(uow, "acme", "w-1")
        WORK.delete(uow, "acme", "w-1")
        WORK.add(uow, entry)
        uow.commit()
    with full.reading() as uow:
        actions = [link.action for link in links(uow) if link.row_key == "acme/w-1"]
        assert actions == ["add", "delete", "add"]
        assert list(check_book(uow)) == []


def test_links_tell_when_in_which_zone_and_what(full: BookStore) -> None:
    with full.writing() as uow:
        WORK.delete(uow, "acme", "w-0")
        uow.commit()
    with full.reading() as uow:
        first, last = next(links(uow)), list(links(uow))[-1]
    assert (first.action, first.table_name, first.row_key) == ("schema", "book", HEAD)
    assert (last.action, last.table_name, last.row, last.zone) == (
        "delete",
        "work_entries",
        "null",
        "Europe/Berlin",
    )
    assert last.at_utc.endswith("+00:00")
