from decimal import Decimal

import pytest

from extractor.engines.reading import Evidence
from extractor.extraction.extraction import (
    ABSENT,
    DocumentReference,
    Extraction,
    FieldValue,
    Group,
    Leaf,
    Part,
    State,
    Table,
)
from extractor.field_specs.load import load_spec
from extractor.pages.geometry import Box
from extractor.pages.word import Origin
from extractor.validation.finding import FindingCode, Severity
from extractor.validation.validate import validate

BOX = Box(10, 10, 60, 20)


def leaf(*, origin: Origin = Origin.MODEL, boxes: tuple[Box, ...] = ()) -> Leaf:
    evidence = Evidence(page=2, boxes=boxes, origin=origin)
    return Leaf(value=Decimal("99.99"), text="99,99", state=State.FOUND, evidence=evidence, engine="ollama")


def found(fields: dict[str, FieldValue]) -> list[str | None]:
    extraction = Extraction(
        source="a.pdf",
        document=DocumentReference(id="sha256:0", page_count=2, media_type="application/pdf"),
        part=Part(),
        spec="invoice",
        engine="ollama",
        fields=fields,
        witnesses={},
    )
    findings = validate(extraction, spec=load_spec("invoice"))
    return [each.field for each in findings if each.code is FindingCode.NOT_ON_PAGE]


def test_a_value_that_the_model_alone_says_is_found() -> None:
    assert found({"gross_amount": leaf()}) == ["gross_amount"]


@pytest.mark.parametrize(
    "value",
    [
        leaf(origin=Origin.TEXT_LAYER, boxes=(BOX,)),
        leaf(origin=Origin.OCR, boxes=(BOX,)),
        leaf(origin=Origin.XML),
        ABSENT,
    ],
    ids=["text layer", "ocr", "xml", "absent"],
)
def test_a_value_that_stands_somewhere_is_not(value: Leaf) -> None:
    assert found({"gross_amount": value}) == []


def test_cells_and_members_are_looked_at_too() -> None:
    row = Group(members={"net_amount": leaf(), "quantity": leaf(boxes=(BOX,))}, state=State.FOUND)
    account = Group(members={"account": leaf(), "bank": leaf(boxes=(BOX,))}, state=State.FOUND)
    fields: dict[str, FieldValue] = {
        "line_items": Table(rows=(row, row), state=State.FOUND),
        "seller_bank_account": account,
    }
    assert found(fields) == ["line_items[0].net_amount", "line_items[1].net_amount", "seller_bank_account"]


def test_the_message_says_what_and_which_page() -> None:
    extraction = Extraction(
        source="a.pdf",
        document=DocumentReference(id="sha256:0", page_count=2, media_type="application/pdf"),
        part=Part(),
        spec="invoice",
        engine="ollama",
        fields={"gross_amount": leaf()},
        witnesses={},
    )
    (finding,) = (
        each
        for each in validate(extraction, spec=load_spec("invoice"))
        if each.code is FindingCode.NOT_ON_PAGE
    )
    assert "Gross amount 99,99" in finding.message
    assert "page 2" in finding.message
    assert finding.severity is Severity.HIGH
