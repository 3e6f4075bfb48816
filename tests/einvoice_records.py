"""Records to write as e-invoices: one that fills every field, and hypothesis' strategies for any."""

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
"""Any record that European syntaxes can carry."""

RECORD = InvoiceRecord(
    invoice_type="commercial",
    invoice_number="RE-2026/0815",
    issue_date=date(2026, 3, 5),
    currency="CHF",
    seller_name='Wörmann & Söhne <"Bau"> GmbH',
    buyer_name="Société Fictive d'Été SA",
    net_amount=Decimal("1290.00"),
    tax_amount=Decimal("206.10"),
    gross_amount=Decimal("1496.10"),
    amount_due=Decimal("1396.10"),
    due_date=date(2026, 4, 4),
    seller_tax_id="DE135792460",
    seller_address=Address(
        lines=("Hauptstraße 5", "Haus B", "3. Stock"), postcode="01067", city="Dresden", country="DE"
    ),
    seller_bank_account=Account(account="DE50370400440532999901", bank="Erfundene Bank", bic="ERFUDEFF"),
    buyer_tax_id="FR67990000028",
    purchase_order_number="4500012345",
    contract_number="RV-7",
    payment_terms="30 Tage netto",
    tax_breakdown=(
        TaxRow(rate=Decimal("19.00"), base=Decimal("965.00"), tax=Decimal("183.35")),
        TaxRow(rate=Decimal(7), base=Decimal("325.00"), tax=Decimal("22.75")),
    ),
    remarks="Lieferung in zwei Sendungen. 发货完成",
    line_items=(
        Line(
            description="Fliesen 30 x 30",
            specification="anthrazit",
            product_code="FL-30",
            quantity=Decimal("12.5"),
            unit="m²",
            unit_code="MTK",
            unit_price=Decimal("80.4000"),
            net_amount=Decimal("1005.00"),
            tax_rate=Decimal(19),
            tax_amount=Decimal("190.95"),
        ),
        Line(
            description="Fachbuch",
            quantity=Decimal(10),
            unit_code="H87",
            unit_price=Decimal("32.5"),
            net_amount=Decimal("325.00"),
            tax_rate=Decimal(7),
        ),
    ),
    prepaid_amount=Decimal("100.00"),
    allowances=(
        Allowance(amount=Decimal("60.00"), reason="Treuerabatt", tax_rate=Decimal(19)),
        Allowance(amount=Decimal("20.00"), reason="Fracht", tax_rate=Decimal(19), is_charge=True),
    ),
    buyer_address=Address(lines=("Rue du Lac 1",), postcode="75001", city="Paris", country="FR"),
    buyer_reference="04011000-12345-03",
    delivery_date=date(2026, 3, 1),
)
"""A record with something in every field that an e-invoice has. Its sums are right."""
