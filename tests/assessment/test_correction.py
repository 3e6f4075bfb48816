"""A person's word counts, and what it touches is judged anew."""

from decimal import Decimal
from pathlib import Path

import pytest

import extractor
from extractor.assessment.assessment import Assessment
from extractor.assessment.correction import confirmed, corrected, leaf_at, parse_path
from extractor.assessment.settings import ReviewSettings
from extractor.engines.reading import Scalar
from extractor.errors import ConfigurationError
from extractor.extraction.extraction import State
from extractor.field_specs.load import load_spec
from extractor.pages.word import Origin

INVOICE = load_spec("invoice")
FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="module")
def clean() -> Assessment:
    (assessment,) = extractor.extract(FIXTURES / "en_clean_invoice.pdf")
    return assessment


def put_right(assessment: Assessment, path: str, value: Scalar | None) -> Assessment:
    place, _ = parse_path(path, INVOICE)
    return corrected(assessment, place, value, spec=INVOICE, settings=ReviewSettings())


def codes(assessment: Assessment) -> set[tuple[str, str | None]]:
    return {(finding.code.value, finding.field) for finding in assessment.findings}


def test_the_value_is_certain_and_keeps_its_place(clean: Assessment) -> None:
    after = put_right(clean, "invoice_number", "BI-99").extraction.leaf("invoice_number")
    before = clean.extraction.leaf("invoice_number")
    assert (after.value, after.confidence, after.state) == ("BI-99", 1.0, State.FOUND)
    assert after.evidence is not None
    assert before.evidence is not None
    assert after.evidence.origin is Origin.PERSON
    assert after.evidence.boxes == before.evidence.boxes


def test_a_correction_that_breaks_a_sum_is_told(clean: Assessment) -> None:
    assert not clean.review.required
    after = put_right(clean, "line_items[0].quantity", Decimal(977))
    assert ("LINE_AMOUNT", "line_items[0].net_amount") in codes(after)
    assert after.review.required


def test_putting_it_back_ends_what_it_broke(clean: Assessment) -> None:
    before = clean.extraction.rows("line_items")[0].members["quantity"].value
    broken = put_right(clean, "line_items[0].quantity", Decimal(977))
    mended = put_right(broken, "line_items[0].quantity", before)
    assert codes(mended) == codes(clean)
    assert not mended.review.required


def test_what_a_correction_does_not_touch_stays() -> None:
    (contradicting,) = extractor.extract(FIXTURES / "contradicting.pdf")
    after = put_right(contradicting, "remarks", "seen")
    assert codes(after) == codes(contradicting)
    after = put_right(contradicting, "purchase_order_number", "PO-9")  # entered: no other candidate counts
    assert ("LOW_CONFIDENCE", "purchase_order_number") not in codes(after)
    assert after.review.reasons == contradicting.review.reasons


def test_a_required_value_that_is_taken_away_is_missed(clean: Assessment) -> None:
    after = put_right(clean, "invoice_number", None)
    assert after.extraction.leaf("invoice_number").state is State.ABSENT
    assert ("FIELD_MISSING", "invoice_number") in codes(after)


def test_rows_can_be_taken_away_and_added(clean: Assessment) -> None:
    rows = len(clean.extraction.rows("line_items"))
    shorter = put_right(clean, "line_items[0]", None)
    assert len(shorter.extraction.rows("line_items")) == rows - 1
    longer = put_right(clean, f"line_items[{rows}].description", "Freight")
    added = longer.extraction.rows("line_items")[-1]
    assert {name: leaf.value for name, leaf in added.members.items()} == {"description": "Freight"}


def test_members_of_a_structure_are_put_right_one_by_one(clean: Assessment) -> None:
    after = put_right(clean, "seller_bank_account.bank", "Northern Bank")
    place, _ = parse_path("seller_bank_account.bank", INVOICE)
    assert leaf_at(after, place).value == "Northern Bank"
    assert after.extraction.group("seller_bank_account").keys() >= {"account", "bank"}


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "line_items",
        "line_items.quantity",
        "line_items[0].nothing",
        "line_items[-1].quantity",
        "invoice_number[0]",
        "invoice_number.bank",
        "seller_bank_account",
        "seller_bank_account[0].bank",
        "",
        "line_items[0].quantity.x",
    ],
)
def test_a_place_that_no_result_has_is_refused(path: str) -> None:
    with pytest.raises(ConfigurationError):
        parse_path(path, INVOICE)


@pytest.mark.parametrize("value", [None, Decimal(1)])
def test_a_row_behind_the_new_one_is_refused(clean: Assessment, value: Decimal | None) -> None:
    rows = len(clean.extraction.rows("line_items"))
    with pytest.raises(ConfigurationError, match="counted from 0"):
        put_right(clean, f"line_items[{rows + 1}].quantity", value)


def test_a_confirmed_result_waits_for_nobody() -> None:
    (contradicting,) = extractor.extract(FIXTURES / "contradicting.pdf")
    after = confirmed(contradicting)
    assert not after.review.required
    assert after.findings == contradicting.findings
