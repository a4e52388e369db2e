"""What a business chooses about the look of its documents, and the desk a document is composed on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retainerdesk.documents.addresses import Paper, paper_of
from retainerdesk.documents.fonts import FontSet, load_typeface
from retainerdesk.documents.formats import Formats, locale_for
from retainerdesk.documents.texts import LANGUAGES, TEXTS, Texts
from retainerdesk.documents.typeset import Style, Typesetter
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import Invoice

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
    """The look of an invoice, chosen by the business, and what the values of an invoice do not hold.

    `logo` is the content of a PNG or JPEG file. `subject` is the muted line under the title, such as the
    agreement billed. `locale` overrides the buyer's. Raises RuleViolation for an accent that is no #rrggbb.
    """

    fonts: FontSet
    logo: bytes | None = None
    accent: str = "#2f5bea"
    subject: str = ""
    locale: str = ""

    def __post_init__(self) -> None:
        if not _COLOUR.fullmatch(self.accent):
            message = f"“{self.accent}” is not a colour like #2f5bea."
            raise RuleViolation("layout.accent", message, "accent")


@dataclass(frozen=True, slots=True)
class Desk:
    """What every part of a document is composed with."""

    paper: Paper
    type: Typesetter
    texts: Texts
    formats: Formats


def desk_for(invoice: Invoice, options: InvoiceLayout) -> Desk:
    """Paper of the seller, language of the buyer. Raises EnvironmentProblem without the fonts."""
    locale = locale_for(options.locale or invoice.buyer.locale, LANGUAGES)
    return Desk(
        paper=paper_of(invoice.seller),
        type=Typesetter(load_typeface(options.fonts)),
        texts=TEXTS[locale.language],
        formats=Formats(locale),
    )
