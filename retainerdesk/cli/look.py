"""The command look: how documents are printed, shown and changed."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from retainerdesk.cli import shapes
from retainerdesk.cli.output import complain, print_json, print_table, say
from retainerdesk.domain.account import Business
from retainerdesk.domain.document_look import (
    EVERY_LANGUAGE,
    AddressWindow,
    DocumentLook,
    OwnText,
    OwnTextName,
    PaymentCode,
    hardly_visible,
    with_text,
)
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.business import get_business, save_business
from retainerdesk.services.context import BookContext
from retainerdesk.services.document_look import save_sample_pdf
from retainerdesk.services.logo import keep_logo


def show_look(book: BookContext, args: argparse.Namespace) -> int:
    """Show the look, after changing what was asked for; `--sample` writes a page to see it on."""
    with book.store.reading() as uow:
        current = get_business(uow)
    business = _changed(current, args, book)
    if business != current:
        with book.store.writing() as uow:
            save_business(uow, business)
            uow.commit()
    if args.sample:
        save_sample_pdf(business, book.files, book.today(), args.language or "en", Path(args.sample))
    if hardly_visible(business.look.accent):
        complain(f"{business.look.accent} is hardly visible on white paper; a darker colour shows.")
    if args.json:
        print_json(_json(business, args.sample))
    else:
        _tell(business, args.sample)
    return 0


def _changed(business: Business, args: argparse.Namespace, book: BookContext) -> Business:
    look = business.look
    if args.columns is not None:
        shown = frozenset(args.columns)
        look = replace(look, show_quantity="quantity" in shown, show_price="price" in shown)
    if args.amount_in_words is not None:
        look = replace(look, amount_in_words=args.amount_in_words == "yes")
    look = replace(
        look,
        accent=args.accent or look.accent,
        window=AddressWindow(args.window or look.window),
        payment_code=PaymentCode(args.payment_code or look.payment_code),
    )
    logo = None if args.no_logo else business.logo_sha256
    if args.logo:
        logo = keep_logo(Path(args.logo), book.files)
    return _with_text(replace(business, look=look, logo_sha256=logo), args)


def _with_text(business: Business, args: argparse.Namespace) -> Business:
    """The business with the text that was given; the closing note for every language is its own field."""
    if args.text is None:
        return business
    if args.says is None:
        message = "Say what the text is with --says; an empty one brings the usual words back."
        raise RuleViolation("look.says", message, "says")
    name, language = OwnTextName(args.text), args.language or EVERY_LANGUAGE
    if name is OwnTextName.CLOSING and language == EVERY_LANGUAGE:
        return replace(business, invoice_note=args.says)
    return replace(business, look=with_text(business.look, OwnText(language, name, args.says)))


def _tell(business: Business, sample: str | None) -> None:
    look = business.look
    rows = [
        ("colour", look.accent),
        ("logo", "yes" if business.logo_sha256 else "none"),
        ("address window", look.window.value),
        ("columns", ", ".join(_columns(look)) or "period and net only"),
        ("payment code", look.payment_code.value),
        ("amount in words", "yes" if look.amount_in_words else "no"),
        ("closing", business.invoice_note or "none"),
    ]
    rows += [(f"{own.name.value} ({own.language or 'every language'})", own.text) for own in look.texts]
    print_table(("what", "now"), rows)
    if sample:
        say(f"Written to {sample}.")


def _columns(look: DocumentLook) -> list[str]:
    shown = (("quantity", look.show_quantity), ("price", look.show_price))
    return [name for name, is_shown in shown if is_shown]


def _json(business: Business, sample: str | None) -> shapes.Json:
    look = business.look
    return {
        "accent": look.accent,
        "hardly_visible": hardly_visible(look.accent),
        "logo_sha256": business.logo_sha256,
        "window": look.window.value,
        "columns": list(_columns(look)),
        "payment_code": look.payment_code.value,
        "amount_in_words": look.amount_in_words,
        "invoice_note": business.invoice_note,
        "texts": [{"language": own.language, "name": own.name.value, "text": own.text} for own in look.texts],
        "sample": sample,
    }
