"""What a canvas is told, written down and told again: the same page, by reportlab alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from reportlab.pdfgen import canvas as pdfgen


@dataclass(frozen=True)
class Noted:
    """Something the canvas made, a text or a path, that is told things of its own; `place` is its name."""

    real: Any
    place: int
    strokes: Strokes

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.real, name)
        return self.strokes.noting(self.place, name, found) if callable(found) else found


def _plain(value: Any) -> Any:
    return value.real if isinstance(value, Noted) else value


@dataclass
class Strokes:
    """Calls in order: whom (0 is the canvas), which method, with what, and the name of what it gave."""

    made: tuple[tuple[Any, ...], dict[str, Any]] = ((), {})
    calls: list[tuple[int, str, tuple[Any, ...], dict[str, Any], int]] = field(default_factory=list)
    depth: int = 1

    def noting(self, place: int, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        """The method, writing down that it was called from outside."""

        def call(*positional: Any, **named: Any) -> Any:
            gave = len(self.calls) + 1
            self.calls.append((place, name, positional, named, gave))
            self.depth += 1
            try:
                result = method(
                    *(each.real if isinstance(each, Noted) else each for each in positional), **named
                )
            finally:
                self.depth -= 1
            return Noted(result, gave, self) if name in ("beginText", "beginPath") else result

        return call

    def draw(self) -> bytes:
        """The page again, on a canvas of its own."""
        positional, named = self.made
        out = BytesIO()
        page = pdfgen.Canvas(out, *positional[1:], **{k: v for k, v in named.items() if k != "filename"})
        things: dict[int, Any] = {0: page}
        for place, name, told, by_name, gave in self.calls:
            values = (things[each.place] if isinstance(each, Noted) else each for each in told)
            result = getattr(things[place], name)(*values, **by_name)
            if name in ("beginText", "beginPath"):
                things[gave] = result
        return out.getvalue()


@contextmanager
def recorded() -> Iterator[Strokes]:
    """What a canvas and its texts and paths are told from outside while the block runs."""
    strokes = Strokes()
    real = pdfgen.Canvas

    class Recording(real):  # type: ignore[misc, valid-type]
        def __init__(self, *positional: Any, **named: Any) -> None:
            strokes.made = (positional, named)
            super().__init__(*positional, **named)
            strokes.depth = 0

        def __getattribute__(self, name: str) -> Any:
            found = super().__getattribute__(name)
            if name.startswith("_") or not callable(found) or strokes.depth:
                return found
            return strokes.noting(0, name, found)

    pdfgen.Canvas = Recording
    try:
        yield strokes
    finally:
        pdfgen.Canvas = real
