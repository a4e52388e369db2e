"""A QR code of the kind payment codes are: bytes, error level M, one mask (Model 2 of ISO/IEC 18004).

What all codes of a version share is made once, and a block is divided as one large number: a page with a code
then costs little more than a page without. Cells are counted row by row from the upper left one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

Modules = tuple[tuple[bool, ...], ...]
Cell = tuple[int, int, bool]
"""Row, column, whether it is dark; where there are several the last one counts."""

# At level M, for the versions from 1 to 25: blocks, and bytes of error correction in each.
_BLOCKS = (1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21)
_CORRECTION = (10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, *(26,) * 4, *(28,) * 4)
# The first version that counts its bytes with two, and the first that says which version it is.
_LONG_COUNT, _NUMBERED = 10, 7
_BYTES, _PADDING = 0b0100, b"\xec\x11"
# "Level M, mask 0", with the error correction of its own; the divisor of that of a version.
_FORMAT, _VERSION_DIVISOR = 0b101010000010010, 0b1111100100101
# What doubling a byte of the field of error correction brings back when its highest bit falls out.
_CARRY = 0x1D
_TIMING, _FREE = 6, 2


def qr_modules(text: str) -> Modules:
    """The modules of the smallest code that holds `text` as UTF-8; True is dark.

    A code may have any mask, readers are told which: it is always the checkerboard, and none is weighed.
    Raises ValueError for more bytes than version 25 holds, 997.
    """
    data = text.encode()
    version = next((each for each in range(1, len(_BLOCKS) + 1) if _room(each) >= len(data)), None)
    if version is None:
        raise ValueError(f"{len(data)} bytes are too many for a payment code")
    form = _form(version)
    message = _with_correction(_codewords(data, version), version)
    cells = bytearray(form.cells)
    for place, bit in zip(form.places, f"{int.from_bytes(message):0{8 * len(message)}b}", strict=False):
        if bit == "1":
            cells[place] ^= 1
    rows = range(0, len(cells), form.size)
    return tuple(tuple(map(bool, cells[start : start + form.size])) for start in rows)


@dataclass(frozen=True, slots=True)
class _Form:
    """What codes of a version share: patterns, the mask where data will be, and in which order data goes."""

    size: int
    cells: bytes
    places: tuple[int, ...]


def _counted(version: int) -> int:
    return 2 if version >= _LONG_COUNT else 1


def _room(version: int) -> int:
    """Bytes of text; the kind of data and the end of the text take half a byte each."""
    return _data_size(version) - _counted(version) - 1


def _data_size(version: int) -> int:
    correction = _BLOCKS[version - 1] * _CORRECTION[version - 1]
    return len(_form(version).places) // 8 - correction


def _codewords(data: bytes, version: int) -> bytes:
    """Kind, count, text and end, filled up with an empty byte and then with what the standard fills with.

    Readers stop at the end. Without the empty byte what was sent would be printed with another code.
    """
    count = _counted(version)
    head = _BYTES << 8 * count | len(data)
    said = ((head << 8 * len(data) | int.from_bytes(data)) << 4).to_bytes(1 + count + len(data))
    left = _data_size(version) - len(said)
    return said + (b"\0" + _PADDING * (left // 2))[:left]


def _with_correction(codewords: bytes, version: int) -> bytes:
    """Blocks of nearly one length, the longer ones last, then their corrections; bytes taken in turn."""
    count, correction = _BLOCKS[version - 1], _CORRECTION[version - 1]
    length, longer = divmod(len(codewords), count)
    blocks, start = [], 0
    for number in range(count):
        end = start + length + (number >= count - longer)
        blocks.append(codewords[start:end])
        start = end
    corrections = [_remainder(block, correction) for block in blocks]
    turns = [*zip_longest(*blocks), *zip(*corrections, strict=True)]
    return bytes(byte for turn in turns for byte in turn if byte is not None)


def _remainder(block: bytes, size: int) -> bytes:
    """What dividing a block by the generator of `size` bytes leaves, all bytes of a step at once."""
    multiples = _multiples(size)
    top = 8 * (size - 1)
    below = (1 << top) - 1
    rest = 0
    for byte in block:
        rest = (rest & below) << 8 ^ multiples[byte ^ rest >> top]
    return rest.to_bytes(size)


@cache
def _multiples(size: int) -> tuple[int, ...]:
    """The generator of `size` bytes, without its first coefficient, times each value of a byte."""
    generator, power = 1, 1
    for _ in range(size):
        # Times (x - 2^k): subtraction is exclusive or.
        generator = generator << 8 ^ _product(generator, power, size + 1)
        power = _doubled(power, 1)
    each = generator ^ 1 << 8 * size
    found = [0]
    for _ in range(8):
        found += [other ^ each for other in found]
        each = _doubled(each, size)
    return tuple(found)


def _product(numbers: int, factor: int, size: int) -> int:
    """`size` bytes of the field, each multiplied by `factor`."""
    found = 0
    for bit in f"{factor:b}":
        found = _doubled(found, size) ^ (numbers if bit == "1" else 0)
    return found


def _doubled(numbers: int, size: int) -> int:
    falling = numbers >> 7 & int.from_bytes(b"\1" * size)
    return (numbers ^ falling << 7) << 1 ^ falling * _CARRY


@cache
def _form(version: int) -> _Form:
    size = 17 + 4 * version
    cells = bytearray([_FREE]) * (size * size)
    for row, column, dark in _patterns(version, size):
        cells[row * size + column] = dark
    places = tuple(place for place in _zigzag(size) if cells[place] == _FREE)
    for place in places:
        row, column = divmod(place, size)
        cells[place] = (row + column) % 2 == 0
    return _Form(size, bytes(cells), places)


def _zigzag(size: int) -> Iterator[int]:
    """Every cell but those of the upright timing line: up and down in columns of two, from the right."""
    columns = [column for column in range(size - 1, -1, -1) if column != _TIMING]
    for turn, right in enumerate(columns[::2]):
        for row in range(size) if turn % 2 else range(size - 1, -1, -1):
            yield from (row * size + right, row * size + columns[2 * turn + 1])


def _patterns(version: int, size: int) -> Iterator[Cell]:
    for place in range(size):
        yield from ((_TIMING, place, place % 2 == 0), (place, _TIMING, place % 2 == 0))
    for row, column in ((3, 3), (3, size - 4), (size - 4, 3)):
        yield from _rings(row, column, 4, (2, 4), size)
    for row, column in _alignments(version, size):
        yield from _rings(row, column, 2, (1,), size)
    yield from _format_bits(size)
    if version >= _NUMBERED:
        yield from _version_bits(version, size)


def _rings(row: int, column: int, radius: int, light: tuple[int, ...], size: int) -> Iterator[Cell]:
    """Squares inside each other, as far as they are on the code."""
    across = range(-radius, radius + 1)
    for down, right in ((down, right) for down in across for right in across):
        if 0 <= row + down < size and 0 <= column + right < size:
            yield row + down, column + right, max(abs(down), abs(right)) not in light


def _alignments(version: int, size: int) -> Iterator[tuple[int, int]]:
    """The middles of the small squares, evenly apart; none where the three large ones are."""
    if version == 1:
        return
    count = version // 7 + 2
    step = (version * 8 + count * 3 + 5) // (count * 4 - 4) * 2
    lines = [_TIMING, *(size - 7 - step * index for index in reversed(range(count - 1)))]
    first, last = lines[0], lines[-1]
    large = {(first, first), (first, last), (last, first)}
    yield from ((row, column) for row in lines for column in lines if (row, column) not in large)


def _format_bits(size: int) -> Iterator[Cell]:
    """Twice, around the upper left square and along the two others, with the one cell that is always dark."""
    line = [0, 1, 2, 3, 4, 5, 7, 8]
    around = [*((row, 8) for row in line), *((8, column) for column in reversed(line[:-1]))]
    apart = [(8, size - 1 - bit) for bit in range(8)] + [(size - 15 + bit, 8) for bit in range(8, 15)]
    for bit in range(15):
        for row, column in (around[bit], apart[bit]):
            yield row, column, bool(_FORMAT >> bit & 1)
    yield size - 8, 8, True


def _version_bits(version: int, size: int) -> Iterator[Cell]:
    """Twice, beside the two other squares."""
    rest = version << 12
    for bit in range(17, 11, -1):
        if rest >> bit & 1:
            rest ^= _VERSION_DIVISOR << bit - 12
    word = version << 12 | rest
    for bit in range(18):
        dark, along, across = bool(word >> bit & 1), bit // 3, size - 11 + bit % 3
        yield from ((along, across, dark), (across, along, dark))
