from decimal import Decimal

import pytest
from engines.codes.codes_read import NO_INVOICE, hints, sure
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.codes.epc import parse, read

IBAN = "DE59186194180528590961"
LINES = ("BCD", "002", "1", "SCT", "", "Tannwald Möbel GmbH", IBAN, "EUR119.00", "", "", "RE-2026-118", "")


def payload(lines: tuple[str, ...] = LINES, *, end: str = "\n", **changed: str) -> str:
    places = {"version": 1, "charset": 2, "bic": 4, "name": 5, "iban": 6, "amount": 7, "remittance": 10}
    given_lines = list(lines)
    for name, text in changed.items():
        given_lines[places[name]] = text
    return end.join(given_lines)


def test_it_says_whom_to_pay_and_how_much() -> None:
    assert sure(read, payload()) == {
        "seller_bank_account": IBAN,
        "amount_due": Decimal("119.00"),
        "currency": "EUR",
    }
    assert hints(read, payload()) == {"seller_name": "Tannwald Möbel GmbH", "invoice_number": "RE-2026-118"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(end: str) -> None:
    payment = parse(payload(end=end).encode())
    assert payment is not None
    assert (payment.iban, payment.remittance) == (IBAN, "RE-2026-118")


def test_lines_that_are_empty_at_the_end_may_be_left_out() -> None:
    payment = parse("\n".join(LINES[:8]).encode())
    assert payment is not None
    assert (payment.amount, payment.remittance) == (Decimal("119.00"), None)


@pytest.mark.parametrize(
    ("charset", "encoding"), [("1", "utf-8"), ("2", "iso8859-1"), ("3", "iso8859-2"), ("8", "iso8859-15")]
)
def test_the_name_is_in_the_character_set_that_is_named(charset: str, encoding: str) -> None:
    payment = parse(payload(charset=charset).encode(encoding))
    assert payment is not None
    assert payment.name == "Tannwald Möbel GmbH"


def test_bytes_that_are_not_of_the_set_named_are_taken_for_latin_1() -> None:
    payment = parse(payload(charset="1").encode("iso8859-1"))
    assert payment is not None
    assert (payment.name, payment.iban) == ("Tannwald Möbel GmbH", IBAN)


@pytest.mark.parametrize("amount", ["", "EUR0", "EUR0.00"])
def test_an_amount_that_the_payer_fills_in_is_none(amount: str) -> None:
    assert "amount_due" not in sure(read, payload(amount=amount))


def test_a_bic_and_a_creditor_reference_are_read() -> None:
    lines = (*LINES[:4], "STLEDE2LXXX", *LINES[5:9], "RF22118A2026", "", "")
    payment = parse(payload(lines).encode())
    assert payment is not None
    assert (payment.bic, payment.structured_reference, payment.remittance) == (
        "STLEDE2LXXX",
        "RF22118A2026",
        None,
    )


def test_an_iban_may_be_written_in_groups() -> None:
    assert sure(read, payload(iban="DE59 1861 9418 0528 5909 61"))["seller_bank_account"] == IBAN


@pytest.mark.parametrize(
    ("remittance", "number"),
    [
        ("RE-2026-118", "RE-2026-118"),
        ("Rechnung RE-2026-118", "RE-2026-118"),
        ("Invoice No. 4711", "4711"),
        ("Rechnungsnr.: 4711", "4711"),
        ("4711 Kunde 90210", None),
        ("Danke für Ihren Einkauf", None),
        ("Rechnung", None),
    ],
)
def test_a_remittance_hints_at_a_number_where_it_is_nothing_else(remittance: str, number: str | None) -> None:
    assert hints(read, payload(remittance=remittance)).get("invoice_number") == number


@pytest.mark.parametrize(
    "content",
    [
        *(text.encode() for text in NO_INVOICE),
        payload(version="003").encode(),
        payload(charset="9").encode(),
        payload(iban="DE5918").encode(),
        payload(amount="119.00").encode(),
        payload(amount="EUR1,190.00").encode(),
        payload((*LINES[:3], "INST", *LINES[4:])).encode(),
        b"BCD\n002\n1\nSCT\n" + b"\n" * 20,
    ],
)
def test_what_is_no_payment_code_is_not_taken_for_one(content: bytes) -> None:
    assert parse(content) is None


@given(st.binary() | st.binary().map(lambda tail: b"BCD\n002\n1\nSCT\n" + tail))
def test_no_bytes_make_it_fail(content: bytes) -> None:
    payment = parse(content)
    assert payment is None or payment.amount is None or payment.amount > 0
