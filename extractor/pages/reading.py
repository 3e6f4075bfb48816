"""Read a document's pages: words and codes with boxes, upright, from the text layer or from the picture."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from extractor.documents.document import Document, MediaType
from extractor.documents.pdf import FileType, PdfFile, Raster
from extractor.documents.pictures import for_mupdf
from extractor.documents.text_layer import PrintedWord, TextLayer
from extractor.pages.codes.code import PageCode
from extractor.pages.codes.regions import code_regions
from extractor.pages.geometry import Box
from extractor.pages.legibility import is_picture, is_shown, readable_words
from extractor.pages.lines import in_reading_order
from extractor.pages.page import Page
from extractor.pages.placement import Placement
from extractor.pages.visibility import visible_words
from extractor.pages.word import Word

_PICTURE_SIDE = 2000  # pixels of a page's longer side: about 170 dpi of A4, 200 of a letter's text width
_LONGEST_SIDE = 12_000  # of a strip, as tills print them
_FILE_TYPES: dict[MediaType, FileType] = {
    MediaType.PDF: "pdf",
    MediaType.PNG: "png",
    MediaType.JPEG: "jpeg",
    MediaType.TIFF: "tiff",
    MediaType.WEBP: "png",  # as `for_mupdf` gives it
}


def read_pages(document: Document, *, is_recognised: bool = True) -> tuple[Page, ...]:
    """Return every page with its words and codes; an XML document has none.

    Words that a reader of the page cannot see are left out, and so are those that stand
    for no characters. A page of which little else is left is read from its picture: its
    words then stand on the upright, flat page, and `placement` says where that lies on
    the page as uploaded. One that cannot be read has no words, and says why. With
    `is_recognised` off no picture is read, such a page has no words either, and no codes are
    looked for: that is quick, and enough for drawing on it.

    Raises:
        DamagedDocument: a page cannot be loaded, or a part of it not be rendered.
    """
    if document.media_type is MediaType.XML:
        return ()
    with open_file(document) as file:
        return tuple(
            _page(file, number, is_recognised=is_recognised) for number in range(1, file.page_count + 1)
        )


def open_file(document: Document) -> PdfFile:
    """Open the document for reading, rendering or drawing. The caller closes it.

    Raises:
        DamagedDocument: it cannot be opened, or has no pages to show (XML).
    """
    file_type = _FILE_TYPES.get(document.media_type, "pdf")
    return PdfFile(for_mupdf(document.content, document.media_type), file_type=file_type)


def render_page(document: Document, number: int, *, dpi: int) -> Raster:
    """Return the upright page `number` (from 1) as pixels.

    Raises:
        DamagedDocument: the page cannot be rendered.
    """
    with open_file(document) as file:
        return file.render(number, dpi=dpi)


def read_printed(file: PdfFile, number: int) -> Page:
    """Return page `number` (from 1) with the words of its text layer: enough for drawing on it.

    Raises:
        DamagedDocument: the page cannot be loaded.
    """
    return _page(file, number, is_recognised=False)


def _page(file: PdfFile, number: int, *, is_recognised: bool) -> Page:
    layer = file.layer(number)
    printed, has_hidden_text = visible_words(file, number, layer)
    readable = readable_words(printed)
    if is_recognised and is_picture(layer, readable):
        page = _recognised(file, number, layer, seen=printed if has_hidden_text else None)
        if not readable or _letters(page.words) > _letters(readable):
            return page
        codes = _as_uploaded(page)
    else:
        codes = _codes(file, number, layer) if is_recognised else ()
    return Page(
        number=number,
        width=layer.width,
        height=layer.height,
        words=in_reading_order(_words(readable)),
        codes=codes,
        has_hidden_text=has_hidden_text,
    )


def _codes(file: PdfFile, number: int, layer: TextLayer) -> tuple[PageCode, ...]:
    """Read the codes of a page that was not read from its picture."""
    regions = code_regions(layer, lambda: file.drawn_boxes(number))
    if not regions:
        return ()
    from extractor.pages.codes.finding import codes_in_regions, hull  # noqa: PLC0415 - most pages have no code

    return tuple(
        PageCode(content=code.content, text=code.text, symbology=code.symbology, box=hull(code.corners))
        for code in codes_in_regions(file, number, regions)
    )


def _recognised(file: PdfFile, number: int, layer: TextLayer, *, seen: Sequence[PrintedWord] | None) -> Page:
    """Read a page from its picture. `seen` are the words of its text layer that are not hidden."""
    from extractor.pages.codes.finding import codes_in_picture  # noqa: PLC0415 - as below
    from extractor.pages.scans.scan import read_scan  # noqa: PLC0415 - loads OpenCV: most documents need none

    dpi = max(1, round(72 * _pixels_a_point(layer.width, layer.height)))
    raster = file.render(number, dpi=dpi)
    native = (file.image_dpi(number) or dpi) / dpi
    scan = read_scan(
        np.ascontiguousarray(raster.pixels[:, :, ::-1]), points=72 / dpi, native=min(native, 1.0)
    )
    codes = tuple(
        PageCode(
            content=code.content,
            text=code.text,
            symbology=code.symbology,
            box=scan.placement.inverted().hull(code.corners),
        )
        for code in codes_in_picture(file, number, raster.pixels, dpi=dpi)
    )
    words = [word for word in scan.words if not any(code.box.contains_centre(word.box) for code in codes)]
    shown = frozenset(layer.words if seen is None else seen)
    hidden = [word for word in layer.words if word not in shown]
    return Page(
        number=number,
        width=scan.width,
        height=scan.height,
        words=in_reading_order(words),  # print is none that was recognised in a code's pattern
        codes=codes,
        has_hidden_text=not is_shown(hidden, scan.words),
        placement=scan.placement,
        advice=scan.advice,
    )


def _as_uploaded(page: Page) -> tuple[PageCode, ...]:
    """Return the codes of an upright page where they stand on the page as uploaded."""
    placement: Placement | None = page.placement
    if placement is None:
        return page.codes
    return tuple(replace(code, box=placement.box(code.box)) for code in page.codes)


def _pixels_a_point(width: float, height: float) -> float:
    """Return how finely a page is rendered: by its longer side, a long strip by its shorter one."""
    shorter, longer = sorted((width, height))
    return max(_PICTURE_SIDE / longer, min(_PICTURE_SIDE / 2 / shorter, _LONGEST_SIDE / longer))


def _letters(words: Iterable[Word | PrintedWord]) -> int:
    return sum(len(word.text) for word in words)


def _words(printed: Iterable[PrintedWord]) -> Iterator[Word]:
    for x0, y0, x1, y1, text in printed:
        yield Word(text=text, box=Box(x0, y0, x1, y1))
