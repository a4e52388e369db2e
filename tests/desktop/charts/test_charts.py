"""Charts show what they are given: right pixels, right words."""

from fractions import Fraction

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.charts.burn_bar import BurnBar, BurnBarValue
from retainerdesk.desktop.charts.margin_columns import MarginColumn, MarginColumns, column_scale
from retainerdesk.desktop.charts.mini_bar import MiniBar
from retainerdesk.desktop.charts.sparkline import Sparkline, sparkline_points
from retainerdesk.desktop.charts.waterfall import Waterfall, WaterfallRow, waterfall_bars
from retainerdesk.desktop.theme.theme import Theme
from retainerdesk.desktop.theme.tokens import DARK, LIGHT


def _image(widget: QWidget, width: int, height: int) -> QImage:
    widget.resize(width, height)
    return widget.grab().toImage()


def _run(image: QImage, y: int, colour: str) -> tuple[int, int]:
    """First and last x on line `y` that has `colour`."""
    found = [x for x in range(image.width()) if image.pixelColor(x, y).name() == colour]
    return found[0], found[-1]


def _colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def _burn(used: Fraction, elapsed: Fraction | None = None) -> BurnBar:
    return BurnBar(BurnBarValue(used, elapsed, "some words"))


def test_the_burn_bar_fills_the_share_that_is_used(qtbot: QtBot) -> None:
    """74 % of 300 pixels are 222; the middle line is full to its rounded end."""
    bar = _burn(Fraction(74, 100))
    qtbot.addWidget(bar)
    assert _run(_image(bar, 300, 18), 9, LIGHT.accent) == pytest.approx((0, 221), abs=1)


def test_the_burn_bar_carries_a_tick_where_the_period_stands(qtbot: QtBot) -> None:
    """26 % of the 298 pixels a tick two wide can stand on is 77.48: pixels 77 and 78."""
    bar = _burn(Fraction(74, 100), Fraction(26, 100))
    qtbot.addWidget(bar)
    assert _run(_image(bar, 300, 18), 1, LIGHT.text) == (77, 78)


def test_use_beyond_the_allowance_is_a_second_colour_after_the_allowance(qtbot: QtBot) -> None:
    """125 % used on 250 pixels: the allowance ends at 1 / 1.25 of them, pixel 200."""
    bar = _burn(Fraction(125, 100))
    qtbot.addWidget(bar)
    image = _image(bar, 250, 18)
    assert _run(image, 9, LIGHT.accent)[1] == pytest.approx(198, abs=1)
    assert _run(image, 9, LIGHT.bad)[0] == pytest.approx(201, abs=1)


def test_the_tick_keeps_to_the_scale_of_a_stretched_bar(qtbot: QtBot) -> None:
    """80 % gone, 125 % used: 0.8 / 1.25 = 0.64 of the 248 pixels a tick can stand on, 158.72."""
    bar = _burn(Fraction(125, 100), Fraction(80, 100))
    qtbot.addWidget(bar)
    assert _run(_image(bar, 250, 18), 1, LIGHT.text) == (159, 160)


def test_a_burn_bar_exactly_full_shows_nothing_beyond(qtbot: QtBot) -> None:
    bar = _burn(Fraction(1))
    qtbot.addWidget(bar)
    assert LIGHT.bad not in _colours(_image(bar, 250, 18))


def test_a_burn_bar_says_its_words(qtbot: QtBot) -> None:
    bar = _burn(Fraction(1, 2))
    qtbot.addWidget(bar)
    assert bar.accessibleName() == "some words"


def test_charts_follow_a_change_of_theme(qtbot: QtBot, theme: Theme) -> None:
    bar = _burn(Fraction(1, 2))
    qtbot.addWidget(bar)
    theme.set_scheme("dark")
    assert DARK.accent in _colours(_image(bar, 100, 18))


def test_the_mini_bar_fills_its_share_and_never_more_than_all(qtbot: QtBot) -> None:
    bar = MiniBar(Fraction(2, 5), "accent", "40 %")
    qtbot.addWidget(bar)
    assert _run(_image(bar, 100, 4), 2, LIGHT.accent)[1] == pytest.approx(39, abs=1)
    bar.set_share(Fraction(3, 2), "bad", "150 %")
    assert _run(_image(bar, 100, 4), 2, LIGHT.bad)[1] == pytest.approx(99, abs=1)
    assert bar.accessibleName() == "150 %"


AGREED = WaterfallRow("Agreed", Fraction(64), "64 %", "start")
CALLS = WaterfallRow("Extra calls", Fraction(-36, 10), "−3.6")
PRICE = WaterfallRow("New price", Fraction(2), "+2.0")
LEFT = WaterfallRow("Contribution", Fraction(624, 10), "62.4 %", "end")


def test_each_cause_hangs_where_the_last_one_ended() -> None:
    """64 − 3.6 = 60.4; + 2 = 62.4, which is the last bar."""
    bars = waterfall_bars([AGREED, CALLS, PRICE, LEFT])
    assert [(bar.low, bar.high) for bar in bars] == [
        (Fraction(0), Fraction(64)),
        (Fraction(604, 10), Fraction(64)),
        (Fraction(604, 10), Fraction(624, 10)),
        (Fraction(0), Fraction(624, 10)),
    ]
    assert [bar.tone for bar in bars] == ["accent", "warn", "good", "good"]


def test_a_waterfall_below_zero_ends_in_red() -> None:
    """10 − 25 = −15: the cause crosses the base, the last bar hangs below it."""
    bars = waterfall_bars(
        [
            WaterfallRow("Agreed", Fraction(10), "10 %", "start"),
            WaterfallRow("Out of scope", Fraction(-25), "−25.0"),
            WaterfallRow("Contribution", Fraction(-15), "−15.0 %", "end"),
        ]
    )
    assert (bars[1].low, bars[1].high) == (Fraction(-15), Fraction(10))
    assert (bars[2].low, bars[2].high, bars[2].tone) == (Fraction(-15), Fraction(0), "bad")


def test_a_waterfall_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="lead to"):
        waterfall_bars([AGREED, CALLS, LEFT])


@pytest.mark.parametrize("rows", [[AGREED], [AGREED, LEFT, CALLS], [CALLS, LEFT], [AGREED, AGREED, LEFT]])
def test_a_waterfall_has_one_start_and_one_end(rows: list[WaterfallRow]) -> None:
    with pytest.raises(ValueError, match="one start"):
        waterfall_bars(rows)


def test_a_waterfall_paints_blue_amber_and_green(qtbot: QtBot) -> None:
    chart = Waterfall([AGREED, CALLS, PRICE, LEFT], "What eroded it")
    qtbot.addWidget(chart)
    assert {LIGHT.accent, LIGHT.warn, LIGHT.good} <= _colours(_image(chart, 340, 88))
    assert chart.sizeHint().height() == 88
    assert "Extra calls −3.6" in chart.accessibleDescription()


def test_an_empty_waterfall_paints_nothing_and_does_not_fail(qtbot: QtBot) -> None:
    chart = Waterfall()
    qtbot.addWidget(chart)
    assert len(_colours(_image(chart, 340, 40))) == 1


def _months(*shares: int) -> list[MarginColumn]:
    return [
        MarginColumn(Fraction(share, 100), f"month {index}: {share} %") for index, share in enumerate(shares)
    ]


def test_the_scale_of_the_columns_holds_zero_the_target_and_every_value() -> None:
    assert column_scale(_months(20, 40), Fraction(1, 2)).high == Fraction(1, 2)
    assert column_scale(_months(20, -15), None).low == Fraction(-15, 100)
    assert column_scale(_months(20, 40), None).low == 0


def test_half_of_the_scale_is_half_of_the_height() -> None:
    scale = column_scale(_months(20, 40), None)
    assert [scale.y(Fraction(share, 100), 100) for share in (40, 20, 0)] == [0, 50, 100]


def test_only_the_last_three_months_take_the_accent(qtbot: QtBot) -> None:
    chart = MarginColumns(_months(*[50] * 12), None, "Margin")
    qtbot.addWidget(chart)
    image = _image(chart, 204, 48)
    middles = [int(chart.column_box(index).center().x()) for index in range(12)]
    colours = [image.pixelColor(x, 24).name() for x in middles]
    assert colours == [LIGHT.chart_bar] * 9 + [LIGHT.accent] * 3


def test_a_month_that_lost_money_hangs_red_below_the_base_line(qtbot: QtBot) -> None:
    """+40 and −40 share the height evenly: red only in the lower half."""
    chart = MarginColumns(_months(40, -40), None, "Margin")
    qtbot.addWidget(chart)
    image = _image(chart, 100, 60)
    x = int(chart.column_box(1).center().x())
    assert image.pixelColor(x, 15).name() != LIGHT.bad
    assert image.pixelColor(x, 45).name() == LIGHT.bad


def test_an_incomplete_month_is_hatched_and_not_solid(qtbot: QtBot) -> None:
    solid = MarginColumns(_months(50), None, "Margin")
    hatched = MarginColumns([MarginColumn(Fraction(50, 100), "so far", complete=False)], None, "Margin")
    qtbot.addWidget(solid)
    qtbot.addWidget(hatched)
    assert len(_colours(_image(solid, 100, 60).copy(20, 20, 20, 20))) == 1
    assert len(_colours(_image(hatched, 100, 60).copy(20, 20, 20, 20))) > 2


def test_arrow_keys_read_the_months_out(qtbot: QtBot) -> None:
    chart = MarginColumns(_months(10, 20, 30), None, "Margin")
    qtbot.addWidget(chart)
    chart.resize(204, 48)
    with qtbot.waitActive(chart):
        chart.show()
        chart.activateWindow()
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    assert chart.readout == "month 2: 30 %"
    QTest.keyClick(chart, Qt.Key.Key_Left)
    assert chart.readout == "month 1: 20 %"
    with qtbot.waitSignal(chart.readout_changed, timeout=1000) as heard:
        QTest.keyClick(chart, Qt.Key.Key_Home)
    assert heard.args == ["month 0: 10 %"]


def test_hovering_reads_the_month_under_the_mouse(qtbot: QtBot) -> None:
    chart = MarginColumns(_months(10, 20, 30), None, "Margin")
    qtbot.addWidget(chart)
    chart.resize(204, 48)
    chart.show()
    QTest.mouseMove(chart, chart.column_box(1).center().toPoint())
    assert chart.readout == "month 1: 20 %"


def test_columns_tell_a_screen_reader_every_month(qtbot: QtBot) -> None:
    chart = MarginColumns(_months(10, 20), None, "Margin")
    qtbot.addWidget(chart)
    assert chart.accessibleDescription() == "month 0: 10 %; month 1: 20 %"


def test_a_sparkline_runs_from_edge_to_edge_and_breaks_at_gaps() -> None:
    """Values 0, 10, gap, 5 on 30 × 10: x steps of 10; 5 lies halfway up."""
    pieces = sparkline_points([Fraction(0), Fraction(10), None, Fraction(5)], QRectF(0, 0, 30, 10))
    assert pieces == [[QPointF(0, 10), QPointF(10, 0)], [QPointF(30, 5)]]


def test_a_flat_sparkline_lies_in_the_middle() -> None:
    assert sparkline_points([Fraction(7), Fraction(7)], QRectF(0, 0, 10, 10)) == [
        [QPointF(0, 5), QPointF(10, 5)]
    ]


def test_a_sparkline_without_values_paints_nothing(qtbot: QtBot) -> None:
    line = Sparkline([None, None])
    qtbot.addWidget(line)
    assert len(_colours(_image(line, 96, 24))) == 1
