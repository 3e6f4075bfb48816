import pytest

from extractor.engines.qwen.spans import is_span, rule_for
from extractor.field_specs.spec import STRUCTURED, FieldType


@pytest.mark.parametrize("field_type", [each for each in FieldType if each not in STRUCTURED])
def test_every_plain_type_has_a_rule(field_type: FieldType) -> None:
    assert rule_for(field_type).max_length > 0


@pytest.mark.parametrize(
    ("field_type", "text"),
    [
        (FieldType.AMOUNT, "1.234,56 €"),
        (FieldType.AMOUNT, "EUR 1'234.50"),
        (FieldType.AMOUNT, "-17,00"),
        (FieldType.AMOUNT, "¥-113.00"),
        (FieldType.AMOUNT, "人民币叁拾万元整"),
        (FieldType.QUANTITY, "12 Stk."),
        (FieldType.DATE, "5 March 2026"),
        (FieldType.DATE, "二〇二六年三月五日"),
        (FieldType.RATE, "19 %"),
        (FieldType.RATE, "免税"),
        (FieldType.CURRENCY, "€"),
        (FieldType.NUMBER, "thirty (30)"),
        (FieldType.NAME, "Harrow & Fenn Ltd."),
        (FieldType.IDENTIFIER, "INV-2024-00417"),
    ],
)
def test_what_pages_print_has_the_form_of_its_type(field_type: FieldType, text: str) -> None:
    assert is_span(text, rule_for(field_type))


@pytest.mark.parametrize(
    ("field_type", "text"),
    [
        (FieldType.AMOUNT, "EUR"),
        (FieldType.AMOUNT, "Invoice number 12"),
        (FieldType.AMOUNT, "."),
        (FieldType.DATE, "March"),
        (FieldType.TAX_ID, "VAT"),
        (FieldType.CURRENCY, "6"),
        (FieldType.NAME, "1204"),
        (FieldType.TEXT, "..."),
        (FieldType.DATE, ": 05.03.2026"),
        (FieldType.NAME, "Harrow ("),
        (FieldType.TEXT, " indented"),
    ],
)
def test_junk_has_not_the_form(field_type: FieldType, text: str) -> None:
    assert not is_span(text, rule_for(field_type))
