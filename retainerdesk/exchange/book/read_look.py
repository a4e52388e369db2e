"""The look of documents, read from a book file."""

from __future__ import annotations

from retainerdesk.domain.document_look import (
    AddressWindow,
    DocumentLook,
    OwnText,
    OwnTextName,
    PaymentCode,
    check_look,
)
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.exchange.book.fields import Fields

_COLOUR = (r"#[0-9a-fA-F]{6}", "a colour like #2f5bea")
_USUAL = DocumentLook()


def read_look(parent: Fields) -> DocumentLook:
    """The member `look` of a business; the usual look where it is missing or null."""
    fields = parent.maybe_child("look")
    if fields is None:
        return _USUAL
    look = DocumentLook(
        accent=fields.matching("accent", *_COLOUR, default=_USUAL.accent),
        window=fields.choice("window", AddressWindow, _USUAL.window),
        show_quantity=fields.flag("show_quantity", default=_USUAL.show_quantity),
        show_price=fields.flag("show_price", default=_USUAL.show_price),
        payment_code=fields.choice("payment_code", PaymentCode, _USUAL.payment_code),
        amount_in_words=fields.flag("amount_in_words", default=_USUAL.amount_in_words),
        texts=tuple(_read_text(text) for text in fields.children("texts")),
    )
    fields.close()
    try:
        check_look(look)
    except RuleViolation as refused:
        fields.refuse("texts", refused.message)
    return look


def _read_text(fields: Fields) -> OwnText:
    own = OwnText(
        language=fields.text("language", ""),
        name=fields.choice("name", OwnTextName),
        text=fields.text("text"),
    )
    fields.close()
    return own
