"""The tax rate, and what kind of invoice is asked for."""

import re
from collections.abc import Iterator

from extractor.engines.contract.figures import find_shares
from extractor.engines.contract.rules import LIKELY, POSSIBLE, SURE, Found, Rule, Span, Statement
from extractor.values.rates import FoundRate

_CLOSE = 30  # the same, where nothing is unsure
_FAR = 60  # characters between a rate and the tax
_MAX_RATE = 40  # percent
_TAX = re.compile(
    r"征收率|\bvat\b|value[- ]added\s+tax|\bgst\b|sales\s+tax|consumption\s+tax|\btax\s+rate|rate\s+of\s+tax|"
    r"\btax(?:es)?\b|umsatzsteuer|mehrwertsteuer|mwst|\bust\b|steuersatz|增值税|税率|税点|含税|税金"
)
_OTHER_TAX = re.compile(
    r"withholding|income\s+tax|corporate\s+tax|stamp|property\s+tax|quellensteuer|einkommensteuer|"
    r"bauabzug|所得税|印花税|附加税|代扣"
)
_OTHER_RATE = re.compile(
    r"discount|skonto|rabatt|interest|penalt|retention|retain|einbehalt|zinsen|verzug|折扣|优惠|违约金|滞纳|质保金|"
    r"预付|进度款|支付至|royalt|commission"
)

_ADJECTIVE = (
    r"(?:proper|valid|correct|final|original|tax|vat|commercial|detailed|itemi[sz]ed|compliant|"
    r"special|general|formal|official|full|regular|monthly|progress|interim|partial|stage|verifiable|"
    r"electronic|written|separate|auditable|due)"
)
_EN_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("vat_special", re.compile(r"special\s+vat\s+invoices?|vat\s+special\s+invoices?")),
    ("vat_general", re.compile(r"general\s+vat\s+invoices?|vat\s+general\s+invoices?")),
    (
        "partial",
        re.compile(
            r"(?:progress|interim|partial|stage|milestone|"
            r"instal?lment)\s+(?:payment\s+)?(?:tax\s+)?invoices?|progress\s+(?:claims?|billings?)"
        ),
    ),
    ("prepayment", re.compile(r"(?:pre-?payment|advance\s+payment|deposit)\s+invoices?")),
    (
        "commercial",
        re.compile(
            rf"(?:{_ADJECTIVE}[\s,]+(?:and\s+)?)*(?:vat|tax|commercial)\s+invoices?|"
            rf"(?:an?\s+)?(?:{_ADJECTIVE}[\s,]+(?:and\s+)?)+invoices?|(?<![-\w])an?\s+invoice\b"
        ),
    ),
)
_ISSUING = re.compile(
    r"\bbilled\b|\b(?:issue|issues|submit|submits|provide|provides|send|sends|render|renders|raise|raises|deliver|"
    r"present|supply|furnish)\b|\binvoic(?:e|es|ing)\s+(?:by|is|are\s+(?:made|issued|submitted))|"
    r"against|upon\s+(?:receipt|presentation)\s+of\s+an?\s|(?:type|form|kind)\s+of\s+invoice|"
    r"is\s+billed|billing|invoiced|bills?\b|on\s+the\s+basis\s+of"
)
_NEGATED = re.compile(r"(?:pro[- ]?forma|not\s+(?:a|an)|no|keine?r?|statt|anstelle)[-\s\w]{0,4}$")
_PROFORMA = re.compile(r"pro[- ]?forma")
_DE_INVOICE = re.compile(
    r"(?<![-\w])(?P<kind>abschlags|teil|schluss|anzahlungs|vorauszahlungs|zwischen|monats|sammel|"
    r"einzel|handels)?[-]?rechnung(?:en)?\b"
)
_DE_ISSUING = re.compile(
    r"\brechnet\b|abgerechnet|abrechnung|stellt|stellen|ausgestellt|ausstell|legt|übersendet|erteilt|fakturiert|"
    r"erstellt|reicht|vorlage|in\s+form\s+eine|rechnungsart|rechnungstyp|ordnungsgemäß|ordnungsmäßig|"
    r"prüffähig|prüfbar|erfolgt\s+(?:\w+\s+){0,3}(?:durch|mit|per|gegen|in)|berechnet"
)
_DE_ADJECTIVE = re.compile(
    r"(?:ordnungsgemäß|ordnungsmäßig|prüffähig|prüfbar|formgerecht|gültig|detailliert|steuerlich|"
    r"korrekt|vollständig|gesetzeskonform|handelsüblich)\w*\s*(?:,\s*\w+\s+|und\s+\w+\s+)?$|"
    r"(?:eine[rn]?|als|in\s+form)\s+$"
)
_DE_PAID = re.compile(r"(?:bezahlt|beglichen|ausgeglichen|überwiesen|zahlbar|fällig)\b")
_ZH_INVOICE = re.compile(
    r"(?P<printed>(?:数电|全电|电子)?(?:增值税)?(?:电子)?(?:专用|普通)发票|(?:数电|全电|增值税|电子)?[专普]票|电子发票\((?:增值税专用|"
    r"普通)发票\)|商业发票|形式发票|(?:正式|有效|合法|正规|税务|等额|足额|合规)(?:的)?(?:税务)?发票|普通商业发票|发票)"
)
_ZH_ISSUING = re.compile(
    r"随附|随货|附上|开具|提供|出具|开出|开票|提交|交付|发票(?:类型|种类|形式|类别|要求)|凭|给予|送达"
)


def find_tax_rate(statement: Statement) -> Iterator[Found]:
    """Find the rate of the tax that is billed."""
    if not statement.has(_TAX) or statement.has(_OTHER_TAX):
        return
    cues = [match.span() for match in _TAX.finditer(statement.low)]
    rates = [
        each
        for each in find_shares(statement.text)
        if 0 <= each.rate < _MAX_RATE and not _is_other(statement, each)
    ]
    if not rates:
        return
    best = min(rates, key=lambda each: _distance(cues, each))
    distance = _distance(cues, best)
    if distance > _FAR:
        return
    span = Span(start=best.start, end=best.end, value=best.rate)
    yield Found(term="tax_rate", span=span, score=SURE if distance < _CLOSE else LIKELY)


def find_invoice_type(statement: Statement) -> Iterator[Found]:
    """Find what kind of invoice the seller must issue."""
    if "发票" in statement.low or "专票" in statement.low or "普票" in statement.low:
        yield from _chinese_type(statement)
    elif "rechnung" in statement.low:
        yield from _german_type(statement)
    elif "invoice" in statement.low:
        yield from _english_type(statement)


def _chinese_type(statement: Statement) -> Iterator[Found]:
    if not statement.has(_ZH_ISSUING):
        return
    for match in _ZH_INVOICE.finditer(statement.text):
        printed = match["printed"]
        code = _chinese_code(printed)
        if code is None:
            continue
        before = statement.text[max(0, match.start() - 6) : match.start()]
        if re.search(r"不(?:得|可|接受|能)|非", before):
            continue
        yield Found(
            term="invoice_type_required",
            span=Span(start=match.start(), end=match.end(), value=code),
            score=SURE,
        )
        return


def _chinese_code(printed: str) -> str | None:
    is_electronic = "电" in printed
    if "专" in printed:
        return "e_vat_special" if is_electronic else "vat_special"
    if "普" in printed and "商业" not in printed:
        return "e_vat_general" if is_electronic else "vat_general"
    if "商业" in printed:
        return "commercial"
    return None


def _german_type(statement: Statement) -> Iterator[Found]:
    if not statement.has(_DE_ISSUING):
        return
    for match in _DE_INVOICE.finditer(statement.low):
        before = statement.low[max(0, match.start() - 45) : match.start()]
        if _NEGATED.search(before) or "proforma" in before[-12:] or "gutschrift" in before:
            continue
        kind = match["kind"]
        is_described = bool(_DE_ADJECTIVE.search(before)) or "keine proforma" in statement.low
        if kind is None and not is_described:
            continue
        if not is_described and _DE_PAID.search(statement.low[match.end() :]):
            continue  # how such invoices are paid, not that they are asked for
        code = {
            "abschlags": "partial",
            "teil": "partial",
            "zwischen": "partial",
            "anzahlungs": "prepayment",
            "vorauszahlungs": "prepayment",
        }.get(kind or "", "commercial")
        yield Found(
            term="invoice_type_required",
            span=Span(start=match.start(), end=match.end(), value=code),
            score=SURE if is_described else LIKELY,
        )
        return


def _english_type(statement: Statement) -> Iterator[Found]:
    if not statement.has(_ISSUING):
        return
    for code, pattern in _EN_KINDS:
        for match in pattern.finditer(statement.low):
            before = statement.low[max(0, match.start() - 20) : match.start()]
            printed = match.group()
            if _NEGATED.search(before) or _PROFORMA.search(printed):
                continue
            is_bare = re.fullmatch(r"an?\s+invoice", printed) is not None
            if is_bare and not _PROFORMA.search(statement.low):
                continue
            start = match.start() + (len(printed) - len(re.sub(r"^an?\s+", "", printed)))
            is_typed = bool(re.search(r"vat|tax|commercial|final|progress|interim|stage|special", printed))
            span = Span(start=start, end=match.end(), value=code)
            yield Found(term="invoice_type_required", span=span, score=SURE if is_typed else POSSIBLE)
            return


def _is_other(statement: Statement, rate: FoundRate) -> bool:
    window = statement.low[max(0, rate.start - 40) : rate.end + 25]
    return bool(_OTHER_RATE.search(window)) and not re.search(
        r"vat|steuersatz|税率|umsatzsteuer|mwst", window
    )


def _distance(cues: list[tuple[int, int]], rate: FoundRate) -> int:
    return min(max(0, rate.start - end, start - rate.end) for start, end in cues)


RULES: tuple[Rule, ...] = (find_tax_rate, find_invoice_type)
