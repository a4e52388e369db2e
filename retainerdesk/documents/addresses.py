"""Who writes to whom: the lines of both addresses and where they stand on the paper.

An address is kept as free lines in the order of its country, and is printed as it was typed. Positions are
points from the top left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from retainerdesk.documents.formats import Formats
from retainerdesk.domain.account import Account, Business
from retainerdesk.domain.document_look import AddressWindow

MM = 72 / 25.4
BETWEEN = " · "
INCH = 72.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, its margins, and the window an envelope leaves for the address.

    The body may use what lies between `top` and `bottom`; the first page begins with the letterhead at
    `head_top`, the address window at `window_top`, and the text of the document below `window_end`.
    """

    width: float
    height: float
    left: float
    right: float
    head_top: float
    window_left: float
    window_top: float
    window_end: float
    window_width: float
    labelled: bool

    @property
    def top(self) -> float:
        return 25 * MM

    @property
    def bottom(self) -> float:
        return self.height - 25 * MM

    @property
    def content(self) -> float:
        """Width between the margins."""
        return self.width - self.left - self.right


# DIN 5008 form B: the window of a DL envelope lies 20 to 110 mm from the left and 45 to 90 mm from the top.
A4 = Paper(
    width=210 * MM,
    height=297 * MM,
    left=25 * MM,
    right=20 * MM,
    head_top=17 * MM,
    window_left=25 * MM,
    window_top=48 * MM,
    window_end=90 * MM,
    window_width=80 * MM,
    labelled=False,
)
# A number 10 envelope over a sheet folded in three: its window begins 7/8 inch from the left and shows what
# lies 2.1 to 3.2 inches from the top. It has a printed sender, so the block is labelled instead.
LETTER = Paper(
    width=8.5 * INCH,
    height=11 * INCH,
    left=1 * INCH,
    right=1 * INCH,
    head_top=0.65 * INCH,
    window_left=1 * INCH,
    window_top=2.05 * INCH,
    window_end=3.3 * INCH,
    window_width=3.4 * INCH,
    labelled=True,
)
# Where envelopes have their window on the right as a rule.
_RIGHT = frozenset({"BE", "CH", "ES", "FR", "IT", "LI", "LU", "MC", "PT"})
_UK = frozenset({"GB", "IE"})


def paper_of(seller: Business) -> Paper:
    """Letter if the business prints on it, else A4, with the window it chose or its country uses."""
    window = seller.look.window
    paper = LETTER if seller.paper.strip().lower() == "letter" else A4
    chosen = _usual_window(paper, seller.country.upper()) if window is AddressWindow.AUTO else window
    return _with_window(paper, chosen)


def _usual_window(paper: Paper, country: str) -> AddressWindow:
    if paper is LETTER:
        return AddressWindow.US
    if country in _RIGHT:
        return AddressWindow.RIGHT
    return AddressWindow.UK if country in _UK else AddressWindow.DIN5008


def _with_window(paper: Paper, window: AddressWindow) -> Paper:
    """The same sheet with the address elsewhere; distances are from its top edge, folded in three."""
    labelled = window is AddressWindow.US
    source = LETTER if labelled else A4
    moved = replace(
        paper,
        window_left=paper.left,
        window_top=source.window_top,
        window_end=source.window_end,
        window_width=source.window_width,
        labelled=labelled,
    )
    if window is AddressWindow.UK:
        # A DL window of 93 × 39 mm, 20 mm from the left and 18 mm from the bottom (BS 4264): what lies 53 to
        # 81 mm from the top shows wherever the sheet slides.
        return replace(moved, window_top=50 * MM, window_end=86 * MM, window_width=85 * MM)
    if window is AddressWindow.RIGHT:
        # A DL window of 100 × 45 mm, 20 mm from the right and the bottom (NF Z 11-001).
        return replace(moved, window_left=paper.width - 98 * MM, window_width=78 * MM)
    return moved


def buyer_lines(buyer: Account, seller: Business, formats: Formats) -> tuple[str, ...]:
    """Name and address as typed; the country in the document's language if it is not the seller's."""
    return (buyer.name, *_with_country(buyer.address, buyer.country, seller.country, formats))


def sender_lines(seller: Business, buyer: Account, formats: Formats) -> tuple[str, ...]:
    """The seller's address as typed, with the country if the letter leaves it."""
    return _with_country(seller.address, seller.country, buyer.country, formats)


def on_one_line(*parts: str) -> str:
    """Parts of an address or a footer in one line, empty ones left out."""
    return BETWEEN.join(part.strip() for part in parts if part.strip())


def _with_country(
    lines: tuple[str, ...], country: str, other_country: str, formats: Formats
) -> tuple[str, ...]:
    if not country or country.upper() == other_country.upper() or not any(lines):
        return lines
    name = formats.country(country)
    return lines if formats.is_country(lines[-1], country) else (*lines, name)
