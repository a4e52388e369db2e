"""Taking back several invoices whole with one reason, one transaction a credit note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from retainerdesk.domain.errors import RuleViolation
from retainerdesk.services.corrections import CreditCommand, CreditResult, issue_credit_note
from retainerdesk.services.results import Changes, Outcome
from retainerdesk.store.book_store import BookStore

Progress = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class BulkCreditResult:
    """What was credited. `parked` are the documents left alone, by number, with the reason."""

    credited: tuple[CreditResult, ...]
    parked: tuple[tuple[str, str], ...] = ()
    cancelled: bool = False


def credit_documents(
    store: BookStore,
    numbers: Sequence[str],
    reason: str,
    today: date,
    go_on: Progress = lambda _done, _total: True,
) -> Outcome[BulkCreditResult]:
    """Credit what is left of each invoice, in order; what a rule forbids is parked and the others go on.

    A run that is stopped or killed has credited the first of them whole, and nothing in part.
    Raises RuleViolation without a reason, EnvironmentProblem if the book cannot be written.
    """
    if not reason.strip():
        raise RuleViolation("credit.reason", "Say why it is credited; the reason is printed.", "reason")
    done: list[CreditResult] = []
    parked: list[tuple[str, str]] = []
    changes = Changes()
    for place, number in enumerate(numbers):
        if not go_on(place, len(numbers)):
            return Outcome(BulkCreditResult(tuple(done), tuple(parked), cancelled=True), changes)
        try:
            with store.writing() as uow:
                outcome = issue_credit_note(uow, CreditCommand(number, reason.strip()), today)
                uow.commit()
        except RuleViolation as refused:
            parked.append((number, refused.message))
            continue
        done.append(outcome.value)
        changes = outcome.changes if changes == Changes() else changes | outcome.changes
    go_on(len(numbers), len(numbers))
    return Outcome(BulkCreditResult(tuple(done), tuple(parked)), changes)
