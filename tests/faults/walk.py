"""Every dialog of the program, opened on a book whose every text is one text: for markup, and for giants."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from retainerdesk import desktop
from retainerdesk.desktop.bug_dialog import BugDialog
from retainerdesk.desktop.command_palette import CommandPalette
from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.assign_work_dialog import AssignWorkDialog
from retainerdesk.desktop.dialogs.backups_dialog import BackupsDialog
from retainerdesk.desktop.dialogs.bulk_credit_dialog import BulkCreditDialog
from retainerdesk.desktop.dialogs.check_dialog import CheckDialog
from retainerdesk.desktop.dialogs.decision_points import OverageDialog
from retainerdesk.desktop.dialogs.draft_dialog import DraftDialog
from retainerdesk.desktop.dialogs.dunning_run_dialog import DunningRunDialog
from retainerdesk.desktop.dialogs.first_start_dialog import FirstStartDialog
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.dialogs.late_dialog import ReopenDialog
from retainerdesk.desktop.dialogs.move_dialog import MoveDialog
from retainerdesk.desktop.dialogs.number_gap_dialog import NumberGapDialog
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.dialogs.person_dialog import PersonDialog
from retainerdesk.desktop.dialogs.protect_dialog import ProtectDialog
from retainerdesk.desktop.dialogs.series_dialog import SeriesDialog
from retainerdesk.desktop.dialogs.settled_dialog import SettledDialog
from retainerdesk.desktop.dialogs.tax_rate_dialog import TaxRateDialog
from retainerdesk.desktop.dialogs.trouble_dialog import TroubleDialog
from retainerdesk.desktop.dialogs.unlock_dialog import UnlockDialog
from retainerdesk.desktop.finder import Finder
from retainerdesk.desktop.preferences import Preferences
from retainerdesk.desktop.shortcuts import ShortcutsDialog
from retainerdesk.domain.block import Block
from retainerdesk.domain.errors import EnvironmentProblem
from retainerdesk.domain.money import Money
from retainerdesk.domain.plan import UsageUnit
from retainerdesk.domain.work import WorkEntry, WorkKind
from retainerdesk.services.blocks import add_block
from retainerdesk.services.book_files import ImportOptions, export_book, import_files
from retainerdesk.services.book_trouble import trouble_of
from retainerdesk.services.business import list_people
from retainerdesk.services.closing import CloseCommand, close_periods, closing_board
from retainerdesk.services.context import BookContext
from retainerdesk.services.drafts import create_drafts
from retainerdesk.services.dunning_run import propose_dunning
from retainerdesk.services.issue_drafts import list_drafts
from retainerdesk.services.issue_invoices import IssueCommand, preview_invoices
from retainerdesk.services.number_series import list_series
from retainerdesk.services.register import list_register
from retainerdesk.services.retainers import list_retainers
from retainerdesk.services.rows import add_row
from retainerdesk.services.search import search_book
from retainerdesk.services.tax_rates import rates_of_business
from retainerdesk.services.upkeep import fill_sample
from retainerdesk.store.book_store import open_book
from retainerdesk.system.clock import FixedClock
from retainerdesk.system.paths import documents_folder

TODAY = date(2026, 11, 22)
CLOSED = date(2026, 11, 13)
OPEN_INVOICE = "2026-0072"
TEXTS = {"name", "text", "title", "reason", "role", "phone", "bank_name", "invoice_note", "owner"}
LISTS = {"address", "tags", "details"}


@contextmanager
def opened(path: Path) -> Iterator[BookContext]:
    clock = FixedClock(TODAY)
    store = open_book(path, clock, create=True)
    yield BookContext(store, clock, documents_folder(path))
    store.close()


def make_book(folder: Path, text: Callable[[str], str]) -> Path:
    """The sample business with every text of people replaced by what `text` says for its field."""
    with opened(folder / "sample.book") as sample:
        fill_sample(sample.store, TODAY)
        export_book(sample.store, sample.files, folder / "sample.json")
    document = json.loads((folder / "sample.json").read_text(encoding="utf-8"))
    replace_texts(document, text)
    (folder / "hostile.json").write_text(json.dumps(document), encoding="utf-8")
    book = folder / "hostile.book"
    with opened(book) as made:
        options = ImportOptions(today=TODAY)
        report = import_files(made.store, made.files, [folder / "hostile.json"], options).value
        assert report.refused == (), report.refused[:3]
        prepare(made, text)
    return book


def replace_texts(node: Any, text: Callable[[str], str], owner: str = "") -> None:
    """Replace every text of a field in `TEXTS` or `LISTS`, below `node`; it is asked for as owner.field."""
    if isinstance(node, list):
        for each in node:
            replace_texts(each, text, owner)
    if isinstance(node, dict):
        for field, value in node.items():
            if field in TEXTS and isinstance(value, str):
                node[field] = text(f"{owner}.{field}")
            elif field in LISTS and value and isinstance(value[0], str):
                node[field] = [text(f"{field}.") for _ in value]
            else:
                replace_texts(value, text, field)


def prepare(book: BookContext, text: Callable[[str], str]) -> None:
    """What dialogs ask about: a block, late work in a closed period, work of nobody, drafts, credit."""
    with book.store.writing() as uow:
        close_periods(uow, CloseCommand(CLOSED, "acme"), TODAY)
        block = Block("acme", "b", CLOSED, text("blocks.name"), UsageUnit.MINUTES, 600, Money(90000, "EUR"))
        add_block(uow, block)
        late = WorkEntry("acme", "late", CLOSED, 90, "ada", WorkKind.DELIVERY, "advisory", text("work.text"))
        add_row(uow, late)
        uow.commit()
    with book.store.reading() as uow:
        run = preview_invoices(uow, TODAY, TODAY)
    create_drafts(book.store, IssueCommand(run.proposals[:1], TODAY), TODAY)


@dataclass(frozen=True, slots=True)
class Place:
    """Where dialogs are opened."""

    desk: Desk
    window: QWidget
    opener: DialogOpener
    folder: Path
    text: str

    @property
    def parts(self) -> tuple[Desk, QWidget]:
        return self.desk, self.window


def _read(place: Place, query: Callable[..., Any], *arguments: object) -> Any:
    return place.desk.read(query, *arguments)


def _drafts(place: Place) -> Any:
    return _read(place, list_drafts, TODAY)


def _board(place: Place) -> Any:
    return _read(place, closing_board, TODAY)


def _retainer(place: Place) -> Any:
    return _read(place, list_retainers, "acme")[0]


def _overage(place: Place) -> Any:
    return OverageDialog(_board(place).closed[0].usage, place.text, TODAY, place.window)


def _finder(place: Place) -> Any:
    """Found are the first rows that hold the first word of the text."""
    finder = Finder(lambda typed, after: place.desk.read(search_book, typed, after=after), place.window)
    finder.open_with("".join(letter if letter.isalnum() else " " for letter in place.text).split()[0])
    return finder


def _trouble(place: Place) -> Any:
    trouble = trouble_of(str(place.folder / "gone.book"), EnvironmentProblem(place.text, place.text))
    return TroubleDialog(trouble, (), place.desk.runner, place.window)


OPENERS: dict[str, Callable[[Place], Any]] = {
    "AccountDialog": lambda place: place.opener.edit_account("acme"),
    "ActionDialog": lambda place: place.opener.action("acme"),
    "ApplyCreditDialog": lambda place: place.opener.apply_credit("acme"),
    "AttachDialog": lambda place: place.opener.attach("acme"),
    "BlockDialog": lambda place: place.opener.show_block("acme", "b"),
    "BugDialog": lambda place: BugDialog(place.text, place.window),
    "CallDialog": lambda place: place.opener.log_call("acme"),
    "ChargeDialog": lambda place: place.opener.charge("acme"),
    "CheckDialog": lambda place: CheckDialog(*place.parts),
    "CommandPalette": lambda place: CommandPalette(place.window),
    "CreditDialog": lambda place: place.opener.credit_invoice(OPEN_INVOICE),
    "DecisionDialog": lambda place: place.opener.decision("acme"),
    "DepositDialog": lambda place: place.opener.deposit("acme"),
    "ExitDialog": lambda place: place.opener.end_early("acme", "advisory"),
    "ExpenseDialog": lambda place: place.opener.expense("acme"),
    "Finder": _finder,
    "GoodwillDialog": lambda place: place.opener.goodwill("acme"),
    "ImportDialog": lambda place: place.opener.import_files(),
    "LateDialog": lambda place: place.opener.decide_late(_board(place).waiting[0]),
    "LateInterestDialog": lambda place: place.opener.late_interest_rates(),
    "LetterDialog": lambda place: place.opener.letter("dune"),
    "MoveDialog": lambda place: MoveDialog(*place.parts),
    "NoteDialog": lambda place: place.opener.note("acme", text=place.text),
    "OverageDialog": _overage,
    "PauseDialog": lambda place: place.opener.pause_retainer("acme", "advisory"),
    "PaymentDialog": lambda place: place.opener.payment("dune"),
    "ProtectDialog": lambda place: ProtectDialog(*place.parts),
    "RatesDialog": lambda place: place.opener.rates(),
    "RetainerDialog": lambda place: place.opener.edit_retainer("acme", "advisory"),
    "SellBlockDialog": lambda place: place.opener.sell_block("acme"),
    "SettingsDialog": lambda place: place.opener.settings(),
    "SettlementDialog": lambda place: place.opener.write_off(OPEN_INVOICE),
    "ShortcutsDialog": lambda place: ShortcutsDialog(place.window),
    "SnoozeDialog": lambda place: place.opener.snooze("key", place.text),
    "StatementDialog": lambda place: place.opener.statement("dune"),
    "TroubleDialog": _trouble,
    "VoidDialog": lambda place: place.opener.void_document(OPEN_INVOICE),
    "WorkDialog": lambda place: place.opener.work("acme"),
    "WriteDownDialog": lambda place: place.opener.write_down("acme", "late"),
    "AssignWorkDialog": lambda place: AssignWorkDialog(
        [WorkEntry("acme", "w", TODAY, 60, "ada", WorkKind.DELIVERY, None, place.text)],
        _read(place, list_retainers, "acme"), TODAY, place.window,
    ),
    "BackupsDialog": lambda place: BackupsDialog(
        place.desk, Preferences(place.folder / "config"), place.window
    ),
    "BulkCreditDialog": lambda place: BulkCreditDialog(_read(place, list_register, TODAY)[:3], place.window),
    "DraftDialog": lambda place: DraftDialog(_drafts(place)[0].draft, place.window),
    "DunningRunDialog": lambda place: DunningRunDialog(
        place.desk, _read(place, propose_dunning, TODAY), place.opener.chooser, place.window
    ),
    "FirstStartDialog": lambda place: FirstStartDialog(place.window),
    "NumberGapDialog": lambda place: NumberGapDialog(_read(place, list_series)[0], TODAY, place.window),
    "PersonDialog": lambda place: PersonDialog(
        "EUR", TODAY, (), _read(place, list_people)[0], place.window
    ),
    "ReopenDialog": lambda place: ReopenDialog(_board(place).closed[0], TODAY, place.window),
    "SeriesDialog": lambda place: SeriesDialog(TODAY, (), _read(place, list_series)[0], place.window),
    "SettledDialog": lambda place: SettledDialog(_retainer(place), TODAY, place.window),
    "SkipDialog": lambda place: place.opener.delete_draft(_drafts(place)[0].draft),
    "TaxRateDialog": lambda place: TaxRateDialog(
        "DE", TODAY, _read(place, rates_of_business, TODAY)[0], place.window
    ),
    "UnlockDialog": lambda place: UnlockDialog(place.folder / f"{place.text[:40].replace('/', '')}.book"),
}  # fmt: skip


def dialog_classes() -> set[str]:
    """The names of all dialogs the program has."""
    for module in pkgutil.walk_packages(desktop.__path__, "retainerdesk.desktop."):
        importlib.import_module(module.name)
    pending: list[type[QDialog]] = [QDialog]
    found: set[str] = set()
    while pending:
        for kind in pending.pop().__subclasses__():
            pending.append(kind)
            if kind.__module__.startswith("retainerdesk.desktop") and kind is not FormDialog:
                found.add(kind.__name__)
    return found
