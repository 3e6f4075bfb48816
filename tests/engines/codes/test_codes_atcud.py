from datetime import date
from decimal import Decimal

import pytest
from engines.codes.codes_read import NO_INVOICE, hints, sure
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.codes.atcud import TaxBase, parse, read

INVOICE = (
    "A:512345678*B:508765439*C:PT*D:FT*E:N*F:20260305*G:FT A2026/118*H:JFX9T2KD-118*I1:PT*I2:20.00*I3:50.00"
    "*I4:3.00*I7:100.00*I8:23.00*J1:PT-AC*J7:10.00*J8:1.60*N:27.60*O:207.60*Q:kLp0*R:9999"
)


def test_it_says_who_bills_whom_when_and_how_much() -> None:
    assert sure(read, INVOICE) == {
        "invoice_number": "FT A2026/118",
        "issue_date": date(2026, 3, 5),
        "seller_tax_id": "512345678",
        "buyer_tax_id": "508765439",
        "tax_amount": Decimal("27.60"),
        "gross_amount": Decimal("207.60"),
    }


@pytest.mark.parametrize(
    ("document_type", "title"), [("FT", "Fatura"), ("FR", "Fatura-recibo"), ("NC", "Nota de crédito")]
)
def test_the_document_type_hints_at_the_kind(document_type: str, title: str) -> None:
    payload = INVOICE.replace("D:FT*", f"D:{document_type}*")
    assert hints(read, payload) == {"invoice_type": title}


def test_tax_bases_are_told_by_region_and_rate() -> None:
    found = parse(INVOICE)
    assert found is not None
    assert found.atcud == "JFX9T2KD-118"
    assert found.tax_bases == (
        TaxBase(region="PT", band="exempt", base=Decimal("20.00"), tax=None),
        TaxBase(region="PT", band="reduced", base=Decimal("50.00"), tax=Decimal("3.00")),
        TaxBase(region="PT", band="normal", base=Decimal("100.00"), tax=Decimal("23.00")),
        TaxBase(region="PT-AC", band="normal", base=Decimal("10.00"), tax=Decimal("1.60")),
    )


def test_a_buyer_who_is_not_named_has_no_tax_id() -> None:
    assert "buyer_tax_id" not in sure(read, INVOICE.replace("508765439", "999999990"))
    assert "buyer_tax_id" not in sure(read, INVOICE.replace("508765439", "Consumidor final"))


@pytest.mark.parametrize("document_type", ["GR", "GT", "OR", "RG"])
def test_documents_that_bill_nothing_claim_nothing(document_type: str) -> None:
    payload = INVOICE.replace("D:FT*", f"D:{document_type}*")
    assert parse(payload) is not None
    assert not sure(read, payload)


def test_a_star_at_the_end_does_no_harm() -> None:
    assert parse(f"{INVOICE}*") == parse(INVOICE)


@pytest.mark.parametrize(
    "text",
    [
        *NO_INVOICE,
        INVOICE.replace("*H:JFX9T2KD-118", ""),
        INVOICE.replace("20260305", "2026-03-05"),
        INVOICE.replace("A:512345678", "A:51234567"),
        INVOICE.replace("O:207.60", "O:207,60"),
        INVOICE.replace("*Q:", "*Q"),
        INVOICE.replace("*Q:", "*Query:"),
    ],
)
def test_what_is_no_fiscal_code_is_not_taken_for_one(text: str) -> None:
    assert parse(text) is None


@given(
    st.lists(st.sampled_from([*INVOICE.split("*"), "I9:1", "F:2", "A:x", ""]), max_size=25)
    | st.lists(st.text())
)
def test_no_parts_make_it_fail(parts: list[str]) -> None:
    found = parse("*".join(parts))
    assert found is None or len(found.seller_tax_id) == 9
