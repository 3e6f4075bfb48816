"""The codes that are drawn on invoices say what the invoices say, by the standards as we read them."""

from datetime import date
from decimal import Decimal

import pytest
from synthesis.codes import (
    Payee,
    PortugueseTotals,
    SwissCreditor,
    bars_of,
    epc_payload,
    fapiao_payload,
    modules_of,
    portuguese_payload,
    swiss_payload,
)
from synthesis.fapiao import generate_fapiao

import extractor
from extractor.engines.codes import atcud, epc, fapiao, swiss
from extractor.validation.finding import FindingCode

PAYEE = Payee(
    name="Tannwald Möbel GmbH",
    iban="DE59186194180528590961",
    amount=Decimal("119.00"),
    remittance="RE-2026-118",
)


@pytest.mark.parametrize("seed", range(8))
def test_the_code_of_a_fapiao_says_what_the_form_says(seed: int) -> None:
    made = generate_fapiao(seed).fapiao
    said = fapiao.parse(fapiao_payload(made))
    assert said is not None
    assert (said.number, said.invoice_code, said.issued) == (
        made.invoice_number,
        made.invoice_code,
        made.issue_date,
    )
    assert said.is_digital is not made.is_older_form
    assert said.amount == (made.net_amount if made.is_older_form else made.gross_amount)


def test_generated_fapiao_bear_codes_in_part_and_none_disagrees_with_its_form() -> None:
    made = [generate_fapiao(seed) for seed in range(40, 60)]
    bearing = [each for each in made if each.style.has_code]
    assert 0 < len(bearing) < len(made)
    for each in bearing[:6]:
        (assessment,) = extractor.extract(each.content, name=each.name)
        mismatches = [one for one in assessment.findings if one.code is FindingCode.WITNESS_MISMATCH]
        assert not mismatches, each.name
        alone = extractor.extract(each.content, engine="codes")[0].extraction.leaf("invoice_number")
        assert alone.value == each.fapiao.invoice_number


def test_payment_codes_say_whom_to_pay() -> None:
    paid = epc.parse(epc_payload(PAYEE).encode())
    assert paid is not None
    assert (paid.name, paid.iban, paid.amount, paid.remittance) == (
        PAYEE.name,
        PAYEE.iban,
        PAYEE.amount,
        "RE-2026-118",
    )


def test_a_swiss_bill_says_whom_to_pay_and_has_a_valid_reference() -> None:
    payee = Payee(name="Alpstein Holzbau AG", iban="CH2530123456789012345", amount=None)
    creditor = SwissCreditor(street="Sägeweg", house_number="7", postcode="9050", town="Appenzell")
    said = swiss.parse(
        swiss_payload(payee, creditor, reference="210000000003139471430009017", bill="//S1/10/RE-118")
    )
    assert said is not None
    assert (said.creditor.address, said.amount) == ("Sägeweg 7, 9050 Appenzell", None)
    assert said.is_reference_valid
    assert said.bill is not None
    assert said.bill.number == "RE-118"


def test_a_portuguese_code_says_who_bills_whom() -> None:
    totals = PortugueseTotals(base=Decimal(100), tax=Decimal(23), total=Decimal(123))
    said = atcud.parse(
        portuguese_payload(
            seller="512345678",
            buyer="508765439",
            number="FT A2026/118",
            atcud="JFX9T2KD-118",
            issued=date(2026, 3, 5),
            totals=totals,
        )
    )
    assert said is not None
    assert (said.document_id, said.total, said.tax) == ("FT A2026/118", Decimal(123), Decimal(23))


def test_bars_cover_the_dark_modules_and_no_others() -> None:
    modules = modules_of("118")
    covered = {
        (row, column) for row, start, width in bars_of(modules) for column in range(start, start + width)
    }
    dark = {(row, column) for row, line in enumerate(modules) for column, value in enumerate(line) if value}
    assert covered == dark
