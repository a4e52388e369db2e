"""What is done with the documents and the money of a `World`, checked by the domain as the services do it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from retainerdesk.domain import deposit_rules
from retainerdesk.domain.book import AccountFile
from retainerdesk.domain.credit import CreditRequest, draw_up_credit
from retainerdesk.domain.credit_use import propose_credit_use
from retainerdesk.domain.draft import Draft, DraftEdit, edited, merged, skips_of, split, without_lines
from retainerdesk.domain.draft_state import draft_from, draft_states, refreshed
from retainerdesk.domain.errors import RuleViolation
from retainerdesk.domain.invoice import (
    Invoice,
    InvoiceStatus,
    Payment,
    Settlement,
    SettlementKind,
    Skip,
    Voided,
)
from retainerdesk.domain.invoicing import Proposal, clock_obstacle, propose
from retainerdesk.domain.issuing import IssueSlot, draw_up, replaced_by
from retainerdesk.domain.late import decide, late_effects
from retainerdesk.domain.money import Money
from retainerdesk.domain.payments import check_payment, check_refunds_covered, propose_allocations
from retainerdesk.domain.settlement import (
    balances_of,
    check_credit_note,
    check_settlement,
    check_void,
    document_of,
    invoice_of,
    refundable,
    writable_off,
)
from tests.domain.billing_world import Agreement, World
from tests.domain.builders import BUSINESS

INVOICE, CREDIT = "invoice", "credit_note"
LATER = ("merge", "split", "edit", "take_out", "put_back", "delete", "refresh", "issue")


def offered(world: World, account_id: str, *, confirmed: bool = True) -> tuple[Proposal, ...]:
    """What a run offers one account today; numbers follow dates, so a clock that went back offers nothing."""
    last = world.last_on.get(INVOICE)
    file = world.files[account_id]
    return propose(file, world.today, world.today, last_issued_on=last, confirmed=confirmed).proposals


def _slot(world: World, series: str) -> IssueSlot:
    if clock_obstacle(world.today, world.last_on.get(series)):
        raise RuleViolation("clock", "The clock went back.")
    number = world.numbers.get(series, 0) + 1
    return IssueSlot(series, f"{'C' if series == CREDIT else ''}{number:04}", number, world.today)


def _keep(world: World, file: AccountFile, made: Invoice) -> str:
    """Take the number and put the document beside the others."""
    world.numbers[made.series_id] = made.sequence
    world.last_on[made.series_id] = made.issued_on
    world.put(replace(file, invoices=(*file.invoices, made)))
    return made.number


def issue_proposal(world: World, shown: Proposal) -> str | None:
    """Issue one proposal if it is still what would be offered; its number."""
    if shown not in offered(world, shown.account_id):
        return None
    file = world.files[shown.account_id]
    replaced = replaced_by(file.invoices, shown)
    return _keep(world, file, draw_up(shown, BUSINESS, file.account, _slot(world, INVOICE), replaced))


def issue(
    world: World, account_id: str, *, confirmed: bool, wanted: Callable[[int], bool] = lambda _: True
) -> list[str]:
    """Issue what is offered and wanted, by its place in the list."""
    shown = offered(world, account_id, confirmed=confirmed)
    made = [issue_proposal(world, each) for place, each in enumerate(shown) if wanted(place)]
    return [number for number in made if number is not None]


def skip(world: World, account_id: str, place: int) -> None:
    """Decide that one of the offered charges is not invoiced."""
    charges = [charge for each in offered(world, account_id) for charge in each.charges]
    if charges:
        chosen = charges[place % len(charges)]
        deposit_rules.check_skip([chosen.key])
        file = world.files[account_id]
        made = Skip(chosen.key, "as agreed", world.today, chosen.net)
        world.put(replace(file, skips=(*file.skips, made)))


def keep_drafts(world: World, account_id: str) -> None:
    """Set up to three proposals aside."""
    for proposal in offered(world, account_id)[:3]:
        file = world.files[account_id]
        draft = draft_from(proposal, world.new_id("d"), world.today)
        world.put(replace(file, drafts=(*file.drafts, draft)))


def handle_draft(world: World, account_id: str, how: str, place: int) -> str | None:
    """Do one thing with one of the drafts; the number if that issued it."""
    file = world.files[account_id]
    if not file.drafts:
        return None
    draft = file.drafts[place % len(file.drafts)]
    if how == "issue":
        return _issue_draft(world, file, draft)
    gone, come = _swapped(world, file, draft, how)
    kept = tuple(each for each in file.drafts if each not in gone)
    skipped: tuple[Skip, ...] = ()
    if how == "delete":
        skipped = skips_of(draft, draft.keys, "given up", world.today)
    world.put(replace(file, drafts=(*kept, *come), skips=(*file.skips, *skipped)))
    return None


def _swapped(
    world: World, file: AccountFile, draft: Draft, how: str
) -> tuple[Sequence[Draft], Sequence[Draft]]:
    """Which drafts go, and which come for them."""
    if how == "merge":
        return file.drafts, (merged(file.drafts),)
    if how == "split":
        return (draft,), split(draft, [draft.lines[0].key], world.new_id("d"))
    if how == "edit":
        order = [line.key for line in reversed(draft.lines)]
        return (draft,), (edited(draft, DraftEdit({order[0]: "In our words"}, order, "Thank you")),)
    rest = None
    if how == "take_out":
        rest = without_lines(draft, [draft.lines[0].key])
    elif how == "refresh":
        states = draft_states(file, world.today)
        rest = refreshed(next(each for each in states if each.draft.id == draft.id))
    return (draft,), () if rest is None else (rest,)


def _issue_draft(world: World, file: AccountFile, draft: Draft) -> str | None:
    state = next(each for each in draft_states(file, world.today) if each.draft.id == draft.id)
    if state.obstacle:
        return None
    proposal = state.proposal
    kept = tuple(each for each in file.drafts if each.id != draft.id)
    slot, replaced = _slot(world, INVOICE), replaced_by(file.invoices, proposal)
    made = draw_up(proposal, BUSINESS, file.account, slot, replaced)
    return _keep(world, replace(file, drafts=kept), made)


def credit(world: World, number: str, request: CreditRequest) -> str:
    """Take back (part of) an invoice; what is open of it is settled with that at once."""
    file = world.holder_of(number)
    invoice = document_of(file, number)
    slot = _slot(world, CREDIT)
    note = draw_up_credit(invoice, file.invoices, request, BUSINESS, file.account, slot)
    deposit_rules.check_credit(file, note)
    check_credit_note(file, note)
    _keep(world, file, note)
    use = propose_credit_use(world.holder_of(number), source_number=note.number, invoice_number=number)
    for source, target, amount in use.applied:
        _settle(world, file.account.id, SettlementKind.CREDIT, amount, target, source)
    return note.number


def void(world: World, number: str) -> None:
    file = world.holder_of(number)
    found = check_void(file, number, "a slip", world.today)
    deposit_rules.check_void(file, number)
    made = replace(found, status=InvoiceStatus.VOID, voided=Voided(world.today, "a slip"))
    documents = tuple(made if each.number == number else each for each in file.invoices)
    world.put(replace(file, invoices=documents))


def pay(world: World, account_id: str, amount: Money) -> str:
    """Money comes: the oldest due first, what is over stays as credit."""
    file = world.files[account_id]
    parts = propose_allocations(amount, file.invoices, balances_of(file))
    payment = Payment(account_id, world.new_id("p"), world.today, amount, parts)
    check_payment(payment, file.invoices, file.payments, file.settlements)
    world.put(replace(file, payments=(*file.payments, payment)))
    return payment.id


def open_balance_of(world: World, account_id: str) -> Money:
    """What is open of all invoices of an account, credit notes not counted."""
    file = world.files[account_id]
    own = [each.minor for each in balances_of(file).values() if each.minor > 0]
    return Money(sum(own), file.account.currency)


def owed_on(world: World, number: str) -> Money:
    """What is open of a document."""
    return balances_of(world.holder_of(number))[number]


def take_payment_back(world: World, which: Agreement) -> None:
    file = world.files[which[0]]
    others = tuple(each for each in file.payments if each.id != which[1])
    check_refunds_covered(file.invoices, others, file.settlements)
    world.put(replace(file, payments=others))


def write_off(world: World, number: str, percent: int) -> None:
    file = world.holder_of(number)
    most = writable_off(file, invoice_of(file, number).number)
    amount = Money(most.minor * percent // 100, most.currency)
    _settle(world, file.account.id, SettlementKind.WRITE_OFF, amount, number)


def refund(world: World, account_id: str, number: str | None, percent: int) -> None:
    """Pay back a part of a credit note, or (None) of what was paid and nothing took."""
    most = refundable(world.files[account_id], number)
    amount = Money(most.minor * percent // 100, most.currency)
    _settle(world, account_id, SettlementKind.REFUND, amount, None, number)


def use_credit(world: World, account_id: str) -> None:
    """Credit notes and money left over settle what is open."""
    use = propose_credit_use(world.files[account_id])
    for source, number, amount in use.applied:
        _settle(world, account_id, SettlementKind.CREDIT, amount, number, source)
    file = world.files[account_id]
    changed = {each.id: each for each in use.payments}
    world.put(replace(file, payments=tuple(changed.get(each.id, each) for each in file.payments)))


def _settle(
    world: World,
    account_id: str,
    kind: SettlementKind,
    amount: Money,
    number: str | None = None,
    source: str | None = None,
) -> None:
    file = world.files[account_id]
    made = Settlement(account_id, world.new_id("s"), world.today, kind, amount, number, source, "agreed")
    check_settlement(file, made)
    world.put(replace(file, settlements=(*file.settlements, made)))


def decide_late(world: World, account_id: str, place: int, turn: int) -> str | None:
    """Decide about one difference in a closed period, in one of the ways offered; a credit note's number."""
    waiting = late_effects(world.files[account_id], world.today)
    if not waiting:
        return None
    effect = waiting[place % len(waiting)]
    option = effect.options[turn % len(effect.options)]
    made = decide(effect, option.choice, "agreed", world.today, world.new_id("l"))
    number = None
    if option.credits is not None:
        invoice, position = option.credits
        number = credit(world, invoice, CreditRequest("late", amounts={position: -option.net}))
        made = replace(made, invoice_number=number)
    agreed = world.agreed((account_id, effect.retainer_id))
    late = tuple(sorted((*agreed.late, made), key=lambda each: (each.on, each.id)))
    world.put_agreed(replace(agreed, late=late))
    return number
