"""Show one page as a picture, with the places of a result's values drawn on it if wanted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.delivery.annotate import AMBER, GRAVE, MARGIN, RED
from extractor.delivery.encoded import Encoded, leaves_of
from extractor.delivery.labelling import with_labels_placed
from extractor.documents.document import MediaType
from extractor.documents.drawing import Mark
from extractor.documents.opening import open_document
from extractor.documents.pictures import png_of
from extractor.errors import NotFound, UnsupportedDocument
from extractor.pages.reading import open_file, read_printed

MAX_PIXELS_A_SIDE = 4000
_POINTS_AN_INCH = 72
_CORNERS = 4


def page_picture(content: bytes, number: int, *, dpi: int, result: Encoded | None = None) -> bytes:
    """Return page `number` (from 1) as PNG: upright, as uploaded, its longer side 4,000 pixels at most.

    With a `result`, its values on this page have boxes and names, red where they contradict others.

    Raises:
        NotFound: the document has no such page.
        UnsupportedDocument: it has no pages at all (XML).
        DocumentError: it cannot be opened or shown.
    """
    document = open_document(content)
    if document.media_type is MediaType.XML:
        raise UnsupportedDocument("an XML document has no pages to show")
    if not 1 <= number <= document.page_count:
        raise NotFound(f"the document has no page {number}; it has {document.page_count}")
    with open_file(document) as file:
        longer = max(file.page_size(number))
        bounded = min(dpi, max(1, int(MAX_PIXELS_A_SIDE * _POINTS_AN_INCH / longer)))
        marks = [] if result is None else [mark for mark in _marks(result) if mark.page == number]
        if marks:
            page = read_printed(file, number)
            raster = file.render_marked(number, list(with_labels_placed(marks, [page])), dpi=bounded)
        else:
            raster = file.render(number, dpi=bounded)
    return png_of(raster.rgb, width=raster.width, height=raster.height)


def _marks(result: Encoded) -> Iterator[Mark]:
    """Yield a mark for every value that stands on a page, those that findings are about in their colour."""
    flagged = list(_flags(result))
    named: set[str] = set()
    for path, leaf in leaves_of(result):
        mark = _mark(leaf, _label(path, named))
        if mark is None:
            continue
        codes = [flag for flag in flagged if path == flag[0] or path.startswith(f"{flag[0]}.")]
        if codes:
            colour = RED if any(is_grave for _, _, is_grave in codes) else AMBER
            mark = replace(mark, label=", ".join(dict.fromkeys(code for _, code, _ in codes)), colour=colour)
        yield mark


def _flags(result: Encoded) -> Iterator[tuple[str, str, bool]]:
    findings = result.get("findings")
    for finding in findings if isinstance(findings, list) else []:
        if isinstance(finding, dict) and isinstance(finding.get("field"), str):
            yield str(finding["field"]), str(finding.get("code")), finding.get("severity") in GRAVE


def _label(path: str, named: set[str]) -> str:
    """Return a value's name; a table's columns are named once."""
    table, is_row, column = path.partition("].")
    if not is_row:
        return path
    label = f"{table.partition('[')[0]}.{column}"
    if label in named:
        return ""
    named.add(label)
    return column


def _mark(leaf: Encoded, label: str) -> Mark | None:
    page, box = leaf.get("page"), leaf.get("box")
    if not isinstance(page, int) or not isinstance(box, Sequence) or len(box) != _CORNERS:
        return None
    edges = [float(edge) for edge in box if isinstance(edge, int | float)]
    if len(edges) != _CORNERS:
        return None
    left, top, right, bottom = edges
    frame = (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)
    return Mark(page=page, box=frame, label=label)
