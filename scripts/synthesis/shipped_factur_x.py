"""The fixture with an e-invoice inside: a page for people, and the same values as XML for programs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from synthesis import cii
from synthesis.canvas import Face
from synthesis.cii_embedding import embed
from synthesis.cii_profiles import Profile
from synthesis.invoice import line, tax_rows, truth_of
from synthesis.invoice_drawing import draw_invoice
from synthesis.invoice_style import Style
from synthesis.notation import NumberStyle
from synthesis.record import Account, Address, InvoiceRecord
from synthesis.shipped import ShippedInvoice, ShippedSingle
from synthesis.wording import LABELS

_LINES = (
    line(
        "Broschüre, 24 Seiten, Rückendrahtheftung",
        "1500",
        "0.87",
        tax_rate="7",
        unit="Stück",
        product_code="BR-2405",
        unit_code="H87",
    ),
    line(
        "Satz und Korrekturlauf",
        "6.5",
        "74.00",
        tax_rate="19",
        unit="Std.",
        product_code="DL-1001",
        unit_code="HUR",
    ),
    line(
        "Plakat A1, wetterfest",
        "40",
        "9.60",
        tax_rate="19",
        unit="Stück",
        product_code="PL-0101",
        unit_code="H87",
    ),
)
_STYLE = Style(
    language="de",
    labels={name: spellings[0] for name, spellings in LABELS["de"].items()},
    columns=(
        "position",
        "product_code",
        "description",
        "quantity",
        "unit",
        "unit_price",
        "tax_rate",
        "net_amount",
    ),
    numbers=NumberStyle(decimal_mark=",", group_mark=".", currency="sign_after"),
    date_pattern="D.M.Y",
    face=Face.FIRA,
    table="header_rule",
    bank="footer",
    tax_id_in="footer",
    are_optionals_shown=False,
)
_INVOICE = InvoiceRecord(
    invoice_type="commercial",
    invoice_number="AD-25-0817",
    issue_date=date(2025, 8, 14),
    delivery_date=date(2025, 8, 12),
    due_date=date(2025, 9, 13),
    currency="EUR",
    seller_name="Aumer Druckerei OHG",
    seller_tax_id="DE366869402",
    seller_address=Address(lines=("Schmiedegasse 21",), postcode="04109", city="Leipzig", country="DE"),
    seller_bank_account=Account(
        account="DE65547879091655491552", bank="Volkskasse Weserbogen eG", bic="DSEFDE2XXXX"
    ),
    buyer_name="Strölin Verpackungen UG (haftungsbeschränkt)",
    buyer_address=Address(lines=("Lindenstraße 58",), postcode="28195", city="Bremen", country="DE"),
    buyer_tax_id="DE651422560",
    purchase_order_number="4500-1276",
    contract_number="RV-2024-77",
    payment_terms="Zahlbar innerhalb von 30 Tagen netto",
    net_amount=Decimal("2170.00"),
    tax_amount=Decimal("255.70"),
    gross_amount=Decimal("2425.70"),
    amount_due=Decimal("2425.70"),
    tax_breakdown=tax_rows(_LINES),
    line_items=_LINES,
)
_UNITS = {"H87": "piece", "HUR": "hour"}  # what the codes of UN/ECE Recommendation 20 stand for
_ON_THE_PAGE = truth_of(_INVOICE, _STYLE)
_IN_THE_XML = replace(
    _ON_THE_PAGE,
    fields={**_ON_THE_PAGE.fields, "seller_address": "Schmiedegasse 21, 04109 Leipzig, DE"},
    line_items=tuple(
        {**row, "unit": _UNITS[entry.unit_code]}
        for row, entry in zip(_ON_THE_PAGE.line_items, _LINES, strict=True)
    ),
)
FACTUR_X = ShippedSingle(
    name="factur_x",
    title="German: an e-invoice (Factur-X, EN 16931) inside the PDF, the page and the XML agree",
    invoice=ShippedInvoice(
        content=embed(draw_invoice(_INVOICE, _STYLE), cii.write(_INVOICE, Profile.EN16931), Profile.EN16931),
        truth=_IN_THE_XML,
    ),
)
