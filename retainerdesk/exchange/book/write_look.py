"""The look of documents as it stands in a book file."""

from __future__ import annotations

from retainerdesk.domain.document_look import DocumentLook
from retainerdesk.exchange.book.write_values import Node, Unless, members

_USUAL = DocumentLook()


def look_node(look: DocumentLook) -> dict[str, Node]:
    """What differs from the usual look; texts in the order given."""
    texts = [{"language": own.language, "name": own.name.value, "text": own.text} for own in look.texts]
    return members(
        {
            "accent": Unless(_USUAL.accent, look.accent),
            "window": Unless(_USUAL.window.value, look.window.value),
            "show_quantity": Unless(_USUAL.show_quantity, look.show_quantity),
            "show_price": Unless(_USUAL.show_price, look.show_price),
            "payment_code": Unless(_USUAL.payment_code.value, look.payment_code.value),
            "amount_in_words": Unless(_USUAL.amount_in_words, look.amount_in_words),
            "texts": Unless([], texts),
        }
    )
