"""What a document is printed with, and the desk it is composed on."""

from __future__ import annotations

from dataclasses import dataclass

from retainerdesk.documents.addresses import Paper, paper_of
from retainerdesk.documents.fonts import FontSet, load_typeface
from retainerdesk.documents.formats import Formats, locale_for
from retainerdesk.documents.text_fields import Texts
from retainerdesk.documents.texts import LANGUAGES, TEXTS
from retainerdesk.documents.typeset import Line, Style, Typesetter
from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.document_look import DocumentLook, OwnTextName

_MOST_FOOT_LINES = 4

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
    """What a document is printed with that its values do not hold; the look comes with the seller.

    `logo` is the content of a PNG or JPEG file. `subject` is the muted line under the title of an invoice,
    such as the agreement billed. `locale` overrides the buyer's.
    """

    fonts: FontSet
    logo: bytes | None = None
    subject: str = ""
    locale: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every part of a document is composed with. `foot` are the lines of the business's own footer."""

    paper: Paper
    type: Typesetter
    texts: Texts
    formats: Formats
    look: DocumentLook
    foot: tuple[Line, ...] = ()

    def own(self, name: OwnTextName) -> str:
        """What the business says here in the language of the document; empty if nothing."""
        return self.look.text(name, self.formats.language)


def desk_for(seller: Business, buyer: Account, options: InvoiceLayout) -> Desk:
    """Paper and look of the seller, language of the buyer. Raises EnvironmentProblem without the fonts."""
    locale = locale_for(options.locale or buyer.locale, LANGUAGES)
    paper = paper_of(seller)
    typesetter = Typesetter(load_typeface(options.fonts))
    footer = seller.look.text(OwnTextName.FOOTER, locale.language)
    return Desk(
        paper=paper,
        type=typesetter,
        texts=TEXTS[locale.language],
        formats=Formats(locale),
        look=seller.look,
        foot=typesetter.wrap(footer, paper.content, FOOT)[:_MOST_FOOT_LINES],
    )
