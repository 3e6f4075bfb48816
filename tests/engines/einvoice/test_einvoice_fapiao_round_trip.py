"""Records and drawn fapiao written as 数电票 XML are read back exactly, whatever the issuer's notation."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from einvoice_records import RECORD, records
from einvoice_values import read_values
from hypothesis import given, settings
from hypothesis import strategies as st
from synthesis.fapiao import generate_fapiao
from synthesis.fapiao_xml import LABELS, XmlNotation, write, write_drawn
from synthesis.record import InvoiceRecord, Line

from extractor.values.identifiers import normal_tax_id

_NOTATIONS = st.builds(
    XmlNotation,
    rates=st.sampled_from(["share", "percent"]),
    no_tax=st.sampled_from(["免税", "不征税", "零税率", "0%", "0"]),
    has_empty_elements=st.booleans(),
    namespace=st.none() | st.just("urn:invented:einvoice"),
)
_RATES = st.sampled_from([Decimal(text) for text in ("0", "0.5", "1", "1.5", "3", "5", "6", "9", "13", "17")])
_SEEDS = [seed for seed in range(40) if not generate_fapiao(seed).fapiao.is_older_form]


@st.composite
def _fapiao_records(draw: st.DrawFn) -> InvoiceRecord:
    record = draw(records)
    return replace(
        record,
        invoice_type=draw(st.sampled_from(sorted(LABELS))),
        amount_in_words=draw(st.none() | st.just("壹佰圆整")),
        line_items=tuple(
            replace(line, tax_rate=draw(_RATES), unit=draw(st.none() | st.sampled_from(["个", "千克", "项"])))
            for line in record.line_items
        ),
    )


def _assert_reads(content: bytes, record: InvoiceRecord) -> None:
    read = read_values(content)
    assert read.fields == _present(_fields(record))
    assert read.lines == [_present(_cells(line)) for line in record.line_items]
    assert read.taxes == []


def _fields(record: InvoiceRecord) -> dict[str, object]:
    account = record.seller_bank_account
    return {
        "invoice_type": record.invoice_type,
        "invoice_number": record.invoice_number,
        "issue_date": record.issue_date,
        "currency": "CNY",
        "seller_name": record.seller_name,
        "seller_tax_id": record.seller_tax_id and normal_tax_id(record.seller_tax_id),
        "seller_address": record.seller_address and record.seller_address.text,
        "seller_bank_account": account and _present({"bank": account.bank, "account": account.account}),
        "buyer_name": record.buyer_name,
        "buyer_tax_id": record.buyer_tax_id and normal_tax_id(record.buyer_tax_id),
        "net_amount": record.net_amount,
        "tax_amount": record.tax_amount,
        "gross_amount": record.gross_amount,
        "amount_in_words": record.amount_in_words,
        "remarks": record.remarks,
    }


def _cells(line: Line) -> dict[str, object]:
    return {
        "description": line.description,
        "specification": line.specification,
        "quantity": line.quantity,
        "unit": line.unit,
        "unit_price": line.unit_price,
        "net_amount": line.net_amount,
        "tax_rate": line.tax_rate,
        "tax_amount": line.tax_amount,
    }


def _present(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


@pytest.mark.parametrize("invoice_type", sorted(LABELS))
def test_both_types_are_read_back(invoice_type: str) -> None:
    record = replace(RECORD, invoice_type=invoice_type, amount_in_words="壹仟肆佰玖拾陆圆壹角")
    _assert_reads(write(record, XmlNotation()), record)


def test_a_type_that_has_no_such_xml_is_not_written() -> None:
    with pytest.raises(KeyError):
        write(RECORD, XmlNotation())


@given(record=_fapiao_records(), notation=_NOTATIONS)
@settings(max_examples=150, deadline=None)
def test_any_record_is_read_back(record: InvoiceRecord, notation: XmlNotation) -> None:
    _assert_reads(write(record, notation), record)


@pytest.mark.parametrize("seed", _SEEDS)
@pytest.mark.parametrize("rates", ["share", "percent"])
def test_a_fapiao_that_can_be_drawn_is_read_back(seed: int, rates: str) -> None:
    made = generate_fapiao(seed)
    notation = XmlNotation(rates="share" if rates == "share" else "percent")
    read = read_values(write_drawn(made.fapiao, notation))
    for name in ("invoice_number", "seller_name", "contract_number", "purchase_order_number"):
        assert read.fields.get(name) == made.truth.fields[name]
    for name in ("net_amount", "tax_amount", "gross_amount"):
        assert read.fields.get(name) == getattr(made.fapiao, name)
    expected = [
        {name: value for name, value in row.items() if value is not None} for row in made.truth.line_items
    ]
    assert [{name: _text(value) for name, value in row.items()} for row in read.lines] == expected


def _text(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
