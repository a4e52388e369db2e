"""Dune Records: late. A small label in Berlin that stopped paying; documents and notes in German."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from retainerdesk.domain.account import Account, Contact, TaxCategory, TaxRule
from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, add_months
from retainerdesk.domain.plan import Overage, OverageDecision, Plan, Timing
from retainerdesk.domain.retainer import Notice, NoticeUnit, Renewal, Retainer, TermRule
from retainerdesk.domain.sample.days import ago
from retainerdesk.domain.sample.story import (
    Choice,
    Cost,
    Pays,
    Phrases,
    SaidNote,
    Step,
    Story,
    Talks,
    WorkHabit,
)
from retainerdesk.domain.work import WorkKind


def dune(today: date) -> Story:
    """The account as of `today`; its running period began five days ago, two invoices before are open."""
    return Story(
        account=_account(),
        retainer=_retainer(add_months(ago(today, 5), -14)),
        burned_percent=(92, 88, 95, 86, 97, 90, 84),
        pace_percent=80,
        habits=_HABITS,
        work_texts=_WORK_TEXTS,
        talks=_TALKS,
        pays=Pays(days_after_issue=(13, 16, 15, 19, 24), text="Überweisung", stopped_days=80, part=(24, 40)),
        notes=_NOTES,
        steps=_STEPS,
        choices=_CHOICES,
        costs=(Cost(58, "Schriftlizenz für das Cover der Jubiläumsbox", "39.00"),),
    )


def _account() -> Account:
    return Account(
        id="dune",
        name="Dune Records",
        currency="EUR",
        locale="de_DE",
        address=("Köpenicker Straße 154", "10997 Berlin"),
        country="DE",
        tax=TaxRule(TaxCategory.STANDARD, Decimal(19)),
        contacts=(
            Contact("levin", "Levin Brandt", "levin@dunerecords.example", "Inhaber", "+49 30 555 0177"),
            Contact("ayse", "Ayşe Kaya", "ayse@dunerecords.example", "Buchhaltung"),
        ),
        call_every_days=14,
        tags=("music", "shop"),
    )


def _retainer(start: date) -> Retainer:
    plan = Plan(
        from_on=start,
        fee=Money(120_000, "EUR"),
        cadence=MONTHLY,
        timing=Timing.ARREARS,
        allowance_minutes=600,
        overage=Overage(Decimal(140), OverageDecision.ABSORB),
        text="Shop und Website, monatlich nachträglich",
    )
    return Retainer(
        account_id="dune",
        id="shop-care",
        name="Shop und Website",
        starts_on=start,
        plans=(plan,),
        term=TermRule(12, Renewal.ROLLING, Notice(2, NoticeUnit.MONTHS)),
    )


_HABITS = (
    WorkHabit(1, "ben", WorkKind.DELIVERY, 6),
    WorkHabit(3, "ben", WorkKind.DELIVERY, 5),
    WorkHabit(4, "ada", WorkKind.ACCOUNT_MANAGEMENT, 2, every_weeks=2),
)

_WORK_TEXTS = {
    WorkKind.DELIVERY: Phrases(
        (
            "Neuerscheinung im Shop angelegt",
            "Tourdaten aktualisiert",
            "Newsletter gebaut",
            "Vorbestellung eingerichtet",
            "Bestand mit dem Lager abgeglichen",
            "Künstlerseite überarbeitet",
            "Updates eingespielt",
        ),
        ("", " und geprüft", ", kleine Nacharbeiten", ", nach Rückfrage"),
    ),
    WorkKind.ACCOUNT_MANAGEMENT: Phrases(
        ("Veröffentlichungen des Monats geplant", "Offene Punkte sortiert", "Rückfragen zur Rechnung")
    ),
}

_TALKS = Talks(
    title="Jour fixe",
    every_days=14,
    last_days_ago=9,
    minutes=30,
    hour=14,
    person_id="ada",
    contact_ids=("levin",),
    joined_by="mit",
    newest=(
        "Levin verspricht die Zahlung bis Ende der Woche. Der Vertrieb zahlt selbst erst nächsten Monat.",
        "Rechnung liegt bei Ayşe. Levin weicht aus, will aber die Jubiläumsbox pünktlich.",
        "Vertrieb hat gewechselt, das Geld hängt. Er bittet um etwas Geduld.",
    ),
    notes=Phrases(
        (
            "Zwei neue Platten im nächsten Monat.",
            "Der Shop läuft, Versandkosten bleiben.",
            "Newsletter lieber am Donnerstag.",
            "Die Band möchte eigene Fotos.",
            "Tourdaten kommen ab jetzt als Tabelle.",
        ),
        (
            " Levin schickt das Material.",
            " Ben kümmert sich.",
            " Nichts Dringendes.",
            " Termin steht.",
        ),
    ),
)

_NOTES = (
    SaidNote(44, "Erste Erinnerung per Mail verschickt, freundlich."),
    SaidNote(27, "Ayşe schreibt: Teilzahlung ist unterwegs, der Rest folgt.", touch=True),
    SaidNote(13, "Zweite Erinnerung verschickt. Ohne Zahlung pausieren wir die Jubiläumsbox."),
)

_STEPS = (
    Step("Levin wegen der offenen Rechnungen anrufen", "ada", 0),
    Step("Material für die Jubiläumsbox anfordern", "ben", 6),
    Step("Zweite Erinnerung schreiben", "ada", -13, done_days_ago=13),
)

_CHOICES = (
    Choice(
        26, "Teilzahlung annehmen, keine Verzugszinsen", "Der Vertrieb hat gewechselt; bisher kam alles an."
    ),
)
