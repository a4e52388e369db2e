"""Tables over a tuple of rows: what the base answers for all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import IntEnum
from functools import partial

import pytest
from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from retainerdesk.desktop.models.closing_model import ClosingColumn, ClosingModel
from retainerdesk.desktop.models.drafts_model import DraftColumn, DraftsModel
from retainerdesk.desktop.models.frozen_rows import DETAIL_ROLE, ROW_ROLE, Column, FrozenRows
from retainerdesk.desktop.models.letter_list_model import LetterColumn, LetterListModel
from retainerdesk.desktop.models.overage_model import OverageColumn, OverageModel
from retainerdesk.desktop.models.owed_model import OwedColumn, OwedModel
from retainerdesk.desktop.models.register_model import RegisterColumn, RegisterModel
from retainerdesk.desktop.models.run_model import RunColumn, RunModel

TODAY = date(2026, 11, 22)
ACROSS, DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Fruit(IntEnum):
    """The columns of the table below."""

    NAME = 0
    WEIGHT = 1
    KEEP = 2


class Fruits(FrozenRows[str, Fruit]):
    """Rows are names; the second column counts their letters."""

    def __init__(self) -> None:
        columns = {
            Fruit.NAME: Column("Name", tip="As it is called"),
            Fruit.WEIGHT: Column("Letters", is_figure=True),
            Fruit.KEEP: Column("Keep", is_choice=True),
        }
        super().__init__(columns)
        self.show_rows(("pear", "apple"))

    def text_of(self, row: str, column: Fruit) -> str:
        return {Fruit.NAME: row, Fruit.WEIGHT: str(len(row)), Fruit.KEEP: ""}[column]

    def detail_of(self, row: str, column: Fruit) -> str:
        return f"a {row}" if column is Fruit.NAME else ""


def test_a_table_of_rows_keeps_the_rules_of_qt(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(Fruits())  # type: ignore[no-untyped-call]


def test_a_cell_says_its_text_its_row_its_detail_and_its_side() -> None:
    model = Fruits()
    name, weight = model.index(1, Fruit.NAME), model.index(1, Fruit.WEIGHT)
    assert (name.data(), name.data(ROW_ROLE), name.data(DETAIL_ROLE)) == ("apple", "apple", "a apple")
    assert name.data(Qt.ItemDataRole.AccessibleTextRole) == "apple, a apple"
    assert weight.data(Qt.ItemDataRole.AccessibleTextRole) == "5"
    assert weight.data(Qt.ItemDataRole.TextAlignmentRole) == RIGHT
    assert name.data(Qt.ItemDataRole.TextAlignmentRole) is None


def test_headings_stand_over_their_figures_and_nothing_stands_at_the_side() -> None:
    model = Fruits()
    side = Qt.ItemDataRole.TextAlignmentRole
    assert [model.headerData(each, ACROSS) for each in range(4)] == ["Name", "Letters", "Keep", None]
    assert [model.headerData(each, ACROSS, side) for each in range(3)] == [None, RIGHT, RIGHT]
    assert model.headerData(0, ACROSS, Qt.ItemDataRole.ToolTipRole) == "As it is called"
    assert model.headerData(0, DOWN) is None


def test_a_row_stays_selected_when_the_order_changes() -> None:
    model = Fruits()
    chosen = QItemSelectionModel(model)
    chosen.select(model.index(1, Fruit.NAME), QItemSelectionModel.SelectionFlag.Select)
    kept = QPersistentModelIndex(model.index(1, Fruit.WEIGHT))
    model.reorder(sorted(model.rows), str)
    assert model.rows == ("apple", "pear")
    assert (kept.row(), kept.column()) == (0, Fruit.WEIGHT)
    assert [index.data() for index in chosen.selectedIndexes()] == ["apple"]


MODELS: dict[type[IntEnum], Callable[[], QAbstractItemModel]] = {
    ClosingColumn: partial(ClosingModel, TODAY),
    DraftColumn: partial(DraftsModel, TODAY),
    LetterColumn: partial(LetterListModel, ()),
    OverageColumn: partial(OverageModel, TODAY),
    OwedColumn: partial(OwedModel, TODAY),
    RegisterColumn: RegisterModel,
    RunColumn: partial(RunModel, TODAY),
}


@pytest.mark.parametrize("places", MODELS)
def test_every_table_declares_each_of_its_columns_once_in_order(places: type[IntEnum]) -> None:
    model = MODELS[places]()
    assert isinstance(model, FrozenRows)
    assert tuple(model.columns) == tuple(places)
    assert [each.value for each in places] == list(range(model.columnCount()))
    assert all(model.headerData(place, ACROSS) for place in places)
