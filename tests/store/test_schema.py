"""The schema: two ways to the same tables, and what it refuses by itself."""

import re
from datetime import date
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlcipher3 import dbapi2

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import InvoiceStatus
from retainerdesk.store import schema
from retainerdesk.store.base import METADATA
from retainerdesk.store.book_store import BookStore
from retainerdesk.store.engine import book_engine
from retainerdesk.store.migrate import _MIGRATIONS, run_revisions
from retainerdesk.store.repositories.invoices import issue
from retainerdesk.store.repositories.parties import take_number
from retainerdesk.store.repositories.skips import add_skips
from retainerdesk.store.schema_build import EVERY_TABLE_MODULE, GUARDED
from retainerdesk.store.unit_of_work import writing_unit
from tests.store.conftest import CLOCK
from tests.store.full_book import ACME_FILE, invoice

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2025, 4, 30)


def shape_of(path: Path) -> dict[str, list[str]]:
    """The text of every table, index and trigger by kind and name, white space and order aside."""
    connection = dbapi2.connect(str(path))
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    texts = {f"{kind} {name}": re.sub(r"\s*([(),\s])\s*", r"\1", sql) for kind, name, sql in rows}
    return {name: sorted(sql.removesuffix(")").split(",")) for name, sql in texts.items()}


def test_frozen_revisions_and_table_classes_make_the_same_schema(empty_path: Path, tmp_path: Path) -> None:
    migrated = tmp_path / "migrated.book"
    engine = book_engine(migrated, "rwc", foreign_keys=False)
    with writing_unit(engine, CLOCK.utc_now()) as uow:
        run_revisions(uow.connection)
        uow.connection.commit()
    engine.dispose()
    assert shape_of(migrated) == shape_of(empty_path)


def test_the_list_of_revisions_is_the_one_alembic_finds() -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(found)) == schema.REVISIONS


def test_a_new_book_is_made_of_every_module_of_tables() -> None:
    found = {path.stem for path in (ROOT / "retainerdesk/store/tables").glob("[a-z]*.py")}
    assert {module.__name__.rpartition(".")[2] for module in EVERY_TABLE_MODULE} == found


@pytest.mark.parametrize("table", GUARDED)
def test_issued_rows_refuse_change_of_any_column_and_deletion(full: BookStore, table: str) -> None:
    columns = METADATA.tables[table].columns.keys()
    for statement in [f"UPDATE {table} SET {column} = {column}" for column in columns] + [
        f"DELETE FROM {table}"
    ]:
        with full.writing() as uow, pytest.raises(RuleViolation, match="never change") as refused:
            uow.execute(text(statement))
        assert refused.value.rule == "issued.fixed"


def test_replacing_an_issued_row_is_refused_too(full: BookStore) -> None:
    """INSERT OR REPLACE deletes the old row; SQLite fires the trigger only with recursive triggers on."""
    with full.writing() as uow, pytest.raises(RuleViolation, match="never change"):
        uow.execute(text("INSERT OR REPLACE INTO invoices SELECT * FROM invoices"))


def test_a_charge_is_invoiced_once(full: BookStore) -> None:
    with full.writing() as uow, pytest.raises(RuleViolation) as refused:
        issue(uow, invoice(take_number(uow, "invoice", DAY).sequence))
    assert refused.value.rule == "charge.twice"


def test_a_void_document_claims_no_charge(full: BookStore) -> None:
    with full.writing() as uow:
        issued = issue(uow, invoice(take_number(uow, "invoice", DAY).sequence, status=InvoiceStatus.VOID))
    assert issued.number == "2025-0002"


def test_a_number_is_used_once_in_its_series(full: BookStore) -> None:
    with full.writing() as uow, pytest.raises(RuleViolation) as refused:
        issue(uow, invoice(1, status=InvoiceStatus.VOID))
    assert refused.value.rule == "invoice.number"


def test_a_charge_is_skipped_once(full: BookStore) -> None:
    with full.writing() as uow, pytest.raises(RuleViolation) as refused:
        add_skips(uow, *ACME_FILE.skips)
    assert refused.value.rule == "charge.twice"


AFTER_KEY = [column.name for column in METADATA.tables["skips"].columns][2:]


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        (f"INSERT INTO skips SELECT 9, 'other', {', '.join(AFTER_KEY)} FROM skips", "charge.twice"),
        ("UPDATE work_entries SET person_id = 'nobody'", "row.reference"),
        ("UPDATE work_entries SET id = 'w-1'", "row.id"),
        ("DELETE FROM accounts WHERE id = 'acme'", "row.reference"),
    ],
)
def test_the_schema_itself_refuses_what_no_code_should_try(
    full: BookStore, statement: str, rule: str
) -> None:
    with full.writing() as uow, pytest.raises(RuleViolation) as refused:
        uow.execute(text(statement))
    assert refused.value.rule == rule


def test_no_money_or_minutes_column_can_hold_a_float() -> None:
    columns = [c for table in METADATA.sorted_tables for c in table.columns]
    exact = [c for c in columns if c.name.endswith("_minor") or "minutes" in c.name]
    assert len(exact) >= 14
    assert {c.type.python_type for c in exact} == {int}
    assert [c.name for c in columns if c.type.python_type is float] == []
