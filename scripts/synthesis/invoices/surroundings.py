"""What stands around the values of an invoice and a reader must pass over: numbers, people, small print."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random

from synthesis.chance import happens
from synthesis.identifiers import random_digits
from synthesis.invoices.bill import Bill, random_reference
from synthesis.invoices.layout import Layout
from synthesis.invoices.tax_numbers import tax_id_label
from synthesis.invoices.words import Wording, spellings

_CARRIERS = ("DHL", "UPS Standard", "DPD", "TNT Express", "GLS")
_INCOTERMS = ("EXW", "DAP", "CPT", "FCA (Incoterms 2020)")
_CODE_SIDE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One labelled value of the head. `name` is a field of the spec, or what it is called in the wording."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Everything beside the record, as printed. Empty texts and tuples are not there."""

    facts: tuple[Fact, ...]  # of the head, the record's own among them, in their order
    contacts: tuple[str, ...]
    register: tuple[str, ...]  # court and number, directors, capital, tax office's number
    attention: str
    intro: tuple[str, ...]
    tax_note: str
    sentences: tuple[str, ...]
    small_print: str
    closing: str
    signature: str
    has_other_account: bool
    code: tuple[tuple[bool, ...], ...]


def random_surroundings(rng: Random, bill: Bill, layout: Layout) -> Surroundings:
    """Invent what else a supplier prints."""
    words, record = spellings(layout.market.language), bill.record
    person = rng.choice(words["persons"])
    tax = {"tax": bill.tax_name, "currency": record.currency}
    notes = words[bill.tax_case] if bill.tax_case in {"reverse_charge", "exempt"} else ()
    return Surroundings(
        facts=_facts(rng, bill, layout),
        contacts=_contacts(rng, bill, layout.wording) if layout.has_contacts else (),
        register=_register(rng, bill, layout),
        attention=rng.choice(words["attention"]).format(person=person) if happens(rng, 0.2) else "",
        intro=_intro(rng, layout),
        tax_note=rng.choice(notes).format(**tax) if notes else "",
        sentences=tuple(_sentences(rng, bill, layout)),
        small_print=rng.choice(words["legal"]) if layout.has_legal else "",
        closing=rng.choice(words["closing"]) if happens(rng, 0.15) else "",
        signature=rng.choice(words["signature"]).format(seller=bill.seller.name)
        if layout.has_signature
        else "",
        has_other_account=happens(rng, 0.15),
        code=tuple(tuple(happens(rng, 0.5) for _ in range(_CODE_SIDE)) for _ in range(_CODE_SIDE))
        if layout.has_code
        else (),
    )


def _facts(rng: Random, bill: Bill, layout: Layout) -> tuple[Fact, ...]:
    found = [*_own_facts(rng, bill, layout), *_other_facts(rng, bill, layout)]
    if happens(rng, 0.35):
        rng.shuffle(found)
    if happens(rng, 0.15):
        names = {"credit_note": "credit_note_number", "receipt": "receipt_number"}
        found.sort(key=lambda fact: fact.name not in {"invoice_number", names.get(bill.record.invoice_type)})
    return tuple(found)


def _own_facts(rng: Random, bill: Bill, layout: Layout) -> list[Fact]:
    record, pen = bill.record, layout.pen
    number_label = {"credit_note": "credit_note_number", "receipt": "receipt_number"}.get(record.invoice_type)
    is_due_here = record.due_date and (not bill.is_due_date_in_terms or happens(rng, 0.4))
    texts = {
        "invoice_number": record.invoice_number if layout.title_form == "plain" else None,
        "issue_date": pen.day(record.issue_date)
        if layout.title_form != "number_date" and layout.date_form == "fact"
        else None,
        "due_date": pen.day(record.due_date) if record.due_date and is_due_here else None,
        "purchase_order_number": record.purchase_order_number,
        "contract_number": record.contract_number,
        "payment_terms": record.payment_terms if layout.terms_at == "meta" else None,
        "seller_tax_id": record.seller_tax_id if layout.tax_id_at == "meta" else None,
        "currency": record.currency if happens(rng, 0.1) else None,
    }
    names = {
        "invoice_number": number_label or "invoice_number",
        "seller_tax_id": tax_id_label(record.seller_tax_id or ""),
    }
    return [
        Fact(name=name, label=_label(layout, names.get(name, name)), text=text)
        for name, text in texts.items()
        if text
    ]


def _other_facts(rng: Random, bill: Bill, layout: Layout) -> list[Fact]:
    words, pen, record = spellings(layout.market.language), layout.pen, bill.record
    issued, year = record.issue_date, record.issue_date.year
    before = pen.day(issued - timedelta(days=rng.randint(2, 40)))
    ordered = pen.day(issued - timedelta(days=rng.randint(20, 90)))
    period = f"{pen.day(issued.replace(day=1))} – {pen.day(issued.replace(day=27))}"
    chances = {
        "customer_number": (0.5, random_digits(rng, rng.choice((4, 5, 6)))),
        "our_reference": (0.25, rng.choice(words["persons"])),
        "your_reference": (0.15, f"{rng.choice('ABGHKL')}{rng.choice('AEMST')}/{rng.choice('abcdfk')}"),
        "project": (0.12, f"{rng.choice('PKQ')}-{random_digits(rng, 4)}"),
        "order_date": (0.3 if record.purchase_order_number else 0.05, ordered),
        "quotation": (0.08, random_reference(rng, year)),
        "delivery_note": (0.22, random_digits(rng, 6)),
        "delivery_date": (0.3, before),
        "service_period": (0.1, period),
        "ship_via": (0.08, rng.choice(_CARRIERS)),
        "incoterms": (0.06, rng.choice(_INCOTERMS)),
        "print_date": (0.04, pen.day(issued + timedelta(days=rng.randint(0, 3)))),
        "time": (0.04, f"{rng.randint(7, 19):02}:{rng.randint(0, 59):02}"),
        "original_invoice": (
            1.0 if record.invoice_type == "credit_note" else 0.0,
            random_reference(rng, year),
        ),
    }
    found = [
        Fact(name=name, label=_label(layout, name), text=text)
        for name, (share, text) in chances.items()
        if happens(rng, share) and name in layout.wording
    ]
    return found if len(found) < 6 else found[:5]  # noqa: PLR2004 - a head has only so much room


def _label(layout: Layout, name: str) -> str:
    text = layout.label(name, end=False)
    if layout.is_bilingual:
        english = spellings("en")[name][0].replace("{tax}", "VAT")
        return f"{text} / {english.upper() if layout.label_form == 'caps' else english}"
    return text


def _contacts(rng: Random, bill: Bill, wording: Wording) -> tuple[str, ...]:
    seller = bill.seller
    end = rng.choice((": ", " ", ": "))
    parts = (
        ("phone", seller.phone, 0.9),
        ("fax", seller.fax, 0.4),
        ("email", seller.email, 0.7),
        ("web", seller.web, 0.5),
    )
    return tuple(
        text if name in {"email", "web"} and happens(rng, 0.5) else f"{wording[name]}{end}{text}"
        for name, text, share in parts
        if happens(rng, share)
    )


def _register(rng: Random, bill: Bill, layout: Layout) -> tuple[str, ...]:
    words, seller = spellings(layout.market.language), bill.seller
    found = []
    if seller.register and layout.market.register:
        found.append(f"{rng.choice(layout.market.register).format(town=seller.town)} {seller.register}")
    if words["director"] and happens(rng, 0.5):
        found.append(f"{rng.choice(words['director'])}: {rng.choice(words['persons'])}")
    if words["capital"] and layout.market.currencies[0] == "EUR" and happens(rng, 0.3):
        found.append(
            rng.choice(words["capital"]).format(
                amount=layout.pen.bare(Decimal(rng.choice((10_000, 25_000, 50_000))))
            )
        )
    if (
        words["tax_office_number"]
        and layout.market.country == "DE"
        and bill.record.seller_tax_id  # else it would be the seller's only one
        and "/" not in seller.tax_id
        and happens(rng, 0.5)
    ):
        number = f"{rng.randint(12, 99)}/{random_digits(rng, 3)}/{random_digits(rng, 5)}"
        found.append(f"{rng.choice(words['tax_office_number'])} {number}")
    return tuple(found)


def _intro(rng: Random, layout: Layout) -> tuple[str, ...]:
    if not layout.has_intro:
        return ()
    words = spellings(layout.market.language)
    intro = rng.choice(words["intro"])
    return (rng.choice(words["greeting"]), intro) if happens(rng, 0.4) else (intro,)


def _sentences(rng: Random, bill: Bill, layout: Layout) -> list[str]:
    words = spellings(layout.market.language)
    found = []
    if layout.has_thanks:
        found.append(rng.choice(words["thanks"]))
    if happens(rng, 0.08):
        found.append(rng.choice(words["reminder"]).format(currency=bill.record.currency))
    return found
