"""Read a document's pages: words with boxes, upright, from the text layer."""

from collections.abc import Iterable, Iterator

from extractor.documents.document import Document, MediaType
from extractor.documents.pdf import FileType, PdfFile, Raster
from extractor.documents.pictures import for_mupdf
from extractor.documents.text_layer import PrintedWord
from extractor.pages.geometry import Box
from extractor.pages.legibility import readable_words
from extractor.pages.lines import in_reading_order
from extractor.pages.page import Page
from extractor.pages.visibility import visible_words
from extractor.pages.word import Word

_FILE_TYPES: dict[MediaType, FileType] = {
    MediaType.PDF: "pdf",
    MediaType.PNG: "png",
    MediaType.JPEG: "jpeg",
    MediaType.TIFF: "tiff",
    MediaType.WEBP: "png",  # as `for_mupdf` gives it
}


def read_pages(document: Document) -> tuple[Page, ...]:
    """Return every page with its words; an XML document has none.

    Words that a reader of the page cannot see are left out, and so are those that stand
    for no characters; a page of which little else is left has no words.

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
    return PdfFile(for_mupdf(document.content, document.media_type), file_type=file_type)


def render_page(document: Document, number: int, *, dpi: int) -> Raster:
    """Return the upright page `number` (from 1) as pixels.

    Raises:
        DamagedDocument: the page cannot be rendered.
    """
    with open_file(document) as file:
        return file.render(number, dpi=dpi)


def _page(file: PdfFile, number: int) -> Page:
    layer = file.layer(number)
    printed, has_hidden_text = visible_words(file, number, layer)
    return Page(
        number=number,
        width=layer.width,
        height=layer.height,
        words=in_reading_order(_words(readable_words(printed))),
        has_hidden_text=has_hidden_text,
    )


def _words(printed: Iterable[PrintedWord]) -> Iterator[Word]:
    for x0, y0, x1, y1, text in printed:
        yield Word(text=text, box=Box(x0, y0, x1, y1))
