"""The page: its words with their places. What every engine reads."""

from dataclasses import dataclass
from enum import StrEnum

from extractor.pages.geometry import Box


class Origin(StrEnum):
    """Where a printed text was taken from."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    XML = "xml"
    MODEL = "model"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A run of characters without a space, where it stands on the page."""

    text: str
    box: Box
    origin: Origin = Origin.TEXT_LAYER


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One upright page. `number` counts from 1; width and height are in points.

    `words` are in reading order: top to bottom, then left to right within a line.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    has_hidden_text: bool = False  # text in the layer that a reader of the page cannot see
