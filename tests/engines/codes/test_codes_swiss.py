from datetime import date
from decimal import Decimal

import pytest
from engines.codes.codes_read import NO_INVOICE, hints, sure
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.codes.swiss import SwissBill, parse, read

QR_IBAN, IBAN = "CH2530123456789012345", "CH6109000123456789012"
CREDITOR = ("S", "Alpstein Holzbau AG", "Sägeweg", "7", "9050", "Appenzell", "CH")
DEBTOR = ("K", "Seeblick Hotel GmbH", "Uferstrasse 3", "8640 Rapperswil", "", "", "CH")
NOBODY = ("",) * 7
QRR = "210000000003139471430009017"
SWICO = "//S1/10/RE-118/11/260305/20/PO 77/30/106017086/32/8.1:500;2.6:40/40/2:10;0:30"


def payload(
    *,
    iban: str = QR_IBAN,
    amount: str = "540.50",
    currency: str = "CHF",
    debtor: tuple[str, ...] = DEBTOR,
    reference: tuple[str, str] = ("QRR", QRR),
    message: str = "",
    bill: str | None = SWICO,
    end: str = "\n",
) -> str:
    trailer = ("EPD",) if bill is None else ("EPD", bill)
    lines = ("SPC", "0200", "1", iban, *CREDITOR, *NOBODY, amount, currency, *debtor, *reference, message)
    return end.join((*lines, *trailer))


def bill(text: str) -> SwissBill:
    found = parse(text)
    assert found is not None
    return found


def test_it_says_whom_to_pay_and_how_much_and_for_what() -> None:
    assert sure(read, payload()) == {
        "seller_bank_account": QR_IBAN,
        "amount_due": Decimal("540.50"),
        "currency": "CHF",
        "buyer_name": "Seeblick Hotel GmbH",
        "invoice_number": "RE-118",
        "issue_date": date(2026, 3, 5),
        "due_date": date(2026, 4, 4),
        "seller_tax_id": "CHE106017086",
    }
    assert hints(read, payload()) == {"seller_name": "Alpstein Holzbau AG"}


def test_addresses_are_structured_or_in_two_lines() -> None:
    found = bill(payload())
    assert found.creditor.address == "Sägeweg 7, 9050 Appenzell"
    assert found.debtor is not None
    assert found.debtor.address == "Uferstrasse 3, 8640 Rapperswil"


@pytest.mark.parametrize(
    ("iban", "reference", "is_valid"),
    [
        (QR_IBAN, ("QRR", QRR), True),
        (QR_IBAN, ("QRR", QRR[:-1] + "8"), False),
        (QR_IBAN, ("QRR", QRR[1:]), False),
        (IBAN, ("QRR", QRR), False),  # an ordinary account takes none
        (IBAN, ("SCOR", "RF22118A2026"), True),
        (IBAN, ("SCOR", "RF23118A2026"), False),
        (IBAN, ("NON", ""), True),
        (QR_IBAN, ("NON", ""), False),
    ],
)
def test_a_reference_is_valid_by_type_account_and_check_digits(
    iban: str, reference: tuple[str, str], *, is_valid: bool
) -> None:
    assert bill(payload(iban=iban, reference=reference)).is_reference_valid is is_valid


@pytest.mark.parametrize("amount", ["", "0.00"])
def test_an_amount_that_the_payer_fills_in_is_none(amount: str) -> None:
    assert "amount_due" not in sure(read, payload(amount=amount))


def test_a_bill_without_debtor_and_bill_information_says_less() -> None:
    claimed = sure(read, payload(debtor=NOBODY, bill=None))
    assert claimed.keys() == {"seller_bank_account", "amount_due", "currency"}


def test_lines_may_end_as_windows_has_them_and_an_account_be_of_liechtenstein() -> None:
    assert bill(payload(end="\r\n")).amount == Decimal("540.50")
    assert bill(payload(iban="LI" + QR_IBAN[2:], currency="EUR")).currency == "EUR"


@pytest.mark.parametrize(
    "text",
    [
        *NO_INVOICE,
        payload(iban="DE59186194180528590961"),
        payload(currency="USD"),
        payload(reference=("ESR", QRR)),
        payload(amount="540,50"),
        payload().replace("SPC", "SPD"),
        payload().replace("0200", "0100"),
        payload().replace("EPD", "END"),
        "\n".join(payload().split("\n")[:20]),
    ],
)
def test_what_is_no_qr_bill_is_not_taken_for_one(text: str) -> None:
    assert parse(text) is None


@given(
    st.lists(st.sampled_from([*payload().split("\n"), "", "é", "9" * 40]), max_size=36) | st.lists(st.text())
)
def test_no_lines_make_it_fail(lines: list[str]) -> None:
    found = parse("\n".join(["SPC", "0200", "1", *lines]))
    assert found is None or isinstance(found.is_reference_valid, bool)
