"""Find the codes on a page: in the parts of it that may hold one, or in the whole picture of a scan.

What is found at a coarse resolution and cannot be decoded is looked at again, finely.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import floor
from typing import Final

import numpy as np

from extractor.documents.pdf import PdfFile
from extractor.pages.codes.code import Symbology
from extractor.pages.codes.decoder import Corner, Picture, Symbol, decode
from extractor.pages.geometry import Box

_SIDE: Final = (
    480  # pixels of a region's longer side: two a module of the largest code, three of what is printed
)
_FINEST: Final = 1_000  # dpi
_COARSEST: Final = 170  # dpi: two pixels a module of a quarter of a millimetre and less
_LONGEST: Final = 2_000  # pixels of a large region's longer side
_FINER: Final = 2.2  # times as fine is the second look
_DRAWN: Final = 250.0  # points: larger regions are pictures
_QUIET: Final = 0.15  # of a symbol's side around it


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCode:
    """A code with its four corners in points of the page as uploaded."""

    content: bytes
    text: str
    symbology: Symbology
    corners: tuple[Corner, ...]


def codes_in_regions(file: PdfFile, number: int, regions: Iterable[Box]) -> tuple[FoundCode, ...]:
    """Return the codes in some parts of page `number` (from 1), each once.

    Raises:
        DamagedDocument: the page cannot be rendered.
    """
    found = [code for region in regions for code in _in_region(file, number, region)]
    return tuple(_each_once(found))


def codes_in_picture(file: PdfFile, number: int, picture: Picture, *, dpi: int) -> tuple[FoundCode, ...]:
    """Return the codes in the picture of page `number` (from 1), which was rendered at `dpi`.

    Raises:
        DamagedDocument: a part of the page cannot be rendered.
    """
    found = list(_read(file, number, decode(picture), dpi=dpi, left=0, top=0))
    return tuple(_each_once(found))


def _in_region(file: PdfFile, number: int, region: Box) -> Iterator[FoundCode]:
    longer = max(region.width, region.height)
    dpi = min(max(72 * _SIDE / longer, _COARSEST), 72 * _LONGEST / longer, _FINEST)
    yield from _looked_at(file, number, region, dpi=max(1, round(dpi)), is_second=False)


def _looked_at(file: PdfFile, number: int, region: Box, *, dpi: int, is_second: bool) -> Iterator[FoundCode]:
    picture = file.render_roughly(number, dpi=dpi, clip=region).pixels
    left, top = floor(region.x0 * dpi / 72), floor(region.y0 * dpi / 72)
    symbols = decode(picture)
    is_small = max(region.width, region.height) <= _DRAWN
    if is_small and not any(symbol.content is not None for symbol in symbols):
        symbols = decode(_without_seams(picture)) or symbols
    yield from _read(file, number, symbols, dpi=dpi, left=left, top=top, is_second=is_second)


def _read(
    file: PdfFile,
    number: int,
    symbols: Sequence[Symbol],
    *,
    dpi: int,
    left: int,
    top: int,
    is_second: bool = False,
) -> Iterator[FoundCode]:
    """Yield what was decoded, and what the second look at the others decodes."""
    for symbol in symbols:
        corners = tuple(((x + left) * 72 / dpi, (y + top) * 72 / dpi) for x, y in symbol.corners)
        if symbol.content is not None:
            yield FoundCode(
                content=symbol.content, text=symbol.text, symbology=symbol.symbology, corners=corners
            )
        elif not is_second and _is_area(corners):
            finer = min(round(_FINER * dpi), _finest(corners))
            if finer > dpi:
                yield from _looked_at(file, number, _around(corners), dpi=finer, is_second=True)


def _without_seams(picture: Picture) -> Picture:
    """Return the picture without the pale seams that rendering leaves between modules drawn one by one."""
    darker = np.minimum(picture[:-1], picture[1:])
    return np.asarray(np.minimum(darker[:, :-1], darker[:, 1:]), dtype=np.uint8)


def _finest(corners: Sequence[Corner]) -> int:
    """Return the resolution at which the room around a symbol has the most pixels allowed."""
    region = _around(corners)
    return round(72 * _LONGEST / max(region.width, region.height))


def _is_area(corners: Sequence[Corner]) -> bool:
    box = hull(corners)
    return min(box.width, box.height) >= 1


def _around(corners: Sequence[Corner]) -> Box:
    box = hull(corners)
    room = _QUIET * max(box.width, box.height)
    return Box(max(box.x0 - room, 0.0), max(box.y0 - room, 0.0), box.x1 + room, box.y1 + room)


def hull(corners: Sequence[Corner]) -> Box:
    """Return the upright box that holds the corners."""
    across, down = zip(*corners, strict=True)
    return Box(min(across), min(down), max(across), max(down))


def _each_once(codes: Iterable[FoundCode]) -> Iterator[FoundCode]:
    """Yield the codes from top to bottom; what was found in two regions that overlap, once."""
    kept: list[FoundCode] = []
    for code in sorted(codes, key=lambda code: (hull(code.corners).y0, hull(code.corners).x0)):
        box = hull(code.corners)
        if not any(each.content == code.content and hull(each.corners).contains_centre(box) for each in kept):
            kept.append(code)
            yield code
