"""Studio Nord of Hamburg and its six accounts, told as of a date.

| account | state | how it is told |
|---|---|---|
| ACME & Söhne <Ltd> | over-serviced | three closed periods near 120 %, absorbed twice, one undecided |
| Dune Records | late | two invoices past due, the older one paid in part |
| Elm Street Clinic | renewal near | 18 months' term, 3 months' notice, last day in two weeks; pounds |
| Borealis Foods | ready to expand | above the allowance for months, pays on time, good margin |
| Cobalt Systems | healthy | near its allowance, a rise at the last renewal |
| Fjord Travel | quiet | calls every two weeks, none for six weeks; a pause half a year ago |
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from retainerdesk.domain.account import Business, CostRate, Person, Series
from retainerdesk.domain.book import AccountFile, Book
from retainerdesk.domain.sample.acme import acme
from retainerdesk.domain.sample.borealis import borealis
from retainerdesk.domain.sample.cobalt import cobalt
from retainerdesk.domain.sample.days import ago
from retainerdesk.domain.sample.diary import calls_of, work_of_story
from retainerdesk.domain.sample.dune import dune
from retainerdesk.domain.sample.elm import elm
from retainerdesk.domain.sample.fjord import fjord
from retainerdesk.domain.sample.history import issue_history, payments_of
from retainerdesk.domain.sample.rows import actions_of, charges_of, decisions_of, expenses_of, notes_of
from retainerdesk.domain.sample.story import Story

ASLEEP_DAYS = 24


def sample_book(today: date) -> Book:
    """The sample business as of `today`: equal for equal days, every list in order of date, then id.

    Nothing in it is later than `today` except due dates. Its last invoice run lies `ASLEEP_DAYS` back, so
    some charges wait to be issued.
    """
    stories = _stories(today)
    told = [_file(story, today) for story in stories]
    business = _business()
    files, series = issue_history(
        told, business, Series("invoice", "{year}-{number:04}"), ago(today, ASLEEP_DAYS)
    )
    accounts = [
        replace(file, payments=payments_of(story, file.invoices, today))
        for story, file in zip(stories, files, strict=True)
    ]
    return Book(business, _people(today), (series,), tuple(accounts))


def _stories(today: date) -> tuple[Story, ...]:
    return (acme(today), dune(today), elm(today), borealis(today), cobalt(today), fjord(today))


def _file(story: Story, today: date) -> AccountFile:
    """The account without its money."""
    calls = calls_of(story, today)
    return AccountFile(
        account=story.account,
        retainers=(story.retainer,),
        work=work_of_story(story, calls, today),
        calls=calls,
        notes=notes_of(story, today),
        actions=actions_of(story, today),
        decisions=decisions_of(story, today),
        charges=charges_of(story, today),
        expenses=expenses_of(story, today),
    )


def _business() -> Business:
    return Business(
        name="Studio Nord",
        address=("Kai 1", "20457 Hamburg"),
        country="DE",
        tax_id="DE123456788",
        iban="DE89370400440532013000",
        bic="COBADEFFXXX",
        bank_name="Commerzbank",
        email="billing@studionord.example",
        currency="EUR",
        time_zone="Europe/Berlin",
        locale="de_DE",
        standard_rate=Decimal(150),
        overhead_rate=Decimal(12),
        target_margin_percent=Decimal(50),
        invoice_note="Thank you for working with us.",
    )


def _people(today: date) -> tuple[Person, ...]:
    """Both got a rise on the first of January."""
    before, rise = date(today.year - 3, 1, 1), date(today.year, 1, 1)
    return (
        Person("ada", "Ada Nord", (_rate(before, 62), _rate(rise, 64)), "ada@studionord.example"),
        Person("ben", "Ben Iversen", (_rate(before, 50), _rate(rise, 52)), "ben@studionord.example"),
    )


def _rate(from_on: date, hourly: int) -> CostRate:
    return CostRate(from_on, Decimal(hourly))
