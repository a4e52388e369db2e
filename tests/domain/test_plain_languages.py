"""French and Spanish say the same as English, with figures written their way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from string import Formatter

import pytest

from retainerdesk.domain.money import Money
from retainerdesk.domain.period import MONTHLY, Cadence, CadenceUnit
from retainerdesk.domain.plain_languages import LANGUAGES
from retainerdesk.domain.plain_words import terms_in_words
from retainerdesk.domain.plain_words_english import ENGLISH
from retainerdesk.domain.plain_words_french import FRENCH, written_in_french
from retainerdesk.domain.plain_words_spanish import SPANISH, written_in_spanish
from retainerdesk.domain.plan import Overage, OverageDecision, Plan, Rollover, RolloverPolicy
from retainerdesk.domain.retainer import Escalator, Notice, NoticeUnit, Renewal, Retainer, TermRule
from retainerdesk.domain.sentence import Language, Value

START = date(2025, 1, 31)
AGREED = Retainer(
    "acme",
    "a",
    "Conseil",
    START,
    (
        Plan(
            START,
            Money(300_000, "EUR"),
            MONTHLY,
            allowance_minutes=1200,
            rollover=Rollover(RolloverPolicy.SURPLUS, 2, 300),
            overage=Overage(Decimal(150), OverageDecision.BILL),
        ),
    ),
    TermRule(12, Renewal.AUTOMATIC, Notice(60, NoticeUnit.DAYS), Escalator(Decimal(3), 60)),
)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_every_sentence_exists_and_leaves_no_value_out(language: Language) -> None:
    told = {key: placeholders(text) for key, text in language.templates.items()}
    assert told == {key: placeholders(text) for key, text in ENGLISH.templates.items()}


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_every_sentence_begins_and_ends_as_one(language: Language) -> None:
    for text in language.templates.values():
        assert text.endswith(".")
        assert text[0].isupper() or text[0] == "{"
        assert "  " not in text


@pytest.mark.parametrize(
    ("value", "french", "spanish"),
    [
        (Money(123_456_789, "EUR"), "1\u00a0234\u00a0567,89 EUR", "1.234.567,89 EUR"),
        (date(2026, 12, 2), "02/12/2026", "02/12/2026"),
        (90, "1 h 30 min", "1 h 30 min"),
        (-30, "-30 min", "-30 min"),
        (MONTHLY, "par mois", "al mes"),
        (Cadence(CadenceUnit.MONTH, 3), "par trimestre", "al trimestre"),
        (Cadence(CadenceUnit.WEEK, 2), "toutes les 2 semaines", "cada 2 semanas"),
        (Cadence(CadenceUnit.MONTH, 2), "tous les 2 mois", "cada 2 meses"),
        (Notice(1, NoticeUnit.MONTHS), "1 mois", "1 mes"),
        (Fraction(5, 2), "2,5 %", "2,5 %"),
        ("1:session", "1 séance", "1 sesión"),
        ("2:period", "2 périodes", "2 periodos"),
        ("0:session", "0 séance", "0 sesiones"),
        ("1,150.00 EUR", "1\u00a0150,00 EUR", "1.150,00 EUR"),
    ],
)
def test_values_are_written_as_each_language_writes_them(value: Value, french: str, spanish: str) -> None:
    assert (written_in_french(value), written_in_spanish(value)) == (french, spanish)


def test_an_agreement_reads_as_french() -> None:
    """E is 30 January 2026; 60 days before is 1 December 2025; 3 % on 3,000 is 3,090."""
    assert terms_in_words(AGREED, START, FRENCH) == (
        "3\u00a0000,00 EUR par mois depuis le 31/01/2025, facturé d’avance.",
        "Temps compris : 20 h par mois.",
        "Report limité à 5 h par période, le plus ancien utilisé d’abord.",
        "Validité du temps reporté : 2 périodes.",
        "Au-delà, 150,00 EUR de l’heure, facturé avec la période suivante.",
        "Une période incomplète coûte sa part des jours.",
        (
            "Renouvelé le 31/01/2026 pour 12 mois, sauf si une partie résilie au plus tard le 01/12/2025"
            " (préavis : 60 jours)."
        ),
        "Le forfait change alors de 3 % et passe à 3\u00a0090,00 EUR, à annoncer au plus tard le 01/12/2025.",
    )


def test_an_agreement_reads_as_spanish() -> None:
    assert terms_in_words(AGREED, START, SPANISH) == (
        "3.000,00 EUR al mes desde el 31/01/2025, facturado por adelantado.",
        "Tiempo incluido: 20 h al mes.",
        "Se acumulan como máximo 5 h por periodo; se usa primero lo más antiguo.",
        "Validez del tiempo acumulado: 2 periodos.",
        "Cada hora adicional cuesta 150,00 EUR, facturada con el periodo siguiente.",
        "Un periodo incompleto cuesta su parte de los días.",
        (
            "Se renueva el 31/01/2026 por 12 meses, salvo que una de las partes lo rescinda a más tardar el"
            " 01/12/2025 (preaviso: 60 días)."
        ),
        "La cuota cambia entonces un 3 % y pasa a 3.090,00 EUR, anunciado a más tardar el 01/12/2025.",
    )
