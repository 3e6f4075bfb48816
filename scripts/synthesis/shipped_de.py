"""The German fixtures: a clean pair, and one with three deviations."""

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

_FIRST_WORDINGS = {name: spellings[0] for name, spellings in LABELS["de"].items()}
_GERMAN_LAW = "Bundesrepublik Deutschland"
_LATE_FEE = "neun Prozentpunkten über dem Basiszinssatz"

_WENDELSTEIN = Party(
    name="Wendelstein Messgeräte GmbH",
    tax_id="DE968864681",
    address=Address(lines=("Hafenallee 12",), postcode="24103", city="Kiel", country="DE"),
    account=Account(account="DE20514122503998990809", bank="Handelsbank Oberland", bic="DEKFDEMAXXX"),
)
_OTTENAU = Party(
    name="Ottenau Feinkost KG",
    tax_id="DE241579001",
    address=Address(lines=("Rosenweg 3",), postcode="99084", city="Erfurt", country="DE"),
    account=Account(account="DE62827681601062049428"),
)
_CLEAN_LINES = (
    line(
        "Präzisionswaage mit Eichschein", "4", "438.00", tax_rate="19", unit="Stück", product_code="PW-3000"
    ),
    line("Prüfgewichtssatz Klasse M1", "2", "126.50", tax_rate="19", unit="Satz", product_code="PG-0110"),
    line(
        "Einweisung des Personals vor Ort, einschließlich Anfahrt",
        "3.5",
        "92.00",
        tax_rate="19",
        unit="Std.",
        product_code="DL-0020",
    ),
)
_CLEAN_STYLE = Style(
    language="de",
    labels=_FIRST_WORDINGS,
    columns=("position", "product_code", "description", "quantity", "unit", "unit_price", "net_amount"),
    numbers=NumberStyle(decimal_mark=",", group_mark=".", currency="sign_after"),
    date_pattern="D.M.Y",
    table="striped",
    bank="footer",
    tax_id_in="footer",
)
_CLEAN_INVOICE = InvoiceRecord(
    invoice_type="commercial",
    invoice_number="RE-2025-3318",
    issue_date=date(2025, 6, 5),
    delivery_date=date(2025, 6, 3),
    due_date=date(2025, 6, 25),
    currency="EUR",
    seller_name=_WENDELSTEIN.name,
    seller_tax_id=_WENDELSTEIN.tax_id,
    seller_address=_WENDELSTEIN.address,
    seller_bank_account=_WENDELSTEIN.account,
    buyer_name=_OTTENAU.name,
    buyer_address=_OTTENAU.address,
    buyer_tax_id=_OTTENAU.tax_id,
    purchase_order_number="B-70441",
    contract_number="LV 25/118",
    payment_terms="Zahlbar innerhalb von 20 Tagen ab Rechnungsdatum ohne Abzug",
    net_amount=Decimal("2327.00"),
    tax_amount=Decimal("442.13"),
    gross_amount=Decimal("2769.13"),
    amount_due=Decimal("2769.13"),
    tax_breakdown=tax_rows(_CLEAN_LINES),
    line_items=_CLEAN_LINES,
)
CLEAN = ShippedPair(
    name="de_clean",
    title="German: everything as agreed",
    contract=ContractRecord(
        language="de",
        contract_number="LV 25/118",
        title="Liefervertrag",
        seller=_WENDELSTEIN,
        buyer=_OTTENAU,
        signing_date=date(2025, 3, 17),
        effective_date=date(2025, 4, 1),
        expiry_date=date(2026, 3, 31),
        currency="EUR",
        tax_rate=Decimal(19),
        price_list=(
            PriceRow(
                description="Präzisionswaage mit Eichschein", unit="Stück", unit_price=Decimal("438.00")
            ),
            PriceRow(description="Prüfgewichtssatz Klasse M1", unit="Satz", unit_price=Decimal("126.50")),
            PriceRow(
                description="Einweisung des Personals vor Ort, einschließlich Anfahrt",
                unit="Stunde",
                unit_price=Decimal("92.00"),
            ),
        ),
        total_amount=Decimal("15000.00"),
        payment_days=20,
        late_fee_rate=_LATE_FEE,
        governing_law=_GERMAN_LAW,
        notice_days=30,
    ),
    contract_style=ContractStyle(numbering="decimal", wording=0),
    invoices=(
        ShippedInvoice(
            content=draw_invoice(_CLEAN_INVOICE, _CLEAN_STYLE),
            truth=truth_of(_CLEAN_INVOICE, _CLEAN_STYLE),
        ),
    ),
)

_KRESSBACH = Party(
    name="Kressbach Büromöbel AG",
    tax_id="DE838955730",
    address=Address(lines=("Industriering 40",), postcode="90402", city="Nürnberg", country="DE"),
    account=Account(account="DE36479696836139455638", bank="Sparbank Mittelheide", bic="VNGKDEMB"),
)
_FALKENRIED = Party(
    name="Falkenried Elektronik GmbH & Co. KG",
    tax_id="DE624874470",
    address=Address(lines=("Am Güterbahnhof 7",), postcode="70173", city="Stuttgart", country="DE"),
    account=Account(account="DE92417914420496688966"),
)
_DEVIATING_LINES = (
    line(
        "Schreibtisch höhenverstellbar",
        "24",
        "512.00",
        tax_rate="7",
        unit="Stk.",
        specification="160 × 80 cm",
    ),
    line("Drehstuhl mit Netzrücken", "20", "268.40", tax_rate="7", unit="Stk.", specification="schwarz"),
    line("Rollcontainer abschließbar", "20", "149.90", tax_rate="7", unit="Stk.", specification="3 Schübe"),
    line("Expresszuschlag", "1", "180.00", tax_rate="7", unit="psch."),
)
_DEVIATING_STYLE = Style(
    language="de",
    labels=_FIRST_WORDINGS
    | {
        "invoice_number": "Rechnung Nr.",
        "issue_date": "Datum",
        "contract_number": "Rahmenvertrag",
        "net_total": "Summe netto",
        "tax_total": "zzgl. Umsatzsteuer",
        "gross_total": "Rechnungsbetrag",
        "net_amount": "Gesamt",
        "unit_price": "E-Preis",
    },
    columns=("position", "description", "specification", "quantity", "unit", "unit_price", "net_amount"),
    numbers=NumberStyle(decimal_mark=",", group_mark=".", currency="code_after"),
    date_pattern="d. N Y",
    face=Face.FIRA,
    head="right",
    meta="colon",
    table="grid",
    bank="sentence",
    tax_id_in="meta",
    are_optionals_shown=False,
)
_DEVIATING_INVOICE = InvoiceRecord(
    invoice_type="commercial",
    invoice_number="40712",
    issue_date=date(2025, 10, 9),
    currency="EUR",
    seller_name=_KRESSBACH.name,
    seller_tax_id=_KRESSBACH.tax_id,
    seller_address=_KRESSBACH.address,
    seller_bank_account=_KRESSBACH.account,
    buyer_name=_FALKENRIED.name,
    buyer_address=_FALKENRIED.address,
    contract_number="KB-2025/09",
    payment_terms="30 Tage netto ab Rechnungsdatum",
    net_amount=Decimal("20834.00"),
    tax_amount=Decimal("1458.38"),
    gross_amount=Decimal("22292.38"),
    amount_due=Decimal("22292.38"),
    tax_breakdown=tax_rows(_DEVIATING_LINES),
    line_items=_DEVIATING_LINES,
)
DEVIATING = ShippedPair(
    name="de_deviating",
    title="German: more than was ordered, another tax rate, and a fee that was not agreed",
    contract=ContractRecord(
        language="de",
        contract_number="KB-2025/09",
        title="Kaufvertrag über Büroausstattung",
        seller=_KRESSBACH,
        buyer=_FALKENRIED,
        signing_date=date(2025, 8, 28),
        effective_date=date(2025, 9, 1),
        expiry_date=date(2026, 2, 28),
        currency="EUR",
        tax_rate=Decimal(19),
        price_list=(
            PriceRow(
                description="Schreibtisch höhenverstellbar",
                specification="160 × 80 cm",
                unit="Stück",
                quantity=Decimal(20),
                unit_price=Decimal("512.00"),
            ),
            PriceRow(
                description="Drehstuhl mit Netzrücken",
                specification="schwarz",
                unit="Stück",
                quantity=Decimal(20),
                unit_price=Decimal("268.40"),
            ),
            PriceRow(
                description="Rollcontainer abschließbar",
                specification="3 Schübe",
                unit="Stück",
                quantity=Decimal(20),
                unit_price=Decimal("149.90"),
            ),
        ),
        payment_days=30,
        governing_law=_GERMAN_LAW,
    ),
    contract_style=ContractStyle(numbering="paragraph", wording=1, face=Face.FIRA),
    invoices=(
        ShippedInvoice(
            content=draw_invoice(_DEVIATING_INVOICE, _DEVIATING_STYLE),
            truth=truth_of(_DEVIATING_INVOICE, _DEVIATING_STYLE),
        ),
    ),
    deviations=(
        Deviation(
            code="QUANTITY_EXCEEDED",
            clause="§ 2 Abs. 1",
            field="line_items[0].quantity",
            agreed="20",
            billed="24",
        ),
        Deviation(
            code="TAX_RATE_MISMATCH", clause="§ 2 Abs. 2", field="tax_breakdown", agreed="19", billed="7"
        ),
        Deviation(
            code="FEE_NOT_AGREED",
            clause="§ 2 Abs. 3",
            field="line_items[3].net_amount",
            billed="180.00",
        ),
    ),
)
