from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from extractor.documents.document import Document, MediaType
from extractor.engines.reading import Candidate, CandidateRow, Evidence, Reading
from extractor.extraction.combine import combine
from extractor.extraction.extraction import Extraction, Leaf, Part, State, Table
from extractor.field_specs.load import load_spec
from extractor.pages.geometry import Box
from extractor.pages.word import Origin
from extractor.values.conventions import Conventions

INVOICE = load_spec("invoice")
CONTRACT = load_spec("contract")
DOCUMENT = Document(id="sha256:7", source="in/a.pdf", media_type=MediaType.PDF, page_count=2, content=b"")
PLACE = Evidence(page=2, boxes=(Box(10, 20, 30, 40),))
XML = Evidence(page=None, origin=Origin.XML)


def printed(text: str, *, score: float = 0.9, evidence: Evidence = PLACE) -> Candidate:
    return Candidate(text=text, evidence=evidence, score=score)


def row(cells: Mapping[str, str], *, evidence: Evidence = PLACE) -> CandidateRow:
    return CandidateRow(cells={name: printed(text, evidence=evidence) for name, text in cells.items()})


def layout(candidates: Mapping[str, str] | None = None, *rows: Mapping[str, str]) -> Reading:
    return Reading(
        engine="layout",
        candidates={name: (printed(text),) for name, text in (candidates or {}).items()},
        tables={"line_items": tuple(row(cells) for cells in rows)} if rows else {},
    )


def einvoice(candidates: Mapping[str, str] | None = None, *rows: Mapping[str, str]) -> Reading:
    return Reading(
        engine="einvoice",
        candidates={
            name: (printed(text, score=1.0, evidence=XML),) for name, text in (candidates or {}).items()
        },
        tables={"line_items": tuple(row(cells, evidence=XML) for cells in rows)} if rows else {},
    )


def combined(*readings: Reading) -> Extraction:
    return combine(readings, document=DOCUMENT, part=Part(pages=(1, 2)), spec=INVOICE, engine="auto")


def terms(*readings: Reading) -> Extraction:
    return combine(readings, document=DOCUMENT, part=Part(pages=(1,)), spec=CONTRACT, engine="layout")


def cells(extraction: Extraction, name: str = "line_items") -> Sequence[Mapping[str, object]]:
    return [{key: leaf.value for key, leaf in each.members.items()} for each in extraction.rows(name)]


def test_every_field_of_the_spec_is_there_in_order() -> None:
    extraction = combined()
    assert list(extraction.fields) == list(INVOICE.fields)
    assert {value.state for value in extraction.fields.values()} == {State.ABSENT}


def test_the_document_travels_with_the_extraction() -> None:
    extraction = combined()
    assert (extraction.source, extraction.document.id, extraction.document.page_count) == (
        "in/a.pdf",
        "sha256:7",
        2,
    )
    assert (extraction.spec, extraction.engine, extraction.part.pages) == ("invoice", "auto", (1, 2))


def test_printed_text_becomes_typed_values_with_their_place() -> None:
    reading = Reading(
        engine="layout",
        candidates={
            "issue_date": (printed("03/04/2026"),),
            "gross_amount": (printed("€ 1.234,56"),),
            "currency": (printed("€"),),
            "invoice_type": (printed("Rechnung"),),
        },
        conventions=Conventions(is_day_first=True, decimal_mark=","),
    )
    extraction = combined(reading)
    assert extraction.leaf("issue_date").value == date(2026, 4, 3)
    assert extraction.leaf("gross_amount").value == Decimal("1234.56")
    assert extraction.leaf("gross_amount").text == "€ 1.234,56"
    assert extraction.leaf("gross_amount").evidence == PLACE
    assert (extraction.leaf("currency").value, extraction.leaf("currency").state) == ("EUR", State.DERIVED)
    assert extraction.leaf("invoice_type").value == "commercial"
    assert extraction.leaf("invoice_type").state is State.DERIVED


def test_page_and_xml_that_disagree_on_a_total_leave_a_witness() -> None:
    extraction = combined(einvoice({"gross_amount": "119.00"}), layout({"gross_amount": "911.00"}))
    assert extraction.leaf("gross_amount").value == 119
    assert [leaf.value for leaf in extraction.witnesses["gross_amount"]] == [911]


def test_wordings_that_differ_from_the_xml_accuse_nobody() -> None:
    extraction = combined(
        einvoice({"seller_name": "Tarnhollow Joinery Ltd", "purchase_order_number": "PO-1"}),
        layout({"seller_name": "Tarnhollow", "purchase_order_number": "SO-9"}),
    )
    assert extraction.leaf("seller_name").value == "Tarnhollow Joinery Ltd"
    assert not extraction.witnesses


def test_the_page_fills_in_what_the_xml_lacks() -> None:
    extraction = combined(einvoice({"invoice_number": "R-1"}), layout({"payment_terms": "30 days net"}))
    assert extraction.leaf("payment_terms").value == "30 days net"
    assert extraction.leaf("payment_terms").engine == "layout"


def test_second_readings_of_an_engine_are_kept_as_witnesses() -> None:
    reading = Reading(engine="layout", witnesses={"gross_amount": (printed("120.00"),)})
    assert [leaf.value for leaf in combined(reading).witnesses["gross_amount"]] == [120]


def test_an_account_has_its_parts_and_no_spaces_in_the_number() -> None:
    parts = {"bank": printed("Stadtbank"), "account": printed("DE59 1861 9418 0528 5909 61")}
    whole = Candidate(text="", evidence=PLACE, score=0.8, parts=parts)
    group = combined(Reading(engine="layout", candidates={"seller_bank_account": (whole,)})).group(
        "seller_bank_account"
    )
    assert {name: leaf.value for name, leaf in group.items()} == {
        "bank": "Stadtbank",
        "account": "DE59186194180528590961",
    }
    assert group["account"].text == "DE59 1861 9418 0528 5909 61"


def test_an_account_printed_in_one_line_is_split() -> None:
    group = combined(layout({"seller_bank_account": "太湖示例银行5006232724461735708"})).group(
        "seller_bank_account"
    )
    assert {name: leaf.value for name, leaf in group.items()} == {
        "bank": "太湖示例银行",
        "account": "5006232724461735708",
    }


def test_an_exact_account_takes_places_and_the_banks_name_from_the_page() -> None:
    exact = Candidate(
        text="",
        evidence=XML,
        score=1.0,
        parts={"account": printed("DE59186194180528590961", evidence=XML)},
    )
    shown = Candidate(
        text="",
        evidence=PLACE,
        score=0.8,
        parts={"bank": printed("Stadtbank"), "account": printed("DE59 1861 9418 0528 5909 61")},
    )
    group = combined(
        Reading(engine="einvoice", candidates={"seller_bank_account": (exact,)}),
        Reading(engine="layout", candidates={"seller_bank_account": (shown,)}),
    ).group("seller_bank_account")
    assert list(group) == ["bank", "account"]
    assert group["account"].evidence == PLACE


def test_another_account_on_the_page_lends_the_exact_one_nothing() -> None:
    exact = Candidate(text="GB51NGFP64662264555919", evidence=XML, score=1.0)
    extraction = combined(
        Reading(engine="einvoice", candidates={"seller_bank_account": (exact,)}),
        layout({"seller_bank_account": "Stadtbank DE59 1861 9418 0528 5909 61"}),
    )
    group = extraction.group("seller_bank_account")
    assert {name: leaf.value for name, leaf in group.items()} == {"account": "GB51NGFP64662264555919"}


def test_rows_become_typed_cells_in_the_order_of_the_spec() -> None:
    extraction = combined(
        layout({}, {"net_amount": "100,00", "description": "Oak shelf", "quantity": "4", "tax_rate": "19 %"})
    )
    (first,) = extraction.rows("line_items")
    assert list(first.members) == ["description", "quantity", "net_amount", "tax_rate"]
    assert cells(extraction) == [
        {"description": "Oak shelf", "quantity": 4, "net_amount": 100, "tax_rate": 19}
    ]


def test_exact_rows_hold_and_take_their_places_from_the_page_in_any_order() -> None:
    extraction = combined(
        einvoice(
            {},
            {"description": "Shelf", "net_amount": "100.00"},
            {"description": "Desk", "net_amount": "50.00"},
        ),
        layout(
            {},
            {"description": "Desk", "net_amount": "50,00"},
            {"description": "Shelve", "net_amount": "100,00"},
        ),
    )
    shelf, desk = extraction.rows("line_items")
    assert cells(extraction) == [
        {"description": "Shelf", "net_amount": 100},
        {"description": "Desk", "net_amount": 50},
    ]
    assert shelf.members["net_amount"].evidence == PLACE
    assert shelf.members["net_amount"].text == "100,00"
    assert shelf.members["description"].evidence == XML
    assert desk.members["description"].evidence == PLACE


def test_the_first_engine_with_rows_gives_the_table() -> None:
    extraction = combined(layout(), layout({}, {"description": "Oak shelf"}))
    assert cells(extraction) == [{"description": "Oak shelf"}]


def test_a_row_without_any_cell_is_left_out() -> None:
    assert combined(layout({}, {"description": " "}, {"unknown": "7"})).rows("line_items") == ()


def test_a_contract_that_rules_fees_out_has_the_fees_found_and_empty() -> None:
    said = Candidate(
        text="no other charges", evidence=PLACE, score=0.9, clause="6", quote="No other charges."
    )
    extraction = terms(Reading(engine="layout", candidates={"allowed_fees": (said,)}))
    fees = extraction.fields["allowed_fees"]
    assert isinstance(fees, Table)
    assert (fees.rows, fees.state) == ((), State.FOUND)
    assert fees.place is not None
    assert (fees.place.clause, fees.place.quote) == ("6", "No other charges.")


def test_members_of_a_group_carry_the_clause_of_the_whole() -> None:
    said = Candidate(
        text="2 % within 10 days",
        evidence=PLACE,
        score=0.9,
        clause="4.3",
        parts={"percent": printed("2 %"), "days": printed("10 days")},
    )
    group = terms(Reading(engine="layout", candidates={"early_payment_discount": (said,)})).group(
        "early_payment_discount"
    )
    assert {name: (leaf.value, leaf.clause) for name, leaf in group.items()} == {
        "percent": (Decimal(2), "4.3"),
        "days": (Decimal(10), "4.3"),
    }


def test_two_names_in_two_clauses_are_no_contradiction_but_two_terms_are() -> None:
    def says(text: str, clause: str) -> Candidate:
        return Candidate(text=text, evidence=PLACE, score=0.9, clause=clause)

    extraction = terms(
        Reading(
            engine="layout",
            candidates={
                "seller_name": (says("Tarnhollow Ltd", "1"), says("Lark Homes Ltd", "2")),
                "payment_days": (says("30 days", "4"), says("45 days", "9")),
            },
        )
    )
    assert extraction.leaf("seller_name").state is State.FOUND
    days: Leaf = extraction.leaf("payment_days")
    assert (days.value, days.state) == (Decimal(30), State.CONTRADICTORY)
    assert [other.value for other in days.also] == [Decimal(45)]
