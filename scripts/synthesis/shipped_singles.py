"""The fixtures without a contract: a table over two pages, and an invoice that contradicts itself."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from synthesis.canvas import Face
from synthesis.invoice import line, tax_rows, truth_of
from synthesis.invoice_drawing import draw_invoice
from synthesis.invoice_style import Style
from synthesis.notation import NumberStyle
from synthesis.record import Account, Address, InvoiceRecord
from synthesis.shipped import Deviation, ShippedInvoice, ShippedSingle
from synthesis.wording import LABELS

_ENGLISH = {name: spellings[0] for name, spellings in LABELS["en"].items()}
_FRENCH = {name: spellings[0] for name, spellings in LABELS["fr"].items()}

_WARES = (
    ("Stainless hose clip 25–40 mm", "40", "1.42"),
    ("Stainless hose clip 40–60 mm", "40", "1.66"),
    ("Silicone hose, black, per metre", "15", "9.80"),
    ("Ball valve G½", "12", "13.25"),
    ("Ball valve G¾", "8", "17.90"),
    ("Non-return valve, brass", "6", "21.35"),
    ("Pressure gauge 0–10 bar, bottom entry, glycerine filled, with test certificate", "4", "38.60"),
    ("PTFE tape", "50", "0.74"),
    ("Pipe bracket, rubber lined", "120", "0.93"),
    ("Threaded rod M8", "60", "1.12"),
    ("Hexagon nut M8, box of 100", "5", "3.48"),
    ("Washer M8, box of 100", "5", "2.16"),
    ("Cable tie 200 mm, bag of 100", "20", "2.95"),
    ("Cable gland M20", "80", "0.68"),
    ("Junction box IP66", "10", "11.70"),
    ("Terminal strip, 12 way", "25", "1.85"),
    ("Warning label, set", "15", "4.20"),
    ("Lubricant spray 400 ml", "18", "5.36"),
)
_PAGES = ("main store", "site cabin")
_LONG_LINES = tuple(
    line(
        f"{name}, for {place}",
        quantity,
        price,
        tax_rate="20",
        unit="pc",
        product_code=f"{'MS' if place == _PAGES[0] else 'SC'}{number:03}",
    )
    for place in _PAGES
    for number, (name, quantity, price) in enumerate(_WARES, start=1)
)
_LONG_STYLE = Style(
    language="en",
    labels=_ENGLISH | {"gross_total": "Grand total", "carried": "Carried forward"},
    columns=("position", "product_code", "description", "quantity", "unit", "unit_price", "net_amount"),
    numbers=NumberStyle(currency="sign_before"),
    date_pattern="d N Y",
    face=Face.SANS,
    meta="above",
    table="header_rule",
    bank="lines",
    tax_id_in="meta",
)
_LONG_INVOICE = InvoiceRecord(
    invoice_type="commercial",
    invoice_number="DF-009214",
    issue_date=date(2025, 7, 31),
    due_date=date(2025, 8, 30),
    currency="GBP",
    seller_name="Drumlea Fasteners Limited",
    seller_tax_id="GB103869959",
    seller_address=Address(lines=("5 Cobbler's Yard",), postcode="DD1 4BG", city="Dundee", country="GB"),
    seller_bank_account=Account(
        account="GB39HBKX72164778636441", bank="Ardley Commercial Bank", bic="VMMGGBMCXXX"
    ),
    buyer_name="Vexbridge Lighting LLP",
    buyer_address=Address(lines=("88 Beacon Hill",), postcode="S1 2HE", city="Sheffield", country="GB"),
    purchase_order_number="VX-3307",
    payment_terms="30 days from the invoice date",
    net_amount=Decimal("3070.06"),
    tax_amount=Decimal("614.01"),
    gross_amount=Decimal("3684.07"),
    amount_due=Decimal("3684.07"),
    tax_breakdown=tax_rows(_LONG_LINES),
    line_items=_LONG_LINES,
)
TWO_PAGES = ShippedSingle(
    name="two_pages",
    title="English: a table of 36 lines that goes on over the page",
    invoice=ShippedInvoice(
        content=draw_invoice(_LONG_INVOICE, _LONG_STYLE),
        truth=truth_of(_LONG_INVOICE, _LONG_STYLE),
    ),
)

_RIGHT_LINES = (
    line(
        "Plan de travail en hêtre massif", "3", "214.00", tax_rate="20", unit="pièce", product_code="PT-2065"
    ),
    line("Lampe baladeuse étanche", "7", "38.60", tax_rate="20", unit="pièce", product_code="LB-0065"),
    line(
        "Pose et réglage, déplacement compris",
        "6",
        "52.00",
        tax_rate="20",
        unit="heure",
        product_code="PR-0001",
    ),
)
_WRONG_LINES = (
    _RIGHT_LINES[0],
    replace(_RIGHT_LINES[1], net_amount=Decimal("290.20")),  # 7 × 38.60 is 270.20
    _RIGHT_LINES[2],
)
_CONTRADICTING_STYLE = Style(
    language="fr",
    labels=_FRENCH,
    columns=("product_code", "description", "quantity", "unit", "unit_price", "net_amount"),
    numbers=NumberStyle(decimal_mark=",", group_mark=" ", currency="sign_after"),
    date_pattern="D/M/Y",
    face=Face.FIRA,
    meta="rows",
    table="grid",
    totals="boxed",
    bank="footer",
    label_end=" :",
    are_optionals_shown=False,
)
_CONTRADICTING_INVOICE = InvoiceRecord(
    invoice_type="commercial",
    invoice_number="F2025-0642",
    issue_date=date(2025, 4, 28),
    due_date=date(2025, 5, 28),
    currency="EUR",
    seller_name="Coudrange Menuiserie SARL",
    seller_tax_id="FR52958390924",
    seller_address=Address(lines=("14 rue des Tanneurs",), postcode="69002", city="Lyon", country="FR"),
    seller_bank_account=Account(
        account="FR7638345508819357731878659", bank="Banque du Lubréon", bic="RXSDFRMB"
    ),
    buyer_name="Lespinoy Traiteur SAS",
    buyer_address=Address(lines=("3 place du Marché",), postcode="35000", city="Rennes", country="FR"),
    payment_terms="Paiement à 30 jours date de facture",
    net_amount=Decimal("1244.20"),
    tax_amount=Decimal("248.84"),
    gross_amount=Decimal("1493.04"),
    amount_due=Decimal("1493.04"),
    tax_breakdown=tax_rows(_WRONG_LINES),
    line_items=_WRONG_LINES,
)
CONTRADICTING = ShippedSingle(
    name="contradicting",
    title="French: a line that does not multiply, and an IBAN whose check digits are wrong",
    invoice=ShippedInvoice(
        content=draw_invoice(_CONTRADICTING_INVOICE, _CONTRADICTING_STYLE),
        truth=truth_of(_CONTRADICTING_INVOICE, _CONTRADICTING_STYLE),
    ),
    deviations=(
        Deviation(
            code="LINE_AMOUNT",
            field="line_items[1].net_amount",
            agreed="270.20",
            billed="290.20",
            is_finding=True,
        ),
        Deviation(code="IBAN_CHECKSUM", field="seller_bank_account", is_finding=True),
    ),
)
