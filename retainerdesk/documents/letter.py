"""A whole document: the letterhead, what the document says, and the foot of every page, as PDF bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from retainerdesk.documents.flow import Pages, Placed
from retainerdesk.documents.fonts import load_typeface
from retainerdesk.documents.layout import Desk, InvoiceLayout
from retainerdesk.documents.letter_foot import foot, foot_height, running_head
from retainerdesk.documents.letter_head import Letter, address_and_facts, letterhead, title
from retainerdesk.documents.sheet import About, draw

_BELOW_LETTERHEAD = 14.0
_BELOW_ADDRESS = 16.0
# Above a slip the page has no margin to keep: the foot comes closer, and what stands above it too.
_ABOVE_SLIP = 42.0
_FOOT_DOWN = 14.0


@dataclass(frozen=True, slots=True)
class Slip:
    """Something to cut off at the lower edge of the last page: what stands where, and how high it is."""

    placed: tuple[Placed, ...]
    height: float


def render_letter(
    letter: Letter,
    options: InvoiceLayout,
    desk: Desk,
    pour_body: Callable[[Pages], None],
    slip: Slip | None = None,
) -> bytes:
    """The document as PDF; `pour_body` places what stands below the title, `slip` ends the last page."""
    paper = desk.paper
    pages = Pages(first_top=paper.head_top, top=paper.top, bottom=paper.bottom - foot_height(desk))
    pages.add(letterhead(letter, options, desk))
    _leave(pages, paper.window_top, _BELOW_LETTERHEAD)
    pages.add(address_and_facts(letter, desk))
    _leave(pages, paper.window_end, _BELOW_ADDRESS)
    pages.add(*title(letter, desk))
    pour_body(pages)
    if slip is not None and pages.y > paper.height - slip.height - _ABOVE_SLIP - foot_height(desk):
        pages.new_page()
    about = About(
        title=letter.title,
        author=letter.seller.name,
        subject=letter.buyer.name,
        language=desk.formats.language_tag,
        day=letter.day,
        mark=letter.mark,
    )
    font = load_typeface(options.fonts).plain[0].name
    return draw(
        _numbered(pages.pages, letter, desk, slip), (paper.width, paper.height), desk.look.accent, font, about
    )


def _leave(pages: Pages, y: float, gap: float) -> None:
    """Go on at `y` of the first page, or a little below what has grown beyond it."""
    below = pages.y + gap
    pages.skip_to(max(y, below) if len(pages.pages) == 1 else below)


def _numbered(pages: list[list[Placed]], letter: Letter, desk: Desk, slip: Slip | None) -> list[list[Placed]]:
    """Every page with its foot, those after the first with a running head: only now their count is known."""
    head = [running_head(letter, desk)]
    numbered = [
        [*(head if number > 1 else []), *page, *foot(letter, number, len(pages), desk)]
        for number, page in enumerate(pages[:-1], start=1)
    ]
    last = len(pages)
    lifted = foot(letter, last, last, desk, lift=slip.height - _FOOT_DOWN if slip else 0.0)
    placed = slip.placed if slip else ()
    return [*numbered, [*(head if last > 1 else []), *pages[-1], *lifted, *placed]]
