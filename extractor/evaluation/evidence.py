"""Prove evidence: what a result says is printed at a place must stand there, by the page's own words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.assessment.assessment import Assessment
from extractor.delivery.wording import leaves
from extractor.documents.document import Document
from extractor.extraction.extraction import Leaf, Table
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.reading import read_pages
from extractor.pages.word import Origin
from extractor.values.text import squeeze

_SHOWN = 80  # characters of what stands in a box
_TIMES_LONGER = 4  # and so many characters more may stand in a box, else it proves nothing
_MORE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFault:
    """A claim that does not hold. `found` is what stands in the box."""

    path: str
    said: str
    page: int
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCount:
    """How many values claim a place on a page, and the claims that do not hold."""

    claims: int = 0
    faults: tuple[EvidenceFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    path: str
    said: str
    page: int
    boxes: tuple[Box, ...]
    origin: Origin


def prove_evidence(document: Document, assessments: Sequence[Assessment]) -> tuple[EvidenceCount, ...]:
    """Prove what each part of the document claims, with the pages read anew.

    Where words were recognised in a picture, it is recognised once more.

    Raises:
        DamagedDocument: a page cannot be loaded.
    """
    made = [tuple(_claims(assessment)) for assessment in assessments]
    if not any(made):
        return tuple(EvidenceCount() for _ in made)
    pages = {page.number: page for page in read_pages(document, is_recognised=False)}
    if any(claim.origin is Origin.OCR or not pages[claim.page].words for claims in made for claim in claims):
        pages = {page.number: page for page in read_pages(document)}
    return tuple(_count(claims, pages) for claims in made)


def _claims(assessment: Assessment) -> Iterator[_Claim]:
    for name, field in assessment.fields.items():
        for path, leaf in leaves(name, field):
            for placed in (leaf, *leaf.also):
                yield from _claim(path, placed)
        if isinstance(field, Table) and field.place is not None:
            yield from _claim(name, field.place)


def _claim(path: str, leaf: Leaf) -> Iterator[_Claim]:
    said, evidence = leaf.quote or leaf.text, leaf.evidence
    if said and evidence is not None and evidence.page is not None:
        yield _Claim(path=path, said=said, page=evidence.page, boxes=evidence.boxes, origin=evidence.origin)


def _count(claims: Sequence[_Claim], pages: Mapping[int, Page]) -> EvidenceCount:
    placed = {number: tuple(_words(page)) for number, page in pages.items()}
    faults = []
    for claim in claims:
        inside = [
            text for text, box in placed[claim.page] if any(each.contains_centre(box) for each in claim.boxes)
        ]
        if not _proves(inside, claim.said):
            shown = " ".join(inside)[:_SHOWN]
            faults.append(EvidenceFault(path=claim.path, said=claim.said, page=claim.page, found=shown))
    return EvidenceCount(claims=len(claims), faults=tuple(faults))


def _words(page: Page) -> Iterator[tuple[str, Box]]:
    """Yield a page's words with their boxes on the page as uploaded."""
    for word in page.words:
        yield word.text, word.box if page.placement is None else page.placement.box(word.box)


def _proves(inside: Sequence[str], said: str) -> bool:
    """Say whether the words are what is said, in whatever order, and not far more than that."""
    there, claimed = squeeze("".join(inside)), squeeze(said)
    if len(there) > _TIMES_LONGER * len(claimed) + _MORE:
        return False
    return claimed in there or sorted(claimed) == sorted(there)
