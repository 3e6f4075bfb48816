"""Generate contracts: random terms in random wording and numbering, with the exact truth."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from synthesis.canvas import Face
from synthesis.chance import happens, seeded
from synthesis.contract import draw_contract
from synthesis.contract_record import ContractRecord, Milestone, PriceRow
from synthesis.contract_sheet import ContractStyle
from synthesis.contract_truth import Term, terms_of
from synthesis.goods import random_price, wares
from synthesis.identifiers import random_digits
from synthesis.notation import CENT
from synthesis.parties import random_party

_NUMBERINGS = {
    "en": ("decimal", "decimal", "article"),
    "de": ("decimal", "paragraph", "paragraph"),
    "zh": ("clause", "clause", "chinese", "decimal"),
}
_TITLES = {
    "en": ("Supply Agreement", "Framework Agreement", "Services Agreement", "Purchase Contract"),
    "de": ("Liefervertrag", "Rahmenvertrag", "Kaufvertrag", "Dienstleistungsvertrag"),
    "zh": ("采购合同", "供货合同", "框架采购协议", "服务合同"),
}
_RATES = {"en": (20, 20, 5), "de": (19, 19, 7), "zh": (13, 13, 9, 6)}
_CURRENCIES = {"en": ("GBP", "GBP", "USD", "EUR"), "de": ("EUR",), "zh": ("CNY",)}
_LATE_FEES = {
    "en": ("8% per annum", "1.5% per month", "4 per cent a year above the base rate"),
    "de": ("neun Prozentpunkten über dem Basiszinssatz", "5 % p. a."),
    "zh": ("应付未付金额每日万分之五", "逾期金额每日0.05%"),
}
_FEES = {
    "en": ("carriage at cost", "a call-out charge of 45.00"),
    "de": ("Fracht nach Aufwand", "eine Anfahrtspauschale von 45,00"),
    "zh": ("实际发生的运费", "上门服务费"),
}
_LAWS = {
    "en": ("England and Wales", "Scotland"),
    "de": ("Bundesrepublik Deutschland",),
    "zh": ("中华人民共和国",),
}
_STEPS = {
    "en": (
        ("On signing", "signature"),
        ("On delivery", "delivery note"),
        ("On acceptance", "acceptance record"),
    ),
    "de": (
        ("Bei Auftrag", "Unterschrift"),
        ("Bei Lieferung", "Lieferschein"),
        ("Nach Abnahme", "Abnahmeprotokoll"),
    ),
    "zh": (("预付款", "合同签订后"), ("到货款", "到货验收后"), ("尾款", "质保期满后")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedContract:
    """A contract as a file, with its terms, their clauses and pages."""

    name: str
    content: bytes
    record: ContractRecord
    style: ContractStyle
    terms: Mapping[str, Term]
    sentences: Mapping[str, str]  # term -> the provision that fixes it, as drawn


def generate_contract(seed: int, *, language: str, further_clauses: int = 0) -> GeneratedContract:
    """Make the contract that belongs to the seed: the same bytes every time.

    `further_clauses` that fix nothing make it longer, by a sixth of a page each.
    """
    rng = seeded(f"contract-{language}-{seed}")
    record = random_contract(rng, language)
    style = random_contract_style(rng, language)
    drawn = draw_contract(record, style, further_clauses=further_clauses)
    return GeneratedContract(
        name=f"contract-{language}-{seed:04}.pdf",
        content=drawn.content,
        record=record,
        style=style,
        terms=terms_of(record, drawn),
        sentences={name: place.sentence for name, place in drawn.places.items() if place.sentence},
    )


def random_contract_style(rng: Random, language: str) -> ContractStyle:
    """Choose numbering, wording and type at random."""
    return ContractStyle(
        numbering=rng.choice(_NUMBERINGS[language]),
        wording=rng.randrange(6),
        face=Face.CJK if language == "zh" else rng.choice((Face.SANS, Face.FIRA)),
        size=rng.choice((9.0, 10.0, 11.0)),
    )


def random_contract(rng: Random, language: str) -> ContractRecord:
    """Return terms that do not contradict each other."""
    seller, buyer = random_party(rng, language), random_party(rng, language)
    while buyer.name == seller.name:
        buyer = random_party(rng, language)
    signed = date(2024, 1, 8) + timedelta(days=rng.randrange(700))
    starts = signed + timedelta(days=rng.randrange(30))
    rows = _random_rows(rng, language)
    total = _random_total(rng, rows)
    kind = "增值税专用发票" if happens(rng, 0.7) else "增值税普通发票"
    return ContractRecord(
        language=language,
        contract_number=rng.choice(("{y}-{n}", "C/{n}/{y}", "HT{y}{n}", "V-{n}")).format(
            y=signed.year, n=random_digits(rng, 4)
        ),
        title=rng.choice(_TITLES[language]),
        seller=seller,
        buyer=buyer,
        signing_date=signed,
        effective_date=starts,
        expiry_date=starts + timedelta(days=rng.choice((364, 729, 180))),
        currency=rng.choice(_CURRENCIES[language]),
        tax_rate=Decimal(rng.choice(_RATES[language])),
        price_list=rows,
        prices_include_tax=happens(rng, 0.3),
        total_amount=total,
        total_includes_tax=happens(rng, 0.4),
        invoice_type_required=kind if language == "zh" else None,
        payment_days=rng.choice((7, 10, 14, 15, 20, 30, 45, 60)),
        payment_trigger=rng.choice(("invoice_date", "invoice_receipt", "delivery")),
        agreed_discount=Decimal(rng.choice((2, 3, 5))) if happens(rng, 0.2) else None,
        early_discount=(Decimal(2), 10) if language != "zh" and happens(rng, 0.3) else None,
        late_fee_rate=rng.choice(_LATE_FEES[language]) if happens(rng, 0.6) else None,
        milestones=_random_steps(rng, language, total) if total and happens(rng, 0.25) else (),
        retention_rate=Decimal(rng.choice((3, 5, 10))) if happens(rng, 0.25) else None,
        allowed_fees=(rng.choice(_FEES[language]),) if happens(rng, 0.3) else (),
        governing_law=rng.choice(_LAWS[language]),
        renewal_months=12 if happens(rng, 0.3) else None,
        notice_days=rng.choice((30, 60, 90)) if happens(rng, 0.5) else None,
        is_list_annexed=happens(rng, 0.35),
    )


def _random_rows(rng: Random, language: str) -> tuple[PriceRow, ...]:
    chosen = rng.sample(wares(language), k=rng.choice((2, 3, 4, 6)))
    has_quantities = happens(rng, 0.5)
    return tuple(
        PriceRow(
            description=ware.name,
            specification=ware.specification,
            unit=ware.unit,
            unit_price=random_price(rng, ware),
            quantity=Decimal(rng.choice((5, 10, 20, 50, 200))) if has_quantities else None,
        )
        for ware in chosen
    )


def _random_total(rng: Random, rows: tuple[PriceRow, ...]) -> Decimal | None:
    if rows[0].quantity:
        return sum(((row.quantity or 0) * row.unit_price for row in rows), Decimal(0)).quantize(CENT)
    return Decimal(rng.choice((20_000, 50_000, 120_000))).quantize(CENT) if happens(rng, 0.7) else None


def _random_steps(rng: Random, language: str, total: Decimal) -> tuple[Milestone, ...]:
    shares = rng.choice(((30, 60, 10), (20, 50, 30), (40, 40, 20)))
    amounts = [(total * share / 100).quantize(CENT) for share in shares[:-1]]
    amounts.append(total - sum(amounts))
    return tuple(
        Milestone(name=name, share=Decimal(share), amount=amount, due=due)
        for (name, due), share, amount in zip(_STEPS[language], shares, amounts, strict=True)
    )
