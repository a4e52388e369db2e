"""A book file to a Book, or to everything that is wrong with it."""

from __future__ import annotations

from functools import partial

from retainerdesk.domain.account import Person
from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.exchange.book.fields import Fields
from retainerdesk.exchange.book.json_text import LARGEST_BYTES, parse_json
from retainerdesk.exchange.book.letters import letter_node, read_letter, read_own_rate
from retainerdesk.exchange.book.order import book_in_order
from retainerdesk.exchange.book.read_blocks import read_block
from retainerdesk.exchange.book.read_deposits import deposit_node, read_deposit
from retainerdesk.exchange.book.read_draft import read_draft
from retainerdesk.exchange.book.read_invoice import read_invoice
from retainerdesk.exchange.book.read_lists import named, refuse_repeated
from retainerdesk.exchange.book.read_parties import read_account, read_business, read_person, read_series
from retainerdesk.exchange.book.read_rates import read_exchange_rates
from retainerdesk.exchange.book.read_retainer import read_retainer
from retainerdesk.exchange.book.read_rows import (
    read_action,
    read_call,
    read_charge,
    read_decision,
    read_document,
    read_expense,
    read_note,
    read_payment,
    read_settlement,
    read_skip,
    read_work,
)
from retainerdesk.exchange.book.references import check_references
from retainerdesk.exchange.book.refusals import BookRefused, Refusal, Refusals
from retainerdesk.exchange.book.scope import Scope
from retainerdesk.exchange.book.tax_rates import read_tax_rate
from retainerdesk.exchange.book.write_blocks import block_node
from retainerdesk.exchange.book.write_draft import draft_node
from retainerdesk.exchange.book.write_rows import (
    action_node,
    call_node,
    charge_node,
    decision_node,
    document_node,
    expense_node,
    note_node,
    payment_node,
    settlement_node,
    work_node,
)
from retainerdesk.exchange.book.writer import FORMAT, VERSION


def read_book(data: bytes | str, largest_bytes: int = LARGEST_BYTES) -> Book:
    """The book of a JSON file, every list by date, then id.

    Rows without an id get one from their content. Raises BookRefused with all that is wrong, each with its
    JSON path; then nothing of the file is to be used.
    """
    return book_in_order(read_as_written(data, largest_bytes))


def read_as_written(data: bytes | str, largest_bytes: int = LARGEST_BYTES) -> Book:
    """As `read_book`, but every list in the order of the file: what paths into the file count by."""
    refusals = Refusals()
    fields = Fields(parse_json(data, largest_bytes), "", refusals)
    refusals.raise_if_any()
    _check_format(fields)
    book = _read_members(fields)
    refusals.raise_if_any()
    check_references(book, refusals)
    refusals.raise_if_any()
    return book


def _check_format(fields: Fields) -> None:
    """Nothing else is worth reading in a file of another format or of a newer program."""
    found = fields.text("format") if fields.has("format") else ""
    if found != FORMAT:
        raise BookRefused((Refusal("format", f"is not “{FORMAT}”: this file is not a RetainerDesk book."),))
    version = fields.integer("version", least=1)
    if version > VERSION:
        sentence = f"is {version}, from a newer program that writes books this one cannot read; update it."
        raise BookRefused((Refusal("version", sentence),))
    fields.refusals.raise_if_any()


def _read_members(fields: Fields) -> Book:
    business = read_business(fields.child("business"))
    people = tuple(read_person(person) for person in fields.children("people"))
    series = tuple(read_series(item) for item in fields.children("series"))
    rates = tuple(read_own_rate(item) for item in fields.children("late_interest_rates"))
    tax_rates = tuple(read_tax_rate(item) for item in fields.children("tax_rates"))
    refuse_repeated(fields, "people", (person.id for person in people))
    refuse_repeated(fields, "series", (item.id for item in series))
    refuse_repeated(fields, "late_interest_rates", (rate.id for rate in rates))
    refuse_repeated(fields, "tax_rates", (rate.id for rate in tax_rates))
    exchange_rates = read_exchange_rates(fields)
    accounts = tuple(_read_file(file, people, business.currency) for file in fields.children("accounts"))
    refuse_repeated(fields, "accounts", (file.account.id for file in accounts))
    fields.close()
    return Book(business, people, series, accounts, rates, exchange_rates, tax_rates)


def _read_file(fields: Fields, people: tuple[Person, ...], default_currency: str) -> AccountFile:
    account = read_account(fields, default_currency)
    refuse_repeated(fields, "contacts", (contact.id for contact in account.contacts))
    retainers = tuple(
        read_retainer(item, account.id, account.currency) for item in fields.children("retainers")
    )
    refuse_repeated(fields, "retainers", (retainer.id for retainer in retainers))
    scope = Scope(
        account_id=account.id,
        currency=account.currency,
        person_ids=frozenset(person.id for person in people),
        retainer_ids=frozenset(retainer.id for retainer in retainers),
        contact_ids=frozenset(contact.id for contact in account.contacts),
    )
    file = _read_rows(fields, AccountFile(account, retainers), scope)
    fields.close()
    return file


def _read_rows(fields: Fields, file: AccountFile, scope: Scope) -> AccountFile:
    to_charge = partial(charge_node, currency=scope.currency)
    to_letter = partial(letter_node, currency=scope.currency)
    return AccountFile(
        account=file.account,
        retainers=file.retainers,
        work=named(fields, "work", "w", partial(read_work, scope=scope), work_node),
        calls=named(fields, "calls", "c", partial(read_call, scope=scope), call_node),
        notes=named(fields, "notes", "n", partial(read_note, scope=scope), note_node),
        actions=named(fields, "actions", "t", partial(read_action, scope=scope), action_node),
        decisions=named(fields, "decisions", "d", partial(read_decision, scope=scope), decision_node),
        charges=named(fields, "charges", "o", partial(read_charge, scope=scope), to_charge),
        expenses=named(fields, "expenses", "e", partial(read_expense, scope=scope), expense_node),
        payments=named(fields, "payments", "p", partial(read_payment, scope=scope), payment_node),
        documents=named(fields, "documents", "f", partial(read_document, scope=scope), document_node),
        invoices=tuple(read_invoice(item, scope) for item in fields.children("invoices")),
        skips=tuple(read_skip(item, scope) for item in fields.children("skips")),
        settlements=named(fields, "settlements", "s", partial(read_settlement, scope=scope), settlement_node),
        deposits=named(fields, "deposits", "v", partial(read_deposit, scope=scope), deposit_node),
        blocks=named(fields, "blocks", "b", partial(read_block, scope=scope), block_node),
        letters=named(fields, "letters", "l", partial(read_letter, scope=scope), to_letter),
        drafts=named(fields, "drafts", "draft", partial(read_draft, scope=scope), draft_node),
    )
