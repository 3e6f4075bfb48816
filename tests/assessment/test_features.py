"""What the model is told of each value, and that no field is forgotten."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from engines.layout.pages import page
from invoice_record import SPEC, extraction, leaf, line, rows

from extractor.assessment.features import NAMES, features_of, known_values
from extractor.engines.reading import Evidence
from extractor.extraction.extraction import ABSENT, Extraction, Group, State
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import FieldType
from extractor.pages.word import Origin
from extractor.validation.proofs import prove


def told(made: Extraction) -> Mapping[str, Mapping[str, float]]:
    """Return the features of each value by path and name, those of 0 left out."""
    known = list(known_values(made))
    matrix = features_of(known, made, findings=(), proofs=prove(made, spec=SPEC), spec=SPEC)
    return {
        each.path: {name: float(number) for name, number in zip(NAMES, row, strict=True) if number}
        for each, row in zip(known, matrix, strict=True)
    }


def test_every_value_has_a_row_and_absent_ones_have_none() -> None:
    account = Group(members={"account": leaf("12"), "bank": ABSENT}, state=State.FOUND)
    made = extraction(seller_bank_account=account, line_items=rows(line("1", "100.00", "100.00")))
    paths = [each.path for each in known_values(made)]
    assert paths.count("seller_bank_account") == 1
    assert {"invoice_number", "line_items[0].quantity", "gross_amount"} <= set(paths)
    assert "due_date" not in paths


def test_field_type_score_and_proofs_are_told() -> None:
    row = told(extraction())["gross_amount"]
    assert row["field.gross_amount"] == row["type.amount"] == row["proof.sum"] == 1
    assert round(row["score"], 2) == 0.95
    assert row["totals_proven"] == 1


def test_cells_are_told_how_their_column_and_row_do() -> None:
    table = rows(
        {**line("2", "30.00", "60.00"), "unit": leaf("pc")},
        {**line("1", "41.00", "40.00"), "unit": leaf("pc")},
        {"net_amount": leaf(Decimal("1.00"))},
    )
    cells = told(extraction(line_items=table))
    unit = cells["line_items[0].unit"]
    assert (
        unit["is_cell"] == unit["field.line_items.unit"] == unit["column_same"] == unit["is_row_proven"] == 1
    )
    assert round(unit["column_filled"], 2) == 0.67
    assert "is_row_proven" not in cells["line_items[1].unit"]
    assert cells["line_items[2].net_amount"]["rows"] == 3


def test_an_id_of_a_known_form_counts_like_one_with_a_right_check_digit() -> None:
    right, wrong = (
        told(extraction(seller_tax_id=leaf(text)))["seller_tax_id"] for text in ("DE136695976", "DE136695975")
    )
    assert right["proof.check_digit"] == wrong["proof.check_digit"] == 1


def test_origin_and_text_are_told() -> None:
    recognised = told(extraction(seller_name=leaf("Quendel Lampen GmbH", origin=Origin.OCR)))["seller_name"]
    assert recognised["is_recognised"] == recognised["has_legal_form"] == 1
    assert "has_legal_form" not in told(extraction(seller_name=leaf("Quendel Lampen")))["seller_name"]


def test_the_fields_of_the_shipped_invoice_are_all_known() -> None:
    known = {name.removeprefix("field.") for name in NAMES if name.startswith("field.")}
    for name, field in SPEC.fields.items():
        if field.type is FieldType.TABLE:
            assert {f"{name}.{column}" for column in field.columns} <= known
        else:
            assert name in known | {"invoice_code"}


def test_a_contracts_values_are_told_apart() -> None:
    spec = load_spec("contract")
    made = replace(extraction(), fields={"seller_name": leaf("Quendel Lampen GmbH")})
    known = list(known_values(made))
    for each, is_of_clauses in ((spec, 1), (SPEC, 0)):
        (row,) = features_of(known, made, findings=(), proofs={}, spec=each)
        assert row[NAMES.index("is_of_clauses")] == is_of_clauses


def test_what_a_text_is_made_of_is_told() -> None:
    terms = told(extraction(payment_terms=leaf("30 days, by 4 April 2026.")))["payment_terms"]
    assert terms["begins_with_digit"] == terms["has_stop"] == terms["counts"] == terms["dates"] == 1
    code = told(extraction(purchase_order_number=leaf("24.000")))["purchase_order_number"]
    assert code["is_number"] == 1
    assert "is_number" not in told(extraction())["invoice_number"]
    assert told(extraction(seller_name=leaf("Ashgrove &")))["seller_name"]["is_open"] == 1


def test_the_decimals_of_a_number_are_told() -> None:
    assert told(extraction())["gross_amount"]["places"] == 2
    assert "places" not in told(extraction(gross_amount=leaf(Decimal("1E+3"))))["gross_amount"]


def test_a_name_is_told_where_the_other_partys_name_is_in_the_domain() -> None:
    made = extraction()
    words = page("Ostrach @50,100", "www.ostrach.example @50,700")
    known = list(known_values(made))
    buyer = next(each for each in known if each.field == "buyer_name")
    placed = replace(buyer.leaf, evidence=Evidence(page=1, boxes=(words.words[0].box,)))
    made = extraction(buyer_name=placed)
    known = list(known_values(made))
    matrix = features_of(known, made, findings=(), proofs={}, spec=SPEC, pages=[words])
    rivals = {
        each.field for each, row in zip(known, matrix, strict=True) if row[NAMES.index("rival_in_domain")]
    }
    assert rivals == {"seller_name"}
