"""What can be found: one declared source a kind of row, with the texts by which it is found.

Left out are the business itself, number series, tax and exchange rates: settings, each a click away and never
looked for by their words.
"""

from __future__ import annotations

from dataclasses import dataclass

NAMES, PEOPLE, NUMBERS, TEXTS = 3, 2, 1, 0
"""What is shown first: accounts, who and what has a name, numbers of documents, then everything else."""


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one kind. Texts are SQL over the row `t`; `{row}` is the row in a trigger as well.

    A row is known by its `pk`, or, where a table has no such key, by its account and `row_id`. `on` is its
    date, "" without one. `watched` are the columns that matter, `parts` are tables whose rows it is made of,
    with their column that names its key and their own watched columns. `title` and `text` are shown, and
    found (`text` not where `is_by_title`); `more` is only found. `code` is kept in books and never changes
    its meaning.
    """

    code: int
    kind: str
    tier: int
    table: str
    on: str
    watched: tuple[str, ...]
    title: str
    text: str = "''"
    more: str = "''"
    account: str = "{row}.account_id"
    row_id: str = ""
    shown_id: str = "t.id"
    parts: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    is_by_title: bool = False

    @property
    def is_named(self) -> bool:
        """Whether its rows have no number of their own."""
        return bool(self.row_id)


_LINES = "(SELECT group_concat(text, ' · ') FROM (SELECT text FROM invoice_lines WHERE invoice_pk = t.pk ORDER BY position))"  # noqa: E501
_DRAFTED = "(SELECT group_concat(text || ' ' || own_text, ' · ') FROM draft_lines WHERE draft_pk = t.pk)"
_ADDRESS = "(SELECT group_concat(value, ', ') FROM json_each(t.address))"
_TAGS = "(SELECT group_concat(value, ' ') FROM json_each(t.tags))"
_SETTLED = "(SELECT group_concat(invoice_number, ' ') FROM allocations WHERE payment_pk = t.pk)"
_VOIDED = "(SELECT reason FROM voids WHERE invoice_pk = t.pk)"
_DAY = "{row}.on_date"


def _joined(*texts: str) -> str:
    return " || ' ' || ".join(f"coalesce({text}, '')" for text in texts)


SOURCES: tuple[Source, ...] = (
    Source(1, "account", NAMES, "accounts", "''", ("name", "address", "tax_id", "tags"), "t.name", _ADDRESS,
           _joined("t.id", "t.tax_id", _TAGS), account="{row}.id", row_id="''", shown_id="t.id"),
    Source(2, "contact", PEOPLE, "contacts", "''", ("name", "email", "role", "phone"), "t.name",
           _joined("t.role", "t.email", "t.phone"), row_id="{row}.id"),
    Source(3, "person", PEOPLE, "people", "''", ("name", "email"), "t.name", "t.email", "t.id", account="''",
           row_id="{row}.id"),
    Source(4, "retainer", PEOPLE, "retainers", "''", ("name",), "t.name", more="t.id", row_id="{row}.id"),
    Source(5, "plan", TEXTS, "plans", "{row}.from_on", ("text",), "t.text",
           row_id="{row}.retainer_id || '/' || {row}.from_on", shown_id="t.retainer_id || '/' || t.from_on"),
    Source(6, "usage_decision", TEXTS, "usage_decisions", "{row}.period_on", ("reason",), "t.reason",
           row_id="{row}.retainer_id || '/' || {row}.period_on", shown_id="t.retainer_id"),
    Source(7, "lot_adjustment", TEXTS, "lot_adjustments", _DAY, ("reason",), "t.reason",
           shown_id="t.retainer_id"),
    Source(8, "late_decision", TEXTS, "late_decisions", _DAY, ("reason",), "t.reason",
           row_id="{row}.retainer_id || '/' || {row}.id", shown_id="t.retainer_id"),
    Source(9, "reopening", TEXTS, "period_reopenings", _DAY, ("reason",), "t.reason",
           shown_id="t.retainer_id",
           row_id="{row}.retainer_id || '/' || {row}.period_on || '/' || {row}.number"),
    Source(10, "work", TEXTS, "work_entries", _DAY, ("text", "write_down_reason"), "t.text",
           "t.write_down_reason"),
    Source(11, "call", TEXTS, "calls", _DAY, ("title", "text"), "t.title", "t.text"),
    Source(12, "note", TEXTS, "notes", _DAY, ("text",), "t.text"),
    Source(13, "action", TEXTS, "actions", "coalesce({row}.done_on, {row}.due_on, '')", ("text",), "t.text"),
    Source(14, "decision", TEXTS, "decisions", _DAY, ("text", "reason"), "t.text", "t.reason"),
    Source(15, "document", TEXTS, "documents", _DAY, ("name",), "t.name"),
    Source(16, "charge", TEXTS, "charges", _DAY, ("text",), "t.text"),
    Source(17, "expense", TEXTS, "expenses", _DAY, ("text",), "t.text"),
    Source(18, "number", NUMBERS, "invoices", "{row}.issued_on", ("number",), "t.number", _LINES,
           shown_id="t.number", is_by_title=True),
    Source(19, "invoice", TEXTS, "invoices", "{row}.issued_on", ("note", "reason"), "t.number", _LINES,
           _joined("t.note", "t.reason", _VOIDED), shown_id="t.number",
           parts=(("invoice_lines", "invoice_pk", ("text",)), ("voids", "invoice_pk", ("reason",)))),
    Source(20, "payment", TEXTS, "payments", _DAY, ("text",), _joined("t.text"), _SETTLED, "t.id",
           parts=(("allocations", "payment_pk", ("invoice_number",)),)),
    Source(21, "settlement", TEXTS, "settlements", _DAY, ("reason", "invoice_number", "source_number"),
           "t.reason", _joined("t.invoice_number", "t.source_number")),
    Source(22, "skip", TEXTS, "skips", "{row}.decided_on", ("reason",), "t.reason", shown_id="t.charge_key"),
    Source(23, "letter", TEXTS, "letters", _DAY, ("title", "text"), "t.title", "t.text", "t.id"),
    Source(24, "draft", TEXTS, "drafts", "{row}.made_on", ("note", "id"), "t.id", _DRAFTED, "t.note",
           parts=(("draft_lines", "draft_pk", ("text", "own_text")),)),
    Source(25, "deposit", TEXTS, "deposits", _DAY, ("text",), "t.text", more="t.id"),
    Source(26, "block", TEXTS, "blocks", _DAY, ("name",), "t.name", more="t.id"),
)  # fmt: skip
BY_CODE = {source.code: source for source in SOURCES}
