"""The fixture that is XML alone: a UBL invoice as it comes over the Peppol network."""

from datetime import date
from decimal import Decimal

from synthesis import ubl
from synthesis.invoice import line
from synthesis.record import Account, Address, Allowance, InvoiceRecord, TaxRow
from synthesis.shipped import ShippedInvoice, ShippedSingle
from synthesis.truth import LINE_COLUMNS, Row, Truth
from synthesis.ubl_flavours import Flavour

_INVOICE = InvoiceRecord(
    invoice_type="commercial",
    invoice_number="BF-30218",
    issue_date=date(2026, 9, 4),
    delivery_date=date(2026, 9, 2),
    due_date=date(2026, 10, 4),
    currency="GBP",
    seller_name="Brackenfold Kitchens Ltd",
    seller_tax_id="GB303335405",
    seller_address=Address(
        lines=("14 Kiln Road", "Unit 6"), postcode="NE1 6QE", city="Newcastle upon Tyne", country="GB"
    ),
    seller_bank_account=Account(account="GB34HBKX57186722489829", bic="VMMGGBMCXXX"),
    buyer_name="Larkhill Community Trust",
    buyer_address=Address(lines=("1 Hall Green",), postcode="YO1 9TT", city="York", country="GB"),
    buyer_tax_id="GB457005462",
    buyer_reference="kitchen",
    purchase_order_number="LCT-0449",
    contract_number="FW-2026-12",
    payment_terms="30 days net",
    remarks="Fitted on the day of delivery",
    net_amount=Decimal("1096.80"),
    tax_amount=Decimal("195.48"),
    gross_amount=Decimal("1292.28"),
    prepaid_amount=Decimal("200.00"),
    amount_due=Decimal("1092.28"),
    tax_breakdown=(
        TaxRow(rate=Decimal(20), base=Decimal("977.40"), tax=Decimal("195.48")),
        TaxRow(rate=Decimal(0), base=Decimal("119.40"), tax=Decimal("0.00")),
    ),
    line_items=(
        line(
            "Stainless worktop",
            "2",
            "412.00",
            tax_rate="20",
            specification="1800 × 600 mm",
            product_code="WT-18",
            unit_code="H87",
        ),
        line("Recipe book, hardback", "12", "9.95", tax_rate="0", product_code="RB-2", unit_code="H87"),
        line("Fitting", "3.5", "48.00", tax_rate="20", unit_code="HUR"),
    ),
    allowances=(
        Allowance(amount=Decimal("49.60"), reason="Loyalty discount", tax_rate=Decimal(20)),
        Allowance(amount=Decimal("35.00"), reason="Delivery", tax_rate=Decimal(20), is_charge=True),
    ),
)


def _row(**cells: str) -> Row:
    return {column: cells.get(column) for column in LINE_COLUMNS}


UBL = ShippedSingle(
    name="ubl",
    title="English: an e-invoice (UBL, Peppol BIS Billing 3) as XML, without a page",
    suffix="xml",
    invoice=ShippedInvoice(
        content=ubl.write(_INVOICE, Flavour.PEPPOL),
        truth=Truth(
            fields={
                "invoice_type": "commercial",
                "invoice_code": None,
                "invoice_number": "BF-30218",
                "issue_date": "2026-09-04",
                "due_date": "2026-10-04",
                "currency": "GBP",
                "seller_name": "Brackenfold Kitchens Ltd",
                "seller_tax_id": "GB303335405",
                "seller_address": "14 Kiln Road, Unit 6, NE1 6QE Newcastle upon Tyne, GB",
                "seller_bank_account": "GB34HBKX57186722489829",
                "buyer_name": "Larkhill Community Trust",
                "buyer_tax_id": "GB457005462",
                "purchase_order_number": "LCT-0449",
                "contract_number": "FW-2026-12",
                "payment_terms": "30 days net",
                "net_amount": "1096.80",
                "tax_amount": "195.48",
                "gross_amount": "1292.28",
                "amount_due": "1092.28",
                "amount_in_words": None,
                "remarks": "Fitted on the day of delivery",
            },
            tax_breakdown=(
                {"rate": "20", "base": "977.40", "tax": "195.48"},
                {"rate": "0", "base": "119.40", "tax": "0.00"},
            ),
            line_items=(
                _row(
                    description="Stainless worktop",
                    specification="1800 × 600 mm",
                    product_code="WT-18",
                    quantity="2",
                    unit="piece",
                    unit_price="412.00",
                    net_amount="824.00",
                    tax_rate="20",
                ),
                _row(
                    description="Recipe book, hardback",
                    product_code="RB-2",
                    quantity="12",
                    unit="piece",
                    unit_price="9.95",
                    net_amount="119.40",
                    tax_rate="0",
                ),
                _row(
                    description="Fitting",
                    quantity="3.5",
                    unit="hour",
                    unit_price="48.00",
                    net_amount="168.00",
                    tax_rate="20",
                ),
                _row(description="Loyalty discount", net_amount="-49.60", tax_rate="20"),
                _row(description="Delivery", net_amount="35.00", tax_rate="20"),
            ),
        ),
    ),
)
