"""The word: a run of characters, where it stands, and where it was taken from."""

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
    PERSON = "person"  # who corrected or confirmed what was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A run of characters without a space, where it stands on the page."""

    text: str
    box: Box
    origin: Origin = Origin.TEXT_LAYER
    score: float = 1.0  # how sure its characters are, 0..1: less than 1 only where they were recognised
