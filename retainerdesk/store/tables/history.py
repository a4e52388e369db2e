"""What happened with an account, a typed table a kind, each indexed for the timeline by (account, date, id).

A column called `on_date` is the business date; `at` is a local wall-clock time whose date it is.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from retainerdesk.domain.work import WorkKind
from retainerdesk.store.base import (
    METADATA,
    MINOR,
    OPTIONAL_JSON,
    DecimalText,
    filled,
    not_negative,
    one_of,
    optional,
    surrogate,
)


def _of_account() -> tuple[SchemaItem, ...]:
    """The columns of every list of an account, after its own: the user's id is unique in its list."""
    return (
        surrogate("pk"),
        filled("account_id", String, ForeignKey("accounts.id")),
        filled("id", String),
        UniqueConstraint("account_id", "id"),
    )


def _by_date() -> Index:
    return Index(None, "account_id", "on_date", "id")


def _of_retainer() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["account_id", "retainer_id"], ["retainers.account_id", "retainers.id"])


# Minutes of one person on one day.
WORK_ROWS = Table(
    "work_entries",
    METADATA,
    filled("on_date", Date),
    filled("minutes", Integer),
    filled("person_id", String, ForeignKey("people.id")),
    filled("kind", String),
    optional("retainer_id", String),
    filled("text", String),
    filled("written_down_minutes", Integer),
    filled("write_down_reason", String),
    *_of_account(),
    _by_date(),
    one_of("kind", WorkKind),
    _of_retainer(),
)


# A meeting.
CALL_ROWS = Table(
    "calls",
    METADATA,
    filled("on_date", Date),
    filled("at", DateTime),
    filled("minutes", Integer),
    filled("title", String),
    filled("text", String),
    filled("contact_ids", JSON),
    optional("retainer_id", String),
    filled("burns_session", Boolean),
    *_of_account(),
    _by_date(),
    _of_retainer(),
)


# A text.
NOTE_ROWS = Table(
    "notes",
    METADATA,
    filled("on_date", Date),
    filled("at", DateTime),
    filled("text", String),
    filled("touch", Boolean),
    *_of_account(),
    _by_date(),
)


# Open actions are found by due date across accounts, done ones by the timeline.
ACTION_ROWS = Table(
    "actions",
    METADATA,
    filled("text", String),
    filled("owner", String),
    optional("due_on", Date),
    optional("done_on", Date),
    optional("snoozed_until", Date),
    *_of_account(),
    Index(None, "account_id", "done_on", "id"),
    Index(None, "done_on", "due_on"),
)


# A commercial decision with its reason.
DECISION_ROWS = Table(
    "decisions",
    METADATA,
    filled("on_date", Date),
    filled("text", String),
    filled("reason", String),
    *_of_account(),
    _by_date(),
)


# A file, stored once by content.
DOCUMENT_ROWS = Table(
    "documents",
    METADATA,
    filled("on_date", Date),
    filled("name", String),
    filled("sha256", String),
    optional("retainer_id", String),
    optional("size_bytes", Integer),
    *_of_account(),
    _by_date(),
    _of_retainer(),
    Index(None, "sha256"),
    *not_negative(["size_bytes"]),
)


# A one-off line for the next invoice; `tax` overrides the account's.
CHARGE_ROWS = Table(
    "charges",
    METADATA,
    filled("on_date", Date),
    filled("text", String),
    filled("quantity", DecimalText),
    filled("unit_price", DecimalText),
    filled("discount_percent", DecimalText),
    optional("tax", OPTIONAL_JSON),
    *_of_account(),
    _by_date(),
)


# Money spent for an account.
EXPENSE_ROWS = Table(
    "expenses",
    METADATA,
    filled("on_date", Date),
    filled("amount_minor", MINOR),
    filled("currency", String),
    filled("text", String),
    filled("rebill", Boolean),
    filled("markup_percent", DecimalText),
    *_of_account(),
    _by_date(),
)
