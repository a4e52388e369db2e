"""Revision 0002, frozen: the search index, its tables, and triggers that queue what changed."""

from collections.abc import Iterator

from alembic import op

TABLES = (
    (
        "CREATE VIRTUAL TABLE search_index USING fts5(words, content='', contentless_delete=1,"
        " tokenize='ascii', prefix='1 2 3 4')"
    ),
    (
        "CREATE TABLE search_queue (seq INTEGER PRIMARY KEY, code INTEGER NOT NULL, account_id TEXT NOT NULL,"
        " row_id NOT NULL, on_date TEXT NOT NULL, is_new INTEGER NOT NULL)"
    ),
    (
        "CREATE TABLE search_named (pk INTEGER PRIMARY KEY, code INTEGER NOT NULL, account_id TEXT NOT NULL,"
        " row_id TEXT NOT NULL, UNIQUE (code, account_id, row_id))"
    ),
    "CREATE TABLE search_words (word TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID",
)
# Table, the columns that matter, and for each kind of row its code, account, key and date; @ is OLD or NEW.
OWN = (
    ("accounts", "id, name, address, tax_id, tags",
     ((1, "@.id", "''", "''"),)),
    ("contacts", "account_id, id, name, email, role, phone",
     ((2, "@.account_id", "@.id", "''"),)),
    ("people", "id, name, email",
     ((3, "''", "@.id", "''"),)),
    ("retainers", "account_id, id, name",
     ((4, "@.account_id", "@.id", "''"),)),
    ("plans", "from_on, account_id, retainer_id, text",
     ((5, "@.account_id", "@.retainer_id || '/' || @.from_on", "@.from_on"),)),
    ("usage_decisions", "period_on, account_id, retainer_id, reason",
     ((6, "@.account_id", "@.retainer_id || '/' || @.period_on", "@.period_on"),)),
    ("lot_adjustments", "on_date, account_id, reason",
     ((7, "''", "@.pk", "@.on_date"),)),
    ("late_decisions", "on_date, account_id, retainer_id, id, reason",
     ((8, "@.account_id", "@.retainer_id || '/' || @.id", "@.on_date"),)),
    ("period_reopenings", "on_date, account_id, retainer_id, period_on, number, reason",
     ((9, "@.account_id", "@.retainer_id || '/' || @.period_on || '/' || @.number", "@.on_date"),)),
    ("work_entries", "on_date, account_id, text, write_down_reason",
     ((10, "''", "@.pk", "@.on_date"),)),
    ("calls", "on_date, account_id, title, text",
     ((11, "''", "@.pk", "@.on_date"),)),
    ("notes", "on_date, account_id, text",
     ((12, "''", "@.pk", "@.on_date"),)),
    ("actions", "done_on, due_on, account_id, text",
     ((13, "''", "@.pk", "coalesce(@.done_on, @.due_on, '')"),)),
    ("decisions", "on_date, account_id, text, reason",
     ((14, "''", "@.pk", "@.on_date"),)),
    ("documents", "on_date, account_id, name",
     ((15, "''", "@.pk", "@.on_date"),)),
    ("charges", "on_date, account_id, text",
     ((16, "''", "@.pk", "@.on_date"),)),
    ("expenses", "on_date, account_id, text",
     ((17, "''", "@.pk", "@.on_date"),)),
    ("invoices", "issued_on, account_id, number, note, reason",
     ((18, "''", "@.pk", "@.issued_on"), (19, "''", "@.pk", "@.issued_on"),)),
    ("payments", "on_date, account_id, text",
     ((20, "''", "@.pk", "@.on_date"),)),
    ("settlements", "on_date, account_id, reason, invoice_number, source_number",
     ((21, "''", "@.pk", "@.on_date"),)),
    ("skips", "decided_on, account_id, reason",
     ((22, "''", "@.pk", "@.decided_on"),)),
    ("letters", "on_date, account_id, title, text",
     ((23, "''", "@.pk", "@.on_date"),)),
    ("drafts", "made_on, account_id, note, id",
     ((24, "''", "@.pk", "@.made_on"),)),
    ("deposits", "on_date, account_id, text",
     ((25, "''", "@.pk", "@.on_date"),)),
    ("blocks", "on_date, account_id, name",
     ((26, "''", "@.pk", "@.on_date"),)),
)  # fmt: skip
# Table, the columns that matter, the code of the row it belongs to, that row's table, the key, its date.
PARTS = (
    ("invoice_lines", "text", 19, "invoices", "invoice_pk", "t.issued_on"),
    ("voids", "reason", 19, "invoices", "invoice_pk", "t.issued_on"),
    ("allocations", "invoice_number", 20, "payments", "payment_pk", "t.on_date"),
    ("draft_lines", "text, own_text", 24, "drafts", "draft_pk", "t.made_on"),
)
QUEUE = "INSERT INTO search_queue (code, account_id, row_id, on_date, is_new)"


def create() -> None:
    for statement in (*TABLES, *triggers()):
        op.execute(statement)


def triggers() -> Iterator[str]:
    for table, columns, rows in OWN:
        was, now, new = (
            " ".join(
                f"{QUEUE} VALUES ({code}, {account}, {row}, coalesce({on}, ''), {is_new});".replace("@", name)
                for code, account, row, on in rows
            )
            for name, is_new in (("OLD", 0), ("NEW", 0), ("NEW", 1))
        )
        both = " ".join(f"{old} {fresh}" for old, fresh in zip(split(was), split(now), strict=True))
        yield from of_table(table, columns, was, new, both)
    for table, columns, code, parent, key, on in PARTS:
        found = f"{QUEUE} SELECT {code}, '', t.pk, {on}, 0 FROM {parent} t WHERE t.pk = "  # noqa: S608  # nosec B608
        was, now = f"{found}OLD.{key};", f"{found}NEW.{key};"
        yield from of_table(table, columns, was, now, f"{was} {now}")


def split(statements: str) -> list[str]:
    return [f"{each};" for each in statements.removesuffix(";").split("; ")]


def of_table(table: str, columns: str, was: str, now: str, both: str) -> Iterator[str]:
    for verb, body in (("INSERT", now), ("DELETE", was), (f"UPDATE OF {columns}", both)):
        name = f"{table}_search_{verb.split()[0].lower()}"
        yield f"CREATE TRIGGER {name} AFTER {verb} ON {table} BEGIN {body} END"
