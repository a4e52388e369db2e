"""Every language says everything, with the same placeholders."""

from dataclasses import fields, replace
from string import Formatter

import pytest

from retainerdesk.documents.invoice_pdf import render_invoice
from retainerdesk.documents.text_fields import Texts
from retainerdesk.documents.texts import LANGUAGES, TEXTS
from retainerdesk.domain.account import TaxCategory
from retainerdesk.domain.dunning import DEFAULT_STEPS
from retainerdesk.domain.line_words import line_words
from tests.documents.samples import FONTS, PLAIN, invoice, squeezed, taxed, text_of, written_in

# category, French, Spanish: a seller of the country of the language, a buyer abroad
NATIONAL = [
    (
        TaxCategory.REVERSE_CHARGE,
        (
            "Autoliquidation : la TVA est due par le preneur (article 283-2 du CGI, article 196 de la "
            "directive 2006/112/CE)."
        ),
        (
            "Inversión del sujeto pasivo: el IVA lo liquida el destinatario (artículo 84.Uno.2.º de la Ley "
            "37/1992, artículo 196 de la Directiva 2006/112/CE)."
        ),
    ),
    (
        TaxCategory.INTRA_COMMUNITY,
        (
            "Livraison intracommunautaire exonérée de TVA (article 262 ter I du CGI, article 138 de la "
            "directive 2006/112/CE)."
        ),
        (
            "Entrega intracomunitaria exenta de IVA (artículo 25 de la Ley 37/1992, artículo 138 de la "
            "Directiva 2006/112/CE)."
        ),
    ),
    (
        TaxCategory.EXPORT,
        "Exportation exonérée de TVA (article 262 I du CGI, article 146 de la directive 2006/112/CE).",
        (
            "Exportación exenta de IVA (artículo 21 de la Ley 37/1992, artículo 146 de la Directiva "
            "2006/112/CE)."
        ),
    ),
    (TaxCategory.EXEMPT, "Exonéré de TVA: art. 261", "Exento de IVA: art. 261"),
    (
        TaxCategory.OUTSIDE_SCOPE,
        "Hors du champ d’application de la TVA.",
        "Operación no sujeta a IVA.",
    ),
]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_with_the_placeholders_of_the_english_one(language: str) -> None:
    english, table = TEXTS["en"], TEXTS[language]
    for each in fields(Texts):
        text, original = getattr(table, each.name), getattr(english, each.name)
        if isinstance(original, str):
            assert text.strip()
            assert placeholders(text) == placeholders(original), each.name
        elif each.name != "national":
            assert text.keys() == original.keys()
            assert {key: placeholders(value) for key, value in text.items()} == {
                key: placeholders(value) for key, value in original.items()
            } or each.name == "wording"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_of_a_text_can_be_drawn(language: str) -> None:
    from retainerdesk.documents.characters import obstacles
    from retainerdesk.documents.fonts import load_typeface

    drawable = load_typeface(FONTS).drawable
    words = [
        each for step in DEFAULT_STEPS for each in (step.words[language].title, step.words[language].body)
    ]
    texts = [getattr(TEXTS[language], each.name) for each in fields(Texts)]
    for text in [*words, *map(str, texts)]:
        assert obstacles(text, drawable) == {}


def test_the_lines_of_invoices_speak_every_language_of_the_documents() -> None:
    said = {line_words("fee", language, name="A") for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)


@pytest.mark.parametrize("row", NATIONAL, ids=lambda row: str(row[0]))
@pytest.mark.parametrize(("country", "locale", "column"), [("FR", "fr_FR", 1), ("ES", "es_ES", 2)])
def test_a_seller_of_the_country_cites_its_law_and_the_directive(
    row: tuple[TaxCategory, str, str], country: str, locale: str, column: int
) -> None:
    reason = "art. 261" if row[0] is TaxCategory.EXEMPT else None
    printed = written_in(locale, taxed(row[0], reason=reason))
    printed = replace(printed, seller=replace(printed.seller, country=country))
    assert squeezed(str(row[column])) in squeezed(text_of(render_invoice(printed, PLAIN)))


def test_a_buyer_of_the_country_gets_its_reverse_charge_and_a_third_country_only_the_directive() -> None:
    printed = written_in("fr_FR", taxed(TaxCategory.REVERSE_CHARGE))
    for country, cited in (("FR", True), ("BE", False)):
        sent = replace(printed, buyer=replace(printed.buyer, country=country))
        text = squeezed(text_of(render_invoice(sent, PLAIN)))
        assert ("article283-2duCGI" in text) is cited
        assert "article196deladirective" in text


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (
            "fr_FR",
            [
                "Facture 2026-0042",
                "3\u202f450,00 €",
                "Merci de régler",
                "Votre n° de TVA",
                "Page 1 sur 1",
                "Royaume-Uni",
            ],
        ),
        (
            "es_ES",
            [
                "Factura 2026-0042",
                "3.450,00 €",
                "Les rogamos que paguen",
                "Su NIF-IVA",
                "Página 1 de 1",
                "Reino Unido",
            ],
        ),
    ],
)
def test_a_whole_invoice_is_in_the_language_of_its_reader(locale: str, said: list[str]) -> None:
    text = text_of(render_invoice(written_in(locale, invoice()), PLAIN))
    for words in said:
        assert words in text
    for english in ("Invoice", "Please", "Payable within", "Quantity", "Price", "reverse charge"):
        assert english not in text
