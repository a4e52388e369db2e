"""Every word a document prints that nobody typed, one table a language.

A language is added by adding a table beside the others and naming it here; the type checker names what is
missing in it.
"""

from __future__ import annotations

from collections.abc import Mapping

from retainerdesk.documents.text_fields import Texts
from retainerdesk.documents.texts_english import ENGLISH
from retainerdesk.documents.texts_french import FRENCH
from retainerdesk.documents.texts_german import GERMAN
from retainerdesk.documents.texts_spanish import SPANISH

TEXTS: Mapping[str, Texts] = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}
LANGUAGES = tuple(TEXTS)
