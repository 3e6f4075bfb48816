"""The words by which contracts and invoices say what a line or an amount is.

One place for the vocabulary of reconciliation, in English, German, French and Chinese.
"""

import re
from enum import StrEnum

from extractor.validation.charges import DISCOUNT, FEE, PREPAID, RETENTION
from extractor.values.text import fold, squeeze

_SUM = re.compile(
    r"^(sub-?total|(grand |invoice )?total( (net|gross|amount|due))?|"
    r"zwischensumme|(gesamt|end|netto|brutto)?summe|gesamtbetrag|übertrag|"
    r"(amount )?(carried|brought) forward|sous-total|total h\.?t|"
    r"(net|netto)( ?(amount|betrag))?|(vat|mwst|ust|umsatzsteuer|sales tax|tax))\b.{0,20}$"
    r"|^([小合总]\s*计|价税合计|本页小计)"
)
_WITHOUT_TAX = re.compile(
    r"不含(增值)?税|不含稅|未税|税前|除税|税款另计|另加(增值)?税|"
    r"\bexclu\w+(\W+\w+){0,4}\W+(vat|tax|taxes|gst)\b|\bexcl\b|"
    r"\bplus (\w+ )?(vat|tax|mwst|ust|umsatzsteuer)|\b(vat|tax) extra|"
    r"zuzüglich|zzgl|\bnetto\w*|\bnet of\b|\bnet\b|"
    r"before (vat|tax)|hors taxes?|\bht\b|ohne (mwst|ust|umsatzsteuer|mehrwertsteuer)|without (vat|tax)"
)
_WITH_TAX = re.compile(
    r"含(增值)?税|含稅|价税合计|\binclu\w+(\W+\w+){0,4}\W+(vat|tax|taxes|gst)\b|\b(vat|tax|gst)[- ]inclusive|"
    r"\bincl\b\W+(\w+\W+)?(vat|tax|gst|mwst|ust)|\bbrutto\w*|"
    r"inkl\w*\W+(\w+\W+)*?(mwst|ust|umsatzsteuer|mehrwertsteuer)|"
    r"einschlie(ß|ss)lich (\S+ ){0,5}(mwst|ust|umsatzsteuer|mehrwertsteuer)|"
    r"\bttc\b|toutes taxes comprises|\bgross\b"
)
_OF_WHICH = re.compile(  # what follows is a part of the amount, which thus holds the tax
    r"其中[^。；;]{0,14}?(?:不含(?:增值)?税|税额|税款|税金|增值税)|"
    r"\b(?:of which|thereof|davon|darin|hierin)\b[^.;]{0,30}?\b(?:vat|tax|mwst|ust|umsatzsteuer)\b"
)
_NUMBER = (
    r"\d[\d.,]*(?![\d.,]|\s*(?:%|per\s?cent|prozent|hours?|days?|weeks?|months?|years?|"
    r"stunden?|tage?n?|wochen?|monate?n?|jahre?n?)\b|\s*%)"
)
_THRESHOLD = re.compile(  # a bound on what is ordered or billed, on which something depends
    r"\b(?:over|above|below|under|more\s+than|less\s+than|fewer\s+than|exceed\w*|at\s+least|not\s+less\s+than|orders?\s+(?:of|from))\s+"
    rf"(?:(?:a|the|an|order|total|value|amount|of)\s+)*(?:[a-z]{{3}}\s*|[€$£¥]\s*)?{_NUMBER}|"
    rf"\b(?:ab|über|unter|mehr\s+als|weniger\s+als|mindestens)\s+(?:[a-z]{{3}}\s*|€\s*)?{_NUMBER}|"
    r"(?:超过|达到|满|不足|低于|高于|少于|多于|未达到?)\s*(?:人民币)?\d[\d.,]*(?![\d.,]|\s*(?:%|个?[月天日年周]|小时))"
)
_DEPENDS = re.compile(
    r"\b(?:order|orders|quantit\w*|invoices?|volume|turnover|purchases?|value|amount|pieces|units)\b|bestell|auftr|abruf|menge|umsatz|rechnung|"
    r"stück|abnahme|订单|订货|采购|数量|金额|累计|单笔"
)
_YES = frozenset({"true", "yes", "ja", "oui", "是", "1", "included", "inclusive", "含税"})
_NO = frozenset({"false", "no", "nein", "non", "否", "0", "excluded", "exclusive", "不含税"})


class LineKind(StrEnum):
    """What a line of an invoice is, by its words and its sign."""

    GOODS = "goods"  # or services: what the contract's prices are for
    FEE = "fee"
    DISCOUNT = "discount"
    RETENTION = "retention"
    PREPAID = "prepaid"  # taken off because it was paid before
    SUM = "sum"  # a subtotal or carried-over amount that was taken for a line


def line_kind(text: str, *, is_negative: bool) -> LineKind:
    """Return what a line is. A price list that has the line overrules FEE."""
    words = fold(text)
    if _SUM.search(words):
        return LineKind.SUM
    if is_negative:
        if names_retention(text):
            return LineKind.RETENTION
        return LineKind.PREPAID if PREPAID.search(words) and not DISCOUNT.search(words) else LineKind.DISCOUNT
    return LineKind.FEE if FEE.search(words) else LineKind.GOODS


def names_retention(text: str) -> bool:
    """Say whether a text names what is kept back, perhaps in a word that was broken in two."""
    return bool(RETENTION.search(fold(text)) or RETENTION.search(squeeze(text)))


def has_condition(quote: str | None) -> bool:
    """Say whether a sentence lets something depend on how much is ordered or billed: "over EUR 1,000"."""
    words = fold(quote or "")
    return bool(_THRESHOLD.search(words) and _DEPENDS.search(words))


def says_tax_included(text: str | None, *, near: str | None = None) -> bool | None:
    """Say whether a text calls an amount one with tax; None where it does not say.

    Where a text speaks of both ("8,000 net, 9,520 gross"), what stands closest to
    `near`, the amount as printed, is meant.
    """
    words = fold(text or "")
    if words in _YES or words in _NO:
        return words in _YES
    words = _OF_WHICH.sub("含税", words)
    without = [match.span() for match in _WITHOUT_TAX.finditer(words)]
    with_tax = [
        match.span()
        for match in _WITH_TAX.finditer(words)
        if not any(start <= match.start() < end for start, end in without)  # 含税 in 不含税
    ]
    place = words.find(fold(near)) if near else -1
    if without and with_tax and place >= 0:
        end = place + len(fold(near or ""))
        return _distance(with_tax, place, end) < _distance(without, place, end)
    if without:
        return False
    return True if with_tax else None


def _distance(spans: list[tuple[int, int]], start: int, end: int) -> int:
    return min(max(start - last, first - end, 0) for first, last in spans)
