"""Words of terms of payment: days, at once, paying, discounts for paying early."""

import re

from extractor.values.dates import find_dates

OF_PAYMENT = frozenset(
    {"payment_terms", "due_date", "amount_due"}
)  # fields whose labels are words of payment

DAY = r"(?:calendar |working |Kalender|Werk)?(?:days?|Tagen?|jours?|dagen|días|giorni|gg\.?|dias)"
DAYS = re.compile(rf"\d+\)?\s*{DAY}(?!\w)|net\s+\d+\b|(?<![月\d])(?<!月 )\d+\s*(?:天|日)", re.IGNORECASE)
AT_ONCE = re.compile(
    r"\b(?:immediately|(?:up)?on receipt|on delivery|in advance|immediate|sofort|umgehend|unverzüglich"
    r"|nach Erhalt|bei Erhalt|vorkasse|immédiat|dadelijk|direct te (?:voldoen|betalen)|inmediato|immediato"
    r"|imediato"
    r"|comptant|à réception|dès réception|d'avance|bij ontvangst|na ontvangst|contant|per omgaande|vooruit"
    r"|al contado|a la vista|a la recepción|por adelantado|a vista|rimessa diretta|alla consegna"
    r"|al ricevimento|anticipato|à vista|a pronto|pronto pagamento|contra entrega)\b"
    r"|货到付款|款到发货|见票即付|立即付款",
    re.IGNORECASE,
)
PAYING = re.compile(
    r"\b(?:pay|zahl|règl|régl|regl|begleich|überweis|paie|betal|pag|incasso|domicilia|bank transfer|virement"
    r"|over te maken|overmaken|voldoen|voldaan|remit|settle|verser|acquitt|abonar|ingresar|versare"
    r"|saldare|liquidar|overschrijving|transferencia|bonifico|transferência"
    r"|due|fällig|échéan|verval|vencimi|scaden|vencimen|direct debit|lastschrift|prélèvement)"
    r"|(?<!预)付款|支付|结算(?![发發]票|单|單|日期|编号)|付清|电汇|汇款",
    re.IGNORECASE,
)
EARLY = re.compile(r"skonto|discount|escompte|korting|descuento|sconto|desconto|折扣|优惠", re.IGNORECASE)
TERM = re.compile(  # that needs no word of paying: "60 days after B/L date"
    r"(?!\W*[-–]\d)"  # what was given back
    r"(?:\W*(?:(?:strictly|net|netto|innerhalb(?: von)?|within|binnen|sous|entro|dentro de|em|en|a|à)\s+)?"
    rf"\d{{1,3}}\s*{DAY}\W*$"
    rf"|\W*\d{{1,3}}\s*{DAY}\s+\d[\d.,]*\s?%|月结\s*\d+\s*[天日]"
    r"|\W*net (?:7|10|14|15|20|21|28|30|45|60|90|120)\W*$"  # other numbers may be a net amount
    rf"|\W*(?:net|netto)?\s*\d{{1,3}}\s*{DAY}\s+(?:net\b|netto|after|from|of|end of|EOM"
    r"|ab|nach|fin de mois|date|à compter|na|vanaf|a partir|desde|fecha|f\.f\.|d\.?f\.?|data fattura"
    r"|dalla|após|da data|fim))",
    re.IGNORECASE,
)


def is_whole(text: str) -> bool:
    """Say whether a text tells when to pay, so that it need not go on."""
    return bool(DAYS.search(text) or AT_ONCE.search(text) or find_dates(text, is_day_first=None))


def terms_may_go_on(said: str, below: str) -> bool:
    """Say whether terms may go on with a line like a new sentence: they lack a time, or it has one."""
    return not is_whole(said) or bool(DAYS.search(below) or EARLY.search(below))
