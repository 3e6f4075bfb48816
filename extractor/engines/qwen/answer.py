"""Read a model's answer: JSON of the agreed shape, each text with its place in the answer.

Nothing is taken on trust: a server that ignored the grammar is found out here.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from extractor.engines.qwen.shape import Leaf, Members, Rows, Shape
from extractor.errors import MalformedCompletion

_BLANKS = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_SHOWN = 40  # characters of the answer in an error's message
_SURROGATES = ("\ud800", "\udfff")  # halves of a pair, which stand for nothing alone


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedText:
    """A leaf: the text, and where its JSON string stands in the answer (characters)."""

    text: str
    start: int
    end: int


Answer: TypeAlias = "PrintedText | Mapping[str, Answer] | tuple[Answer, ...] | None"


def read_answer(answer: str, shape: Members, *, max_rows: int | None = None) -> Mapping[str, Answer]:
    """Return the answer's members. A table has at most `max_rows` rows, if there is a bound.

    Raises:
        MalformedCompletion: the answer is not JSON, or not of this shape.
    """
    reader = _Reader(answer, max_rows=max_rows)
    found = reader.read(shape)
    reader.expect_end()
    if not isinstance(found, Mapping):
        raise MalformedCompletion("the model answered null in place of an object")
    return found


class _Reader:
    def __init__(self, answer: str, *, max_rows: int | None) -> None:
        self._answer = answer
        self._max_rows = max_rows
        self._at = 0

    def read(self, shape: Shape) -> Answer:
        if isinstance(shape, Rows):
            return self._rows(shape)
        if self._takes("null"):
            return None
        if isinstance(shape, Leaf):
            text = self._text()
            return text if text.text.strip() else None  # without a grammar models say "" for null
        return self._object(shape)

    def expect_end(self) -> None:
        self._skip()
        if self._at < len(self._answer):
            self._fail("nothing more")

    def _object(self, shape: Members) -> Mapping[str, Answer]:
        members: dict[str, Answer] = {}
        self._expect("{")
        while not self._takes("}"):
            if members:
                self._expect(",")
            name = self._text().text
            if name not in shape.members or name in members:
                self._fail(f"no member {name!r}")
            self._expect(":")
            members[name] = self.read(shape.members[name])
        missing = [name for name in shape.members if name not in members]
        if missing:
            self._fail(f"also {', '.join(missing)}")
        return members

    def _rows(self, shape: Rows) -> tuple[Answer, ...]:
        rows: list[Answer] = []
        self._expect("[")
        while not self._takes("]"):
            if rows:
                self._expect(",")
            if len(rows) == self._max_rows:
                self._fail("no further row")
            rows.append(self.read(shape.row))
        return tuple(row for row in rows if row is not None)

    def _text(self) -> PrintedText:
        self._skip()
        match = _STRING.match(self._answer, self._at)
        if match is None:
            self._fail("a string")
        try:
            text = json.loads(match.group())
        except ValueError as cause:
            raise MalformedCompletion(
                f"the model's answer holds a broken string: {match.group()!r}"
            ) from cause
        if not text.isascii() and any(_SURROGATES[0] <= each <= _SURROGATES[1] for each in text):
            raise MalformedCompletion(
                f"the model's answer holds half a character: {match.group()[:_SHOWN]!r}"
            )
        self._at = match.end()
        return PrintedText(text=text, start=match.start(), end=match.end())

    def _takes(self, token: str) -> bool:
        self._skip()
        if not self._answer.startswith(token, self._at):
            return False
        self._at += len(token)
        return True

    def _expect(self, token: str) -> None:
        if not self._takes(token):
            self._fail(repr(token))

    def _skip(self) -> None:
        match = _BLANKS.match(self._answer, self._at)
        self._at = match.end() if match else self._at

    def _fail(self, wanted: str) -> NoReturn:
        there = self._answer[self._at : self._at + _SHOWN]
        raise MalformedCompletion(
            f"the model's answer is not of the agreed form: at character {self._at} stands {there!r}, "
            f"where {wanted} was expected"
        )
