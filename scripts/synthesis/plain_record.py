"""Random values of plain invoices, as `invoice_drawing` and the writers of XML take them.

They have no discounts, shared taxes or balances, as `invoices` have, so that every writer can write them.
"""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from synthesis.chance import happens
from synthesis.goods import random_price, wares
from synthesis.identifiers import random_digits
from synthesis.invoice import line, tax_rows
from synthesis.notation import CENT, chinese_amount
from synthesis.parties import Party, random_party
from synthesis.record import InvoiceRecord, Line

_RATES = {
    "en": ("20", "20", "5"),
    "de": ("19", "19", "7"),
    "fr": ("20", "20", "5.5"),
    "zh": ("13", "13", "6"),
    "nl": ("21", "21", "9"),
    "es": ("21", "21", "10"),
    "it": ("22", "22", "10"),
    "pt": ("23", "23", "6"),
}
_CURRENCY = {
    "en": ("GBP", "GBP", "USD", "EUR"),
    "de": ("EUR",),
    "fr": ("EUR",),
    "zh": ("CNY",),
    "nl": ("EUR",),
    "es": ("EUR",),
    "it": ("EUR",),
    "pt": ("EUR",),
}
_TERMS = {
    "en": (
        "{days} days net from the invoice date",
        "Net {days}",
        "Payable within {days} days of the date of invoice",
    ),
    "de": ("{days} Tage netto ab Rechnungsdatum", "Zahlbar innerhalb von {days} Tagen ohne Abzug"),
    "fr": ("Paiement à {days} jours date de facture", "Règlement à {days} jours net"),
    "nl": ("Betaling binnen {days} dagen na factuurdatum", "{days} dagen netto"),
    "es": ("Pago a {days} días fecha de factura", "Transferencia a {days} días"),
    "it": ("Bonifico bancario a {days} giorni data fattura", "{days} giorni netto"),
    "pt": ("Pagamento a {days} dias da data da fatura", "{days} dias líquido"),
    "zh": ("收到发票后{days}日内付款", "开票之日起{days}天内付清"),
}
_REMARKS = {
    "en": ("Goods remain our property until paid in full.", "Thank you for your business."),
    "de": (
        "Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum.",
        "Wir danken für Ihren Auftrag.",
    ),
    "fr": ("Aucun escompte pour paiement anticipé.", "Merci de votre confiance."),
    "nl": ("Bedankt voor uw bestelling.",),
    "es": ("Gracias por su confianza.",),
    "it": ("Grazie per la fiducia.",),
    "pt": ("Obrigado pela preferência.",),
    "zh": ("如有疑问，请于收到后五个工作日内联系我司财务部。",),
}


def random_record(rng: Random, language: str) -> InvoiceRecord:
    """Return the values of a plain invoice whose sums are right."""
    seller, buyer = _two_parties(rng, language)
    rates = rng.choices(_RATES[language], k=2)
    count = rng.choice((1, 2, 3, 4, 5, 7, 9, 14, 38))
    lines = tuple(_random_line(rng, language, tax_rate=rng.choice(rates)) for _ in range(count))
    rows = tax_rows(lines)
    net = sum((row.base for row in rows), Decimal(0))
    tax = sum((row.tax for row in rows), Decimal(0))
    prepaid = (net / 4).quantize(CENT) if happens(rng, 0.15) else None
    issued = date(2024, 1, 1) + timedelta(days=rng.randrange(900))
    days = rng.choice((10, 14, 21, 30, 45, 60))
    has_due_date, has_terms = happens(rng, 0.6), happens(rng, 0.6)
    return InvoiceRecord(
        invoice_type="commercial",
        invoice_number=_random_reference(rng),
        issue_date=issued,
        due_date=issued + timedelta(days=days) if has_due_date else None,
        currency=rng.choice(_CURRENCY[language]),
        seller_name=seller.name,
        seller_tax_id=seller.tax_id,
        seller_address=seller.address,
        seller_bank_account=seller.account,
        buyer_name=buyer.name,
        buyer_address=buyer.address,
        buyer_tax_id=buyer.tax_id if happens(rng, 0.5) else None,
        purchase_order_number=_random_reference(rng) if happens(rng, 0.5) else None,
        contract_number=_random_reference(rng) if happens(rng, 0.3) else None,
        payment_terms=rng.choice(_TERMS[language]).format(days=days) if has_terms else None,
        net_amount=net,
        tax_amount=tax,
        gross_amount=net + tax,
        prepaid_amount=prepaid,
        amount_due=net + tax - (prepaid or Decimal(0)),
        amount_in_words=chinese_amount(net + tax) if language == "zh" and happens(rng, 0.7) else None,
        tax_breakdown=rows,
        remarks=rng.choice(_REMARKS[language]) if happens(rng, 0.4) else None,
        line_items=lines,
    )


def _two_parties(rng: Random, language: str) -> tuple[Party, Party]:
    seller, buyer = random_party(rng, language), random_party(rng, language)
    while buyer.name == seller.name:
        buyer = random_party(rng, language)
    return seller, buyer


def _random_line(rng: Random, language: str, *, tax_rate: str) -> Line:
    ware = rng.choice(wares(language))
    return line(
        ware.name,
        str(rng.choice((1, 2, 3, 5, 8, 10, 24, 36, 120, 250))),
        str(random_price(rng, ware)),
        tax_rate=tax_rate,
        unit=ware.unit,
        specification=ware.specification,
        product_code=f"{rng.choice('ABDEFK')}{rng.choice('ABDEFK')}-{random_digits(rng, 5)}",
    )


def _random_reference(rng: Random) -> str:
    pattern = rng.choice(("RE-{a}", "{year}-{b}", "{c}", "INV{c}", "{b}/{year}", "F{year}{b}", "A-{b}.{d}"))
    return pattern.format(
        year=rng.choice((2024, 2025, 2026)),
        a=random_digits(rng, 6),
        b=random_digits(rng, 4),
        c=random_digits(rng, 8),
        d=random_digits(rng, 2),
    )
