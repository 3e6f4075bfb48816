"""A file that was opened: its pages read and parted, each part with the spec to read it for."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TypeAlias

from extractor.cascade.part import AUTO, milliseconds_since
from extractor.cascade.settings import VISION_ENGINES
from extractor.documents.document import Document, MediaType
from extractor.documents.limits import Limits
from extractor.documents.opening import open_document
from extractor.engines.codes.engine import has_invoice_code
from extractor.engines.einvoice.engine import has_einvoice
from extractor.errors import PageUnreadable
from extractor.extraction.extraction import Part
from extractor.field_specs.load import load_spec
from extractor.field_specs.recognition import CONTRACT, INVOICE, OTHER, recognise
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.pages.reading import read_pages
from extractor.parts.contracts import part_contracts
from extractor.parts.parting import PagesOfPart, one_part, part_pages

Source: TypeAlias = str | Path | bytes
_READS_WORDS = (AUTO, "layout")  # engines that see nothing in a picture


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """One part of a file with the spec to read it for; None where it is neither invoice nor contract.

    `looks_like` is what the part seems to be instead of what it was asked to be read as.
    """

    pages: PagesOfPart
    numbered: Part
    spec: Spec | None
    timings: dict[str, float]
    looks_like: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """A document that was opened, its pages read and parted."""

    document: Document
    parts: tuple[FilePart, ...]


def opened(
    source: Source, chosen: Spec | None, *, engine: str, is_seen: bool, name: str | None, limits: Limits
) -> OpenedFile:
    """Open a file, read its pages, and part them.

    Raises:
        NotFound: there is no such file.
        DocumentError: nothing can be said about it.
    """
    started = perf_counter()
    document = open_document(source, name=name, limits=limits)
    pages = read_pages(document)
    is_seen = is_seen or engine in VISION_ENGINES
    _require_readable(document, pages, engine=engine, is_seen=is_seen)
    told = recognise(pages, document).spec
    is_contract = told == CONTRACT if chosen is None else chosen.reading == "clauses"
    if len(pages) <= 1 or has_einvoice(document):
        parts = one_part(pages)
    elif is_contract:
        parts = part_contracts(pages)
    else:
        parts = part_pages(pages, chosen or load_spec(INVOICE))
    read = milliseconds_since(started)
    found = []
    for index, part in enumerate(parts, 1):
        numbered = Part(index=index, of=len(parts), pages=tuple(page.number for page in part.pages))
        if len(parts) > 1:
            told = recognise(part.pages, document).spec
        used = chosen or _spec_for(told, document, part.pages, is_seen=is_seen)
        timings = {"read": read * len(part.pages) / len(pages) if pages else read}
        other = told if chosen and _are_opposite(chosen.name, told) else None
        found.append(FilePart(pages=part, numbered=numbered, spec=used, timings=timings, looks_like=other))
    return OpenedFile(document=document, parts=tuple(found))


def _are_opposite(asked: str, told: str) -> bool:
    return {asked, told} == {INVOICE, CONTRACT}


def _require_readable(document: Document, pages: Sequence[Page], *, engine: str, is_seen: bool) -> None:
    """Refuse a document that the engine can read nothing from, with the way out.

    `is_seen` says that a vision engine may look at the pages: then only a blank document is refused.
    """
    has_text = document.media_type is MediaType.XML or any(page.words or page.codes for page in pages)
    if has_text or engine not in _READS_WORDS or has_einvoice(document):
        return
    advice = [f"page {page.number} cannot be read: {page.advice}" for page in pages if page.advice]
    if advice and is_seen:
        return
    raise PageUnreadable("; ".join(advice) or "no page has any words on it: the document is blank")


def _spec_for(recognised: str, document: Document, pages: Sequence[Page], *, is_seen: bool) -> Spec | None:
    """Return the spec of what was recognised, None where that is neither an invoice nor a contract.

    What only a vision engine can read is taken for an invoice.
    """
    is_picture = is_seen and not any(page.words for page in pages) and any(page.advice for page in pages)
    is_data = has_einvoice(document) or has_invoice_code(pages)
    if recognised == OTHER and not is_picture and not is_data:
        return None
    return load_spec(INVOICE if recognised == OTHER else recognised)
