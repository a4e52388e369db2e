"""Texts that have broken other programs. Written for this project; none is meant to mean anything."""

# ruff: noqa: E501, Q003, RUF100

from __future__ import annotations

_PLAIN = [
    "undefined", "null", "NULL", "None", "nil", "true", "false", "NaN", "Infinity", "-0", "0", "1e309", "0x1F",
    "1/0", "007", "1,5", "1.000,00", "2026-02-30", "00:60", "CON", "nul.txt", "LPT1", "-", "--", "\\", "/", "..",
    "../../etc/passwd", "C:\\temp\\x", "file:///etc/passwd", "~", "$HOME", "%PATH%", "`id`", "$(id)", "; rm -rf x",
    "| cat", "&&", "{{7*7}}", "${7*7}", "<%= 7 %>", "{0}", "{}", "{name!r}", "%s%s%s%n", "%", "%d", "%%",
]  # fmt: skip
_QUERIES = [
    "'; DROP TABLE invoices; --", "' OR '1'='1", "\" OR \"\"=\"", "Robert'); DELETE FROM audit;--", "1;ATTACH 'x' AS y",
    "*", "a* OR b", "NEAR(a b)", "\"unclosed", "a AND NOT", "_", "%_%", "?", ":name", "@p1", "\x1a",
]  # fmt: skip
_MARKUP = [
    "<b>bold</b>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:1'>x</a>",
    "<para>", "</para>", "<br/>", "A <B", "Tom & Jerry <Ltd>", "AT&T;", "R&D", "&amp;", "&#0;", "&#x41;", "&lt;",
    "<!-- x -->", "]]>", "<![CDATA[x]]>", "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY y 'z'>]>", "<font color=",
    "=1+1", "+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "＝1+1",
]  # fmt: skip
_LETTERS = [
    "Łódź", "Ærøskøbing", "ſtraße", "İstanbul ıI", "ǅ ǆ", "ﬁ ﬂ", "Ω Ω", "Å Å Å", "é é", "ñ ñ", "한글 한글",
    "株式会社", "北京 北京", "日本語 ﾊﾝｶｸ", "ไทย ก็", "हिन्दी क्ष", "தமிழ்", "ქართული", "አማርኛ", "ᏣᎳᎩ", "עברית", "العربية ١٢٣",
    "שלום world עולם", "مرحبا (1) مرحبا", "Z͑ͫ̓ͪ̂ͫa̴̵l̷̢g̸o", "e" + "\u0301" * 40, "𝕌𝕟𝕚𝕔𝕠𝕕𝕖", "𐍈", "𠜎𠜱", "🙂", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪🇫", "1️⃣",
    "👋🏿", "\U000e0041\U000e007f", "�", "￾", "\uffff", "\U0010ffff", "аррӏе", "I l 1 |",
]  # fmt: skip
_INVISIBLE = [
    " ", "  leading and trailing  ", "\u00a0", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u3000",
    "\u202eevil.txt", "\u202dleft", "a\u2066b\u2069", "\u2067right", "\u200e\u200f", "\u061c", "\u2028", "\u2029",
    "\u0085", "line\nline", "line\r\nline", "line\rline", "a\tb", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b[31mred",
    "\x7f", "\x9b31m",
]  # fmt: skip
_LONG = ["x" * 10_000, "word " * 2_000, "Ж" * 5_000, "🙂" * 2_000, "(" * 3_000, "<" * 3_000, "\n" * 500]

KEPT: tuple[str, ...] = (*_PLAIN, *_QUERIES, *_MARKUP, *_LETTERS, *_INVISIBLE, *_LONG)
# No text at all: refused with a reason, wherever they come from.
REFUSED: tuple[str, ...] = ("\x00", "a\x00b", "\ud800", "x\udfff", "\udc00\ud800")
