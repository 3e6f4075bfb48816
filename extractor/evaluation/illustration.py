"""Draw on the pages of a document what was read there: green where it is right, red where it is wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.delivery.annotate import annotate_judged
from extractor.documents.opening import open_document
from extractor.documents.pdf import PdfFile
from extractor.documents.pictures import jpeg_of
from extractor.engines.reading import Evidence
from extractor.errors import DocumentError, EngineTimeout, EngineUnavailable, NotFound
from extractor.evaluation.judging import Judgement, Outcome
from extractor.evaluation.outcome import DocumentOutcome
from extractor.pages.reading import open_file
from extractor.workers import Workers

_PAGES = 2  # of a document, those with the most wrong values
_WIDTH = 1000  # pixels
_QUALITY = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One drawn page."""

    page: int
    jpeg: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Illustrated:
    """One document with its drawn pages; none where it has no pages, or is gone."""

    document: DocumentOutcome
    pictures: tuple[Picture, ...]


def illustrate(documents: Sequence[DocumentOutcome], folder: Path, *, workers: int) -> Iterator[Illustrated]:
    """Yield each document with the pages that most was read wrongly on. They are not read again."""
    with Workers(workers, preload=__name__) as pool:
        tasks = [(document, folder / document.truth.file) for document in documents]
        for (document, _), future in pool.in_order(_pictures, tasks):
            try:
                pictures = future.result()
            except (EngineTimeout, EngineUnavailable):  # drawing it ended its process: the figures stand
                pictures = ()
            yield Illustrated(document=document, pictures=pictures)


def _pictures(task: tuple[DocumentOutcome, Path]) -> tuple[Picture, ...]:
    document, path = task
    try:
        drawn = open_document(annotate_judged(path.read_bytes(), _places(document.judged.all)))
        with open_file(drawn) as file:
            return tuple(
                Picture(page=number, jpeg=_jpeg(file, number)) for number in sorted(_page_numbers(document))
            )
    except (DocumentError, NotFound, OSError):
        return ()  # it has no pages, or is gone since it was read


def _jpeg(file: PdfFile, number: int) -> bytes:
    width, _ = file.page_size(number)
    raster = file.render(number, dpi=max(1, round(72 * _WIDTH / width)))
    return jpeg_of(raster.rgb, width=raster.width, height=raster.height, quality=_QUALITY)


def _places(judgements: Sequence[Judgement]) -> Iterator[tuple[str, Evidence, bool]]:
    """Yield where values were read; of a column, only what is wrong and the first of all is named."""
    named: set[str] = set()
    for each in judgements:
        if each.leaf is None or each.leaf.evidence is None:
            continue
        is_wrong = each.outcome is Outcome.WRONG
        label = "" if each.field in named and not is_wrong else each.field.rpartition(".")[2]
        named.add(each.field)
        yield label, each.leaf.evidence, is_wrong


def _page_numbers(document: DocumentOutcome) -> list[int]:
    wrong = Counter(
        each.leaf.evidence.page
        for each in document.judged.all
        if each.outcome is Outcome.WRONG and each.leaf is not None and each.leaf.evidence is not None
    )
    numbers = [page for page, _ in wrong.most_common() if page is not None]
    return numbers[:_PAGES] or [document.truth.pages[0] if document.truth.pages else 1]
