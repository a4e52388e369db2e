"""Late work in closed periods: differences that wait, decisions about them, what is said at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.closing_rules import check_undecide
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.late import LateEffect, close_holding, decide, late_effects, late_words
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import Period
from retainerdesk.domain.period_close import LateChoice, LateDecision
from retainerdesk.services.closing import chosen_retainers, closing_changes, load_files
from retainerdesk.services.corrections import CreditCommand, issue_credit_note
from retainerdesk.services.results import Outcome
from retainerdesk.services.rows import new_row_id
from retainerdesk.store.repositories import retainers
from retainerdesk.store.repositories.books import load_account_file
from retainerdesk.store.unit_of_work import UnitOfWork


def list_late(uow: UnitOfWork, today: date, account_id: str | None = None) -> tuple[LateEffect, ...]:
    """The differences in closed periods that wait, of one account or of all."""
    return tuple(each for file in load_files(uow, account_id) for each in late_effects(file, today))


def decide_late(
    uow: UnitOfWork, effect_id: str, choice: LateChoice, reason: str, today: date
) -> Outcome[LateDecision]:
    """Decide about all of the difference `account/retainer/first day` that waits; needs a reason.

    A credit note is issued at once, with the reason on it; a correction goes onto the next invoice.
    """
    file, effect = _waiting_effect(uow, effect_id, today)
    decided = decide(effect, choice, reason, today, new_row_id("late"))
    option = effect.option(choice)
    if option is not None and option.credits is not None:
        number, position = option.credits
        command = CreditCommand(number, decided.reason, amounts={position: -option.net})
        note = issue_credit_note(uow, command, today).value.note
        decided = replace(decided, invoice_number=note.number)
    retainer = file.retainer(effect.retainer_id)
    late = tuple(sorted((*retainer.late, decided), key=lambda each: (each.on, each.id)))
    retainers.save_retainer(uow, replace(retainer, late=late))
    return Outcome(decided, closing_changes(file.account.id))


def _waiting_effect(uow: UnitOfWork, effect_id: str, today: date) -> tuple[AccountFile, LateEffect]:
    account_id = effect_id.rsplit("/", 2)[0]
    file = load_account_file(uow, account_id)
    for effect in late_effects(file, today):
        if effect.id == effect_id:
            return file, effect
    message = f"No difference “{effect_id}” waits; it may be decided already."
    raise RuleViolation("late.unknown", message, "id")


def take_back_late(
    uow: UnitOfWork, account_id: str, retainer_id: str, decision_id: str
) -> Outcome[LateDecision]:
    """Take a decision about late work back, so that its difference waits again; not once it was issued."""
    file = load_account_file(uow, account_id)
    (retainer,) = chosen_retainers(file, retainer_id)
    decided = next((each for each in retainer.late if each.id == decision_id), None)
    if decided is None:
        message = f"There is no decision “{decision_id}” about late work."
        raise RuleViolation("late.unknown", message, "id")
    check_undecide(file, retainer, decided)
    left = tuple(each for each in retainer.late if each.id != decision_id)
    retainers.save_retainer(uow, replace(retainer, late=left))
    return Outcome(decided, closing_changes(account_id))


def restore_late(
    uow: UnitOfWork, account_id: str, retainer_id: str, decided: LateDecision
) -> Outcome[LateDecision]:
    """Undo that a decision was taken back; what came in between shows as a further difference."""
    file = load_account_file(uow, account_id)
    (retainer,) = chosen_retainers(file, retainer_id)
    restored = replace(
        retainer, late=tuple(sorted((*retainer.late, decided), key=lambda each: (each.on, each.id)))
    )
    retainers.save_retainer(uow, restored)
    return Outcome(decided, closing_changes(account_id))


def late_notice(uow: UnitOfWork, account_id: str, days: Iterable[date], today: date) -> str:
    """What to say at once after work of these days was entered, changed or removed; empty: nothing.

    Names the closed periods of those days with the difference that waits now.
    """
    wanted = set(days)
    closes = [
        close
        for each in retainers.retainers_by_account(uow, [account_id]).get(account_id, ())
        for day in wanted
        if (close := close_holding(each, day)) is not None
    ]
    if not closes:
        return ""
    effects = late_effects(load_account_file(uow, account_id), today)
    touched = [each for each in effects if any(day in each.span for day in wanted)]
    if not touched:
        return f"{_days_of(closes[0].span)} is closed; this changes nothing in it."
    return f"{'; '.join(_closed_words(each) for each in touched)}. Decide in Billing > Closing."


def late_notes(uow: UnitOfWork, account_ids: Iterable[str], today: date) -> tuple[str, ...]:
    """A sentence for each difference that waits in closed periods of these accounts."""
    closed = retainers.retainers_by_account(uow)
    concerned = sorted(name for name in set(account_ids) if any(each.closes for each in closed.get(name, ())))
    return tuple(
        f"{each.account_name}: {_closed_words(each)}. Decide in Billing > Closing."
        for name in concerned
        for each in late_effects(load_account_file(uow, name), today)
    )


def _closed_words(effect: LateEffect) -> str:
    return f"{_days_of(effect.span)} is closed: {late_words(effect.difference, effect.unit)}"


def _days_of(span: Period) -> str:
    return f"{span.start} – {span.last_day}"


def waiting_sum(effects: Iterable[LateEffect]) -> tuple[Money, ...]:
    """What the differences come to at the plans' prices, a sum for each currency."""
    sums: dict[str, Money] = {}
    for each in effects:
        price = each.difference.price
        sums[price.currency] = sums.get(price.currency, Money(0, price.currency)) + price
    return tuple(sums.values())
