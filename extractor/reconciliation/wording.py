"""The words by which contracts and invoices say what a line or an amount is.

One place for the vocabulary of reconciliation, in English, German, French and Chinese.
"""

import re
from enum import StrEnum

from extractor.values.text import fold

_FEE = re.compile(
    r"\b(freight|shipping|shipment|handling|postage|carriage|courier|"
    r"delivery (charge|fee|cost)s?|surcharges?|fees?|"
    r"packing|packaging|rush|expedit\w*|insurance|toll|fuel|levy|charges?|mileage|travel|expenses|disbursements?|"
    r"porto|fracht\w*|versand\w*|\w*gebühr(en)?|\w*zuschlag|\w*zuschläge|\w*pauschale|\w*kosten|verpackung\w*|"
    r"maut\w*|"
    r"anfahrt\w*|spesen|lieferung|transport\w*|express\w*|"
    r"frais|port|livraison|emballage|supplément|surcoût|acheminement|affranchissement|déplacement)\b"
    r"|[费費]\s*(用)?\s*([(（].*)?$|运费|运输费|手续费|邮费|快递|加急|包装费|装卸|附加费|管理费|服务费|物流"
)
_DISCOUNT = re.compile(
    r"\b(discounts?|rebate|allowance|reduction|\w*rabatt\w*|\w*nachlass|\w*nachlaß|skonto|bonus|remise|"
    r"réduction|rabais|"
    r"ristourne|escompte)\b|折扣|优惠|让利|减免|返利|折让"
)
_RETENTION = re.compile(
    r"\b(retention|retainage|retained|holdback|\w*einbehalt\w*|retenue)\b|质保金|保留金|质量保证金|保修金|尾款扣留|扣留"
)
_PREPAID = re.compile(
    r"\b(deposit|advance|prepaid|prepayment|down ?payment|paid|"
    r"anzahlung\w*|abschlagszahlung\w*|acompte|avance)\b|"
    r"预付|定金|订金|已付"
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
    r"einschlie(ß|ss)lich (\w+ )*?(mwst|ust|umsatzsteuer|mehrwertsteuer)|"
    r"\bttc\b|toutes taxes comprises|\bgross\b"
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


def line_kind(text: str, *, is_negative: bool) -> LineKind:
    """Return what a line is. A price list that has the line overrules FEE."""
    words = fold(text)
    if is_negative:
        if _RETENTION.search(words):
            return LineKind.RETENTION
        return (
            LineKind.PREPAID if _PREPAID.search(words) and not _DISCOUNT.search(words) else LineKind.DISCOUNT
        )
    return LineKind.FEE if _FEE.search(words) else LineKind.GOODS


def says_tax_included(text: str | None, *, near: str | None = None) -> bool | None:
    """Say whether a text calls an amount one with tax; None where it does not say.

    Where a text speaks of both ("8,000 net, 9,520 gross"), what stands closest to
    `near`, the amount as printed, is meant.
    """
    words = fold(text or "")
    if words in _YES or words in _NO:
        return words in _YES
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
