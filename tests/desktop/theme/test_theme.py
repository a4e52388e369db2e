"""The scheme is put on the whole application, and changes while it runs."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from retainerdesk.desktop.theme.fonts import tabular_figures, ui_font
from retainerdesk.desktop.theme.icons import app_icon, icon, icon_pixmap
from retainerdesk.desktop.theme.stylesheet import build_stylesheet
from retainerdesk.desktop.theme.theme import Theme, apply_theme, current_tokens
from retainerdesk.desktop.theme.tokens import DARK, LIGHT
from retainerdesk.services.resources import resource_path


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = apply_theme(qapp, "light")
    yield theme
    theme.set_scheme("light")


def _inks(pixels: QIcon, size: int = 32, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    """The fully opaque colours of an icon."""
    image = pixels.pixmap(QSize(size, size), 1.0, mode).toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {c.name() for c in (image.pixelColor(x, y) for x, y in points) if c.alpha() == 255}


def test_the_palette_follows_the_scheme(theme: Theme, qapp: QApplication) -> None:
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.background)
    theme.set_scheme("dark")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.background)
    assert current_tokens() is DARK


def test_listeners_hear_of_a_change_and_only_of_a_change(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed, timeout=1000):
        theme.set_scheme("dark")
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_scheme("dark")


def test_an_application_has_one_theme_however_often_it_is_applied(theme: Theme, qapp: QApplication) -> None:
    assert apply_theme(qapp, "dark") is theme


def test_an_unknown_scheme_is_refused(theme: Theme) -> None:
    with pytest.raises(ValueError, match="sepia"):
        theme.set_scheme("sepia")  # type: ignore[arg-type]
    assert theme.scheme == "light"


def test_the_style_sheet_paints_a_field_in_the_colours_of_the_scheme(theme: Theme, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(120, 32)
    theme.set_scheme("dark")
    assert field.grab().toImage().pixelColor(60, 4) == QColor(DARK.panel)


def test_the_example_in_a_field_that_is_off_is_as_dim_as_its_text(theme: Theme, qtbot: QtBot) -> None:
    theme.set_scheme("dark")
    field = QLineEdit()
    qtbot.addWidget(field)
    field.setPlaceholderText("used in the old program")
    field.setEnabled(False)
    field.ensurePolished()
    assert field.palette().placeholderText().color() == QColor(DARK.disabled)
    assert field.palette().text().color() == QColor(DARK.disabled)


def test_a_ticked_box_shows_the_accent_in_both_schemes(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    box = QCheckBox(holder)
    box.setChecked(True)
    for scheme, tokens in (("light", LIGHT), ("dark", DARK)):
        theme.set_scheme(scheme)  # type: ignore[arg-type]
        image = box.grab().toImage()
        colours = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
        assert tokens.accent in colours


@pytest.mark.parametrize(("scheme", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_pictures_of_the_style_sheet_are_drawn_in_colours_of_their_scheme(
    scheme: str, tokens: object
) -> None:
    allowed = {getattr(tokens, role) for role in ("on_accent", "panel", "text", "muted", "disabled")}
    files = sorted(resource_path(f"icons/controls/{scheme}").glob("*.svg"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        used = {word for word in text.replace('"', " ").split() if word.startswith("#")}
        assert used
        assert used <= allowed, file.name


def test_every_picture_the_style_sheet_names_exists() -> None:
    for tokens in (LIGHT, DARK):
        pieces = build_stylesheet(tokens).split('url("')[1:]
        names = {piece.split('"')[0] for piece in pieces}
        assert len(names) >= 8
        assert all(resource_path("icons/" + name.split("/icons/")[1]).is_file() for name in names)


def test_an_icon_changes_its_colour_with_the_theme(theme: Theme) -> None:
    sun = icon("sun", "accent")
    assert LIGHT.accent in _inks(sun)
    theme.set_scheme("dark")
    assert DARK.accent in _inks(sun)
    assert LIGHT.accent not in _inks(sun)


def test_a_disabled_icon_is_greyed(theme: Theme) -> None:
    assert _inks(icon("sun"), mode=QIcon.Mode.Disabled) == {LIGHT.disabled}


def test_an_icon_can_change_its_colour_while_checked(theme: Theme) -> None:
    image = icon("square", "muted", on_role="accent")
    on = image.pixmap(QSize(32, 32), 1.0, QIcon.Mode.Normal, QIcon.State.On).toImage()
    assert LIGHT.accent in {on.pixelColor(x, 16).name() for x in range(32)}


@pytest.mark.parametrize("ratio", [1.0, 2.0, 3.0])
def test_an_icon_has_as_many_pixels_as_the_screen_asks_for(theme: Theme, ratio: float) -> None:
    pixmap = icon_pixmap("phone", "text", 16, ratio)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (16 * ratio, ratio)


def test_an_icon_nobody_ships_is_named_in_the_error(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        icon("no-such-icon")


def test_an_icon_survives_being_copied_and_outliving_its_maker(theme: Theme) -> None:
    """QIcon owns the Python engine; a thousand copies must neither crash nor lose it."""
    copies = [QIcon(icon("phone", "good")) for _ in range(1000)]
    assert LIGHT.good in _inks(copies[500])


def test_every_shipped_icon_is_one_colour_to_be_replaced() -> None:
    files = [file for file in resource_path("icons").glob("*.svg") if file.name != "app.svg"]
    assert len(files) >= 70
    for file in files:
        drawing = file.read_text(encoding="utf-8")
        assert "currentColor" in drawing, file.name
        assert "#" not in drawing, file.name


def test_the_application_has_a_mark_of_its_own_in_all_sizes(theme: Theme) -> None:
    sides = {size.width() for size in app_icon().availableSizes()}
    assert {16, 32, 256, 512} <= sides


def test_inter_is_the_font_and_comes_from_the_shipped_files(theme: Theme) -> None:
    for weight in (QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold, QFont.Weight.Bold):
        info = QFontInfo(ui_font("body", weight))
        assert info.family() == "Inter"
        assert info.weight() == weight


def test_tabular_figures_are_equally_wide_and_ordinary_ones_are_not(theme: Theme) -> None:
    ordinary = QFontMetrics(ui_font())
    tabular = QFontMetrics(tabular_figures(ui_font()))
    assert ordinary.horizontalAdvance("1111") != ordinary.horizontalAdvance("0000")
    assert tabular.horizontalAdvance("1111") == tabular.horizontalAdvance("0000")
