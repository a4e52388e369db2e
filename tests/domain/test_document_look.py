"""The look of documents: what may be chosen, and what is refused with its field."""

import pytest

from retainerdesk.documents.texts import LANGUAGES
from retainerdesk.domain.document_look import (
    DOCUMENT_LANGUAGES,
    DocumentLook,
    OwnText,
    OwnTextName,
    check_look,
    contrast_on_paper,
    hardly_visible,
)
from retainerdesk.domain.errors import RuleViolation


def test_own_texts_are_in_the_languages_documents_are_written_in() -> None:
    assert DOCUMENT_LANGUAGES == LANGUAGES


@pytest.mark.parametrize("accent", ["blue", "#12345", "#1234567", "#12345g", "#2f5bea\n", "url(#2f5bea)", ""])
def test_what_is_no_colour_is_refused(accent: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_look(DocumentLook(accent=accent))
    assert refused.value.field == "accent"


@pytest.mark.parametrize(
    ("language", "name", "text", "rule"),
    [
        ("it", "footer", "Fattura", "look.language"),
        ("", "closing", "Thank you", "look.closing"),
        ("en", "terms", "By {due.__class__}", "look.placeholder"),
        ("en", "terms", "By {due!r}", "look.placeholder"),
        ("en", "terms", "By {due:>999999999}", "look.placeholder"),
        ("en", "terms", "To {iban}", "look.placeholder"),
        ("en", "intro", "{", "look.placeholder"),
        ("", "intro", "{0}", "look.placeholder"),
        ("", "intro", "{}", "look.placeholder"),
    ],
)
def test_texts_that_cannot_be_printed_are_refused(language: str, name: str, text: str, rule: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        check_look(DocumentLook(texts=(OwnText(language, OwnTextName(name), text),)))
    assert refused.value.rule == rule
    assert refused.value.field in ("texts", name)


def test_braces_in_texts_without_placeholders_are_just_braces() -> None:
    check_look(DocumentLook(texts=(OwnText("en", OwnTextName.FOOTER, "{HRB} 1 }"),)))


def test_a_text_given_twice_in_a_language_is_refused() -> None:
    twice = (OwnText("de", OwnTextName.FOOTER, "a"), OwnText("de", OwnTextName.FOOTER, "b"))
    with pytest.raises(RuleViolation, match="twice"):
        check_look(DocumentLook(texts=twice))


@pytest.mark.parametrize(
    ("accent", "contrast", "lost"),
    [("#ffffff", 1.0, True), ("#000000", 21.0, False), ("#767676", 4.54, False), ("#ffe066", 1.30, True)],
)
def test_a_colour_that_is_lost_on_paper_is_known_by_its_contrast(
    accent: str, contrast: float, lost: bool
) -> None:
    """White on white is 1, black 21; #767676 is the lightest grey that keeps 4.5 on white."""
    assert float(contrast_on_paper(accent)) == pytest.approx(contrast, abs=0.01)
    assert hardly_visible(accent) is lost
