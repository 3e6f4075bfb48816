from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.reading import Scalar
from extractor.extraction.agreement import is_same_account, says_same
from extractor.extraction.extraction import ABSENT, Leaf, State
from extractor.field_specs.spec import ColumnSpec, FieldType


def leaf(value: Scalar) -> Leaf:
    return Leaf(value=value, state=State.FOUND)


def agree(one: Scalar, other: Scalar, kind: FieldType) -> bool:
    choices = {"vat_special": ("Special",)} if kind is FieldType.CHOICE else {}
    column = ColumnSpec(type=kind, choices=choices)
    same = says_same(leaf(one), leaf(other), column)
    assert says_same(leaf(other), leaf(one), column) is same
    return same


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("119.00", "119", True),
        ("119.00", "119.005", True),
        ("119.00", "119.006", False),
        ("119", "-119", False),
    ],
)
def test_amounts_are_the_same_to_half_a_cent(one: str, other: str, *, is_same: bool) -> None:
    assert agree(Decimal(one), Decimal(other), FieldType.AMOUNT) is is_same


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("RE-2026-118", "re 2026 118", True),
        ("FT A2026/118", "A2026/118", True),
        ("FT 2026/118", "FT A/118", False),
        ("2026-118", "2026-11", False),
        ("12026-118", "2026-118", False),  # another number that ends alike
        ("FT A/18", "18", False),  # too short to be told from a page's number
        ("RE-2026-118", "RE-2026-119", False),
    ],
)
def test_numbers_are_the_same_with_and_without_their_series(one: str, other: str, *, is_same: bool) -> None:
    assert agree(one, other, FieldType.IDENTIFIER) is is_same


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("512345678", "PT512345678", True),
        ("CHE106017086", "CHE-106.017.086 MWST", True),
        ("512345678", "512345679", False),
        ("12345678", "512345678", False),
    ],
)
def test_tax_ids_are_the_same_with_and_without_their_country(one: str, other: str, *, is_same: bool) -> None:
    assert agree(one, other, FieldType.TAX_ID) is is_same


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Tannwald Möbel GmbH", "TANNWALD MÖBEL G.m.b.H.", True),
        ("Tannwald Möbel GmbH", "Tannwald Möbel", True),
        ("Tannwald Möbel GmbH", "Alpstein Factoring AG", False),
    ],
)
def test_names_are_compared_loosely(one: str, other: str, *, is_same: bool) -> None:
    assert agree(one, other, FieldType.NAME) is is_same


def test_days_currencies_and_kinds_are_equal_or_not() -> None:
    assert agree(date(2026, 3, 5), date(2026, 3, 5), FieldType.DATE)
    assert not agree(date(2026, 3, 5), date(2026, 5, 3), FieldType.DATE)
    assert agree("EUR", "EUR", FieldType.CURRENCY)
    assert not agree("EUR", "CHF", FieldType.CURRENCY)
    assert not agree("vat_special", "e_vat_special", FieldType.CHOICE)


def test_nothing_agrees_with_no_value_or_a_value_of_another_sort() -> None:
    column = ColumnSpec(type=FieldType.DATE)
    assert not says_same(ABSENT, ABSENT, column)
    assert not says_same(leaf("5 March"), leaf(date(2026, 3, 5)), column)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("DE59186194180528590961", "DE59 1861 9418 0528 5909 61", True),
        ("CZ0401000000190123456789", "123456789/0100", True),
        ("DE59186194180528590961", "0528590961", True),
        ("DE59186194180528590961", "GB51NGFP64662264555919", False),
        ("CZ0401000000190123456789", "123456780/0100", False),
        ("DE59186194180528590961", "0961", False),
        ("5006232724461735708", "1735708", False),  # no IBAN
    ],
)
def test_an_account_may_be_printed_by_its_number_alone(one: str, other: str, *, is_same: bool) -> None:
    assert is_same_account(one, other) is is_same
    assert is_same_account(other, one) is is_same


@given(st.text(), st.text(), st.sampled_from(FieldType))
def test_no_texts_make_it_fail(one: str, other: str, kind: FieldType) -> None:
    agree(one, other, kind)
    is_same_account(one, other)
