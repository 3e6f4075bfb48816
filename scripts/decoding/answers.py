"""True answers about generated invoices: what a model that reads without a mistake would say.

The values are those that the layout engine copied from the page, of invoices on which it
made no mistake: compared with the truth of the generator, value by value.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

from synthesis.alternatives import settled
from synthesis.invoice import GeneratedInvoice, generate_invoice
from synthesis.measure import Tally, compare

import extractor
from extractor.documents.opening import open_document
from extractor.engines.layout.engine import LayoutEngine
from extractor.engines.qwen.grammar import grammar_for
from extractor.engines.qwen.lookup import printed_on
from extractor.engines.qwen.page_text import PageText, text_of
from extractor.engines.qwen.shape import Leaf, Rows, Shape, shape_of
from extractor.engines.qwen.spans import is_span
from extractor.engines.reading import Candidate
from extractor.field_specs.load import load_spec
from extractor.pages.reading import read_pages

LANGUAGES = ("en", "de", "fr", "zh")
_LONG = (("en", 23), ("fr", 42), ("en", 47))
_MAX_ROWS = 60  # of a table on one page, as the settings' default

_Found: TypeAlias = "Candidate | Mapping[str, Candidate] | Mapping[str, _Found] | list[_Found] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredPage:
    """A page with its grammar, its print in pieces, and the true answer."""

    name: str
    characters: int
    grammar: str
    printed: tuple[str, ...]
    answer: str


def invoices() -> Iterator[GeneratedInvoice]:
    """Yield generated invoices without end, in four languages; first some that have long pages."""
    for language, seed in _LONG:
        yield generate_invoice(seed, language=language)
    for seed in count(1000):
        for language in LANGUAGES:
            yield generate_invoice(seed, language=language)


def answered_pages(*, least_characters: int) -> Iterator[AnsweredPage]:
    """Yield invoices of one page that has so many characters, and that the layout engine reads rightly."""
    spec = load_spec("invoice")
    shape = shape_of(spec)
    for made in invoices():
        document = open_document(made.content, name=made.name)
        pages = read_pages(document)
        text = text_of(pages[0])
        characters = sum(len(row.text) for row in text.rows)
        if len(pages) > 1 or characters < least_characters or not _is_read_rightly(made):
            continue
        reading = LayoutEngine().read(document, pages, spec)
        found: dict[str, _Found] = {name: best[0] for name, best in reading.candidates.items()}
        found |= {name: [row.cells for row in rows] for name, rows in reading.tables.items()}
        yield AnsweredPage(
            name=made.name,
            characters=characters,
            grammar=grammar_for(shape, text, max_rows=_MAX_ROWS),
            printed=printed_on(pages[0]),
            answer=_written(found, shape, text),
        )


def _is_read_rightly(made: GeneratedInvoice) -> bool:
    tally = Tally()
    read = extractor.extract(made.content, spec="invoice", name=made.name)[0]
    compare(tally, made.name, read, settled(made.truth, read))
    return not tally.misses


def _written(found: _Found, shape: Shape, text: PageText) -> str:
    """Write the answer in the grammar's form; null for what the page does not print as a span."""
    if isinstance(shape, Leaf):
        if isinstance(found, Candidate) and _is_printed(found.text, shape, text):
            return json.dumps(found.text, ensure_ascii=False)
        return "null"
    if isinstance(shape, Rows):
        rows = found if isinstance(found, list) else []
        return "[" + ", ".join(_written(row, shape.row, text) for row in rows) + "]"
    parts = found.parts if isinstance(found, Candidate) else found
    if not isinstance(parts, Mapping):
        return "null"
    members = (
        f"{json.dumps(name)}: {_written(parts.get(name), member, text)}"
        for name, member in shape.members.items()
    )
    return "{" + ", ".join(members) + "}"


def _is_printed(value: str, leaf: Leaf, text: PageText) -> bool:
    if leaf.choices and value.casefold() not in {choice.casefold() for choice in leaf.choices}:
        return False
    strands = text.strands(may_wrap=leaf.rule.may_wrap)
    escaped = json.dumps(value, ensure_ascii=False)[1:-1]
    return is_span(escaped, leaf.rule) and any(any(strand.occurrences(value)) for strand in strands)
