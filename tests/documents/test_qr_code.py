"""Our QR codes against those of another program, cell by cell, and against the limits of their size."""

from __future__ import annotations

from random import Random

import pytest
import segno

from retainerdesk.documents.qr_code import qr_modules

# Bytes that each version holds at level M, from the standard's table of capacities.
HELD = (
    14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331,
    362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911, 997,
)  # fmt: skip


def text_of(size: int, seed: int) -> str:
    """So many bytes, some of them two for a letter; never digits or capitals alone, which take less room."""
    signs = Random(seed).choices("abcdefgh XYZ 0123456789 .,:/\nüß", k=size)
    text = ""
    for sign in signs:
        if len((text + sign).encode()) < size:
            text += sign
    return text + "a" * (size - len(text.encode()))


@pytest.mark.parametrize("version", range(1, 26))
def test_every_version_is_the_code_that_segno_makes(version: int) -> None:
    """From the first size that needs a version to the last it holds; 17 + 4 × version modules across."""
    first, last = (0, *HELD)[version - 1] + 1, HELD[version - 1]
    for size in (first, first + 1, first + 2, (first + last) // 2, last - 1, last):
        text = text_of(size, size)
        theirs = segno.make_qr(text, error="m", boost_error=False, encoding="utf-8", mask=0, mode="byte")
        ours = qr_modules(text)
        assert len(ours) == 17 + 4 * version
        assert ours == tuple(tuple(map(bool, row)) for row in theirs.matrix), size


def test_a_text_no_payment_code_can_have_is_refused() -> None:
    with pytest.raises(ValueError, match="998 bytes"):
        qr_modules("a" * 998)
