"""Guess how an answer goes on: values from the print on the page, null for what is likely absent.

A guess costs nothing but the model's look at it: what the model would not have chosen is
dropped. So the guesses here need not be right, only right often.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.pages.lines import segments
from extractor.pages.page import Page

_TAIL = 4000  # characters of the answer that are looked at: some rows of a table
_RECENT = 3  # values whose places, one after the other, say where on the page the answer has come to
_LONGEST = 120  # characters of one guess

_INSIDE = r'(?:[^"\\]|\\.)*'
_STRING = re.compile(f'"({_INSIDE})"(:?)')
_VALUE_IS_NEXT = re.compile(f'"({_INSIDE})":( ?)$')
_WORD = re.compile(r"\w")


def printed_on(page: Page) -> tuple[str, ...]:
    """Return the page's print in pieces that a gap parts: a value often ends where such a piece does."""
    return tuple(piece.text for line in page.lines for piece in segments(line)) if page.words else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What an unfinished answer says: its finished strings, and the one that is open."""

    values: tuple[str, ...]
    open_value: str | None  # None outside of strings and in names


class Lookup:
    """Guesses continuations of answers about one page."""

    def __init__(self, printed: Sequence[str]) -> None:
        """Take the pieces of print in reading order."""
        pieces = (json.dumps(piece, ensure_ascii=False)[1:-1] for piece in printed)
        self._page = "\n".join(("", *pieces, ""))

    def guess(self, answer: str) -> str:
        """Return what may come next, or nothing. `answer` is JSON that has been cut off anywhere."""
        tail = answer[-_TAIL:]
        named = _VALUE_IS_NEXT.search(tail)
        if named is not None:
            return self._value(tail, name=named.group(1), gap="" if named.group(2) else " ")
        read = _read(tail)
        if read.open_value is None:
            return ""
        return self._rest(read.values, read.open_value)

    def _value(self, tail: str, *, name: str, gap: str) -> str:
        """Guess null, unless the row before has a value of this name: then what follows on the page."""
        before = tail.rfind(f'"{name}": ', 0, len(tail) - len(name) - 4)
        if before < 0 or not tail.startswith('"', before + len(name) + 4):
            return f"{gap}null"
        return f'{gap}"{self._rest(_read(tail).values, "")}'

    def _rest(self, values: Sequence[str], begun: str) -> str:
        """Return the rest of the piece of print in which the value that was begun stands, and its end."""
        at = self._reached(values)
        if begun:
            at = self._find(begun, at)
            if at < 0:
                return ""
            at += len(begun)
        else:
            at = self._next_word(at)
        end = self._page.find("\n", at)
        rest = self._page[at : min(end, at + _LONGEST)]
        return f'{rest}"' if at + len(rest) == end else rest

    def _reached(self, values: Sequence[str]) -> int:
        """Return where on the page the last value ends."""
        at = 0
        for value in values[-_RECENT:]:
            place = self._find(value, at)
            at = at if place < 0 else place + len(value)
        return at

    def _find(self, value: str, at: int) -> int:
        """Return where the value stands from here on, else anywhere; where a word begins, else within one."""
        place = self._find_word(value, at)
        return place if place >= 0 else self._page.find(value)

    def _find_word(self, value: str, at: int) -> int:
        """Return where the value begins a word, from here on and then from the top; -1 if nowhere."""
        for first, last in ((at, len(self._page)), (0, at)):
            place = self._page.find(value, first, last)
            while place >= 0:
                is_within = _WORD.match(value) and _WORD.match(self._page, place - 1)
                if not is_within:
                    return place
                place = self._page.find(value, place + 1, last)
        return -1

    def _next_word(self, at: int) -> int:
        found = re.compile(r"\S").search(self._page, at)
        return found.start() if found else at


def _read(tail: str) -> _Answer:
    """Read the strings of an answer's end, from the first name on that begins there for sure."""
    values: list[str] = []
    at = _first_name(tail)
    while (found := _STRING.search(tail, at)) is not None:
        if not found.group(2):
            values.append(found.group(1))
        at = found.end()
    opened = tail.find('"', at)
    is_value = opened >= 0 and tail[:opened].endswith(": ")
    return _Answer(values=tuple(values), open_value=tail[opened + 1 :] if is_value else None)


def _first_name(tail: str) -> int:
    """Return where a member's name begins for sure: after a brace or a comma, and before a colon."""
    found = re.search(r'(?:^\{|[,\[{] ?\{?)(?="\w+": )', tail)
    return found.end() if found else 0
