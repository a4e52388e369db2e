"""Issuing on the operations thread: warn of what cannot be printed, then one transaction an invoice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retainerdesk.desktop.desk import Desk
from retainerdesk.domain.draft import Draft
from retainerdesk.services.invoices import pdf_name, save_invoice_pdf, unprintable_drafts, unprintable_in
from retainerdesk.services.issue_drafts import issue_drafts
from retainerdesk.services.issue_invoices import IssueCommand, IssueResult, issue_invoices
from retainerdesk.services.results import Outcome

if TYPE_CHECKING:
    from retainerdesk.desktop.operation_runner import Progress


@dataclass(frozen=True, slots=True)
class IssueAnswer:
    """What came of it: the outcome, or the warnings because of which nothing was issued yet."""

    outcome: Outcome[IssueResult] | None
    warnings: tuple[str, ...] = ()


def check_and_issue(
    desk: Desk, command: IssueCommand, progress: Progress, *, is_warned: bool = False
) -> IssueAnswer:
    """Issue a command; unless `is_warned`, characters no font can draw stop it first. For the worker."""
    store, today = desk.context.store, desk.today()
    if not is_warned:
        with store.reading() as uow:
            warnings = unprintable_in(uow, command.proposals, desk.context.files, today)
        if warnings:
            return IssueAnswer(None, warnings)
    return IssueAnswer(issue_invoices(store, command, today, progress.step))


def check_and_issue_drafts(
    desk: Desk, drafts: Sequence[Draft], is_warned: bool, progress: Progress
) -> IssueAnswer:
    """The same for drafts, as they were shown. For the worker."""
    store, today = desk.context.store, desk.today()
    if not is_warned:
        with store.reading() as uow:
            warnings = unprintable_drafts(uow, drafts, desk.context.files, today)
        if warnings:
            return IssueAnswer(None, warnings)
    return IssueAnswer(issue_drafts(store, drafts, today, progress.step))


def save_pdfs(desk: Desk, numbers: Sequence[str], folder: Path, progress: Progress) -> int:
    """Write the PDFs of invoices into a folder; returns how many, fewer if it was stopped. For the worker."""
    for done, number in enumerate(numbers):
        if not progress.step(done, len(numbers)):
            return done
        with desk.context.store.reading() as uow:
            save_invoice_pdf(uow, number, desk.context.files, folder / pdf_name(number))
    progress.step(len(numbers), len(numbers))
    return len(numbers)


def result_words(result: IssueResult) -> str:
    """Such as "14 issued, 2 parked"."""
    parts = [f"{len(result.issued)} issued"]
    if result.parked:
        parts.append(f"{len(result.parked)} parked")
    if result.cancelled:
        parts.append("stopped before the end")
    return ", ".join(parts)
