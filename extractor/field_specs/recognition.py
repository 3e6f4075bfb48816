"""Tell invoices, contracts and other documents apart by what stands on their first pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extractor.documents.document import Document, MediaType
from extractor.field_specs.first_pages import first_pages
from extractor.field_specs.likeness import contract_likeness, invoice_likeness
from extractor.field_specs.titles import OTHER_TITLES, best_title, title_lines, titles_of
from extractor.pages.page import Page

INVOICE: Final = "invoice"
CONTRACT: Final = "contract"
OTHER: Final = "other"

_LEAST = 2.5  # a document with less evidence than this is neither
_TITLE = 3.0  # what a title is worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What a document is: the name of a spec, or "other". `title` is as printed."""

    spec: str
    title: str | None = None
    scores: Mapping[str, float]


def recognise(pages: Sequence[Page], document: Document) -> Recognition:
    """Say whether a document is an invoice, a contract or neither.

    Titles weigh most, then an invoice's labels and amounts against a contract's
    wording and numbered clauses. XML that can be read is always an invoice.
    """
    if document.media_type is MediaType.XML:
        return Recognition(spec=INVOICE, scores={INVOICE: _TITLE, CONTRACT: 0.0})
    text = first_pages(pages)
    lines = title_lines(text)
    titles = {name: best_title(lines, titles_of(name)) for name in (INVOICE, CONTRACT)}
    other = best_title(lines, OTHER_TITLES)
    scores = {INVOICE: invoice_likeness(text), CONTRACT: contract_likeness(text)}
    for name, title in titles.items():
        scores[name] += _TITLE * title.weight
    if other.weight > max(title.weight for title in titles.values()):
        scores = {name: score - _TITLE * other.weight for name, score in scores.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < _LEAST:
        return Recognition(spec=OTHER, title=other.text, scores=scores)
    return Recognition(spec=best, title=titles[best].text, scores=scores)
