"""Property: any record, whatever its texts and numbers, is read back exactly."""

from datetime import date
from decimal import Decimal

from einvoice_values import assert_reads, blank_page, published_schema
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from synthesis.cii import TYPE_CODES, write
from synthesis.cii_embedding import embed
from synthesis.cii_profiles import Profile, carried
from synthesis.record import Account, Address, Allowance, InvoiceRecord, Line, TaxRow

from extractor.engines.einvoice.codes import UNITS

_texts = (
    st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
_amounts = st.decimals(-10_000_000, 10_000_000, places=2)
_quantities = st.decimals(-100_000, 100_000, places=4)
_prices = st.decimals(0, 1_000_000, places=6)
_rates = st.sampled_from([Decimal(text) for text in ("0", "2.6", "5.5", "7", "8.10", "19.00", "25")])
_days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
_ids = st.from_regex(r"\A[A-Z]{2}[0-9]{8,12}\Z")
_addresses = st.builds(
    Address,
    lines=st.lists(_texts, min_size=1, max_size=3).map(tuple),
    postcode=st.none() | st.from_regex(r"\A[0-9]{4,6}\Z"),
    city=st.none() | _texts,
    country=st.sampled_from(["DE", "FR", "CH", "CN"]),
)
_accounts = st.builds(
    Account,
    account=st.from_regex(r"\A(?:[A-Z]{2}[0-9]{13,20}|[0-9]{6,12})\Z"),
    bank=st.none() | _texts,
    bic=st.none() | st.from_regex(r"\A[A-Z]{6}[A-Z0-9]{2}\Z"),
)
_lines = st.builds(
    Line,
    description=_texts,
    quantity=_quantities,
    unit_price=_prices,
    net_amount=_amounts,
    tax_rate=_rates,
    tax_amount=st.none() | _amounts,
    specification=st.none() | _texts,
    product_code=st.none() | _texts,
    unit_code=st.sampled_from([*sorted(UNITS), "QQ9"]),
)
_records = st.builds(
    InvoiceRecord,
    invoice_type=st.sampled_from(sorted(TYPE_CODES)),
    invoice_number=_texts,
    issue_date=_days,
    currency=st.sampled_from(["EUR", "USD", "CNY", "JPY"]),
    seller_name=_texts,
    buyer_name=_texts,
    net_amount=_amounts,
    tax_amount=_amounts,
    gross_amount=_amounts,
    amount_due=_amounts,
    due_date=st.none() | _days,
    seller_tax_id=st.none() | _ids,
    seller_address=st.none() | _addresses,
    seller_bank_account=st.none() | _accounts,
    buyer_tax_id=st.none() | _ids,
    purchase_order_number=st.none() | _texts,
    contract_number=st.none() | _texts,
    payment_terms=st.none() | _texts,
    tax_breakdown=st.lists(
        st.builds(TaxRow, rate=_rates, base=_amounts, tax=_amounts), min_size=1, max_size=3
    ).map(tuple),
    remarks=st.none() | _texts,
    line_items=st.lists(_lines, min_size=1, max_size=4).map(tuple),
    prepaid_amount=st.none() | _amounts,
    allowances=st.lists(
        st.builds(
            Allowance,
            amount=st.decimals(0, 10_000, places=2),
            reason=_texts,
            tax_rate=_rates,
            is_charge=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    delivery_date=st.none() | _days,
)


@given(record=_records, profile=st.sampled_from(Profile))
@settings(max_examples=150, deadline=None)
def test_any_record_is_read_back(record: InvoiceRecord, profile: Profile) -> None:
    assert_reads(write(record, profile), carried(record, profile))


@given(record=_records, profile=st.sampled_from(Profile))
@settings(max_examples=50, deadline=None)
def test_any_record_follows_the_published_schema(record: InvoiceRecord, profile: Profile) -> None:
    published_schema(profile).assertValid(etree.fromstring(write(record, profile)))


@given(record=_records, profile=st.sampled_from(Profile))
@settings(max_examples=10, deadline=None)
def test_any_record_is_read_back_from_a_pdf(record: InvoiceRecord, profile: Profile) -> None:
    assert_reads(embed(blank_page(), write(record, profile), profile), carried(record, profile))
