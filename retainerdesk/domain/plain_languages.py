"""Every language the agreement can be read in, by its ISO 639 code."""

from __future__ import annotations

from collections.abc import Mapping

from retainerdesk.domain.plain_words_english import ENGLISH
from retainerdesk.domain.plain_words_french import FRENCH
from retainerdesk.domain.plain_words_german import GERMAN
from retainerdesk.domain.plain_words_spanish import SPANISH
from retainerdesk.domain.sentence import Language

LANGUAGES: Mapping[str, Language] = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}
