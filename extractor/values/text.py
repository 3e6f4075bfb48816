"""Fold text so that spellings of the same thing compare equal. Knows Unicode, and no field.

Two strengths: `plain` keeps every character's position (spans stay true), `fold` and
`squeeze` are for comparing and looking up.
"""

import unicodedata
from dataclasses import dataclass

_DASHES = "\u002d\u00ad\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u23af\ufe58\ufe63\uff0d"
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_APOSTROPHES = "\u2018\u2019\u201b\u02bc\u02b9\u2032\u00b4\u0060\uff07"

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLDED_DASHES = dict.fromkeys(map(ord, _DASHES), "-")
_PLAIN: dict[int, int | str] = {
    **_FULL_WIDTH,
    **_FOLDED_DASHES,
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _APOSTROPHES), "'"),
    0xFFE5: "¥",
    0xFFE1: "£",
    0xFFE0: "¢",
    0xFFE6: "₩",
    0x066B: ".",
    0x066C: ",",
}

NO_BREAK_SPACES = frozenset("\u00a0\u2007\u2009\u200a\u2006\u202f")  # a gap inside one thing


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundText:
    """A stretch of a text: `text` is normalised, start and end index what was searched."""

    start: int
    end: int
    text: str


def fold(text: str) -> str:
    """Return the text for comparing: NFKC, plain dashes, casefold, single spaces, stripped.

    Folding twice changes nothing.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_FOLDED_DASHES)
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def squeeze(text: str) -> str:
    """Return the text folded and without any white space."""
    return fold(text).replace(" ", "")


def letters_and_digits(text: str) -> str:
    """Return the letters and digits of a text, folded: what numbers and ids are compared by."""
    return "".join(sign for sign in fold(text) if sign.isalnum())


def plain(text: str) -> str:
    """Return the text of the same length, with full-width forms, dashes and spaces plain."""
    if text.isascii():
        return text if "\t" not in text and "`" not in text else text.translate(_PLAIN)
    return text.translate(_PLAIN)


def without_accents(text: str) -> str:
    """Return the text without combining marks: "é" becomes "e"."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def is_chinese(character: str) -> bool:
    """Say whether the character is a Chinese ideograph of the common blocks."""
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf" or character == "〇"


def has_chinese(text: str) -> bool:
    """Say whether a Chinese ideograph stands in the text."""
    return not text.isascii() and any(map(is_chinese, text))
