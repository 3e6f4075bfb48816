"""When a value is right, by the type of its field, on both sides of each bound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.evaluation.comparing import ALIKE, is_right
from extractor.field_specs.spec import FieldType

_ALL = sorted(FieldType)


@pytest.mark.parametrize(
    ("kind", "wanted", "read"),
    [
        ("amount", "1234.5", "1234.50"),
        ("quantity", "3", "3.000"),
        ("rate", "19", "19.0"),
        ("rate", "免税", "免 税"),
        ("number", "30", "30"),
        ("date", "2025-03-01", "2025-03-01"),
        ("currency", "EUR", "eur"),
        ("choice", "credit_note", "credit_note"),
        ("identifier", "RE 471-102", "re471102"),
        ("tax_id", "CHE-123.456.789 MWST", "CHE123456789"),
        ("name", "Müller GmbH", "MULLER Gesellschaft mit beschränkter Haftung"),
        ("name", "某某（南京）有限公司", "某某(南京) 有限公司"),
        ("address", "5 Mill Lane, Leeds LS1 4BG", "5 Mill Lane\nLeeds LS1 4BG"),
        ("text", "30 days net", "30 days"),
        ("text", "30 days net", "Payable 30 days net."),
        ("text", "Oak boards, planed on both sides", "Oak boards, planned on both sides"),
        ("text", "one hundred and five", "one hundred five"),
    ],
)
def test_what_a_person_would_accept_is_right(kind: str, wanted: str, read: str) -> None:
    assert is_right(wanted, read, FieldType(kind))


@pytest.mark.parametrize(
    ("kind", "wanted", "read"),
    [
        ("amount", "1234.50", "1234.51"),
        ("amount", "12", "-12"),
        ("quantity", "3", "3 pcs"),
        ("rate", "19", "0.19"),
        ("date", "2025-03-01", "2025-01-03"),
        ("currency", "EUR", "USD"),
        ("choice", "credit_note", "commercial"),
        ("identifier", "0012", "12"),
        ("identifier", "--", "-"),
        ("tax_id", "DE136695976", "DE136695977"),
        ("name", "Müller GmbH", "Müller AG"),
        ("name", "Müller GmbH", "Müller"),
        ("address", "5 Mill Lane, Leeds LS1 4BG", "6 Mill Lane, Leeds LS1 4BG"),
        ("text", "30 days net", "60 days net"),
        ("text", "30 days net", "30 days net, or 2% in 10 days"),
        ("text", "kg", "g"),
        ("text", "Ball valve G½", "Ball valve G¾"),
        ("text", "壹仟贰佰元整", "壹仟叁佰元整"),
        ("text", "one thousand two hundred forty-five", "one thousand two hundred forty-nine"),
        ("text", "anything", " "),
    ],
)
def test_another_value_is_wrong(kind: str, wanted: str, read: str) -> None:
    assert not is_right(wanted, read, FieldType(kind))


@pytest.mark.parametrize(("other_letters", "is_alike"), [(10, True), (11, False)])
def test_texts_are_alike_from_a_bound_on(other_letters: int, is_alike: bool) -> None:  # noqa: FBT001 - a case
    letters = "abcdefghij" * 10
    read = letters[: 100 - other_letters] + "z" * other_letters
    assert pytest.approx(0.90) == ALIKE
    assert is_right(letters, read, FieldType.TEXT) is is_alike


@pytest.mark.parametrize(("length", "is_enough"), [(10, True), (9, False)])
def test_half_of_a_text_is_enough_and_less_is_not(length: int, is_enough: bool) -> None:  # noqa: FBT001 - a case
    whole = "abcdefghijklmnopqrst"
    assert is_right(whole, whole[:length], FieldType.TEXT) is is_enough


@pytest.mark.parametrize(("read", "is_enough"), [("boat", True), ("boa", False)])
def test_a_part_has_at_least_four_letters(read: str, is_enough: bool) -> None:  # noqa: FBT001 - a case
    assert is_right("boats" if is_enough else "boas", read, FieldType.TEXT) is is_enough


@given(text=st.text(), kind=st.sampled_from(_ALL))
def test_a_value_is_right_about_itself_or_has_nothing_to_compare(text: str, kind: FieldType) -> None:
    assert is_right(text, text, kind) is bool(text.strip())
    assert is_right(text, text, kind, is_literal=True) is bool(text.strip())


@given(wanted=st.text(), read=st.text(), kind=st.sampled_from(_ALL))
def test_what_agrees_literally_agrees(wanted: str, read: str, kind: FieldType) -> None:
    if kind is not FieldType.ADDRESS and is_right(wanted, read, kind, is_literal=True):
        assert is_right(wanted, read, kind)


@given(start=st.text("ab ", max_size=30), number=st.integers(0, 10**6), other=st.integers(0, 10**6))
def test_a_text_with_another_number_is_never_right(start: str, number: int, other: int) -> None:
    same = number == other
    assert is_right(f"{start} {number} cd", f"{start} {other} cd", FieldType.TEXT) is same


def test_literally_a_text_agrees_but_for_white_space_case_and_width() -> None:
    assert is_right("Oak  boards（A）", "oakboards(a)", FieldType.TEXT, is_literal=True)
    assert not is_right("Oak boards", "Oak boards.", FieldType.TEXT, is_literal=True)
    assert not is_right("Müller GmbH", "Muller GmbH", FieldType.NAME, is_literal=True)
    assert not is_right("RE-1", "RE 1", FieldType.IDENTIFIER, is_literal=True)
    assert is_right("1 Lane, Leeds", "1 Lane Leeds", FieldType.ADDRESS, is_literal=True)
    assert is_right("3", "3.0", FieldType.QUANTITY, is_literal=True)
