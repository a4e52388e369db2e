"""Receipt and payment part of a Swiss QR-bill, 210 × 105 mm at the lower edge of an A4 page.

Positions and sizes are those of the Style Guide QR-bill of SIX, in millimetres from the upper left corner of
the slip. Its text is set in Helvetica, one of the four faces the guide allows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retainerdesk.documents.addresses import MM
from retainerdesk.documents.epc import qr_modules
from retainerdesk.documents.flow import Cell, Code, Placed, Row, Stroke
from retainerdesk.documents.formats import NO_BREAK, iban_groups
from retainerdesk.documents.swiss_payload import SwissBill
from retainerdesk.documents.swiss_texts import SwissTexts
from retainerdesk.documents.typeset import Style, Typesetter

SLIP_HEIGHT = 105 * MM

_BLACK = "#000000"
_TITLE = Style(11, 13, _BLACK, bold=True)
_CODE_SIZE, _CROSS = 46.0, 7.0
_RECEIPT = 62.0
_HAIR = 0.5
_CORNER, _CORNER_WEIGHT = 3.0, 0.75


@dataclass(frozen=True, slots=True)
class _Part:
    """How the texts of one half look, and where its column of addresses and its amount stand (mm)."""

    heading: Style
    value: Style
    x: float
    width: float
    top: float
    amount_x: float
    amount_gap: float
    payer_box: tuple[float, float]


_RECEIPT_PART = _Part(Style(6, 9, _BLACK, bold=True), Style(8, 9, _BLACK), 5, 52, 12, 5, 13, (52, 20))
_PAYMENT_PART = _Part(Style(8, 11, _BLACK, bold=True), Style(10, 11, _BLACK), 118, 87, 5, 67, 17, (65, 25))
_AMOUNT_TOP = 68.0


def swiss_slip(bill: SwissBill, texts: SwissTexts, type_: Typesetter, page_height: float) -> list[Placed]:
    """The slip, placed on a page `page_height` points high."""
    slip = _Slip(type_, texts, page_height - SLIP_HEIGHT)
    slip.edges()
    slip.words(5, 5, 52, texts.receipt, _TITLE)
    slip.words(67, 5, 51, texts.payment_part, _TITLE)
    slip.parties(bill, _RECEIPT_PART, with_message=False)
    slip.parties(bill, _PAYMENT_PART, with_message=True)
    slip.amount(bill, _RECEIPT_PART)
    slip.amount(bill, _PAYMENT_PART)
    slip.words(5, 82, 52, texts.acceptance_point, _RECEIPT_PART.heading, right=True)
    slip.code(bill)
    return slip.placed


class _Slip:
    """Collects what stands where; `top` is the upper edge of the slip on the page, in points."""

    def __init__(self, type_: Typesetter, texts: SwissTexts, top: float) -> None:
        self.placed: list[Placed] = []
        self._type = type_
        self._texts = texts
        self._top = top

    def words(
        self, x: float, y: float, width: float, text: str, style: Style, *, right: bool = False
    ) -> float:
        """Text in a column; answers where the next would begin (mm)."""
        lines = self._type.wrap(text, width * MM, style)
        cell = Cell(x * MM, width * MM, lines, right=right)
        self.placed.append(Placed(Row((cell,)), self._top + y * MM))
        return y + cell.height / MM

    def edges(self) -> None:
        """Where the slip is cut off, and the receipt from the payment part, with what to do there."""
        style = Style(6, 7, _BLACK)
        lines = self._type.wrap(self._texts.separate, 210 * MM, style)
        width = lines[0].width
        self.placed.append(Placed(Row((Cell((210 * MM - width) / 2, width, lines),)), self._top - 8.5))
        self._strokes([(0, 0, 210, 0), (_RECEIPT, 0, _RECEIPT, 105)], _HAIR)

    def parties(self, bill: SwissBill, part: _Part, *, with_message: bool) -> None:
        """Account and creditor, reference, message, and who pays, below each other."""
        texts, y = self._texts, part.top
        y = self._block(part, y, texts.account, (iban_groups(bill.account), *bill.creditor.lines))
        if bill.reference:
            y = self._block(part, y, texts.reference, (_grouped(bill.reference),))
        if with_message and bill.message:
            y = self._block(part, y, texts.additional, (bill.message,))
        if bill.debtor is not None:
            self._block(part, y, texts.payable_by, bill.debtor.lines)
            return
        y = self.words(part.x, y, part.width, texts.payable_by_whom, part.heading)
        self._corners(part.x, y + 0.8, *part.payer_box)

    def _block(self, part: _Part, y: float, heading: str, lines: Sequence[str]) -> float:
        """A heading, its lines, and an empty line."""
        y = self.words(part.x, y, part.width, heading, part.heading)
        for line in lines:
            y = self.words(part.x, y, part.width, line, part.value)
        return y + part.value.leading / MM

    def amount(self, bill: SwissBill, part: _Part) -> None:
        """Currency and amount beside each other, thousands set apart by a space."""
        texts, x = self._texts, part.amount_x
        y = self.words(x, _AMOUNT_TOP, part.amount_gap, texts.currency, part.heading)
        self.words(x, y, part.amount_gap, bill.amount.currency, part.value)
        self.words(x + part.amount_gap, _AMOUNT_TOP, 30, texts.amount, part.heading)
        figure = f"{bill.amount.as_decimal():,}".replace(",", NO_BREAK)
        self.words(x + part.amount_gap, y, 30, figure, part.value)

    def code(self, bill: SwissBill) -> None:
        """The code with the Swiss cross in its middle; its quiet zone is the blank around it."""
        code = Code(
            67 * MM, _CODE_SIZE * MM, qr_modules(bill.payload), _BLACK, frame="", quiet=0, cross=_CROSS * MM
        )
        self.placed.append(Placed(Row(code=code), self._top + 17 * MM))

    def _corners(self, x: float, y: float, width: float, height: float) -> None:
        """The corners of a box to write in."""
        right, low, arm = x + width, y + height, _CORNER
        self._strokes(
            [
                (x, y, x + arm, y), (x, y, x, y + arm),
                (right - arm, y, right, y), (right, y, right, y + arm),
                (x, low, x + arm, low), (x, low - arm, x, low),
                (right - arm, low, right, low), (right, low - arm, right, low),
            ],
            _CORNER_WEIGHT,
        )  # fmt: skip

    def _strokes(self, ends: Sequence[tuple[float, float, float, float]], weight: float) -> None:
        strokes = tuple(
            Stroke(x * MM, y * MM, to_x * MM, to_y * MM, _BLACK, weight) for x, y, to_x, to_y in ends
        )
        self.placed.append(Placed(Row(strokes=strokes), self._top))


def _grouped(reference: str) -> str:
    """A QR reference as 2 digits and fives, a creditor reference in fours."""
    if reference.startswith("RF"):
        return iban_groups(reference)
    return NO_BREAK.join([reference[:2], *(reference[at : at + 5] for at in range(2, len(reference), 5))])
