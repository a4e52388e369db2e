"""The drafts of the billing screen: put into words, merged, split, refreshed, given up, issued."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from retainerdesk.desktop.desk import Desk
from retainerdesk.desktop.dialogs.opener import DialogOpener
from retainerdesk.desktop.formatting import money
from retainerdesk.desktop.forms.ui_drafts_page import Ui_DraftsPage
from retainerdesk.desktop.models.drafts_model import DraftsModel, DraftTableRow, LineRow, draft_rows
from retainerdesk.desktop.panes.billing.drafts_table import DraftsTable
from retainerdesk.desktop.panes.billing.issuer import Issuer
from retainerdesk.desktop.panes.billing.issuing import check_and_issue_drafts
from retainerdesk.desktop.problems import show_problem
from retainerdesk.desktop.theme.stylesheet import set_style_property
from retainerdesk.desktop.widgets.buttons import put_icon
from retainerdesk.desktop.widgets.empty_state import EmptyState
from retainerdesk.domain.draft import DraftEdit
from retainerdesk.domain.invoice import ChargeKey
from retainerdesk.domain.money import Money
from retainerdesk.services.issue_drafts import DraftView, list_drafts

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Progress


class DraftsPage(QWidget):
    """Loads the drafts on the operations thread.

    Signals: `shown(DraftView | None)` for the side; `counted(int)`; `run_asked()` from the empty state;
    `warned(sentences)` when something cannot be printed; `issued(IssueResult)`.
    """

    shown = Signal(object)
    counted = Signal(int)
    run_asked = Signal()
    warned = Signal(object)
    issued = Signal(object)

    def __init__(self, desk: Desk, opener: DialogOpener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Ui_DraftsPage()
        self.form.setupUi(self)
        self._desk = desk
        self._opener = opener
        self._round = 0
        self._issuer = Issuer(desk, self, self)
        self._asked_for = ""
        self.views: tuple[DraftView, ...] = ()
        self._wanted: DraftTableRow | None = None
        self.model = DraftsModel(desk.today(), self)
        self.table = DraftsTable(self.model)
        self.form.table_place.addWidget(self.table, 1)
        self.empty = EmptyState(
            "file-pen-line",
            "No drafts",
            "Keep a run as drafts to read it again before it is issued: texts, order, a note and the"
            " discount are yours to change, amounts follow from your rules.",
            "&Review what is due",
        )
        self.empty.setVisible(False)
        self.form.table_place.addWidget(self.empty, 1)
        self._dress()
        self._connect()
        self._apply()

    def _dress(self) -> None:
        form = self.form
        set_style_property(form.title, "role", "title")
        for label in (form.subtitle, form.sum):
            set_style_property(label, "tone", "muted")
        names = {
            form.refresh: "refresh-cw", form.notes: "sticky-note", form.merge: "link", form.split: "split",
            form.put_back: "undo-2", form.give_up: "trash-2",
        }  # fmt: skip
        for button, name in names.items():
            put_icon(button, name)
        put_icon(form.issue, "receipt-text", "primary")

    def _connect(self) -> None:
        form = self.form
        form.refresh.clicked.connect(self.refresh_chosen)
        form.notes.clicked.connect(self.edit_notes)
        form.merge.clicked.connect(self.merge_chosen)
        form.split.clicked.connect(self.split_chosen)
        form.put_back.clicked.connect(self.put_back_chosen)
        form.give_up.clicked.connect(self.give_up_chosen)
        form.issue.clicked.connect(self.issue)
        self._issuer.turned.connect(self._apply)
        self._issuer.warned.connect(self.warned)
        self._issuer.issued.connect(self.issued)
        self._issuer.done.connect(self.load)
        self.empty.primary.connect(self.run_asked)
        self.table.moved.connect(self.move_line)
        self.table.delete_asked.connect(self.give_up_chosen)
        self.table.row_changed.connect(self._tell)
        self.table.selectionModel().selectionChanged.connect(self._apply)
        self.model.text_typed.connect(self._keep_text)

    # Loading

    def load(self) -> None:
        """Read the drafts anew. Only the newest answer counts."""
        self._round += 1
        self._desk.runner.run(
            partial(_read, self._desk, self._round), self._take, self._fail, "Looking for drafts"
        )

    def go_to(self, draft_id: str) -> None:
        """Choose a draft, at once or when the drafts were read; "" leaves the choice as it is."""
        self._asked_for = draft_id
        if draft_id and any(view.draft.id == draft_id for view in self.views):
            self._asked_for = ""
            self.table.go_to_draft(draft_id)

    def _take(self, answer: tuple[int, tuple[DraftView, ...]]) -> None:
        asked, views = answer
        if asked != self._round:
            return
        self.views = views
        self.counted.emit(len(views))
        wanted = self.table.current or self._wanted
        self.model.set_rows(draft_rows(views), self._desk.today())
        self.table.setVisible(bool(views))
        self.empty.setVisible(not views)
        self.table.show_rows(wanted)
        self.go_to(self._asked_for)
        self._apply()

    def _fail(self, error: BaseException) -> None:
        self._apply()
        show_problem(self.window(), error)

    def _tell(self, row: DraftTableRow | None) -> None:
        if row is not None:
            self._wanted = row
        self.shown.emit(row.view if row is not None else None)

    # What can be done

    def _keep_text(self, draft_id: str, key: ChargeKey, text: str) -> None:
        self._opener.edit_draft(draft_id, DraftEdit({key: text}))

    def move_line(self, step: int) -> None:
        """Move the line the keyboard is on up (-1) or down (1) within its draft."""
        row = self.table.current
        if not isinstance(row, LineRow):
            return
        order = [line.key for line in row.view.draft.lines]
        place = order.index(row.key)
        if 0 <= place + step < len(order):
            order.insert(place + step, order.pop(place))
            self._opener.edit_draft(row.view.draft.id, DraftEdit(order=order))

    def refresh_chosen(self) -> None:
        """Take over what the charges of the chosen drafts are now."""
        for view in self.table.selected_drafts():
            if view.state.has_changed and not self._opener.refresh_draft(view.draft.id):
                return

    def edit_notes(self) -> None:
        """Ask for the note and the discount of the chosen draft."""
        chosen = self.table.selected_drafts()
        if len(chosen) == 1:
            self._opener.draft_notes(chosen[0].draft)

    def merge_chosen(self) -> None:
        """Put the chosen drafts together."""
        self._opener.merge_drafts([view.draft.id for view in self.table.selected_drafts()])

    def split_chosen(self) -> None:
        """Put the chosen lines onto a new draft."""
        lines = self.table.selected_lines()
        if lines:
            self._opener.split_draft(self.table.selected_drafts()[0].draft.id, lines)

    def put_back_chosen(self) -> None:
        """Let the run offer the chosen lines or drafts again."""
        chosen, lines = self.table.selected_drafts(), self.table.selected_lines()
        if lines:
            self._opener.take_lines_out(chosen[0].draft.id, lines)
        elif chosen:
            self._opener.put_drafts_back([view.draft.id for view in chosen])

    def give_up_chosen(self) -> None:
        """Ask why the chosen lines, or the chosen draft, are not invoiced."""
        chosen, lines = self.table.selected_drafts(), self.table.selected_lines()
        if len(chosen) == 1 and lines:
            self._opener.skip_lines(chosen[0].draft, lines)
        elif len(chosen) == 1:
            self._opener.delete_draft(chosen[0].draft)

    # Issuing

    def issue(self) -> None:
        """Issue the chosen drafts. While that is under way a second press does nothing."""
        self._issue(is_warned=False)

    def issue_all_the_same(self) -> None:
        """Issue although some characters cannot be printed."""
        self._issue(is_warned=True)

    def _issue(self, *, is_warned: bool) -> None:
        drafts = tuple(view.draft for view in self.table.selected_drafts())
        if drafts:
            work = partial(check_and_issue_drafts, self._desk, drafts, is_warned)
            self._issuer.issue(work, "Issuing drafts")

    # Words

    def _apply(self) -> None:
        form, chosen, lines = self.form, self.table.selected_drafts(), self.table.selected_lines()
        idle = not self._issuer.is_busy
        form.refresh.setEnabled(idle and any(view.state.has_changed for view in chosen))
        form.notes.setEnabled(idle and len(chosen) == 1)
        form.merge.setEnabled(idle and len(chosen) > 1)
        form.split.setEnabled(idle and bool(lines) and len(lines) < len(chosen[0].draft.lines))
        form.put_back.setEnabled(idle and bool(chosen))
        form.give_up.setEnabled(idle and len(chosen) == 1)
        form.give_up.setText("S&kip lines…" if lines else "&Delete…")
        form.issue.setEnabled(idle and any(not view.obstacle for view in chosen))
        form.issue.setText("&Issue draft" if len(chosen) < 2 else f"&Issue {len(chosen)} drafts")
        form.subtitle.setText(drafts_words(self.views))
        form.sum.setText(chosen_words(chosen))


def drafts_words(views: tuple[DraftView, ...]) -> str:
    """Such as "3 drafts wait, 1 of them changed since"."""
    if not views:
        return "Nothing waits as a draft"
    waits = "1 draft waits" if len(views) == 1 else f"{len(views)} drafts wait"
    changed = sum(view.state.has_changed for view in views)
    if not changed:
        return f"{waits}; no number is taken before it is issued"
    which = "it" if len(views) == 1 else f"{changed} of them"
    return f"{waits}; {which} changed since"


def chosen_words(chosen: tuple[DraftView, ...]) -> str:
    """What the chosen drafts come to, a sum for each currency."""
    sums: dict[str, Money] = {}
    for view in chosen:
        gross = view.state.totals.gross
        sums[gross.currency] = sums.get(gross.currency, Money(0, gross.currency)) + gross
    amounts = " + ".join(money(each) for each in sums.values())
    if not chosen:
        return "nothing is chosen"
    what = "1 draft" if len(chosen) == 1 else f"{len(chosen)} drafts"
    return f"{what} chosen, {amounts} with tax"


def _read(desk: Desk, asked: int, _progress: Progress) -> tuple[int, tuple[DraftView, ...]]:
    with desk.context.store.reading() as uow:
        return asked, list_drafts(uow, desk.today())
