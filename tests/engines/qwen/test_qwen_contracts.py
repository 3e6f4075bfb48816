"""Whole contracts, generated, answered without a fault: what is made of it is the generator's truth."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from contract_answers import TrueReader
from synthesis.contract_random import GeneratedContract, generate_contract
from synthesis.measure_terms import is_cited, judge_terms

from extractor.assessment.assessment import Assessment, Review
from extractor.documents.opening import open_document
from extractor.engines.qwen.engine import QwenEngine
from extractor.engines.qwen.settings import QwenSettings
from extractor.engines.reading import Reading
from extractor.evaluation.judging import Judgement, Outcome
from extractor.extraction.combine import combine
from extractor.extraction.extraction import Extraction, Part
from extractor.field_specs.load import load_spec
from extractor.pages.page import Page
from extractor.pages.reading import read_pages
from extractor.values.text import squeeze

LENGTHS = [  # language, seed, clauses that fix nothing, pages
    ("en", 0, 0, 2),
    ("de", 1, 0, 2),
    ("zh", 0, 0, 2),
    ("zh", 2, 10, 3),
    ("en", 2, 10, 5),
    ("de", 4, 60, 13),
    ("zh", 5, 110, 13),
    ("de", 0, 5, 3),  # rows of its price list stand at a page's foot
    ("en", 5, 136, 20),
]
CROSSING = [("en", 18, 4, "governing_law"), ("de", 36, 4, "bank_account"), ("zh", 4, 4, "bank_account")]
SPEC = load_spec("contract")
FAST = QwenSettings(dpi=36)


@dataclass(frozen=True)
class ReadContract:
    made: GeneratedContract
    pages: tuple[Page, ...]
    reader: TrueReader
    reading: Reading
    extraction: Extraction

    @property
    def said(self) -> set[str]:
        return set().union(*self.reader.answered)

    def judged(self) -> Iterator[Judgement]:
        """Yield what became of every answer; rows are judged apart."""
        review = Review(required=False, reasons=())
        assessed = Assessment(extraction=self.extraction, findings=(), review=review, timings_ms={})
        for each in judge_terms(self.made.terms, assessed):
            if each.field.partition(".")[0] in self.said and not each.path.startswith("price_list"):
                yield each


def read(language: str, seed: int, further: int) -> ReadContract:
    made = generate_contract(seed, language=language, further_clauses=further)
    document = open_document(made.content, name=made.name)
    pages = read_pages(document)
    reader = TrueReader(made, pages, SPEC)
    reading = QwenEngine(FAST, completer=reader).read(document, pages, SPEC)
    part = Part(pages=tuple(page.number for page in pages))
    extraction = combine([reading], document=document, part=part, spec=SPEC, engine="qwen")
    return ReadContract(made=made, pages=pages, reader=reader, reading=reading, extraction=extraction)


@pytest.mark.parametrize(("language", "seed", "further", "page_count"), LENGTHS)
def test_every_term_keeps_its_value_and_cites_clause_and_page(
    language: str, seed: int, further: int, page_count: int
) -> None:
    contract = read(language, seed, further)
    assert len(contract.pages) == page_count
    judged = list(contract.judged())
    assert len(judged) >= 8
    assert [each.path for each in judged if each.outcome is not Outcome.RIGHT] == []
    uncited = [
        each.path for each in judged if not is_cited(each, contract.made.terms[each.field.partition(".")[0]])
    ]
    assert uncited == []


@pytest.mark.parametrize(("language", "seed", "further", "page_count"), LENGTHS)
def test_a_printed_row_counts_once_though_two_windows_show_it(
    language: str, seed: int, further: int, page_count: int
) -> None:
    del page_count
    contract = read(language, seed, further)
    read_rows = [row.cells["unit_price"].text for row in contract.reading.tables.get("price_list", ())]
    wanted = [row.unit_price for row in contract.made.record.price_list]
    assert len(read_rows) == len({*read_rows}) <= len(wanted)
    said = [answered for answered in contract.reader.answered if "price_list" in answered]
    assert bool(read_rows) == bool(said)


def test_some_rows_stand_in_two_windows() -> None:
    """Else the test above would prove nothing."""
    answered = read("de", 0, 5).reader.answered
    assert sum("price_list" in terms for terms in answered) == 2


@pytest.mark.parametrize(("language", "seed", "further", "term"), CROSSING)
def test_a_clause_that_crosses_a_page_is_quoted_where_its_value_stands(
    language: str, seed: int, further: int, term: str
) -> None:
    contract = read(language, seed, further)
    sentence = squeeze(contract.made.sentences[term])
    assert not any(sentence in squeeze("".join(word.text for word in page.words)) for page in contract.pages)
    (found,) = contract.reading.candidates[term]
    for candidate in found.parts.values() or (found,):
        assert candidate.evidence.page is not None
        page = contract.pages[candidate.evidence.page - 1]
        inside = "".join(
            word.text
            for word in page.words
            if any(box.contains_centre(word.box) for box in candidate.evidence.boxes)
        )
        assert candidate.quote is not None
        assert squeeze(candidate.quote) == squeeze(inside)
        does_cross = term == "bank_account" and candidate.text == "Handelsbank Oberland"  # itself
        assert does_cross or squeeze(candidate.text) in squeeze(candidate.quote)
        assert squeeze(candidate.quote) in sentence
        assert candidate.clause == contract.made.terms[term]["clause"]
