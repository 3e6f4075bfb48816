from datetime import date
from decimal import Decimal

import pytest
from engines.codes.codes_read import NO_INVOICE, sure
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.codes.fapiao import parse, read

DIGITAL = "01,31,,26312000000012345678,1130.00,20260305,,1A2B,"
OLDER = "01,04,011002500311,12345678,1000.00,20230618,12345678901234567890,9F3C,"


def test_a_fully_digital_fapiao_states_the_amount_with_tax() -> None:
    assert sure(read, DIGITAL) == {
        "invoice_type": "电子发票（增值税专用发票）",
        "invoice_number": "26312000000012345678",
        "issue_date": date(2026, 3, 5),
        "gross_amount": Decimal("1130.00"),
    }


def test_an_older_fapiao_states_the_amount_without_tax_and_has_a_code() -> None:
    assert sure(read, OLDER) == {
        "invoice_type": "增值税普通发票",
        "invoice_code": "011002500311",
        "invoice_number": "12345678",
        "issue_date": date(2023, 6, 18),
        "net_amount": Decimal("1000.00"),
    }


def test_the_check_code_is_parsed_and_empty_on_special_invoices() -> None:
    older, digital = parse(OLDER), parse(DIGITAL)
    assert older is not None
    assert older.check_code == "12345678901234567890"
    assert digital is not None
    assert digital.check_code is None


@pytest.mark.parametrize(
    ("type_code", "title"),
    [
        ("01", "增值税专用发票"),
        ("08", "增值税电子专用发票"),
        ("10", "增值税电子普通发票"),
        ("11", "增值税普通发票（卷票）"),
    ],
)
def test_a_type_has_the_title_of_its_form(type_code: str, title: str) -> None:
    assert sure(read, OLDER.replace("01,04,", f"01,{type_code},"))["invoice_type"] == title


def test_where_it_is_not_documented_what_the_amount_is_none_is_claimed() -> None:
    claimed = sure(read, OLDER.replace("01,04,", "01,03,"))
    assert not {"net_amount", "gross_amount", "invoice_type"} & claimed.keys()
    assert claimed["invoice_number"] == "12345678"


def test_a_red_fapiao_has_a_negative_amount() -> None:
    assert sure(read, DIGITAL.replace("1130.00", "-1130.00"))["gross_amount"] == Decimal("-1130.00")


def test_a_code_without_an_amount_says_nothing_of_it() -> None:
    claimed = sure(read, DIGITAL.replace("1130.00", ""))
    assert "gross_amount" not in claimed
    assert claimed["issue_date"] == date(2026, 3, 5)


def test_spaces_wide_commas_and_a_missing_end_do_no_harm() -> None:
    assert parse("01，32， ，26312000000012345678，5.1，20260305") is not None
    assert parse("01,32,,26312000000012345678,5.1") is None


@pytest.mark.parametrize(
    "text",
    [
        *NO_INVOICE,
        DIGITAL.replace("20260305", "20260231"),
        DIGITAL.replace("26312000000012345678", "2631200000001234567"),
        DIGITAL.replace("01,31,,", "01,31,12345,"),
        DIGITAL.replace("01,31", "02,31"),
        DIGITAL.replace("1130.00", "1,130.00"),
    ],
)
def test_what_is_no_fapiao_is_not_taken_for_one(text: str) -> None:
    assert parse(text) is None


@given(st.lists(st.text(max_size=22), max_size=9).map(",".join) | st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    found = parse(f"01,{text}") or parse(text)
    assert found is None or len(found.number) in (8, 20)
