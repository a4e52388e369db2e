"""What a business chooses about the look of its documents, and the desk a document is composed on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from retainerdesk.documents.addresses import AddressWindow, Paper, paper_of
from retainerdesk.documents.fonts import FontSet, load_typeface
from retainerdesk.documents.formats import Formats, locale_for
from retainerdesk.documents.own_words import check_own_words, with_own_words
from retainerdesk.documents.text_fields import Texts
from retainerdesk.documents.texts import LANGUAGES, TEXTS
from retainerdesk.documents.typeset import Line, Style, Typesetter
from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.errors import RuleViolation

_MOST_FOOT_LINES = 4
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

TEXT = "#1b2230"
MUTED = "#667085"
LINE = "#e3e6eb"

BODY = Style(9.5, 14, TEXT)
STRONG = Style(9.5, 14, TEXT, bold=True)
QUIET = Style(9.5, 14, MUTED)
DETAIL = Style(8.25, 11.5, MUTED)
HEADING = Style(8.25, 11.5, MUTED, bold=True)
TITLE = Style(18, 23, TEXT, bold=True)
NAME = Style(14, 18, TEXT, bold=True)
TOTAL = Style(12, 17, TEXT, bold=True)
SENDER = Style(7.5, 15, MUTED)
FOOT = Style(7.75, 11, MUTED)


@dataclass(frozen=True, slots=True)
class InvoiceLayout:
    """The look of documents, chosen by the business, and what the values of an invoice do not hold.

    `logo` is the content of a PNG or JPEG file. `subject` is the muted line under the title of an invoice,
    such as the agreement billed. `locale` overrides the buyer's. `footer` stands at the foot of every page,
    up to four lines. `texts` are the business's own words by language and field of `Texts`; they keep the
    placeholders they name. Raises RuleViolation for an accent that is no #rrggbb and for texts that cannot
    be filled in.
    """

    fonts: FontSet
    logo: bytes | None = None
    accent: str = "#2f5bea"
    subject: str = ""
    locale: str = ""
    window: AddressWindow = AddressWindow.AUTO
    show_quantity: bool = True
    show_price: bool = True
    footer: str = ""
    payment_code: bool = True
    amount_in_words: bool = False
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _COLOUR.fullmatch(self.accent):
            message = f"“{self.accent}” is not a colour like #2f5bea."
            raise RuleViolation("layout.accent", message, "accent")
        for language, words in self.texts.items():
            check_own_words(language, words)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every part of a document is composed with. `foot` are the lines of the business's own footer."""

    paper: Paper
    type: Typesetter
    texts: Texts
    formats: Formats
    foot: tuple[Line, ...] = ()


def desk_for(seller: Business, buyer: Account, options: InvoiceLayout) -> Desk:
    """Paper of the seller, language of the buyer. Raises EnvironmentProblem without the fonts."""
    locale = locale_for(options.locale or buyer.locale, LANGUAGES)
    paper = paper_of(seller, options.window)
    typesetter = Typesetter(load_typeface(options.fonts))
    return Desk(
        paper=paper,
        type=typesetter,
        texts=with_own_words(TEXTS[locale.language], options.texts.get(locale.language, {})),
        formats=Formats(locale),
        foot=typesetter.wrap(options.footer, paper.content, FOOT)[:_MOST_FOOT_LINES],
    )
