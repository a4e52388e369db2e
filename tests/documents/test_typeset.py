"""Lines are as wide as they may be and no wider, and no character is lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retainerdesk.documents.fonts import FontSet, load_typeface
from retainerdesk.documents.layout import BODY
from retainerdesk.documents.typeset import Line, Span, Typesetter
from tests.documents.samples import FONTS

TYPE = Typesetter(load_typeface(FONTS))


def words(line: Line) -> str:
    return "".join(text for _, text, _ in line.runs)


@given(st.text(alphabet="ab Łß&<>\u00a0WiM", max_size=120), st.integers(20, 300))
def test_wrapped_lines_fit_and_keep_every_character(text: str, width: int) -> None:
    """The widest of these letters, M, takes less than 10 points at a size of 9.5."""
    lines = TYPE.wrap(text, width, BODY)
    assert all(line.width <= width + 0.001 for line in lines)
    assert "".join(map(words, lines)).replace(" ", "") == text.replace(" ", "")


def test_words_break_at_spaces() -> None:
    """“aaa bbb” is wider than 30 points, “aaa” is not: three letters of 5.3 points are 16."""
    assert [words(line) for line in TYPE.wrap("aaa bbb ccc", 30, BODY)] == ["aaa", "bbb", "ccc"]


def test_a_no_break_space_holds_a_figure_and_its_unit_together() -> None:
    assert [words(line) for line in TYPE.wrap("aaa 3\u00a0h", 25, BODY)] == ["aaa", "3\u00a0h"]


def test_line_breaks_that_were_typed_stay() -> None:
    assert [words(line) for line in TYPE.wrap("one\r\n\ntwo", 300, BODY)] == ["one", "", "two"]


def test_a_line_break_is_measured_as_a_space_and_breaks_the_line_of_parts_it_stands_in() -> None:
    assert TYPE.measure("Bank\nof Kai", BODY) == TYPE.measure("Bank of Kai", BODY)
    assert [words(line) for line in TYPE.wrap_parts(["IBAN", "Bank\nof Kai"], 300, BODY, " · ")] == [
        "IBAN · Bank",
        "of Kai",
    ]


def test_a_sentence_changes_weight_inside_a_word() -> None:
    (line,) = TYPE.wrap([Span("pay "), Span("€5", strong=True), Span(".")], 300, BODY)
    assert [(face.name == str(FONTS.bold), text) for face, text, _ in line.runs] == [
        (False, "pay "),
        (True, "€5"),
        (False, "."),
    ]


def test_what_one_font_lacks_another_draws() -> None:
    """Inter has a ≠, which Noto Sans lacks: the run is split around it."""
    inter = FONTS.regular.with_name("Inter-Regular.ttf")
    face = load_typeface(FontSet(FONTS.regular, FONTS.bold, (inter,)))
    runs = [(run.name == str(inter), text) for run, text in face.runs("a ≠ b", bold=False)]
    assert runs == [(False, "a "), (True, "≠"), (False, " b")]


@pytest.mark.parametrize("width", [1, 20, 100])
def test_an_elided_line_ends_in_an_ellipsis_and_fits_if_anything_can(width: int) -> None:
    line = TYPE.elide("a long name that goes on and on", width, BODY)
    assert words(line).endswith("…")
    assert line.width <= max(width, 20)


def test_a_line_that_fits_is_not_elided() -> None:
    assert words(TYPE.elide("Studio Nord", 200, BODY)) == "Studio Nord"
