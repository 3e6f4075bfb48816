"""Any record: hypothesis' strategies for the values of an invoice that an e-invoice can carry."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st
from synthesis.einvoice_codes import TYPE_CODES
from synthesis.record import Account, Address, Allowance, InvoiceRecord, Line, TaxRow

from extractor.engines.einvoice.codes import UNITS

texts = (
    st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
orders = texts.filter(
    lambda text: any(map(str.isalnum, text)) and text.casefold() not in {"na", "n/a", "n.a."}
)
"""Order numbers, but not what Peppol writes where there is none."""
amounts = st.decimals(-10_000_000, 10_000_000, places=2)
quantities = st.decimals(-100_000, 100_000, places=4)
prices = st.decimals(0, 1_000_000, places=6)
rates = st.sampled_from([Decimal(text) for text in ("0", "2.6", "5.5", "7", "8.10", "19.00", "25")])
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
ids = st.from_regex(r"\A[A-Z]{2}[0-9]{8,12}\Z")
addresses = st.builds(
    Address,
    lines=st.lists(texts, min_size=1, max_size=3).map(tuple),
    postcode=st.none() | st.from_regex(r"\A[0-9]{4,6}\Z"),
    city=st.none() | texts,
    country=st.sampled_from(["DE", "FR", "CH", "CN"]),
)
accounts = st.builds(
    Account,
    account=st.from_regex(r"\A(?:[A-Z]{2}[0-9]{13,20}|[0-9]{6,12})\Z"),
    bank=st.none() | texts,
    bic=st.none() | st.from_regex(r"\A[A-Z]{6}[A-Z0-9]{2}\Z"),
)
lines = st.builds(
    Line,
    description=texts,
    quantity=quantities,
    unit_price=prices,
    net_amount=amounts,
    tax_rate=rates,
    tax_amount=st.none() | amounts,
    specification=st.none() | texts,
    product_code=st.none() | texts,
    unit_code=st.sampled_from([*sorted(UNITS), "QQ9"]),
)
records = st.builds(
    InvoiceRecord,
    invoice_type=st.sampled_from(sorted(TYPE_CODES)),
    invoice_number=texts,
    issue_date=days,
    currency=st.sampled_from(["EUR", "USD", "CNY", "JPY"]),
    seller_name=texts,
    buyer_name=texts,
    net_amount=amounts,
    tax_amount=amounts,
    gross_amount=amounts,
    amount_due=amounts,
    due_date=st.none() | days,
    seller_tax_id=st.none() | ids,
    seller_address=st.none() | addresses,
    seller_bank_account=st.none() | accounts,
    buyer_tax_id=st.none() | ids,
    purchase_order_number=st.none() | orders,
    contract_number=st.none() | texts,
    payment_terms=st.none() | texts,
    tax_breakdown=st.lists(
        st.builds(TaxRow, rate=rates, base=amounts, tax=amounts), min_size=1, max_size=3
    ).map(tuple),
    remarks=st.none() | texts,
    line_items=st.lists(lines, min_size=1, max_size=4).map(tuple),
    prepaid_amount=st.none() | amounts,
    allowances=st.lists(
        st.builds(
            Allowance,
            amount=st.decimals(0, 10_000, places=2),
            reason=texts,
            tax_rate=rates,
            is_charge=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    delivery_date=st.none() | days,
)
