"""What of a text is the value, by the type of the field."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.layout.picking import Picked, pick
from extractor.field_specs.spec import ColumnSpec, FieldSpec, FieldType
from extractor.values.conventions import Conventions

EUROPEAN = Conventions(decimal_mark=",", is_day_first=True)
ENGLISH = Conventions(decimal_mark=".", is_day_first=False)
_PLAIN = tuple(
    kind
    for kind in FieldType
    if kind not in {FieldType.CHOICE, FieldType.GROUP, FieldType.TABLE, FieldType.ACCOUNT}
)


def field(kind: FieldType) -> FieldSpec:
    if kind is FieldType.ACCOUNT:
        return FieldSpec(type=kind, columns={"account": ColumnSpec(type=FieldType.IDENTIFIER)})
    return FieldSpec(type=kind)


def picked(text: str, kind: FieldType, conventions: Conventions = EUROPEAN) -> Picked | None:
    return pick(text, field(kind), conventions)


def text_of(text: str, kind: FieldType) -> str | None:
    found = picked(text, kind)
    return text[found.start : found.end] if found else None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("RE-471102", "RE-471102"),
        ("4711 vom 5.3.2026", "4711"),
        ("2026/0815, Seite 1", "2026/0815"),
        ("INV 0042", "INV 0042"),
        ("R 77-A", "R 77-A"),
        ("25312000000123456789", "25312000000123456789"),
        ("A-1.", "A-1"),
        ("ALPHA", "ALPHA"),
    ],
)
def test_an_identifier_is_the_first_word_with_a_digit(text: str, number: str) -> None:
    assert text_of(text, FieldType.IDENTIFIER) == number


@pytest.mark.parametrize(
    "text", ["5.3.2026", "2026-03-05", "see below", "Invoice date follows here 12", "", "—"]
)
def test_a_date_or_plain_words_are_no_identifier(text: str) -> None:
    assert picked(text, FieldType.IDENTIFIER) is None


def test_an_identifier_has_at_most_40_characters() -> None:
    assert text_of("1" * 40, FieldType.IDENTIFIER) == "1" * 40
    assert picked("1" * 41, FieldType.IDENTIFIER) is None


def test_an_identifier_without_a_digit_counts_less() -> None:
    lettered, numbered = (picked(text, FieldType.IDENTIFIER) for text in ("ALPHA", "ALPHA7"))
    assert lettered is not None
    assert numbered is not None
    assert lettered.score < numbered.score


@pytest.mark.parametrize(
    ("text", "conventions", "day"),
    [
        ("05.03.2026", EUROPEAN, date(2026, 3, 5)),
        ("03/05/2026", ENGLISH, date(2026, 3, 5)),
        ("03/05/2026", EUROPEAN, date(2026, 5, 3)),
        ("2026年3月5日", EUROPEAN, date(2026, 3, 5)),
        ("5. März 2026", EUROPEAN, date(2026, 3, 5)),
        ("5 March 2026 (30 days)", ENGLISH, date(2026, 3, 5)),
    ],
)
def test_a_date_is_read_by_the_documents_conventions(text: str, conventions: Conventions, day: date) -> None:
    found = picked(text, FieldType.DATE, conventions)
    assert found is not None
    assert found.value == day


def test_a_value_behind_other_words_counts_less_than_one_at_once_behind_the_label() -> None:
    near, far = (picked(text, FieldType.DATE) for text in ("am 5.3.2026", "spätestens 5.3.2026"))
    assert near is not None
    assert far is not None
    assert near.score == 1.0
    assert far.score == 0.5


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1.234,56 €", "1234.56"), ("EUR 19,00", "19.00"), ("-42,50", "-42.50"), ("¥1,234.56", "1234.56")],
)
def test_an_amount_brings_its_value(text: str, amount: str) -> None:
    found = picked(text, FieldType.AMOUNT)
    assert found is not None
    assert found.value == Decimal(amount)


def test_a_rate_is_a_percentage() -> None:
    found = picked("at 19,5 % VAT", FieldType.RATE)
    assert found is not None
    assert found.value == Decimal("19.5")
    assert picked("19,50", FieldType.RATE) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("DE136695976", "DE136695976"),
        ("DE 136695976 (VAT)", "DE 136695976"),
        ("91310000MA1FL0XK5T", "91310000MA1FL0XK5T"),
        ("143/272/52288", "143/272/52288"),
        ("12-3456789", "12-3456789"),
    ],
)
def test_a_tax_id_may_be_parted_by_signs(text: str, number: str) -> None:
    assert text_of(text, FieldType.TAX_ID) == number


def test_a_tax_id_has_at_least_five_digits() -> None:
    assert text_of("GG12345", FieldType.TAX_ID) == "GG12345"
    assert picked("GG1234", FieldType.TAX_ID) is None


def test_a_currency_is_copied_as_a_code_and_derived_from_a_sign() -> None:
    code, sign = picked("EUR", FieldType.CURRENCY), picked("€", FieldType.CURRENCY)
    assert code is not None
    assert sign is not None
    assert (code.value, code.is_derived) == ("EUR", False)
    assert (sign.value, sign.is_derived) == ("EUR", True)
    assert picked("none", FieldType.CURRENCY) is None


@pytest.mark.parametrize("text", ["19,00", "5.3.2026", "4711", "x", " : "])
def test_an_amount_a_date_or_a_sign_is_no_text(text: str) -> None:
    assert picked(text, FieldType.TEXT) is None


def test_a_text_loses_the_signs_around_it() -> None:
    assert text_of(": 30 days net; ", FieldType.TEXT) == "30 days net"


@given(st.text(max_size=50), st.sampled_from(_PLAIN))
def test_what_is_picked_lies_within_the_text(text: str, kind: FieldType) -> None:
    found = picked(text, kind)
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
        assert 0.0 < found.score <= 1.0
        assert text[found.start : found.end].strip()


@pytest.mark.parametrize("text", ["11/03/2026", "22.09.2023", "3 mars 2026"])
def test_a_date_is_no_id(text: str) -> None:
    assert picked(text, FieldType.TAX_ID) is None
    assert picked(text, FieldType.IDENTIFIER) is None


@pytest.mark.parametrize(("text", "number"), [("沪税字123号", "沪税字123号"), ("杭州市文三路123号", None)])
def test_a_chinese_address_is_no_number(text: str, number: str | None) -> None:
    assert text_of(text, FieldType.IDENTIFIER) == number
