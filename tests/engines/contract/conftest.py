"""Contracts drawn as words on pages, without a PDF."""

from collections.abc import Callable

import pytest

from extractor.documents.document import Document, MediaType
from extractor.engines.contract.engine import ContractEngine
from extractor.engines.reading import Reading
from extractor.field_specs.load import load_spec
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Word

Draw = Callable[..., tuple[Page, ...]]
Read = Callable[..., Reading]

_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 540.0, 90.0, 750.0
_SIZE = 10.0
_TAB = 80.0
_SPEC = load_spec("contract")


def _advance(text: str) -> float:
    return sum(_SIZE if ord(character) > 0x2E7F else 0.5 * _SIZE for character in text)


class _Pen:
    def __init__(self) -> None:
        self.pages: list[list[Word]] = [[]]
        self.y = _TOP

    def paragraph(self, text: str, *, indent: float = 0.0) -> None:
        if "|" in text:
            self._row(text.split("|"))
            return
        x = _LEFT + indent
        for number, part in enumerate(text.split("\t")):
            if number:
                x = _LEFT + _TAB * (int((x - _LEFT + 6) // _TAB) + 1)
            for word in part.split(" "):
                x = self._word(word, x, indent) if word else x + 0.5 * _SIZE
        self.y += 2 * _SIZE

    def _row(self, cells: list[str]) -> None:
        if self.y > _BOTTOM:
            self.page()
        for number, cell in enumerate(cells):
            x = _LEFT + number * (_RIGHT - _LEFT) / len(cells)
            for word in cell.split():
                x = self._word(word, x, 0.0)
        self.y += 2 * _SIZE

    def _word(self, word: str, x: float, indent: float) -> float:
        while word:
            room = int((_RIGHT - x) // _SIZE) if ord(word[0]) > 0x2E7F else len(word)
            if x + _advance(word[: max(room, 1)]) > _RIGHT and x > _LEFT + indent:
                self.y += 1.3 * _SIZE
                x = _LEFT + indent
                continue
            piece, word = word[: max(room, 1)], word[max(room, 1) :]
            if self.y > _BOTTOM:
                self.page()
            box = Box(x, self.y, x + _advance(piece), self.y + 1.1 * _SIZE)
            self.pages[-1].append(Word(text=piece, box=box))
            x += _advance(piece)
            if word:
                self.y += 1.3 * _SIZE
                x = _LEFT + indent
        return x + 0.5 * _SIZE

    def page(self) -> None:
        self.pages.append([])
        self.y = _TOP


def _drawn(*paragraphs: str) -> tuple[Page, ...]:
    """Draw paragraphs: "\\f" begins a page, leading spaces indent, "|" parts columns."""
    pen = _Pen()
    for paragraph in paragraphs:
        for number, text in enumerate(paragraph.split("\f")):
            if number:
                pen.page()
            if text:
                pen.paragraph(text.lstrip(" "), indent=5.0 * (len(text) - len(text.lstrip(" "))))
    return tuple(
        Page(number=number, width=600.0, height=840.0, words=tuple(words))
        for number, words in enumerate(pen.pages, start=1)
    )


@pytest.fixture
def draw() -> Draw:
    return _drawn


@pytest.fixture
def read() -> Read:
    def read_drawn(*paragraphs: str) -> Reading:
        pages = _drawn(*paragraphs)
        document = Document(
            id="sha256:0", source="drawn.pdf", media_type=MediaType.PDF, page_count=len(pages), content=b""
        )
        return ContractEngine().read(document, pages, _SPEC)

    return read_drawn
