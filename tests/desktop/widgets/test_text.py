"""Text of people is shown literally, whatever it contains."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.theme.tokens import LIGHT
from retainerdesk.desktop.widgets.runs import RunsLabel, TextRun
from retainerdesk.desktop.widgets.text import (
    button_text,
    data_label,
    plain_tooltip,
    role_font,
)

HOSTILE = '<img src="/etc/passwd"><b>ACME & Söhne <Ltd></b>'
LONG = "Minutes no live lot covers, at the plan's overage rate, invoiced a period later"


def _colours(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_markup_in_a_label_is_shown_and_not_obeyed(qtbot: QtBot) -> None:
    label = data_label(HOSTILE)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == HOSTILE
    assert label.accessibleName() == HOSTILE


def test_a_label_as_wide_as_its_hint_shows_all_of_its_text(qtbot: QtBot) -> None:
    label = data_label(LONG, elide=True)
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    assert label.text() == LONG
    assert label.toolTip() == ""


def test_a_narrow_label_elides_and_tells_the_rest_in_its_tool_tip(qtbot: QtBot) -> None:
    label = data_label(HOSTILE, elide=True)
    qtbot.addWidget(label)
    label.resize(90, 20)
    label.show()
    assert label.text().endswith("…")
    assert QFontMetrics(label.font()).horizontalAdvance(label.text()) <= 90
    assert label.full_text == HOSTILE
    assert label.accessibleName() == HOSTILE
    assert "&lt;b&gt;" in label.toolTip()
    assert "<b>" not in label.toolTip()


def test_an_elided_label_shows_all_again_when_there_is_room(qtbot: QtBot) -> None:
    label = data_label(LONG, elide=True)
    qtbot.addWidget(label)
    label.show()
    label.resize(60, 20)
    label.resize(900, 20)
    assert label.text() == LONG
    assert label.toolTip() == ""


def test_an_explanation_returns_once_nothing_is_cut(qtbot: QtBot) -> None:
    label = data_label("short", elide=True)
    qtbot.addWidget(label)
    label.set_explanation("why it is here")
    label.resize(300, 20)
    label.show()
    assert "why it is here" in label.toolTip()


def test_eliding_and_wrapping_at_once_is_refused() -> None:
    with pytest.raises(ValueError, match="elides or wraps"):
        data_label("x", elide=True, wrap=True)


def test_a_tone_colours_the_text(qtbot: QtBot) -> None:
    label = data_label("████", tone="bad")
    qtbot.addWidget(label)
    assert LIGHT.bad in _colours(label)
    label.set_tone("good")
    assert LIGHT.good in _colours(label)


def test_roles_have_the_sizes_of_the_design() -> None:
    sizes = {role: role_font(role).pixelSize() for role in ("title", "body", "small", "group")}
    assert sizes == {"title": 22, "body": 13, "small": 12, "group": 11}


def test_a_tool_tip_escapes_markup_and_keeps_line_breaks() -> None:
    assert plain_tooltip("a < b\nc") == "<qt>a &lt; b<br>c</qt>"
    assert plain_tooltip("") == ""


def test_an_ampersand_in_a_button_stays_an_ampersand() -> None:
    assert button_text("ACME & Söhne") == "ACME && Söhne"


def test_runs_are_one_text_for_the_screen_reader(qtbot: QtBot) -> None:
    label = RunsLabel([TextRun("at most "), TextRun("5 h", strong=True), TextRun(" <carried>")])
    qtbot.addWidget(label)
    assert label.accessibleName() == "at most 5 h <carried>"


def test_a_line_of_runs_is_one_and_a_half_times_the_font_high(qtbot: QtBot) -> None:
    """13 px at 145 % is 18.85, whole pixels 19 a line; three lines are 57."""
    label = RunsLabel([TextRun("one")])
    qtbot.addWidget(label)
    assert label.heightForWidth(300) == 19
    three = RunsLabel([TextRun("one\u2028two\u2028three")])
    qtbot.addWidget(three)
    assert three.heightForWidth(300) == 57


def test_runs_wrap_to_more_lines_when_they_are_narrower(qtbot: QtBot) -> None:
    label = RunsLabel([TextRun(LONG)])
    qtbot.addWidget(label)
    assert label.heightForWidth(120) > label.heightForWidth(240) > label.heightForWidth(2000)


def test_a_coloured_run_is_painted_in_its_colour(qtbot: QtBot) -> None:
    label = RunsLabel([TextRun("██ "), TextRun("██", tone="warn")])
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    assert {LIGHT.text, LIGHT.warn} <= _colours(label)


@pytest.mark.parametrize("width", range(61, 400, 13))
def test_runs_on_one_line_are_cut_at_any_width_without_harm(qtbot: QtBot, width: int) -> None:
    label = RunsLabel([TextRun("Söhne 𝟙𝟚𝟛 ", True), TextRun(LONG), TextRun("end")], wrap=False)
    qtbot.addWidget(label)
    label.show()
    label.resize(width, 20)
    assert "Söhne 𝟙𝟚𝟛" in label.toolTip()
    assert not label.grab().isNull()


def test_runs_that_fit_on_one_line_are_not_cut(qtbot: QtBot) -> None:
    label = RunsLabel([TextRun("short")], wrap=False)
    qtbot.addWidget(label)
    label.show()
    label.resize(label.sizeHint())
    assert label.toolTip() == ""
