"""Whether the bytes of a logo can be printed. A bad logo never stops an invoice: it is left out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from io import BytesIO

_FORMATS = ("PNG", "JPEG")
# Every invoice carries the logo: beyond this it bloats each of them for no visible gain.
_MOST_PIXELS = 8_000_000


class LogoProblem(StrEnum):
    """Why a logo is left out."""

    NOT_AN_IMAGE = "not_an_image"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Logo:
    """A readable logo with its size in pixels."""

    image: bytes
    width: int
    height: int

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """Its size in points inside a box, proportions kept."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


@lru_cache(maxsize=4)
def read_logo(image: bytes) -> Logo | LogoProblem:
    """The logo in PNG or JPEG `image`, or what is wrong with it; all of it is decoded to find out."""
    from PIL import Image

    try:
        with Image.open(BytesIO(image), formats=_FORMATS) as picture:
            width, height = picture.size
            if width * height > _MOST_PIXELS:
                return LogoProblem.TOO_LARGE
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return LogoProblem.TOO_LARGE
    except (OSError, ValueError, SyntaxError):
        return LogoProblem.NOT_AN_IMAGE
    return Logo(image, width, height)
