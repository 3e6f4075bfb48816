"""The English fixtures: a clean pair, and one with three deviations."""

from datetime import date
from decimal import Decimal

from synthesis.canvas import Face
from synthesis.contract_record import ContractRecord, PriceRow
from synthesis.contract_sheet import ContractStyle
from synthesis.invoice import line, tax_rows, truth_of
from synthesis.invoice_drawing import draw_invoice
from synthesis.invoice_style import Style
from synthesis.notation import NumberStyle
from synthesis.parties import Party
from synthesis.record import Account, Address, InvoiceRecord
from synthesis.shipped import Deviation, ShippedInvoice, ShippedPair
from synthesis.wording import LABELS

_FIRST_WORDINGS = {name: spellings[0] for name, spellings in LABELS["en"].items()}

_BRINDLEWICK = Party(
    name="Brindlewick Instruments Ltd",
    tax_id="GB553331463",
    address=Address(lines=("17 Foundry Street",), postcode="LS1 4AP", city="Leeds", country="GB"),
    account=Account(account="GB61HBKX88932880407238", bank="Halbrook Bank", bic="PFMMGB2AXXX"),
)
_QUILLMERE = Party(
    name="Quillmere Foods Limited",
    tax_id="GB973331123",
    address=Address(lines=("Unit 4", "Station Approach"), postcode="NR2 1TF", city="Norwich", country="GB"),
    account=Account(account="GB36HBKX48798113511971"),
)
_CLEAN_LINES = (
    line(
        "Pressure transmitter with display",
        "12",
        "186.50",
        tax_rate="20",
        unit="pc",
        specification="0–16 bar",
        product_code="PT-2216",
    ),
    line(
        "Thermowell, stainless",
        "12",
        "41.20",
        tax_rate="20",
        unit="pc",
        specification="G½, 160 mm",
        product_code="TW-0160",
    ),
    line(
        "Calibration on site, including certificate and travel within the county",
        "9.5",
        "88.00",
        tax_rate="20",
        unit="hour",
        product_code="SV-0003",
    ),
)
_CLEAN_STYLE = Style(
    language="en",
    labels=_FIRST_WORDINGS | {"gross_total": "Invoice total", "net_total": "Subtotal"},
    columns=(
        "position",
        "product_code",
        "description",
        "specification",
        "quantity",
        "unit",
        "unit_price",
        "tax_rate",
        "net_amount",
    ),
    numbers=NumberStyle(currency="sign_before"),
    date_pattern="d N Y",
    face=Face.SANS,
    table="header_rule",
    meta="rows",
    bank="footer",
)
_CLEAN_INVOICE = InvoiceRecord(
    invoice_type="commercial",
    invoice_number="BI-20457",
    issue_date=date(2025, 9, 18),
    due_date=date(2025, 10, 18),
    currency="GBP",
    seller_name=_BRINDLEWICK.name,
    seller_tax_id=_BRINDLEWICK.tax_id,
    seller_address=_BRINDLEWICK.address,
    seller_bank_account=_BRINDLEWICK.account,
    buyer_name=_QUILLMERE.name,
    buyer_address=_QUILLMERE.address,
    buyer_tax_id=_QUILLMERE.tax_id,
    purchase_order_number="PO-88310",
    contract_number="FA-2025-0417",
    payment_terms="30 days net from the invoice date",
    net_amount=Decimal("3568.40"),
    tax_amount=Decimal("713.68"),
    gross_amount=Decimal("4282.08"),
    amount_due=Decimal("4282.08"),
    tax_breakdown=tax_rows(_CLEAN_LINES),
    remarks="Please quote the invoice number when paying.",
    line_items=_CLEAN_LINES,
)
CLEAN = ShippedPair(
    name="en_clean",
    title="English: everything as agreed",
    contract=ContractRecord(
        language="en",
        contract_number="FA-2025-0417",
        title="Framework Supply Agreement",
        seller=_BRINDLEWICK,
        buyer=_QUILLMERE,
        signing_date=date(2025, 2, 20),
        effective_date=date(2025, 3, 1),
        expiry_date=date(2027, 2, 28),
        currency="GBP",
        tax_rate=Decimal(20),
        price_list=(
            PriceRow(
                description="Pressure transmitter with display",
                specification="0–16 bar",
                unit="piece",
                unit_price=Decimal("186.50"),
            ),
            PriceRow(
                description="Thermowell, stainless",
                specification="G½, 160 mm",
                unit="piece",
                unit_price=Decimal("41.20"),
            ),
            PriceRow(
                description="Calibration on site, including certificate and travel within the county",
                unit="hour",
                unit_price=Decimal("88.00"),
            ),
            PriceRow(
                description="Replacement display",
                specification="PT series",
                unit="piece",
                unit_price=Decimal("52.75"),
            ),
        ),
        total_amount=Decimal("60000.00"),
        payment_days=30,
        late_fee_rate="4 per cent a year above the base rate of the Bank of England",
        governing_law="England and Wales",
        notice_days=60,
    ),
    contract_style=ContractStyle(numbering="decimal", wording=0),
    invoices=(
        ShippedInvoice(
            content=draw_invoice(_CLEAN_INVOICE, _CLEAN_STYLE), truth=truth_of(_CLEAN_INVOICE, _CLEAN_STYLE)
        ),
    ),
)

_OSTERBY = Party(
    name="Osterby Packaging plc",
    tax_id="GB799833939",
    address=Address(lines=("2 Quayside",), postcode="BS1 5TR", city="Bristol", country="GB"),
    account=Account(account="GB29HBKX86260007056148", bank="Northmere Savings Bank", bic="XTBTGB2BXXX"),
)
_PELLWORTH = Party(
    name="Pellworth Catering Limited",
    tax_id="GB910756924",
    address=Address(lines=("61 Larkspur Avenue",), postcode="EX1 1EE", city="Exeter", country="GB"),
    account=Account(account="GB90HBKX10720031716712"),
)
_OTHER_ACCOUNT = Account(account="GB89HBKX77849179648447", bank="Castle & Tyne Bank", bic="GAXTGB2A")
_DEVIATING_LINES = (
    line("Pallet wrap, clear, hand rolls", "96", "6.35", tax_rate="20", unit="roll", product_code="W400"),
    line("Double-wall carton 400 × 300 × 250", "1500", "1.28", tax_rate="20", unit="pc", product_code="C432"),
    line("Kraft tape, reinforced", "72", "3.10", tax_rate="20", unit="roll", product_code="T048"),
    line(
        "Nitrile gloves, powder free, size L", "20", "41.75", tax_rate="20", unit="case", product_code="G00L"
    ),
)
_DEVIATING_STYLE = Style(
    language="en",
    labels=_FIRST_WORDINGS
    | {
        "commercial": "Tax Invoice",
        "invoice_number": "Invoice number",
        "issue_date": "Date of issue",
        "due_date": "Please pay by",
        "contract_number": "Contract No.",
        "buyer": "Invoice to",
        "net_total": "Total excl. VAT",
        "gross_total": "Total incl. VAT",
        "description": "Item description",
        "net_amount": "Line total",
    },
    columns=("product_code", "description", "quantity", "unit", "unit_price", "net_amount"),
    numbers=NumberStyle(currency="code_before"),
    date_pattern="D/M/Y",
    face=Face.FIRA,
    head="right",
    meta="boxed",
    table="grid",
    totals="boxed",
    bank="lines",
    tax_id_in="footer",
    are_optionals_shown=False,
)
_DEVIATING_INVOICE = InvoiceRecord(
    invoice_type="commercial",
    invoice_number="2025/1183",
    issue_date=date(2025, 11, 24),
    due_date=date(2025, 12, 8),
    currency="GBP",
    seller_name=_OSTERBY.name,
    seller_tax_id=_OSTERBY.tax_id,
    seller_address=_OSTERBY.address,
    seller_bank_account=_OTHER_ACCOUNT,
    buyer_name=_PELLWORTH.name,
    buyer_address=_PELLWORTH.address,
    contract_number="SA-1147/B",
    payment_terms="Payable within 14 days of the date of invoice",
    net_amount=Decimal("3587.80"),
    tax_amount=Decimal("717.56"),
    gross_amount=Decimal("4305.36"),
    amount_due=Decimal("4305.36"),
    tax_breakdown=tax_rows(_DEVIATING_LINES),
    line_items=_DEVIATING_LINES,
)
DEVIATING = ShippedPair(
    name="en_deviating",
    title="English: another price, term of payment and bank account than agreed",
    contract=ContractRecord(
        language="en",
        contract_number="SA-1147/B",
        title="Supply Agreement",
        seller=_OSTERBY,
        buyer=_PELLWORTH,
        signing_date=date(2025, 4, 30),
        effective_date=date(2025, 5, 1),
        expiry_date=date(2026, 4, 30),
        currency="GBP",
        tax_rate=Decimal(20),
        price_list=(
            PriceRow(
                description="Double-wall carton 400 × 300 × 250", unit="piece", unit_price=Decimal("1.12")
            ),
            PriceRow(description="Kraft tape, reinforced", unit="roll", unit_price=Decimal("3.10")),
            PriceRow(
                description="Nitrile gloves, powder free, size L", unit="case", unit_price=Decimal("41.75")
            ),
            PriceRow(description="Pallet wrap, clear, hand rolls", unit="roll", unit_price=Decimal("6.35")),
        ),
        payment_days=45,
        payment_trigger="invoice_date",
        early_discount=(Decimal(2), 10),
        governing_law="England and Wales",
        renewal_months=12,
        notice_days=90,
        is_list_annexed=True,
    ),
    contract_style=ContractStyle(numbering="decimal", wording=1, face=Face.FIRA),
    invoices=(
        ShippedInvoice(
            content=draw_invoice(_DEVIATING_INVOICE, _DEVIATING_STYLE),
            truth=truth_of(_DEVIATING_INVOICE, _DEVIATING_STYLE),
        ),
    ),
    deviations=(
        Deviation(
            code="UNIT_PRICE_MISMATCH",
            clause="Annex A, 1",
            field="line_items[1].unit_price",
            agreed="1.12",
            billed="1.28",
        ),
        Deviation(
            code="PAYMENT_TERM_MISMATCH", clause="3.1", field="payment_terms", agreed="45", billed="14"
        ),
        Deviation(
            code="BANK_ACCOUNT_CHANGED",
            clause="3.2",
            field="seller_bank_account",
            agreed="GB29HBKX86260007056148",
            billed="GB89HBKX77849179648447",
        ),
    ),
)
