"""What a model reads of a contract and its amendment: versions of a term, not contradictions."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from plain_pdf import plain_pdf

from extractor.documents.opening import open_document
from extractor.engines.qwen.completion import Completion, PageQuestion
from extractor.engines.qwen.engine import QwenEngine
from extractor.engines.qwen.settings import QwenSettings
from extractor.engines.reading import Reading
from extractor.extraction.combine import combine
from extractor.extraction.extraction import Extraction, Leaf, Part, State
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import FieldType
from extractor.pages.reading import read_pages

SPEC = load_spec("contract")
FAST = QwenSettings(dpi=36)
SUPPLY = ["Supply Agreement", "Contract No. C-100, dated 1 March 2025", "", "1. Payment", "",
          "1.1 Each invoice is payable within 30 days of its receipt.", "",
          "1.2 The price of copper wire is EUR 12.00 per kg."]  # fmt: skip
AMENDMENT = ["Amendment No. 1", "", "1. From 1 September 2025 invoices are payable within 45 days.", "",
             "2. From 1 October 2025 the price of copper wire is EUR 13.50 per kg."]  # fmt: skip
UNDATED = ["2. Payment of invoices", "", "2.1 Each invoice is payable within 45 days of its receipt."]
SECOND = ["Amendment No. 2", "to Agreement No. C-100 dated 1 March 2025", "", "1. Payment", "",
          "From 1 September 2025 invoices are payable within 45 days.", "",
          "London, 3 August 2025"]  # fmt: skip
Term = Mapping[str, str | None]


class Scripted:
    """Answers one window after the other with the terms and prices that it was given."""

    def __init__(self, *windows: Mapping[str, Term | list[Term]]) -> None:
        self._windows = list(windows)

    def complete(self, questions: Sequence[PageQuestion], *, max_new_tokens: int) -> list[Completion]:
        del max_new_tokens
        return [Completion(text=self._answer(self._windows.pop(0))) for _ in questions]

    def _answer(self, said: Mapping[str, Term | list[Term]]) -> str:
        nothing: dict[str, object] = {
            name: [] if field.type is FieldType.TABLE else None for name, field in SPEC.fields.items()
        }
        return json.dumps(nothing | dict(said), ensure_ascii=False)


def term(value: str, quote: str, clause: str | None = None) -> Term:
    return {"value": value, "clause": clause, "quote": quote}


def price(amount: str, quote: str) -> Term:
    cells = {"description": "copper wire", "unit": "kg", "unit_price": amount, "quote": quote}
    return dict.fromkeys((*SPEC.fields["price_list"].columns, "clause")) | cells


def read(
    pages: Sequence[Sequence[str]], *windows: Mapping[str, Term | list[Term]]
) -> tuple[Reading, Extraction]:
    document = open_document(plain_pdf(*pages))
    words = read_pages(document)
    reading = QwenEngine(FAST, completer=Scripted(*windows)).read(document, words, SPEC)
    part = Part(pages=tuple(page.number for page in words))
    return reading, combine([reading], document=document, part=part, spec=SPEC, engine="qwen")


def history(leaf: Leaf) -> list[tuple[object, date | None]]:
    return [(each.value, each.since) for each in (leaf, *leaf.earlier)]


def test_an_amended_term_is_a_version_of_it_from_its_day_on() -> None:
    _, read_terms = read(
        (SUPPLY, AMENDMENT),
        {"payment_days": term("30 days", SUPPLY[5][4:], "1.1")},
        {"payment_days": term("45 days", AMENDMENT[2][3:], "1")},
    )
    days = read_terms.leaf("payment_days")
    assert days.state is State.FOUND
    assert history(days) == [(Decimal(45), date(2025, 9, 1)), (Decimal(30), None)]
    assert (days.clause, days.earlier[0].clause) == ("Amendment No. 1, 1", "1.1")


def test_without_a_day_two_clauses_still_contradict_each_other() -> None:
    _, read_terms = read(
        (SUPPLY, UNDATED),
        {"payment_days": term("30 days", SUPPLY[5][4:], "1.1")},
        {"payment_days": term("45 days", UNDATED[2][4:], "2.1")},
    )
    days = read_terms.leaf("payment_days")
    assert (days.state, [each.value for each in days.also]) == (State.CONTRADICTORY, [Decimal(45)])


def test_an_amended_price_is_a_version_of_the_row() -> None:
    _, read_terms = read(
        (SUPPLY, AMENDMENT),
        {"price_list": [price("EUR 12.00", SUPPLY[7][4:])]},
        {"price_list": [price("EUR 13.50", AMENDMENT[4][3:])]},
    )
    (row,) = read_terms.rows("price_list")
    assert history(row.members["unit_price"]) == [
        (Decimal("13.50"), date(2025, 10, 1)),
        (Decimal("12.00"), None),
    ]


def test_the_day_of_an_amendment_is_not_that_of_the_contract() -> None:
    dated = [*AMENDMENT[:1], "dated 3 August 2025", *AMENDMENT[1:]]
    reading, _ = read(
        (SUPPLY, dated),
        {"signing_date": term("1 March 2025", SUPPLY[1])},
        {"signing_date": term("3 August 2025", dated[1])},
    )
    assert [each.text for each in reading.candidates["signing_date"]] == ["1 March 2025"]


def test_an_amendment_alone_keeps_its_days_and_says_what_it_amends() -> None:
    reading, read_terms = read(
        (SECOND,),
        {
            "payment_days": term("45 days", SECOND[5]),
            "signing_date": term("1 March 2025", SECOND[1]),
        },
    )
    assert read_terms.amendment is not None
    assert (read_terms.amendment.title, read_terms.amendment.contract_numbers) == (
        "Amendment No. 2",
        ("C-100",),
    )
    assert history(read_terms.leaf("payment_days")) == [(Decimal(45), date(2025, 9, 1))]
    assert "signing_date" not in reading.candidates
