"""Letters about money: their dialogs, what is marked as sent, and reference rates of late interest.

Marking can be undone; what a run marked is one edit. The PDFs that were written stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from retainerdesk.desktop.dialogs.edits import Keeper
from retainerdesk.desktop.dialogs.form_dialog import FormDialog
from retainerdesk.desktop.problems import show_problem
from retainerdesk.domain.errors import EnvironmentProblem, RuleViolation
from retainerdesk.domain.late_interest_table import OwnRate
from retainerdesk.domain.sent_letter import SentLetter
from retainerdesk.services.accounts import get_account
from retainerdesk.services.business import get_business
from retainerdesk.services.dunning_run import DunningResult, ProposedLetter, propose_dunning
from retainerdesk.services.late_interest_rates import add_own_rate, late_interest_table, remove_own_rate
from retainerdesk.services.letter_draft import letter_draft
from retainerdesk.services.letters import LetterChoice, letter_for, statement_of_account
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.services.sent_letters import (
    add_letter,
    mark_letter_sent,
    mark_statement_sent,
    save_sent_pdf,
    take_back_letter,
)

if TYPE_CHECKING:
    from retainerdesk.desktop.desk import Desk
    from retainerdesk.desktop.dialogs.late_interest_dialog import LateInterestDialog
    from retainerdesk.desktop.operation_runner import Progress
    from retainerdesk.domain.period import Period
    from retainerdesk.services.units import UnitOfWork

    _Make = Callable[[UnitOfWork, Desk], Outcome[SentLetter]]


class LetterEdits(Keeper):
    """Dunning, statements, and the rates of late interest.

    Signals: `letters_told(text, is_clean)` after a run; clean is one that reached its end and parked nobody.
    """

    letters_told = Signal(str, bool)

    def letter(self, account_id: str, currency: str = "") -> FormDialog | None:
        """A letter of dunning; None where there is nothing to ask for, which is said."""
        from retainerdesk.desktop.dialogs.letter_dialog import LetterDialog

        try:
            wanted = currency or self.desk.read(get_account, account_id).currency
            draft = self.desk.read(letter_draft, account_id, wanted, self.desk.today())
        except RuleViolation as refused:
            show_problem(self.window, refused)
            return None
        dialog = LetterDialog(self.desk, draft, self.chooser, self.window)
        return self.show(dialog, partial(self._mark_letter, dialog, account_id))

    def statement(self, account_id: str) -> FormDialog:
        """A statement of account."""
        from retainerdesk.desktop.dialogs.statement_dialog import StatementDialog

        account = self.desk.read(get_account, account_id)
        dialog = StatementDialog(self.desk, account, self.chooser, self.window)
        return self.show(dialog, partial(self._mark_statement, dialog, account_id))

    def dunning_run(self, account_ids: Collection[str] = ()) -> None:
        """Look for every letter that is due, of these accounts or of all, and offer to create them."""
        work = partial(_proposed, self.desk, frozenset(account_ids))
        self.desk.runner.run(work, self._offer_run, self._fail_run, "Looking for letters that are due")

    def _offer_run(self, proposed: tuple[ProposedLetter, ...]) -> None:
        from retainerdesk.desktop.dialogs.dunning_run_dialog import DunningRunDialog

        if not proposed:
            message = "No letter is due: nothing is past due long enough, or the last letters have time left."
            show_problem(self.window, RuleViolation("dunning.nothing", message))
            return
        dialog = DunningRunDialog(self.desk, proposed, self.chooser, self.window)
        dialog.done_with.connect(self._ran)
        dialog.open()

    def _fail_run(self, error: BaseException) -> None:
        show_problem(self.window, error)

    def take_back(self, letter: SentLetter) -> bool:
        """Forget that a letter was sent, with undo."""
        backward = partial(self._add_letters, (letter,))
        return self.edit(None, "take letter back", partial(self._forget_letters, (letter,)), backward)

    def save_sent(self, letter: SentLetter) -> None:
        """Ask where to, and write the PDF of a letter as it was sent."""
        what = letter.step_id or letter.kind.value
        suggestion = f"{letter.account_id}-{what}-{letter.on}.pdf"
        place = self.chooser.save_file(self.window, "Save PDF", suggestion, "PDF (*.pdf)")
        if place is None:
            return
        try:
            save_sent_pdf(letter, self.desk.context.files, place)
        except EnvironmentProblem as problem:
            show_problem(self.window, problem)

    def late_interest_rates(self) -> FormDialog:
        """The reference rates, to add a half-year or take one out; it stays open until it is closed."""
        from retainerdesk.desktop.dialogs.late_interest_dialog import LateInterestDialog

        table, country = self.desk.read(late_interest_table), self.desk.read(get_business).country
        own = next((law.reference.id for law in table.laws if country in law.countries), "")
        dialog = LateInterestDialog(table, self.window, reference_id=own)
        dialog.remove.clicked.connect(partial(self._remove_rate, dialog))
        return self.show(dialog, partial(self._add_rate, dialog))

    # What is kept

    def _mark_letter(self, dialog: FormDialog, account_id: str, choice: LetterChoice) -> None:
        self._mark(dialog, "letter", partial(_sent_letter, account_id, choice))

    def _mark_statement(self, dialog: FormDialog, account_id: str, span: Period) -> None:
        self._mark(dialog, "statement", partial(_sent_statement, account_id, span))

    def _mark(self, dialog: FormDialog, text: str, make: _Make) -> None:
        made: list[SentLetter] = []
        forward = partial(self._make_or_add, make, made)
        self.edit(dialog, text, forward, partial(self._forget_letters, made))

    def _make_or_add(self, make: _Make, made: list[SentLetter]) -> Changes:
        """The first time the letter is made; doing it again after an undo keeps the same one."""
        if made:
            return self._add_letters(made)
        outcome = self.desk.write(make, self.desk)
        made[:] = [outcome.value]
        return outcome.changes

    def _ran(self, outcome: Outcome[DunningResult]) -> None:
        from retainerdesk.desktop.dialogs.dunning_run_dialog import result_words

        sent = outcome.value.sent
        if sent:
            # The run has committed already: the edit begins as done.
            done = [outcome.changes]
            forward = partial(self._told_or_added, done, sent)
            self.edit(None, "dunning run", forward, partial(self._forget_letters, sent))
        is_clean = not (outcome.value.parked or outcome.value.cancelled)
        self.letters_told.emit(result_words(outcome.value), is_clean)

    def _told_or_added(self, done: list[Changes], sent: Sequence[SentLetter]) -> Changes:
        if not done:
            return self._add_letters(sent)
        changes = done.pop()
        self.desk.bus.changed.emit(changes)
        return changes

    def _add_letters(self, letters: Sequence[SentLetter]) -> Changes:
        return self.desk.write(_added, tuple(letters)).changes

    def _forget_letters(self, letters: Sequence[SentLetter]) -> Changes:
        return self.desk.write(_taken_back, tuple(letters)).changes

    # Rates

    def _add_rate(self, dialog: LateInterestDialog, rate: OwnRate) -> None:
        forward, backward = partial(self._write_rate, rate), partial(self._drop_rate, rate)
        if self.edit(dialog, "late interest rate", forward, backward):
            dialog.keep_open()
            dialog.show_rates(self.desk.read(late_interest_table))

    def _remove_rate(self, dialog: LateInterestDialog) -> None:
        rate = dialog.last_added
        if rate is None:
            return
        forward, backward = partial(self._drop_rate, rate), partial(self._write_rate, rate)
        if self.edit(dialog, "remove late interest rate", forward, backward):
            dialog.show_rates(self.desk.read(late_interest_table))

    def _write_rate(self, rate: OwnRate) -> Changes:
        return self.desk.write(add_own_rate, rate).changes

    def _drop_rate(self, rate: OwnRate) -> Changes:
        return self.desk.write(remove_own_rate, rate).changes


def _proposed(desk: Desk, account_ids: frozenset[str], _progress: Progress) -> tuple[ProposedLetter, ...]:
    with desk.context.store.reading() as uow:
        found = propose_dunning(uow, desk.today())
    return tuple(each for each in found if not account_ids or each.letter.account_id in account_ids)


def _sent_letter(account_id: str, choice: LetterChoice, uow: UnitOfWork, desk: Desk) -> Outcome[SentLetter]:
    letter = letter_for(uow, account_id, desk.today(), choice)
    if letter is None:
        raise RuleViolation("letter.nothing", "Nothing is past due any more; there is nothing to ask for.")
    return mark_letter_sent(uow, letter, desk.context.files, desk.today())


def _sent_statement(account_id: str, span: Period, uow: UnitOfWork, desk: Desk) -> Outcome[SentLetter]:
    statement = statement_of_account(uow, account_id, span)
    return mark_statement_sent(uow, account_id, statement, desk.context.files, desk.today())


def _added(uow: UnitOfWork, letters: Sequence[SentLetter]) -> Outcome[None]:
    """Keep letters again; all of them or none."""
    changes = Changes()
    for each in letters:
        changes = _joined(changes, add_letter(uow, each).changes)
    return Outcome(None, changes)


def _taken_back(uow: UnitOfWork, letters: Sequence[SentLetter]) -> Outcome[None]:
    """Forget letters; all of them or none."""
    changes = Changes()
    for each in letters:
        changes = _joined(changes, take_back_letter(uow, each).changes)
    return Outcome(None, changes)


def _joined(changes: Changes, more: Changes) -> Changes:
    """Both together; nothing at all concerns no account, not every one."""
    return more if changes == Changes() else changes | more
