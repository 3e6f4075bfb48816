import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.qwen.spans import EDGES, is_span, narrowed, rule_for
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
        (FieldType.DATE, "this 5th day of March in 2026"),
        (FieldType.CURRENCY, "Pounds Sterling (GBP)"),
        (FieldType.IDENTIFIER, "DE89 3704 0044 0532 0130 00"),
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
        (FieldType.CURRENCY, "All prices in euro"),
        (FieldType.DATE, "Payable within 30 days of receipt of this invoice"),
        (FieldType.NAME, "1204"),
        (FieldType.TEXT, "..."),
        (FieldType.DATE, ": 05.03.2026"),
        (FieldType.NAME, "Harrow ("),
        (FieldType.TEXT, " indented"),
    ],
)
def test_junk_has_not_the_form(field_type: FieldType, text: str) -> None:
    assert not is_span(text, rule_for(field_type))


PATTERNS = sorted({EDGES, *(rule_for(each).pattern for each in FieldType if each not in STRUCTURED)})


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text(alphabet='Aé貳伍7٣€’(：:. -_\\"', max_size=9))
def test_a_narrowed_pattern_is_the_same_for_the_pages_characters(pattern: str, text: str) -> None:
    narrow = narrowed(pattern, set("é貳伍٣€’："))
    assert (re.fullmatch(narrow, text) is None) is (re.fullmatch(pattern, text) is None)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_narrowed_pattern_holds_no_character_that_is_not_there(pattern: str) -> None:
    """But for one a class, where the class would else be empty."""
    assert sum(not each.isascii() for each in narrowed(pattern, set("plain"))) <= 2


def test_letters_digits_and_marks_are_spelled_out() -> None:
    assert narrowed("[^\\W\\d_]{2}", set("aé")) == "[A-Za-zé]{2}"
    assert narrowed("\\d[\\d.,’]*\\w", set("٣")) == "[0-9٣][0-9٣.,]*[0-9A-Za-z_٣]"
    assert narrowed("[〇零]+\\.?", set()) == "[〇]+\\.?"
