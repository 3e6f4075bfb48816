"""The code: what a QR or DataMatrix symbol says, and where it stands."""

from dataclasses import dataclass
from enum import StrEnum

from extractor.pages.geometry import Box


class Symbology(StrEnum):
    """The kinds of codes that are read."""

    QR = "qr"
    DATA_MATRIX = "data_matrix"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCode:
    """One code on a page, in points of the upright page like the page's words.

    `content` are the bytes as they were encoded. `text` is what they spell: in the
    character set that the code names (ECI), else in UTF-8 where they are that, else
    in the likeliest set.
    """

    content: bytes
    text: str
    symbology: Symbology
    box: Box
