"""Open, read, render and annotate PDFs with PyMuPDF. The only module that imports it.

PyMuPDF is not thread-safe: use one `PdfFile` in one thread, and processes to go wide.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from itertools import count
from types import TracebackType
from typing import Literal, Self

import pymupdf

from extractor.documents.text_layer import (
    PrintedWord,
    RawBlock,
    RawWord,
    Rectangle,
    Style,
    TextLayer,
    images_of,
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
_EMPTIED_EVERY = 24  # files closed; in between, what MuPDF caches is halved
_CLOSED = count(1)
LABEL_SIZE = 5.5  # points; of the letters in a mark's label on a page of ordinary size
_LAST_LATIN = 0x024F
_RUNS_OF_ONE_FONT = re.compile(r"[\u0000-\u024f]+|[^\u0000-\u024f]+")
_END_OF_FILE_WITHIN = 2048  # bytes; what may follow "%%EOF" in files in the wild


@dataclass(frozen=True, slots=True, kw_only=True)
class Raster:
    """A rendered page: 8-bit RGB samples, row by row, `width * height * 3` bytes."""

    width: int
    height: int
    rgb: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One rectangle to draw: points on the upright page, with a label."""

    page: int  # from 1
    box: tuple[float, float, float, float]
    label: str
    colour: tuple[float, float, float] = (0.0, 0.45, 0.85)  # red, green, blue in 0..1
    label_at: tuple[float, float] | None = None  # the label's lower left; by default above the box
    label_size: float = LABEL_SIZE  # points; of its letters


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
        )

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

    def render(self, number: int, *, dpi: int) -> Raster:
        """Return the upright page `number` (from 1) as pixels.

        Raises:
            DamagedDocument: the page cannot be rendered.
        """
        page = self._page(number)
        with _mupdf_errors_as(DamagedDocument(f"page {number} is damaged and cannot be rendered")):
            return _raster(page, dpi)

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
                _draw_all(copy[number - 1], drawn)
            copy.subset_fonts()
            return bytes(copy.tobytes(garbage=3, deflate=True))

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


def _raster(page: pymupdf.Page, dpi: int) -> Raster:
    pixels = page.get_pixmap(dpi=dpi, alpha=False, colorspace=pymupdf.csRGB)
    return Raster(width=pixels.width, height=pixels.height, rgb=bytes(pixels.samples))


def _text_errors(number: int) -> AbstractContextManager[None]:
    return _mupdf_errors_as(DamagedDocument(f"page {number} is damaged: its text cannot be read"))


def joined(contents: Iterable[bytes]) -> bytes:
    """Return one PDF with the pages of all, in order. They are our own copies, so none is damaged."""
    whole = pymupdf.open()
    for content in contents:
        with pymupdf.open(stream=content, filetype="pdf") as part:
            whole.insert_pdf(part)
    return bytes(whole.tobytes(garbage=3, deflate=True))


def _attachment_name(info: Mapping[str, object]) -> str:
    """Return the name that readers show: the Unicode one where there is one, else the key."""
    return str(info["ufilename"] or info["filename"] or info["name"])


def _draw_all(page: pymupdf.Page, marks: Iterable[Mark]) -> None:
    """Draw on the page while it is not turned: PyMuPDF draws beside the place on turned, cropped pages."""
    rotation, upright_to_page = page.rotation, page.derotation_matrix
    page.set_rotation(0)
    for mark in marks:
        _draw(page, mark, upright_to_page=upright_to_page, rotation=rotation)
    page.set_rotation(rotation)


def _draw(page: pymupdf.Page, mark: Mark, *, upright_to_page: pymupdf.Matrix, rotation: int) -> None:
    frame = pymupdf.Rect(mark.box) * upright_to_page
    page.draw_rect(
        frame,
        color=mark.colour,
        width=0.8 * mark.label_size / LABEL_SIZE,
        fill=mark.colour,
        fill_opacity=0.08,
        overlay=True,
    )
    size = mark.label_size
    left, bottom = mark.label_at or (mark.box[0], max(mark.box[1], size))
    runs = [
        (run, "china-s" if ord(run[0]) > _LAST_LATIN else "helv")
        for run in _RUNS_OF_ONE_FONT.findall(mark.label)
    ]
    widths = [pymupdf.get_text_length(run, fontname=font, fontsize=size) for run, font in runs]
    if runs:  # a paler ground, so that the label can be read on a table's rules
        ground = pymupdf.Rect(left, bottom - size, left + sum(widths), bottom) * upright_to_page
        page.draw_rect(ground, color=None, fill=(1, 1, 1), fill_opacity=0.7, overlay=True)
    for (run, font), width in zip(runs, widths, strict=True):
        page.insert_text(
            pymupdf.Point(left, bottom - 1.0) * upright_to_page,
            run,
            fontsize=size,
            fontname=font,
            color=mark.colour,
            rotate=rotation,
            overlay=True,
        )
        left += width


@contextmanager
def _mupdf_errors_as(error: ExtractorError) -> Iterator[None]:
    """Raise `error` in place of whatever MuPDF raises; let bugs of ours through."""
    try:
        yield
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as cause:  # unrelated roots
        raise error from cause
