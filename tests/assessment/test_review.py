"""What a person must look at, and both sides of every bound."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from assessment.as_read import AsRead
from invoice_record import SPEC, extraction, leaf, line, rows

from extractor.assessment.assess import assess
from extractor.assessment.assessment import Assessment
from extractor.assessment.settings import ReviewSettings
from extractor.extraction.extraction import ABSENT, FieldValue, Group, Leaf, State
from extractor.pages.word import Origin
from extractor.validation.finding import FindingCode
from extractor.validation.proofs import prove
from extractor.validation.validate import validate


def assessed(
    given: Mapping[str, FieldValue] | None = None,
    /,
    *,
    settings: ReviewSettings | None = None,
    witnesses: dict[str, tuple[Leaf, ...]] | None = None,
    **fields: FieldValue,
) -> Assessment:
    made = extraction({**(given or {}), **fields}, witnesses=witnesses)
    return assess(
        made,
        validate(made, spec=SPEC),
        proofs=prove(made, spec=SPEC),
        spec=SPEC,
        timings_ms={},
        settings=settings or ReviewSettings(key_field=0.9, any_value=0.75),
        calibration=AsRead(),
    )


def unsure(assessment: Assessment) -> list[str | None]:
    return [each.field for each in assessment.findings if each.code is FindingCode.LOW_CONFIDENCE]


@pytest.mark.parametrize(("score", "is_unsure"), [(0.90, False), (0.89, True)])
def test_a_key_field_below_the_bound_is_a_finding(score: float, *, is_unsure: bool) -> None:
    outcome = assessed(invoice_number=leaf("R-1", score=score))
    assert outcome.review.required is is_unsure
    assert unsure(outcome) == (["invoice_number"] if is_unsure else [])


@pytest.mark.parametrize(("score", "is_unsure"), [(0.75, False), (0.74, True)])
def test_any_other_value_has_a_bound_of_its_own(score: float, *, is_unsure: bool) -> None:
    assert assessed(remarks=leaf("Thank you", score=score)).review.required is is_unsure


@pytest.mark.parametrize(("score", "is_unsure"), [(0.75, False), (0.74, True)])
def test_the_buyer_need_not_be_as_sure_as_what_is_paid(score: float, *, is_unsure: bool) -> None:
    assert assessed(buyer_name=leaf("Ostrach Hotelbetriebe AG", score=score)).review.required is is_unsure


@pytest.mark.parametrize(("key_field", "is_unsure"), [(0.95, False), (0.96, True)])
def test_the_bounds_are_settings(key_field: float, *, is_unsure: bool) -> None:
    assert assessed(settings=ReviewSettings(key_field=key_field)).review.required is is_unsure


def test_totals_that_no_sum_proves_send_to_review() -> None:
    outcome = assessed(net_amount=ABSENT, tax_amount=ABSENT)
    assert unsure(outcome) == ["gross_amount"]
    assert outcome.review.reasons == ("LOW_CONFIDENCE",)
    alone = assessed(net_amount=ABSENT, tax_amount=ABSENT, line_items=rows(line("7", "17.00", "119.00")))
    assert not alone.review.required


def test_line_items_that_add_up_to_nothing_printed_send_to_review() -> None:
    short = rows(line("2", "30.00", "60.00"), {"net_amount": ABSENT, "description": leaf("Lamp")})
    assert unsure(assessed(line_items=short)) == ["line_items"]
    whole = rows(line("2", "30.00", "60.00"), line("1", "40.00", "40.00"))
    assert not assessed(line_items=whole).review.required


def test_an_unsure_cell_sends_to_review_by_its_path() -> None:
    table = rows({**line("1", "100.00", "100.00"), "description": leaf("Lamp", score=0.2)})
    assert unsure(assessed(line_items=table)) == ["line_items[0].description"]


def test_a_field_that_a_finding_names_is_not_named_again() -> None:
    outcome = assessed(gross_amount=leaf(Decimal("120.00")))
    assert [each.code for each in outcome.findings if each.field == "gross_amount"] == [FindingCode.GROSS_SUM]


@pytest.mark.parametrize(
    ("origin", "tax_id", "required"),
    [
        (Origin.TEXT_LAYER, "form", False),  # read for certain: a person could only read the same
        (Origin.XML, "form", False),
        (Origin.TEXT_LAYER, "check_digit", True),
        (Origin.OCR, "form", True),  # it may be misread
    ],
)
def test_a_wrong_check_digit_of_a_tax_id_is_told_and_sends_to_review_where_it_may_be_misread(
    origin: Origin, tax_id: str, *, required: bool
) -> None:
    settings = ReviewSettings.model_validate({"tax_id": tax_id, "key_field": 0.8})
    outcome = assessed(seller_tax_id=leaf("DE136695975", origin=origin), settings=settings)
    assert FindingCode.TAX_ID_CHECKSUM in [each.code for each in outcome.findings]
    assert outcome.review.required is required


def test_a_wrong_iban_always_sends_to_review() -> None:
    account = Group(members={"account": leaf("DE02120300000000202052")}, state=State.FOUND)
    assert assessed(seller_bank_account=account).review.reasons == ("IBAN_CHECKSUM",)


def test_a_second_reading_that_disagrees_sends_to_review() -> None:
    assert assessed(witnesses={"invoice_number": (leaf("R-2"),)}).review.reasons == ("WITNESS_MISMATCH",)
    assert not assessed(witnesses={"invoice_number": (leaf("R-1"),)}).review.required


def test_values_from_xml_need_no_sum() -> None:
    gross = leaf(Decimal("119.00"), origin=Origin.XML)
    assert not assessed(net_amount=ABSENT, tax_amount=ABSENT, gross_amount=gross).review.required


@pytest.mark.parametrize(
    ("name", "number", "is_unsure"),
    [
        ("seller_tax_id", "DE136695976", False),
        ("seller_tax_id", "4711-08", True),
        ("buyer_tax_id", "4711-08", False),  # a short one is mostly the buyer's number with the seller
        ("buyer_tax_id", "Q4711-08", True),
    ],
)
def test_a_tax_id_is_of_some_countrys_form(name: str, number: str, *, is_unsure: bool) -> None:
    sellers, buyers = (number, None) if name == "seller_tax_id" else ("DE136695976", number)
    outcome = assessed(seller_tax_id=leaf(sellers), buyer_tax_id=leaf(buyers) if buyers else ABSENT)
    assert (name in unsure(outcome)) is is_unsure


@pytest.mark.parametrize(
    ("name", "value", "least"),
    [
        ("invoice_type", "commercial", 0.42),
        ("invoice_number", "R-1", 0.5),
        ("issue_date", date(2025, 3, 3), 0.6),
        ("due_date", date(2025, 4, 3), 0.4),
        ("seller_name", "Quendelmoor Lampen GmbH", 0.8),
        ("buyer_name", "Ostrach Hotelbetriebe AG", 0.59),
        ("payment_terms", "30 days net", 0.48),
    ],
)
def test_a_value_that_no_label_and_no_place_names_is_a_finding(
    name: str, value: str | date, least: float
) -> None:
    lenient = ReviewSettings(key_field=0, any_value=0)
    assert unsure(assessed({name: leaf(value, score=least)}, settings=lenient)) == []
    assert unsure(assessed({name: leaf(value, score=least - 0.01)}, settings=lenient)) == [name]


def test_a_doubt_on_an_id_counts_beside_its_wrong_check_digit() -> None:
    """The wrong digit alone needs no person; that its label is far away does."""
    wrong = "DE136695977"
    told = {"seller_tax_id": leaf(wrong, score=0.9)}
    assert unsure(assessed(told)) == []
    assert unsure(assessed({"seller_tax_id": leaf(wrong, score=0.4)})) == ["seller_tax_id"]


@pytest.mark.parametrize(
    ("name", "value", "least"),
    [
        ("invoice_number", "R-1", 0.05),
        ("issue_date", date(2025, 3, 3), 0.2),
        ("due_date", date(2025, 4, 3), 0.2),
        ("payment_terms", "30 days net", 0.06),
        ("purchase_order_number", "24047268", 0.05),
    ],
)
def test_a_value_that_is_hardly_ahead_of_another_is_a_finding(
    name: str, value: str | date, least: float
) -> None:
    assert unsure(assessed({name: leaf(value, margin=least)})) == []
    assert unsure(assessed({name: leaf(value, margin=least - 0.01)})) == [name]


@pytest.mark.parametrize(("score", "is_unsure"), [(0.75, False), (0.7, True)])
def test_items_whose_columns_no_head_names_are_a_finding(score: float, *, is_unsure: bool) -> None:
    cells = {
        "description": leaf("Oak board", score=score),
        "net_amount": leaf(Decimal("100.00"), score=score),
    }
    lenient = ReviewSettings(key_field=0, any_value=0)
    found = unsure(assessed({"line_items": rows(cells)}, settings=lenient))
    assert found == (["line_items"] if is_unsure else [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("remarks", "Total des lignes :"),
        ("buyer_name", "客户"),
        ("remarks", "Unit price"),
        ("remarks", "Qty Unit price Amount"),
    ],
)
def test_a_text_that_is_a_label_is_a_finding(name: str, text: str) -> None:
    assert unsure(assessed({name: leaf(text)})) == [name]


def test_what_a_person_has_entered_is_no_misfit() -> None:
    odd = "9 Quarry Road Alderbrook Thank you for your order."
    assert unsure(assessed({"seller_address": leaf(odd)})) == ["seller_address"]
    assert unsure(assessed({"seller_address": leaf(odd, origin=Origin.PERSON)})) == []


@pytest.mark.parametrize(
    ("text", "is_unsure"),
    [
        ("Payment terms: 30 days net", True),
        ("Bank name Halbrook Bank", True),
        ("Payment terms agreed", False),
        ("Lamp: red", False),
    ],
)
def test_an_item_is_no_fact_of_the_document_with_its_label(text: str, *, is_unsure: bool) -> None:
    item = {**line("1", "100.00", "100.00"), "description": leaf(text)}
    assert ("line_items[0].description" in unsure(assessed(line_items=rows(item)))) is is_unsure


@pytest.mark.parametrize(
    ("terms", "is_unsure"),
    [("Customer No. / Invoice date", True), ("30 days from invoice date", False)],
)
def test_terms_are_not_made_of_labels(terms: str, *, is_unsure: bool) -> None:
    assert ("payment_terms" in unsure(assessed(payment_terms=leaf(terms)))) is is_unsure


@pytest.mark.parametrize(
    ("name", "is_unsure"),
    [
        ("Amount in words eight hundred euros", True),
        ("Description Quantity", True),  # heads of a table
        ("Payment terms", True),
        ("Quantity Surveyors Ltd", False),
        ("Payment Terms Ltd", False),
        ("Banco Regional SA", False),  # the label of an account, and a name
        ("Ostrach Hotelbetriebe AG", False),
    ],
)
def test_a_name_is_no_other_fact_with_its_label(name: str, *, is_unsure: bool) -> None:
    assert ("buyer_name" in unsure(assessed(buyer_name=leaf(name)))) is is_unsure
