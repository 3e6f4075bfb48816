import base64
from datetime import date
from decimal import Decimal

import pytest
from engines.codes.codes_read import NO_INVOICE, sure
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.codes.zatca import parse, read

SELLER, VAT_NUMBER = "شركة الواحة للأخشاب", "310123456700003"


def payload(
    *values: str, time: str = "2026-03-05T10:20:30Z", total: str = "1150.00", tail: bytes = b""
) -> str:
    """Return what a code holds: the five values, or those given."""
    content = b""
    for tag, value in enumerate(values or (SELLER, VAT_NUMBER, time, total, "150.00"), 1):
        encoded = value.encode()
        content += bytes([tag, len(encoded)]) + encoded
    return base64.b64encode(content + tail).decode()


def test_it_says_who_bills_when_and_how_much() -> None:
    assert sure(read, payload()) == {
        "seller_name": SELLER,
        "seller_tax_id": VAT_NUMBER,
        "issue_date": date(2026, 3, 5),
        "gross_amount": Decimal("1150.00"),
        "tax_amount": Decimal("150.00"),
    }


def test_what_the_second_phase_adds_is_passed_over() -> None:
    assert parse(payload(tail=b"\x06\x04hash\x07\xff")) == parse(payload())


@pytest.mark.parametrize(
    "time", ["2026-03-05", "2026-03-05 10:20", "2026-03-05T23:20:30", "2026-03-05T20:59:59Z"]
)
def test_the_time_of_issue_comes_in_several_forms(time: str) -> None:
    assert sure(read, payload(time=time))["issue_date"] == date(2026, 3, 5)


def test_late_in_the_evening_utc_leaves_the_day_open() -> None:
    claimed = sure(read, payload(time="2026-03-05T21:00:00Z"))
    assert "issue_date" not in claimed
    assert claimed["gross_amount"] == Decimal("1150.00")


@pytest.mark.parametrize(
    "text",
    [
        *NO_INVOICE,
        payload(SELLER, "123456789012345", "2026-03-05", "1150.00", "150.00"),
        payload(SELLER, VAT_NUMBER, "2026-03-05", "1150.00"),
        payload(time="2026-02-30T10:20:30Z"),
        payload(time="yesterday"),
        payload(total="1,150.00"),
        payload()[:-6],
        payload() + "!",
    ],
)
def test_what_is_no_saudi_code_is_not_taken_for_one(text: str) -> None:
    assert parse(text) is None


@given(st.binary(min_size=30))
def test_no_bytes_make_it_fail(content: bytes) -> None:
    assert parse(base64.b64encode(content).decode()) is None


@given(st.lists(st.text(max_size=60), min_size=5, max_size=5))
def test_no_values_make_it_fail(values: list[str]) -> None:
    found = parse(payload(*values))
    assert found is None or len(found.vat_number) == 15
