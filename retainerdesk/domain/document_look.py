"""How the documents of a business look and what it says on them in its own words.

The look is a part of the business, and so of the copy of the seller that every issued document carries: what
is chosen later changes nothing that was sent.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from string import Formatter

from retainerdesk.domain.errors import RuleViolation

DOCUMENT_LANGUAGES = ("en", "de", "fr", "es")
EVERY_LANGUAGE = ""
# What a reader with fair eyes still tells from white paper (WCAG 2.2, 1.4.11).
LEAST_CONTRAST = Decimal(3)

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class AddressWindow(StrEnum):
    """Where the envelope shows the address. AUTO follows the paper and the seller's country."""

    AUTO = "auto"
    DIN5008 = "din5008"
    US = "us"
    UK = "uk"
    RIGHT = "right"


class PaymentCode(StrEnum):
    """Which code for banking apps an invoice carries, where its account and currency allow one.

    AUTO is the Swiss QR-bill for an account in Switzerland or Liechtenstein, else the European one (EPC).
    """

    AUTO = "auto"
    EPC = "epc"
    NONE = "none"


class OwnTextName(StrEnum):
    """What a business may say in its own words."""

    TITLE = "title"
    INTRO = "intro"
    TERMS = "terms"
    CLOSING = "closing"
    FOOTER = "footer"

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What the program fills in for names in braces; none: the text is printed as it was typed."""
        return _PLACEHOLDERS.get(self, ())


_PLACEHOLDERS = {
    OwnTextName.INTRO: ("name", "number", "period"),
    OwnTextName.TERMS: ("amount", "days", "due"),
}


@dataclass(frozen=True, slots=True)
class OwnText:
    """One text in one language (ISO 639-1), or in EVERY_LANGUAGE that has none of its own."""

    language: str
    name: OwnTextName
    text: str


@dataclass(frozen=True, slots=True)
class DocumentLook:
    """What a business chooses about its documents. `accent` is #rrggbb; texts are one a language and name."""

    accent: str = "#2f5bea"
    window: AddressWindow = AddressWindow.AUTO
    show_quantity: bool = True
    show_price: bool = True
    payment_code: PaymentCode = PaymentCode.AUTO
    amount_in_words: bool = False
    texts: tuple[OwnText, ...] = ()

    def text(self, name: OwnTextName, language: str) -> str:
        """The own text for readers of `language`; empty if the program's words are to stand."""
        found = {each.language: each.text for each in self.texts if each.name is name}
        return found.get(language, "").strip() or found.get(EVERY_LANGUAGE, "").strip()


def with_text(look: DocumentLook, own: OwnText) -> DocumentLook:
    """The look with one text said anew, in the place of the former; an empty one is taken away."""
    others = [each for each in look.texts if (each.name, each.language) != (own.name, own.language)]
    texts = [*others, own] if own.text.strip() else others
    order = list(OwnTextName)
    texts.sort(key=lambda each: (order.index(each.name), each.language))
    return replace(look, texts=tuple(texts))


def check_look(look: DocumentLook) -> None:
    """Raise RuleViolation, at the field concerned, for what no page could print."""
    check_accent(look.accent)
    for (name, language), count in Counter((own.name, own.language) for own in look.texts).items():
        if count > 1:
            where = f"“{language}”" if language else "every language"
            message = f"The text “{name.value}” is given twice for {where}; keep one."
            raise RuleViolation("look.twice", message, "texts")
    for own in look.texts:
        check_own_text(own)


def check_accent(accent: str) -> None:
    """Raise RuleViolation for what is no colour."""
    if not _COLOUR.fullmatch(accent):
        message = f"“{accent}” is not a colour like #2f5bea."
        raise RuleViolation("look.accent", message, "accent")


def check_own_text(own: OwnText) -> None:
    """Raise RuleViolation for a language documents do not know, or a placeholder the text has not."""
    if own.language not in (EVERY_LANGUAGE, *DOCUMENT_LANGUAGES):
        known = ", ".join(DOCUMENT_LANGUAGES)
        message = f"Documents are not written in “{own.language}”; known are {known}."
        raise RuleViolation("look.language", message, "texts")
    if own.name is OwnTextName.CLOSING and own.language == EVERY_LANGUAGE:
        message = "The closing note for every language is the invoice note of the business; enter it there."
        raise RuleViolation("look.closing", message, "closing")
    if own.name.placeholders:
        _check_placeholders(own)


def _check_placeholders(own: OwnText) -> None:
    try:
        used = list(Formatter().parse(own.text))
    except ValueError as problem:
        message = f"“{own.text}” has a brace without its partner; write {{{{ for a brace."
        raise RuleViolation("look.placeholder", message, own.name.value) from problem
    for _, name, spec, conversion in used:
        if name is not None and (name not in own.name.placeholders or spec or conversion):
            known = ", ".join(f"{{{each}}}" for each in own.name.placeholders)
            message = f"“{{{name}}}” cannot be filled in here; known are: {known}."
            raise RuleViolation("look.placeholder", message, own.name.value)


def contrast_on_paper(accent: str) -> Decimal:
    """How far a colour stands out from white paper, 1 (not at all) to 21 (black).

    Source: WCAG 2.2, contrast ratio. Raises RuleViolation for what is no colour.
    """
    check_accent(accent)
    red, green, blue = (_linear(Decimal(int(accent[at : at + 2], 16)) / 255) for at in (1, 3, 5))
    light = Decimal("0.2126") * red + Decimal("0.7152") * green + Decimal("0.0722") * blue
    return Decimal("1.05") / (light + Decimal("0.05"))


def _linear(share: Decimal) -> Decimal:
    """A channel of sRGB as light."""
    if share <= Decimal("0.04045"):
        return share / Decimal("12.92")
    return Decimal(((share + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4"))


def hardly_visible(accent: str) -> bool:
    """Whether a colour would be lost on white paper."""
    return contrast_on_paper(accent) < LEAST_CONTRAST
