"""Read a document's pages: words with boxes, upright, from the text layer."""

from collections.abc import Sequence

from extractor.documents.document import Document, MediaType
from extractor.documents.pdf import FileType, PdfFile, PrintedWord, Raster
from extractor.pages.geometry import Box
from extractor.pages.lines import in_reading_order
from extractor.pages.page import Page, Word

_FILE_TYPES: dict[MediaType, FileType] = {
    MediaType.PDF: "pdf",
    MediaType.PNG: "png",
    MediaType.JPEG: "jpeg",
    MediaType.TIFF: "tiff",
    MediaType.WEBP: "webp",
}


def read_pages(document: Document) -> tuple[Page, ...]:
    """Return every page with its words; an XML document has none.

    Raises:
        DamagedDocument: a page cannot be loaded.
    """
    if document.media_type is MediaType.XML:
        return ()
    with open_file(document) as file:
        return tuple(_page(file, number) for number in range(1, file.page_count + 1))


def open_file(document: Document) -> PdfFile:
    """Open the document for reading, rendering or drawing. The caller closes it.

    Raises:
        DamagedDocument: it cannot be opened, or has no pages to show (XML).
    """
    file_type = _FILE_TYPES.get(document.media_type, "pdf")
    return PdfFile(document.content, file_type=file_type)


def render_page(document: Document, number: int, *, dpi: int) -> Raster:
    """Return the upright page `number` (from 1) as pixels.

    Raises:
        DamagedDocument: the page cannot be rendered.
    """
    with open_file(document) as file:
        return file.render(number, dpi=dpi)


def _page(file: PdfFile, number: int) -> Page:
    width, height = file.page_size(number)
    return Page(number=number, width=width, height=height, words=_words(file.words(number)))


def _words(printed: Sequence[PrintedWord]) -> tuple[Word, ...]:
    words = (Word(text=word.text, box=Box(word.x0, word.y0, word.x1, word.y1)) for word in printed)
    return in_reading_order(words)
