from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.reading import Scalar
from extractor.extraction.interpretation import (
    comparable,
    interpret,
    interpret_account_number,
    is_derived,
)
from extractor.field_specs.spec import ColumnSpec, FieldType
from extractor.values.conventions import Conventions

UNKNOWN = Conventions()
KINDS = {"commercial": ("Invoice", "Rechnung"), "credit_note": ("Credit Note", "Gutschrift")}


def column(kind: FieldType) -> ColumnSpec:
    return ColumnSpec(type=kind, choices=KINDS if kind is FieldType.CHOICE else {})


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (FieldType.AMOUNT, "1.234,56 €", Decimal("1234.56")),
        (FieldType.AMOUNT, "（小写）¥113.00", Decimal("113.00")),
        (FieldType.AMOUNT, "see below", None),
        (FieldType.QUANTITY, "3 pcs", Decimal(3)),
        (FieldType.RATE, "19 %", Decimal(19)),
        (FieldType.RATE, "免税", Decimal(0)),
        (FieldType.NUMBER, "thirty (30) days", Decimal(30)),
        (FieldType.DATE, "2026年3月5日", date(2026, 3, 5)),
        (FieldType.DATE, "Bristol, 5 March 2026", date(2026, 3, 5)),
        (FieldType.DATE, "31.02.2026", None),
        (FieldType.DATE, "1 May 2026 or 2 May 2026", None),
        (FieldType.CURRENCY, "€", "EUR"),
        (FieldType.CURRENCY, "nothing", None),
        (FieldType.CHOICE, "Rechnung Nr. 12", "commercial"),
        (FieldType.CHOICE, "Lieferschein", None),
        (FieldType.TAX_ID, "DE 129 273 398", "DE129273398"),
        (FieldType.TAX_ID, "n/a", None),
        (FieldType.IDENTIFIER, " # RE\u2011471102: ", "RE-471102"),
        (FieldType.IDENTIFIER, "--", None),
        (FieldType.NAME, "Tarnhollow  Joinery Ltd,", "Tarnhollow Joinery Ltd"),
        (FieldType.ADDRESS, "9 Mill Ring | 24105 Kiel", "9 Mill Ring, 24105 Kiel"),
        (FieldType.ADDRESS, "9 Mill Ring * 24105  Kiel •Germany", "9 Mill Ring, 24105 Kiel, Germany"),
        (FieldType.ADDRESS, "高新区马可·波罗路9号", "高新区马可·波罗路9号"),
        (FieldType.ADDRESS, "9 Mill Ring, | 24105 Kiel", "9 Mill Ring, 24105 Kiel"),
        (FieldType.ADDRESS, " | ", None),
        (FieldType.TEXT, "30 days\nnet", "30 days net"),
        (FieldType.TEXT, " ", None),
    ],
)
def test_text_means_what_its_field_makes_of_it(kind: FieldType, text: str, value: Scalar | None) -> None:
    assert interpret(text, column(kind), conventions=UNKNOWN) == value


def test_conventions_decide_what_a_single_value_cannot() -> None:
    amount, day = column(FieldType.AMOUNT), column(FieldType.DATE)
    german = Conventions(decimal_mark=",", is_day_first=True)
    english = Conventions(decimal_mark=".", is_day_first=False)
    assert interpret("1.234", amount, conventions=german) == 1234
    assert interpret("1.234", amount, conventions=english) == Decimal("1.234")
    assert interpret("03/04/2026", day, conventions=german) == date(2026, 4, 3)
    assert interpret("03/04/2026", day, conventions=english) == date(2026, 3, 4)


@given(kind=st.sampled_from(FieldType), text=st.text(max_size=80))
def test_any_text_is_a_value_or_none(kind: FieldType, text: str) -> None:
    value = interpret(text, column(kind), conventions=UNKNOWN)
    assert value is None or isinstance(value, str | Decimal | date)


def test_a_currency_is_derived_from_a_sign_and_found_as_a_code() -> None:
    assert is_derived("€", "EUR", column(FieldType.CURRENCY))
    assert not is_derived("all amounts in eur", "EUR", column(FieldType.CURRENCY))
    assert is_derived("Rechnung", "commercial", column(FieldType.CHOICE))
    assert not is_derived("1,00", Decimal(1), column(FieldType.AMOUNT))


def test_names_are_compared_without_spelling_of_the_legal_form() -> None:
    name = column(FieldType.NAME)
    assert comparable("Lark Homes Limited", name) == comparable("LARK HOMES LTD.", name)
    assert comparable("Lark Homes Ltd", name) != comparable("Larch Homes Ltd", name)


def test_ids_are_compared_by_letters_and_digits() -> None:
    assert comparable("RE-47 11", column(FieldType.IDENTIFIER)) == comparable(
        "re4711", column(FieldType.IDENTIFIER)
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("DE59 1861 9418 0528 5909 61", "DE59186194180528590961"),
        ("IBAN: gb51 ngfp 6466 2264 5559 19", "GB51NGFP64662264555919"),
        ("5006 2327 2446 1735 708", "5006232724461735708"),
        ("on request", None),
    ],
)
def test_an_account_number_has_no_spaces(text: str, number: str | None) -> None:
    assert interpret_account_number(text) == number
