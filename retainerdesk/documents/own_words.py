"""The business's own words in place of those of a language. They are typed text: checked, never trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from string import Formatter
from typing import Any

from retainerdesk.documents.text_fields import Texts
from retainerdesk.documents.texts import TEXTS
from retainerdesk.domain.errors import RuleViolation


def own_word_fields() -> tuple[str, ...]:
    """The names of the texts that may be replaced: those that are one sentence or label."""
    return tuple(each.name for each in fields(Texts) if each.type == "str")


def check_own_words(language: str, words: Mapping[str, str]) -> None:
    """Raise RuleViolation for a language or text that is not known, or placeholders its text has not."""
    if language not in TEXTS:
        message = f"Documents are not written in “{language}”; known are {', '.join(TEXTS)}."
        raise RuleViolation("layout.language", message, "texts")
    known = own_word_fields()
    for name, text in words.items():
        where = f"texts.{language}.{name}"
        if name not in known:
            raise RuleViolation("layout.text", f"Documents have no text called “{name}”.", where)
        _check_placeholders(text, getattr(TEXTS[language], name), where)


def with_own_words(texts: Texts, words: Mapping[str, str]) -> Texts:
    """The texts of a language with the own words of the business; empty ones do not count."""
    own: dict[str, Any] = {name: text for name, text in words.items() if text.strip()}
    return replace(texts, **own)


def _check_placeholders(text: str, original: str, where: str) -> None:
    try:
        used = list(Formatter().parse(text))
    except ValueError as problem:
        message = f"“{text}” has a brace without its partner; write {{{{ for a brace."
        raise RuleViolation("layout.placeholder", message, where) from problem
    allowed = {name for _, name, _, _ in Formatter().parse(original) if name}
    for _, name, spec, conversion in used:
        if name is not None and (name not in allowed or spec or conversion):
            known = ", ".join(f"{{{each}}}" for each in sorted(allowed)) or "none"
            message = f"“{{{name}}}” cannot be filled in here; known are: {known}."
            raise RuleViolation("layout.placeholder", message, where)
