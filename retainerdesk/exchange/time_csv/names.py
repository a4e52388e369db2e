"""Names as people vary them: case, accents, umlauts, punctuation and legal forms do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_FOLDS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "ł": "l"}
)
_JOINING = {"and", "und", "et", "y", "e", "i", "the"}
_LEGAL_FORMS = {
    "ab", "ag", "aps", "as", "asa", "bv", "co", "corp", "corporation", "ek", "ev", "gbr", "gmbh", "inc",
    "incorporated", "kg", "kgaa", "limited", "llc", "llp", "ltd", "mbh", "nv", "ohg", "oy", "plc", "pty",
    "sa", "sarl", "sas", "se", "sl", "spa", "srl", "ug",
}  # fmt: skip
_LEAST_SCORE = 70
_MOST_PROPOSALS = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something a name may mean, for the user to decide. `score` runs from 70 to 100."""

    id: str
    name: str
    score: int


def folded(name: str) -> str:
    """What two spellings of one name share: "ACME & Söhne GmbH" and "Acme Soehne" are both "acme soehne"."""
    text = unicodedata.normalize("NFKC", name).casefold().translate(_FOLDS)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    # A legal form with points is one word: "e.K." is "ek", "S.r.l." is "srl".
    text = re.sub(r"(?<=\b\w)\.(?=\w\b|\s|$|\W)", "", text)
    words = [word for word in re.split(r"[\W_]+", text) if word and word not in _JOINING]
    kept = list(words)
    while len(kept) > 1 and kept[-1] in _LEGAL_FORMS:
        kept.pop()
    return " ".join(kept) or " ".join(text.split())


def same_name(name: str, names: Mapping[str, str]) -> str | None:
    """The one id of `names` (id to name) that bears this name: exactly, else folded, else None.

    Two that fold alike are no answer: the user decides between them.
    """
    exact = [key for key, other in names.items() if name in (key, other)]
    if len(exact) == 1:
        return exact[0]
    meant = folded(name)
    alike = [key for key, other in names.items() if meant and folded(other) == meant]
    return alike[0] if len(alike) == 1 and not exact else None


def proposals(name: str, names: Mapping[str, str]) -> tuple[Proposal, ...]:
    """Up to three similar names, the most similar first. Never more than a proposal: nothing is taken."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        name,
        names,
        scorer=fuzz.token_sort_ratio,
        processor=folded,
        score_cutoff=_LEAST_SCORE,
        limit=_MOST_PROPOSALS,
    )
    return tuple(Proposal(str(key), other, int(score)) for other, score, key in found)
