"""Open, read, render and annotate PDFs with PyMuPDF. Only this module and `drawing` import it.

PyMuPDF is not thread-safe: use one `PdfFile` in one thread, and processes to go wide.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from itertools import count
from types import TracebackType
from typing import Literal, Self

import numpy as np
import pymupdf
from numpy.typing import NDArray

from extractor.documents.drawing import Mark, draw_all
from extractor.documents.text_layer import (
    PrintedWord,
    RawBlock,
    RawWord,
    Rectangle,
    Style,
    TextLayer,
    figures_of,
    images_of,
    specks_of,
    styles_of,
    texts_of,
    vectors_of,
    word_style,
)
from extractor.errors import DamagedDocument, EncryptedDocument, ExtractorError, NotFound

pymupdf.TOOLS.mupdf_display_errors(False)  # noqa: FBT003 - positional in PyMuPDF; we raise instead
pymupdf.TOOLS.mupdf_display_warnings(False)  # noqa: FBT003 - as above

FileType = Literal["pdf", "png", "jpeg", "tiff"]
_WORD_FLAGS = (  # ligatures fall apart, and what a clip cuts off whole is not there
    pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP | pymupdf.mupdf.FZ_STEXT_CLIP
)
_LAZY = pymupdf.mupdf.FZ_STEXT_LAZY_VECTORS  # vectors wait for the end of a word
_LAYER_FLAGS = _WORD_FLAGS | pymupdf.mupdf.FZ_STEXT_COLLECT_VECTORS | _LAZY
_DRAWINGS = frozenset({"fill-path", "stroke-path", "fill-shade"})
_EMPTIED_EVERY = 24  # files closed; in between, what MuPDF caches is halved
_CLOSED = count(1)
_END_OF_FILE_WITHIN = 2048  # bytes; what may follow "%%EOF" in files in the wild


@dataclass(frozen=True, slots=True, kw_only=True)
class Raster:
    """A rendered page: 8-bit RGB samples, row by row, `width * height * 3` bytes."""

    width: int
    height: int
    rgb: bytes

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """Return the samples, height x width x 3: red, green, blue."""
        return np.frombuffer(self.rgb, dtype=np.uint8).reshape(self.height, self.width, 3)


class PdfFile:
    """An open PDF (or an image, which opens as a PDF of one page an image)."""

    def __init__(self, content: bytes, *, file_type: FileType = "pdf") -> None:
        """Open the content.

        Raises:
            DamagedDocument: it cannot be opened, or has no pages.
            EncryptedDocument: it needs a password.
        """
        with _mupdf_errors_as(DamagedDocument("the file is damaged and cannot be opened")):
            self._file = pymupdf.open(stream=content, filetype=file_type)
        self._read: tuple[int, list[RawWord], list[RawBlock]] | None = None  # the page that was read last
        if self._file.needs_pass:
            raise EncryptedDocument("the PDF is protected by a password: remove it and try again")
        with _mupdf_errors_as(DamagedDocument("the file is damaged: its pages cannot be counted")):
            self.page_count: int = self._file.page_count
            self.attachment_count: int = self._file.embfile_count() if file_type == "pdf" else 0
        if self.page_count < 1:
            raise DamagedDocument("the file has no pages")
        if file_type == "pdf" and self._file.is_repaired and b"%%EOF" not in content[-_END_OF_FILE_WITHIN:]:
            raise DamagedDocument("the PDF ends early (it was cut off): get the whole file and try again")

    def __enter__(self) -> Self:
        """Return the file; it is closed on exit."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file and free what PyMuPDF caches for it."""
        self._file.close()
        is_full = next(_CLOSED) % _EMPTIED_EVERY == 0  # emptied each time, colour profiles are built anew
        pymupdf.TOOLS.store_shrink(100 if is_full else 50)

    def page_size(self, number: int) -> tuple[float, float]:
        """Return width and height in points of the upright page `number` (from 1).

        Raises:
            DamagedDocument: the page cannot be loaded.
        """
        rect = self._page(number).rect
        return rect.width, rect.height

    def layer(self, number: int, *, is_order_exact: bool = False) -> TextLayer:
        """Return the text layer of page `number` (from 1), its words in the order of the file.

        Words outside the visible (cropped) page are left out. In exact order, what is drawn
        between the letters of a word tears it apart.

        Raises:
            DamagedDocument: the page cannot be loaded or its text not be read.
        """
        page = self._page(number)
        with _text_errors(number):
            text = page.get_textpage(flags=_LAYER_FLAGS & ~_LAZY if is_order_exact else _LAYER_FLAGS)
            found, blocks = text.extractWORDS(), text.extractDICT()["blocks"]  # extractBLOCKS leaks
            fills = list(vectors_of(blocks, found))
            if self._file.get_page_images(number - 1, full=True):
                text = page.get_textpage(flags=_WORD_FLAGS | pymupdf.TEXT_PRESERVE_IMAGES)
                fills += images_of(text.extractIMGINFO(), text.extractWORDS())
                fills.sort(key=lambda fill: fill.order)  # of one order: images last, pixels tell
        if not is_order_exact:
            self._read = number, found, blocks
        width, height = page.rect.width, page.rect.height
        turn = page.rotation_matrix if page.rotation else None
        specks, figures = (_all_turned(found_in(blocks), turn) for found_in in (specks_of, figures_of))
        words, orders = [], []
        for order, (x0, y0, x1, y1, letters, *_) in enumerate(found):
            place: Rectangle = (x0, y0, x1, y1) if turn is None else _turned((x0, y0, x1, y1), turn)
            word = PrintedWord(*place, letters)
            if 0 <= word.x0 + word.x1 <= 2 * width and 0 <= word.y0 + word.y1 <= 2 * height:
                words.append(word)
                orders.append(order)
        return TextLayer(
            width=width,
            height=height,
            words=tuple(words),
            orders=tuple(orders),
            fills=tuple(replace(fill, box=_turned(fill.box, turn)) if turn else fill for fill in fills),
            styles=styles_of(blocks),
            specks=specks,
            figures=figures,
        )

    def drawn_boxes(self, number: int) -> tuple[Rectangle, ...]:
        """Return the box of every vector drawing on page `number` (from 1), however small.

        The text layer leaves out small ones that touch each other.

        Raises:
            DamagedDocument: the page cannot be loaded or its drawings not be listed.
        """
        page = self._page(number)
        with _mupdf_errors_as(DamagedDocument(f"page {number} is damaged: its drawings cannot be listed")):
            drawn = [box for kind, box in page.get_bboxlog() if kind in _DRAWINGS]
        return _all_turned(drawn, page.rotation_matrix if page.rotation else None)

    def word_styles(self, number: int) -> Mapping[PrintedWord, Style]:
        """Return how each word of page `number` (from 1) is drawn.

        Raises:
            DamagedDocument: the page cannot be loaded or its text not be read.
        """
        if self._read is None or self._read[0] != number:
            self.layer(number)
        assert self._read is not None  # noqa: S101 - `layer` has just set it
        _, found, blocks = self._read
        page, texts = self._page(number), texts_of(blocks)
        turn = page.rotation_matrix if page.rotation else None
        return {PrintedWord(*_turned(raw[:4], turn), raw[4]): word_style(texts, raw) for raw in found}

    def render(self, number: int, *, dpi: int, clip: Rectangle | None = None) -> Raster:
        """Return the upright page `number` (from 1), or the part of it in `clip`, as pixels.

        A part begins at the whole pixel left of and above its corner.

        Raises:
            DamagedDocument: the page cannot be rendered.
        """
        page = self._page(number)
        with _mupdf_errors_as(DamagedDocument(f"page {number} is damaged and cannot be rendered")):
            return _raster(page, dpi, clip)

    def render_roughly(self, number: int, *, dpi: int, clip: Rectangle) -> Raster:
        """Return a part of page `number` (from 1) as `render` does, quickly: no colour profile is applied.

        Enough where dark is told from light.

        Raises:
            DamagedDocument: the page cannot be rendered.
        """
        pymupdf.TOOLS.set_icc(on=False)  # building a profile takes as long as the picture
        try:
            return self.render(number, dpi=dpi, clip=clip)
        finally:
            pymupdf.TOOLS.set_icc(on=True)

    def image_dpi(self, number: int) -> float | None:
        """Return the resolution of the largest image on page `number` (from 1), None where there is none.

        Raises:
            DamagedDocument: the page cannot be loaded or its images not be read.
        """
        page = self._page(number)
        with _mupdf_errors_as(DamagedDocument(f"page {number} is damaged: its images cannot be read")):
            images = [image for image in page.get_image_info() if image["bbox"][2] > image["bbox"][0]]
        if not images:
            return None
        largest = max(images, key=lambda image: image["width"] * image["height"])
        return 72 * float(largest["width"]) / (largest["bbox"][2] - largest["bbox"][0])

    def render_without_text(self, number: int, boxes: Iterable[Rectangle], *, dpi: int) -> Raster:
        """Return page `number` (from 1) as pixels, with the text in the boxes taken out of it.

        Raises:
            DamagedDocument: the page cannot be changed or rendered.
        """
        with _mupdf_errors_as(DamagedDocument(f"page {number} is damaged and cannot be rendered")):
            copy = pymupdf.open(stream=self._as_pdf(), filetype="pdf")
            page = copy[number - 1]
            rotation, upright_to_page = page.rotation, page.derotation_matrix
            page.set_rotation(0)
            for box in boxes:
                page.add_redact_annot(pymupdf.Rect(box) * upright_to_page, cross_out=False)
            page.apply_redactions(images=0, graphics=0)  # 0: leave them; the text goes
            page.set_rotation(rotation)
            return _raster(copy[number - 1], dpi)

    def attachments(self) -> Mapping[str, bytes]:
        """Return the embedded files by name.

        Raises:
            DamagedDocument: an embedded file cannot be read.
        """
        with _mupdf_errors_as(DamagedDocument("an attachment of the PDF is damaged")):
            return {
                _attachment_name(self._file.embfile_info(index)): self._file.embfile_get(index)
                for index in range(self.attachment_count)
            }

    def annotated(self, marks: Iterable[Mark]) -> bytes:
        """Return a copy as PDF with the marks drawn over its pages."""
        with _mupdf_errors_as(DamagedDocument("the file is damaged and cannot be drawn on")):
            copy = pymupdf.open(stream=self._as_pdf(), filetype="pdf")
            by_page: dict[int, list[Mark]] = {}
            for mark in marks:
                by_page.setdefault(mark.page, []).append(mark)
            for number, drawn in by_page.items():
                draw_all(copy[number - 1], drawn)
            copy.subset_fonts()
            return bytes(copy.tobytes(garbage=3, deflate=True))

    def render_marked(self, number: int, marks: Iterable[Mark], *, dpi: int) -> Raster:
        """Return the upright page `number` (from 1) as pixels, with marks drawn over it.

        Raises:
            DamagedDocument: the page cannot be drawn on or rendered.
        """
        page = self._page(number)
        with _mupdf_errors_as(DamagedDocument(f"page {number} is damaged and cannot be drawn on")):
            if not self._file.is_pdf:
                one = self._file.convert_to_pdf(from_page=number - 1, to_page=number - 1)
                page = pymupdf.open(stream=one, filetype="pdf")[0]
            draw_all(page, marks)
            return _raster(page, dpi)

    def _as_pdf(self) -> bytes:
        return bytes(self._file.tobytes() if self._file.is_pdf else self._file.convert_to_pdf())

    def _page(self, number: int) -> pymupdf.Page:
        if not 1 <= number <= self.page_count:
            raise NotFound(f"the file has no page {number}")
        with _mupdf_errors_as(DamagedDocument(f"page {number} is damaged and cannot be loaded")):
            return self._file.load_page(number - 1)


def _turned(box: Rectangle, turn: pymupdf.Matrix | None) -> Rectangle:
    if turn is None:
        return box
    rect = pymupdf.Rect(box) * turn
    return rect.x0, rect.y0, rect.x1, rect.y1


def _all_turned(boxes: Iterable[Rectangle], turn: pymupdf.Matrix | None) -> tuple[Rectangle, ...]:
    return tuple(boxes) if turn is None else tuple(_turned(box, turn) for box in boxes)


def _raster(page: pymupdf.Page, dpi: int, clip: Rectangle | None = None) -> Raster:
    pixels = page.get_pixmap(dpi=dpi, alpha=False, colorspace=pymupdf.csRGB, clip=clip)
    return Raster(width=pixels.width, height=pixels.height, rgb=bytes(pixels.samples))


def _text_errors(number: int) -> AbstractContextManager[None]:
    return _mupdf_errors_as(DamagedDocument(f"page {number} is damaged: its text cannot be read"))


def _attachment_name(info: Mapping[str, object]) -> str:
    """Return the name that readers show: the Unicode one where there is one, else the key."""
    return str(info["ufilename"] or info["filename"] or info["name"])


@contextmanager
def _mupdf_errors_as(error: ExtractorError) -> Iterator[None]:
    """Raise `error` in place of whatever MuPDF raises; let bugs of ours through."""
    try:
        yield
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as cause:  # unrelated roots
        raise error from cause
