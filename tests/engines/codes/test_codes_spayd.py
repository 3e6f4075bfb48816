from datetime import date
from decimal import Decimal

import pytest
from engines.codes.codes_read import NO_INVOICE, hints, sure
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.codes.spayd import parse, read

IBAN = "CZ0401000000190123456789"
PAYMENT = (
    f"SPD*1.0*ACC:{IBAN}+KOMBCZPPXXX*AM:1210.00*CC:CZK*DT:20260404"
    "*X-VS:2026118*MSG:FAKTURA 2026118*RN:LIPA SRO*"
)
INVOICE = (
    f"SID*1.0*ID:2026118*DD:20260305*AM:1210.00*VII:CZ60194383*INI:60194383*VIR:CZ12345678*CC:CZK*ACC:{IBAN}"
)
INNER = "SID%2A1.0%2AID:2026118%2ADD:20260305%2AVII:CZ60194383%2AVIR:CZ12345678%2A"


def test_a_payment_code_says_whom_to_pay_how_much_and_when() -> None:
    assert sure(read, PAYMENT) == {
        "seller_bank_account": IBAN,
        "amount_due": Decimal("1210.00"),
        "currency": "CZK",
        "due_date": date(2026, 4, 4),
    }
    assert hints(read, PAYMENT) == {"seller_name": "LIPA SRO", "invoice_number": "2026118"}


def test_an_invoice_code_says_which_invoice_and_whose() -> None:
    assert sure(read, INVOICE) == {
        "seller_bank_account": IBAN,
        "amount_due": Decimal("1210.00"),
        "currency": "CZK",
        "invoice_number": "2026118",
        "issue_date": date(2026, 3, 5),
        "seller_tax_id": "CZ60194383",
        "buyer_tax_id": "CZ12345678",
    }


@pytest.mark.parametrize("inner", [INNER, INNER.replace("%2A", "%2a")])
def test_an_invoice_code_within_a_payment_code_says_both(inner: str) -> None:
    claimed = sure(read, f"{PAYMENT}X-INV:{inner}*")
    assert claimed["invoice_number"] == "2026118"
    assert claimed["due_date"] == date(2026, 4, 4)
    assert claimed["seller_tax_id"] == "CZ60194383"


def test_a_star_in_a_value_is_written_as_a_code() -> None:
    found = parse(PAYMENT.replace("LIPA SRO", "LIPA%2A SRO"))
    assert found is not None
    assert (found.name, found.bic) == ("LIPA* SRO", "KOMBCZPPXXX")


def test_without_a_currency_none_is_claimed() -> None:
    assert "currency" not in sure(read, PAYMENT.replace("CC:CZK*", ""))


@pytest.mark.parametrize("amount", ["", "0", "0.00"])
def test_an_amount_that_the_payer_fills_in_is_none(amount: str) -> None:
    assert "amount_due" not in sure(read, PAYMENT.replace("1210.00", amount))


def test_ids_without_vat_registration_are_taken_where_there_are_no_others() -> None:
    assert sure(read, INVOICE.replace("VII:CZ60194383*", ""))["seller_tax_id"] == "60194383"


@pytest.mark.parametrize(
    "text",
    [
        *NO_INVOICE,
        PAYMENT.replace(f"ACC:{IBAN}+KOMBCZPPXXX*", ""),
        PAYMENT.replace("1210.00", "1 210,00"),
        INVOICE.replace("ID:2026118*", ""),
        INVOICE.replace("20260305", "20260300"),
        PAYMENT.replace("SPD*1.0*", "SPD*"),
    ],
)
def test_what_is_no_czech_code_is_not_taken_for_one(text: str) -> None:
    assert parse(text) is None


@given(st.sampled_from(["SPD*1.0*", "SID*1.0*"]), st.text(alphabet="ACINVXMD-:*%2A0159.SP ") | st.text())
def test_no_text_makes_it_fail(head: str, text: str) -> None:
    found = parse(head + text)
    assert found is None or found.iban or found.invoice
