"""Generate files of several invoices: batches of a scanner, months put together, with what lies between."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from synthesis.canvas import Canvas, Face, page_count
from synthesis.chance import happens, seeded
from synthesis.fapiao import generate_fapiao
from synthesis.invoice_drawing import draw_invoice
from synthesis.invoice_style import Style, random_style
from synthesis.paging import random_paging
from synthesis.plain_record import random_record
from synthesis.record import InvoiceRecord

LANGUAGES = ("en", "de", "fr", "zh", "nl", "es", "it", "pt")
_CONDITIONS = {
    "en": (
        "General terms and conditions",
        "Payment is due without deduction. Goods remain ours until paid. ",
    ),
    "de": (
        "Allgemeine Geschäftsbedingungen",
        "Zahlungen sind ohne Abzug fällig. Es gilt Eigentumsvorbehalt. ",
    ),
    "fr": ("Conditions générales de vente", "Le paiement est dû sans escompte. La propriété est réservée. "),
    "zh": ("一般交易条款", "货款应按期支付，逾期支付的按日计收违约金。货物所有权自付清货款时转移。"),
    "nl": ("Algemene voorwaarden", "Betaling geschiedt zonder korting. Goederen blijven ons eigendom. "),
    "es": ("Condiciones generales", "El pago se hará sin descuento. La mercancía sigue siendo nuestra. "),
    "it": ("Condizioni generali di vendita", "Il pagamento avviene senza sconti. La merce resta nostra. "),
    "pt": ("Condições gerais de venda", "O pagamento é feito sem desconto. A mercadoria continua nossa. "),
}
_DELIVERY = {
    "en": ("Delivery note", "Delivery note no."),
    "de": ("Lieferschein", "Lieferschein-Nr."),
    "fr": ("Bon de livraison", "N° de bon de livraison"),
    "zh": ("送货单", "送货单号"),
    "nl": ("Pakbon", "Pakbonnummer"),
    "es": ("Albarán", "N.º de albarán"),
    "it": ("Documento di trasporto", "DDT n."),
    "pt": ("Guia de remessa", "Guia de remessa n.º"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedDocument:
    """One document of a collection as a file of its own, and how many pages it has."""

    content: bytes
    page_count: int
    invoice_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedCollection:
    """Invoices in one order, each with what is attached behind it.

    `groups` holds the files of each invoice: the invoice, then its attachments.
    """

    groups: tuple[tuple[GeneratedDocument, ...], ...]

    @property
    def parts(self) -> tuple[tuple[int, ...], ...]:
        """Return the page numbers of each invoice with its attachments."""
        counts = [sum(each.page_count for each in group) for group in self.groups]
        starts = [1 + sum(counts[:index]) for index in range(len(counts))]
        return tuple(tuple(range(start, start + n)) for start, n in zip(starts, counts, strict=True))

    @property
    def contents(self) -> Iterator[bytes]:
        """Yield the files in order, to be joined."""
        return (each.content for group in self.groups for each in group)


def generate_collection(seed: int, *, most: int = 6) -> GeneratedCollection:
    """Make the collection that belongs to the seed: one to `most` invoices, the same bytes every time.

    A part of the collections is of one seller, in one layout: only numbers, dates and lines
    differ.
    """
    rng = seeded(f"collection-{seed}")
    count = rng.randint(1, most)
    is_fapiao = happens(rng, 0.15)
    language = rng.choice(LANGUAGES)
    if is_fapiao:
        return GeneratedCollection(groups=tuple(_fapiao(rng) for _ in range(count)))
    if happens(rng, 0.5):
        return GeneratedCollection(groups=tuple(_of_one_seller(rng, language, count)))
    languages = [language] * count if happens(rng, 0.5) else rng.choices(LANGUAGES, k=count)
    return GeneratedCollection(
        groups=tuple(_group(rng, random_record(rng, each), random_style(rng, each)) for each in languages)
    )


def _of_one_seller(rng: Random, language: str, count: int) -> Iterator[tuple[GeneratedDocument, ...]]:
    first, style = random_record(rng, language), random_style(rng, language)
    is_to_one_buyer = happens(rng, 0.5)
    for index in range(count):
        record = replace(
            random_record(rng, language),
            seller_name=first.seller_name,
            seller_tax_id=first.seller_tax_id,
            seller_address=first.seller_address,
            seller_bank_account=first.seller_bank_account,
            currency=first.currency,
            invoice_number=_following(first.invoice_number, index),
            issue_date=first.issue_date + timedelta(days=7 * index),
        )
        if is_to_one_buyer:
            record = replace(
                record,
                buyer_name=first.buyer_name,
                buyer_address=first.buyer_address,
                buyer_tax_id=first.buyer_tax_id,
            )
        yield _group(rng, record, style)


def _following(number: str, steps: int) -> str:
    """Return a number some steps on: its last digits count."""
    head = number.rstrip("0123456789")
    tail = number[len(head) :]
    return f"{head}{(int(tail) + steps) % 10 ** len(tail):0{len(tail)}}"


def _group(rng: Random, record: InvoiceRecord, style: Style) -> tuple[GeneratedDocument, ...]:
    number, language = record.invoice_number, style.language
    content = draw_invoice(record, style, paging=random_paging(rng, language))
    group = [_document(content, number)]
    if happens(rng, 0.2):
        group.append(_document(_conditions(rng, language), number))
    if happens(rng, 0.15):
        group.append(_document(_delivery_note(rng, record, language), number))
    if happens(rng, 0.1):
        group.append(_document(Canvas().content(), number))
    return tuple(group)


def _fapiao(rng: Random) -> tuple[GeneratedDocument, ...]:
    made = generate_fapiao(rng.randrange(10_000))
    return (_document(made.content, made.truth.fields["invoice_number"] or ""),)


def _document(content: bytes, number: str) -> GeneratedDocument:
    return GeneratedDocument(content=content, page_count=page_count(content), invoice_number=number)


def _conditions(rng: Random, language: str) -> bytes:
    title, sentence = _CONDITIONS[language]
    canvas = _canvas(language)
    canvas.text(48, 60, title, size=14)
    y = 100.0
    for clause in range(1, 13):
        y = canvas.paragraph(48, y, f"{clause}. {sentence * rng.randint(1, 3)}", width=490, size=8) + 8
    random_paging(rng, language).draw(canvas, "")
    return canvas.content()


def _delivery_note(rng: Random, record: InvoiceRecord, language: str) -> bytes:
    title, label = _DELIVERY[language]
    canvas = _canvas(language)
    canvas.text(48, 50, record.seller_name, size=12)
    canvas.text(48, 100, title, size=16)
    canvas.text(48, 140, f"{label}: {rng.randint(10_000, 99_999)}")
    for row, line in enumerate(record.line_items[:20]):
        canvas.text(48, 190 + 16 * row, line.description)
        canvas.text(480, 190 + 16 * row, f"{line.quantity}", align="right")
    return canvas.content()


def _canvas(language: str) -> Canvas:
    return Canvas(face=Face.CJK if language == "zh" else Face.SANS)
