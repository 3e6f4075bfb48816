"""Cut places out of pages, with a frame round them, and draw all places of a page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from extractor.delivery.annotate import drawn_on
from extractor.documents.document import Document, MediaType
from extractor.documents.drawing import Mark
from extractor.documents.opening import open_document
from extractor.documents.pdf import PdfFile
from extractor.documents.pictures import jpeg_of, mounted
from extractor.engines.reading import Evidence
from extractor.pages.geometry import Box, union
from extractor.pages.reading import open_file

_ORDINARY = 612.0  # points: the width of a letter; a photo may be far larger
_WIDTH, _HEIGHT = 270.0, 90.0  # points of a cutting, on a page of ordinary size; at least
_AROUND = 14.0  # points round a place that is larger
_CUTTING_DPI = 144
_PAGE_PIXELS = 1100  # the width of a whole page
_QUALITY = 78
_LABEL_SIZE = 9.0  # points; of the numbers on whole pages
_MARGIN = 1.5  # points between a place and its frame
_TINT = 0.1

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A JPEG; width and height in points, as it should be shown at most."""

    jpeg: bytes
    width: float
    height: float


class Pages:
    """The documents of a report, by source, opened when a picture is asked for."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        """Keep the contents; nothing is opened yet."""
        self._contents = contents
        self._opened = ExitStack()
        self._files: dict[str, PdfFile | None] = {}

    def __enter__(self) -> Self:
        """Return the pages; the files are closed on exit."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the files."""
        self._opened.close()

    def cutting(self, source: str, evidence: Evidence | None, colour: Colour) -> Picture | None:
        """Return the place with what stands round it; None where it stands on no page."""
        if evidence is None or evidence.page is None or not evidence.boxes:
            return None
        file = self._file(source)
        return None if file is None else _cut(file, evidence.page, evidence.boxes, colour)

    def whole(self, source: str, marks: Sequence[Mark]) -> Iterator[tuple[int, Picture]]:
        """Yield the pages that have marks, with their numbers, all marks drawn."""
        if not marks or self._file(source) is None:
            return
        with open_file(open_document(self._drawn(source, marks))) as file:
            for number in sorted({mark.page for mark in marks}):
                width, height = file.page_size(number)
                raster = file.render(number, dpi=max(1, round(72 * _PAGE_PIXELS / width)))
                jpeg = jpeg_of(raster.rgb, width=raster.width, height=raster.height, quality=_QUALITY)
                scale = _scale(width, height)
                yield number, Picture(jpeg=jpeg, width=width / scale, height=height / scale)

    def _drawn(self, source: str, marks: Sequence[Mark]) -> bytes:
        return drawn_on(self._contents[source], marks, label_size=_LABEL_SIZE)

    def _file(self, source: str) -> PdfFile | None:
        if source not in self._files:
            content = self._contents.get(source)
            document = None if content is None else open_document(content, name=source)
            self._files[source] = self._open(document)
        return self._files[source]

    def _open(self, document: Document | None) -> PdfFile | None:
        if document is None or document.media_type is MediaType.XML:
            return None
        return self._opened.enter_context(open_file(document))


def _scale(width: float, height: float) -> float:
    """Return how many times larger than a sheet of paper the page is: a photo has a point a pixel."""
    return max(1.0, min(width, height) / _ORDINARY)


def _cut(file: PdfFile, number: int, boxes: Iterable[Box], colour: Colour) -> Picture:
    width, height = file.page_size(number)
    scale = _scale(width, height)
    place = union(boxes)
    across = min(width, max(_WIDTH * scale, place.width + 2 * _AROUND * scale))
    down = min(height, max(_HEIGHT * scale, place.height + 2 * _AROUND * scale))
    left = min(max(0.0, place.centre_x - across / 2), width - across)
    top = min(max(0.0, place.centre_y - down / 2), height - down)
    dpi = max(1, round(_CUTTING_DPI / scale))
    raster = file.render(number, dpi=dpi, clip=(left, top, left + across, top + down))
    pixels = raster.pixels.copy()
    a_point = dpi / 72
    corner = int(left * a_point), int(top * a_point)
    for box in boxes:
        _frame(pixels, box, a_point, corner, margin=_MARGIN * scale, colour=colour)
    jpeg = jpeg_of(pixels.tobytes(), width=raster.width, height=raster.height, quality=_QUALITY)
    return Picture(jpeg=jpeg, width=across / scale, height=down / scale)


def _frame(
    pixels: NDArray[np.uint8],
    box: Box,
    a_point: float,
    corner: tuple[int, int],
    *,
    margin: float,
    colour: Colour,
) -> None:
    """Tint the box and draw its edges, two pixels wide, as far as it lies in the picture."""
    height, width, _ = pixels.shape
    x0, x1 = (round(edge * a_point) - corner[0] for edge in (box.x0 - margin, box.x1 + margin))
    y0, y1 = (round(edge * a_point) - corner[1] for edge in (box.y0 - margin, box.y1 + margin))
    x0, x1 = max(0, min(x0, width - 3)), max(3, min(x1, width))
    y0, y1 = max(0, min(y0, height - 3)), max(3, min(y1, height))
    paint = np.array([round(255 * part) for part in colour], dtype=np.uint8)
    inner = pixels[y0:y1, x0:x1]
    inner[:] = ((1 - _TINT) * inner + _TINT * paint).astype(np.uint8)
    for edge in (inner[:2], inner[-2:], inner[:, :2], inner[:, -2:]):
        edge[:] = paint


def side_by_side(left: Picture | None, right: Picture | None, *, width: float, gap: float) -> Picture | None:
    """Return both as one picture of that width in points, each in its half; None where there is none."""
    half, a_point = (width - gap) / 2, _CUTTING_DPI / 72
    placed, height = [], 0.0
    for picture, x in ((left, 0.0), (right, half + gap)):
        if picture is not None:
            scale = min(1.0, half / picture.width)
            across, down = picture.width * scale, picture.height * scale
            placed.append((picture.jpeg, (x * a_point, 0.0, (x + across) * a_point, down * a_point)))
            height = max(height, down)
    if not placed:
        return None
    sheet = mounted(placed, width=round(width * a_point), height=round(height * a_point), quality=_QUALITY)
    return Picture(jpeg=sheet, width=width, height=height)
