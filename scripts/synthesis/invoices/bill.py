"""What one invoice says, before anybody has decided where: values, parties, and everything around them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Literal

from synthesis.chance import happens
from synthesis.identifiers import random_digits
from synthesis.invoices.amount_words import amount_in_words
from synthesis.invoices.companies import Company, Kind, random_company
from synthesis.invoices.lines import random_habits, random_lines, rounded, taxed
from synthesis.invoices.markets import Market
from synthesis.invoices.pen import Pen
from synthesis.invoices.sums import add_up
from synthesis.invoices.tax_numbers import tax_id_label
from synthesis.invoices.words import Wording, spellings
from synthesis.record import Address, Allowance, InvoiceRecord, Line

TaxCase = Literal["taxed", "gross_prices", "reverse_charge", "exempt"]
_KINDS = ("commercial", "credit_note", "proforma", "prepayment", "partial", "receipt")
_KIND_WEIGHTS = (74, 9, 4, 4, 4, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """An invoice's content. `record` holds the fields, the rest is what stands around them."""

    record: InvoiceRecord
    market: Market
    seller: Company
    buyer: Company
    consignee: Company | None  # where goods went, if it is printed
    tax_case: TaxCase
    tax_name: str
    days: int
    is_due_date_in_terms: bool
    is_settled: bool  # paid on the spot


def random_bill(
    rng: Random, market: Market, pen: Pen, wording: Wording, *, tax_name: str, has_parts: bool
) -> Bill:
    """Return an invoice whose sums are right; `has_parts` if several taxes share one base."""
    kind = rng.choices(_KINDS, _KIND_WEIGHTS)[0]
    case = _tax_case(rng, market, kind)
    sign = -1 if kind == "credit_note" and happens(rng, 0.4) else 1
    lines = random_lines(
        rng,
        pen,
        random_habits(rng, is_gross=case == "gross_prices"),
        rates=_rates(rng, market, case),
        sign=sign,
    )
    parts = market.parts if has_parts and case == "taxed" else ()
    if parts:
        together = sum((part.rate for part in parts), Decimal(0))
        lines = tuple(_at_rate(entry, together, pen.places) for entry in lines)
    allowances = _allowances(rng, pen, wording, lines) if case == "taxed" and not parts else ()
    sums = add_up(lines, allowances, parts=parts, places=pen.places, is_gross=case == "gross_prices")
    seller, buyer = _two_companies(rng, market)
    issued = date(2023, 6, 1) + timedelta(days=rng.randrange(1200))
    days = rng.choice((10, 14, 14, 20, 21, 30, 30, 30, 45, 60))
    is_settled = kind == "receipt"
    terms, has_date_inside = _terms(rng, pen, issued, days, sums.gross, is_settled=is_settled)
    due = issued + timedelta(days=days)
    has_due_date = has_date_inside or (happens(rng, 0.55) and not is_settled and kind != "credit_note")
    record = InvoiceRecord(
        invoice_type=kind,
        invoice_number=random_reference(rng, issued.year, country=market.country),
        issue_date=issued,
        due_date=due if has_due_date else None,
        currency=pen.currency,
        seller_name=seller.name,
        seller_tax_id=seller.tax_id if happens(rng, 0.93) else None,
        seller_address=Address(lines=seller.address),
        seller_bank_account=seller.account if happens(rng, 0.85) and not is_settled else None,
        buyer_name=buyer.name,
        buyer_address=Address(lines=buyer.address),
        buyer_tax_id=_buyer_tax_id(rng, buyer, case),
        purchase_order_number=random_reference(rng, issued.year) if happens(rng, 0.45) else None,
        contract_number=random_reference(rng, issued.year) if happens(rng, 0.15) else None,
        payment_terms=terms,
        net_amount=sums.net,
        tax_amount=sums.tax,
        gross_amount=sums.gross,
        amount_due=sums.gross,
        tax_breakdown=sums.rows,
        allowances=allowances,
        remarks=rng.choice(spellings(market.language)["remarks_texts"]) if happens(rng, 0.25) else None,
        line_items=lines,
    )
    record = _settled(rng, record, market, pen, is_plain=case == "gross_prices" or is_settled)
    if happens(rng, _words_share(market)):
        words = amount_in_words(rng, record.gross_amount, language=pen.language, currency=pen.currency)
        record = replace(record, amount_in_words=words)
    return Bill(
        record=record,
        market=market,
        seller=seller,
        buyer=buyer,
        consignee=_consignee(rng, market, buyer),
        tax_case=case,
        tax_name=tax_name,
        days=days,
        is_due_date_in_terms=has_date_inside,
        is_settled=is_settled,
    )


def random_reference(rng: Random, year: int, *, country: str = "") -> str:
    """Return a number as documents and orders bear it; in some countries it begins with a kind."""
    pattern = rng.choice((*_REFERENCES, *_REFERENCES_IN.get(country, ())))
    return pattern.format(
        year=year,
        yy=year % 100,
        a=random_digits(rng, 6),
        b=random_digits(rng, 4),
        c=random_digits(rng, 8),
        d=random_digits(rng, 2),
        e=random_digits(rng, 3),
        m=f"{rng.randint(1, 12):02}",
        letters="".join(rng.choice("ABCDEFGHKLMNPRSTVWX") for _ in range(2)),
    )


_REFERENCES = (
    "RE-{a}",
    "{year}-{b}",
    "{c}",
    "INV{c}",
    "{b}/{year}",
    "F{year}{b}",
    "A-{b}.{d}",
    "{a}",
    "{letters}{yy}-{b}",
    "{year}/{m}/{e}",
    "{letters}-{year}-{a}",
    "{yy}{m}{b}",
    "{e}",
    "{b}-{letters}",
    "{yy}.{a}",
    "INV-{b}",
    "{d}/{b}",
)
_REFERENCES_IN: dict[str, tuple[str, ...]] = {"PT": ("FT {year}/{e}", "FT A/{b}", "FAC {d}/{b}")}


def _tax_case(rng: Random, market: Market, kind: str) -> TaxCase:
    if not market.rates:
        return "exempt"
    if kind == "receipt" or happens(rng, 0.05):
        return "gross_prices"
    if spellings(market.language)["reverse_charge"] and not market.has_one_rate and happens(rng, 0.05):
        return "reverse_charge"
    return "exempt" if happens(rng, 0.05) else "taxed"


def _rates(rng: Random, market: Market, case: TaxCase) -> tuple[Decimal, ...]:
    if case in {"exempt", "reverse_charge"}:
        return (Decimal(0),)
    if case == "gross_prices" or market.has_one_rate or happens(rng, 0.7):
        rate = rng.choice(market.rates)
        return (rate if case != "gross_prices" else market.rates[0],)
    return tuple(dict.fromkeys((market.rates[0], rng.choice(market.rates))))


def _at_rate(entry: Line, rate: Decimal, places: int) -> Line:
    tax = taxed(entry.net_amount, rate, places)
    return replace(entry, tax_rate=rate, tax_amount=tax, gross_amount=entry.net_amount + tax)


def _allowances(rng: Random, pen: Pen, wording: Wording, lines: tuple[Line, ...]) -> tuple[Allowance, ...]:
    rates = {entry.tax_rate for entry in lines}
    if len(rates) > 1 or lines[0].quantity < 0:
        return ()
    rate = rates.pop()
    total = sum((entry.net_amount for entry in lines), Decimal(0))
    found = []
    if happens(rng, 0.1):
        percent = Decimal(rng.choice((2, 3, 5, 10)))
        reason = f"{wording['allowance']} {pen.rate(percent)}" if happens(rng, 0.6) else wording["allowance"]
        found.append(
            Allowance(amount=rounded(total * percent / 100, pen.places), reason=reason, tax_rate=rate)
        )
    if happens(rng, 0.1):
        amount = rounded(total * rng.randint(1, 6) / 100, pen.places)
        found.append(Allowance(amount=amount, reason=wording["charge"], tax_rate=rate, is_charge=True))
    return tuple(found)


def _terms(
    rng: Random, pen: Pen, issued: date, days: int, gross: Decimal, *, is_settled: bool
) -> tuple[str | None, bool]:
    """Return the terms as printed, and whether the due date stands in them."""
    words = spellings(pen.language)
    if is_settled:
        return rng.choice(words["terms_paid"]), False
    kind = rng.choices(("none", "terms", "terms_dated", "terms_discount"), (20, 42, 22, 16))[0]
    if kind == "none" or gross < 0:
        return None, False
    percent = Decimal(rng.choice(("2", "3", "1.5", "2")))
    discount_days = rng.choice((5, 7, 8))
    text = rng.choice(words[kind])
    written = text.format(
        days=days,
        date=pen.day(issued + timedelta(days=days)),
        percent=pen.rate(percent),
        discount_days=discount_days,
        discount_date=pen.day(issued + timedelta(days=discount_days)),
        discount=pen.total(rounded(gross * percent / 100, pen.places)),
    )
    return written, "{date}" in text


def _settled(
    rng: Random, record: InvoiceRecord, market: Market, pen: Pen, *, is_plain: bool
) -> InvoiceRecord:
    """Take off what is paid already or kept back, and round what is left."""
    gross, net = record.gross_amount, record.net_amount
    if is_plain or gross <= 0:
        return record
    withheld = prepaid = rounding = previous = None
    if market.withholding and happens(rng, 0.15):
        withheld = taxed(net, market.withholding.rate, pen.places)
    elif happens(rng, 0.1):
        prepaid = rounded(gross * rng.choice((10, 25, 30, 50)) / 100, pen.places)
    elif happens(rng, 0.02):
        previous = rounded(gross * rng.randint(3, 60) / 100, pen.places)
    due = gross - (withheld or 0) - (prepaid or 0) + (previous or 0)
    unit = Decimal("0.05") if market.rounds_to_five else Decimal(1) if market.needs_rupee else None
    if unit and happens(rng, 0.4):
        rounding = (due / unit).quantize(Decimal(1)) * unit - due
        rounding = rounding.quantize(Decimal("0.01")) or None
    return replace(
        record,
        withheld_amount=withheld,
        prepaid_amount=prepaid,
        previous_balance=previous,
        rounding_amount=rounding,
        amount_due=due + (rounding or 0),
    )


def _words_share(market: Market) -> float:
    return {"IN": 0.5, "MX": 0.5, "CN": 0.6, "CO": 0.3, "FR": 0.15}.get(market.key, 0.08)


def _buyer_tax_id(rng: Random, buyer: Company, case: TaxCase) -> str | None:
    is_shown = happens(rng, 0.9 if case == "reverse_charge" else 0.4)
    return buyer.tax_id if is_shown and tax_id_label(buyer.tax_id) == "seller_tax_id" else None


def _two_companies(rng: Random, market: Market) -> tuple[Company, Company]:
    kinds = _CHINESE_SELLERS if market.language == "zh" else _SELLERS
    seller = random_company(rng, market, kind=_kind(rng, kinds))
    kind = _kind(rng, _BUYERS)
    buyer = random_company(rng, market, kind=kind)
    while buyer.name == seller.name or buyer.trade_name.casefold() == seller.trade_name.casefold():
        buyer = random_company(rng, market, kind=kind)
    return seller, buyer


def _kind(rng: Random, shares: Mapping[Kind, int]) -> Kind:
    return rng.choices(list(shares), list(shares.values()))[0]


_SELLERS: Mapping[Kind, int] = {"firm": 80, "bare": 12, "person": 8}
_CHINESE_SELLERS: Mapping[Kind, int] = {"firm": 1}  # names end with the form there, by law
_BUYERS: Mapping[Kind, int] = {"firm": 58, "bare": 18, "person": 14, "body": 10}


def _consignee(rng: Random, market: Market, buyer: Company) -> Company | None:
    if not happens(rng, 0.22):
        return None
    other = random_company(rng, market)
    return replace(other, name=buyer.name) if happens(rng, 0.5) else other
