"""What is asked for: of a form all, of a contract what is in doubt, where a person would have to look."""

from dataclasses import replace

import pytest
from judged_documents import assessment

from extractor.assessment.assessment import Assessment, Review
from extractor.cascade.asked import narrowed
from extractor.engines.reading import Evidence
from extractor.extraction.extraction import ABSENT, Leaf, State
from extractor.field_specs.load import load_spec
from extractor.pages.word import Origin
from extractor.validation.finding import FindingCode
from extractor.validation.rule import finding

INVOICE, CONTRACT = load_spec("invoice"), load_spec("contract")


def doubted(
    *paths: str | None, code: FindingCode = FindingCode.LOW_CONFIDENCE, spec: str = "invoice"
) -> Assessment:
    """Return an assessment that has no fields but those named, with a finding on each."""
    names = CONTRACT.fields if spec == "contract" else INVOICE.fields
    there = {(path or "").partition("[")[0] for path in paths}
    bare = assessment({name: "x" for name in names if name in there or name == "currency"}, spec=spec)
    fields = {name: bare.fields.get(name, ABSENT) for name in names}
    return replace(
        bare,
        extraction=replace(bare.extraction, fields=fields),
        findings=tuple(finding(code, path, "Not sure.") for path in paths),
        review=Review(required=True, reasons=(code.value,)),
    )


def test_a_document_that_passes_is_not_asked_about_however_much_is_missing() -> None:
    passing = replace(doubted("invoice_number"), review=Review(required=False))
    assert narrowed(INVOICE, passing) is None


def test_of_a_form_all_is_asked_for_be_it_in_doubt_missing_or_sure() -> None:
    asked = narrowed(INVOICE, doubted("invoice_number"))
    assert asked is not None
    assert {"invoice_number", "due_date", "currency"} <= asked.fields.keys()
    assert [name for name in INVOICE.fields if name in asked.fields] == list(asked.fields)
    assert asked.fields["invoice_number"] == INVOICE.fields["invoice_number"]
    assert asked.name == "invoice"


def test_a_stored_value_is_not_asked_for() -> None:
    judged = doubted("invoice_number")
    stored = Leaf(
        value="EUR",
        state=State.FOUND,
        text="EUR",
        evidence=Evidence(page=1, boxes=(), origin=Origin.XML),
    )
    fields = {**judged.fields, "currency": stored}
    asked = narrowed(INVOICE, replace(judged, extraction=replace(judged.extraction, fields=fields)))
    assert asked is not None
    assert "currency" not in asked.fields


def test_a_doubted_cell_asks_for_its_table() -> None:
    asked = narrowed(INVOICE, doubted("line_items[3].quantity"))
    assert asked is not None
    assert "line_items" in asked.fields


@pytest.mark.parametrize(
    "code", [FindingCode.HIDDEN_TEXT, FindingCode.UNREADABLE_PAGE, FindingCode.DATE_ORDER]
)
def test_what_no_second_reading_settles_asks_nobody(code: FindingCode) -> None:
    assert (
        narrowed(INVOICE, doubted("due_date" if code is FindingCode.DATE_ORDER else None, code=code)) is None
    )


def test_of_a_contract_only_missing_terms_that_money_hangs_on_are_asked_for() -> None:
    asked = narrowed(CONTRACT, doubted("seller_name", spec="contract"))
    assert asked is not None
    assert {"seller_name", "total_amount", "payment_days", "bank_account"} <= asked.fields.keys()
    assert not {"governing_law", "renewal_term", "title", "currency"} & asked.fields.keys()
    named = narrowed(CONTRACT, doubted("governing_law", spec="contract"))
    assert named is not None
    assert "governing_law" in named.fields  # doubted, and not just missing


def test_a_spec_is_narrowed_to_fields_that_it_has() -> None:
    assert list(INVOICE.only(["gross_amount", "invoice_number"]).fields) == ["invoice_number", "gross_amount"]
    with pytest.raises(ValueError, match="no field of: nothing"):
        INVOICE.only(["nothing"])
