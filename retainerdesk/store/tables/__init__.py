"""The tables of a book. Importing this package registers every one of them on `Base.metadata`."""

from retainerdesk.store.tables import (
    billing,
    blocks,
    book_state,
    closing,
    corrections,
    deposits,
    drafts,
    exchange_rates,
    history,
    letters,
    parties,
    retainers,
    tax_rates,
)

__all__ = [
    "billing",
    "blocks",
    "book_state",
    "closing",
    "corrections",
    "deposits",
    "drafts",
    "exchange_rates",
    "history",
    "letters",
    "parties",
    "retainers",
    "tax_rates",
]
