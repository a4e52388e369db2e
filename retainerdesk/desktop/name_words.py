"""Names inside the sentences of the program: on one line, of a bearable length, and unable to turn it around.

A name of letters that are read from right to left, or with marks of direction in it, would put the words
around it into another order. On screen, in the tray and in notifications it stands between two marks that
keep it apart (FSI and PDI of Unicode Standard Annex 9). The marks are made here and nowhere else: they are
never stored, exported, printed or written by the command line.
"""

from __future__ import annotations

import re
import unicodedata

from retainerdesk.domain.names import LookAlike

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
_BEGINNINGS = "\u2066\u2067\u2068"
_MARKS = f"{_BEGINNINGS}{POP_ISOLATE}"
_TURNING = frozenset(["R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"])
_OPENING = frozenset(["LRI", "RLI", "FSI"])
_LONGEST = 80
_LONGEST_CHOICE = 48
_LONGEST_MESSAGE = 2_000
_MOST_LINES = 12
_ENDLESS = re.compile(rf"\S{{{_LONGEST + 1},}}")
# Letters read from right to left, and marks of direction; what is between two words of them belongs to both.
_TURNED = (
    "\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_APART = re.compile(f"(?<=“)[^“”]+(?=”)|[{_TURNED}]+(?:[ \u00a0'’&-]+[{_TURNED}]+)*")


def in_sentence(name: str, longest: int = _LONGEST) -> str:
    """`name` as it stands in a sentence, a title or a message: on one line, of `longest` characters at most.

    Marks of isolation are not counted.
    """
    line = " ".join(name.split())
    short = line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
    return isolated(short)


def bearable(text: str) -> str:
    """A message with its giants cut, and with what is read from right to left in it kept apart.

    Cut are words of over 80 characters, and texts of over 2,000 or over 12 lines: a label breaks lines at
    blanks only, so that one endless word would make a window as wide as itself. Rules that refuse something
    name what it is about without marks, because the command line says it as well.
    """
    return _kept_apart(text if len(text) <= _LONGEST else _cut_short(text))


def _cut_short(text: str) -> str:
    lines = text.splitlines()
    few = text if len(lines) <= _MOST_LINES else "\n".join([*lines[:_MOST_LINES], "…"])
    short = few if len(few) <= _LONGEST_MESSAGE else f"{few[: _LONGEST_MESSAGE - 1]}…"
    return _ENDLESS.sub(_cut, short)


def _cut(found: re.Match[str]) -> str:
    """A word cut, with the marks of isolation of all of it: what they keep apart stays apart."""
    word = found[0]
    if len(word) - sum(map(word.count, _MARKS)) <= _LONGEST:
        return word
    return f"{word[: _LONGEST - 1]}…{''.join(each for each in word[_LONGEST - 1 :] if each in _MARKS)}"


def _kept_apart(message: str) -> str:
    """`message` with each quotation and run of words that could turn it around isolated, once."""
    if message.isascii():
        return message
    parts, place = list[str](), 0
    for start, end in _isolates(message):
        parts += [_APART.sub(_isolate, message[place:start]), message[start:end]]
        place = end
    return "".join([*parts, _APART.sub(_isolate, message[place:])])


def _isolate(part: re.Match[str]) -> str:
    return isolated(part[0])


def _isolates(message: str) -> list[tuple[int, int]]:
    """Where whole isolates like ours stand, [start, end), none inside another."""
    begun, found = list[int](), list[tuple[int, int]]()
    for place, letter in enumerate(message):
        if letter in _BEGINNINGS:
            begun.append(place)
        elif letter == POP_ISOLATE and begun:
            start = begun.pop()
            if message[start] == FIRST_STRONG_ISOLATE:
                found = [*(each for each in found if each[0] < start), (start, place + 1)]
    return found


def choice_text(words: str) -> str:
    """What a box of choices shows: a box is as wide as its longest entry, so giants are cut."""
    return words if len(words) <= _LONGEST_CHOICE else in_sentence(words, _LONGEST_CHOICE)


def isolated(text: str) -> str:
    """`text` between marks of isolation where it could turn what stands around it; else as it is."""
    if text.isascii() or not any(unicodedata.bidirectional(letter) in _TURNING for letter in text):
        return text
    return f"{FIRST_STRONG_ISOLATE}{_closed(text)}{POP_ISOLATE}"


def _closed(text: str) -> str:
    """`text` without the ends of isolates it did not begin, and with the ends it lacks."""
    kept, depth = [], 0
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind == "PDI" and not depth:
            continue
        depth += (kind in _OPENING) - (kind == "PDI")
        kept.append(letter)
    return "".join(kept) + POP_ISOLATE * depth


def look_alike_words(found: LookAlike) -> str:
    """What the form of an account says below a name that looks like another one."""
    other = f"{in_sentence(found.other)} ({found.other_id})"
    if found.is_same:
        return f"{other} has this name already. You can save all the same."
    return f"Looks like {other}, but is not spelt the same. You can save all the same."
