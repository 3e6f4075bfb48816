"""The contract sum and the currency."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.engines.contract.figures import find_money
from extractor.engines.contract.headers import is_tax_included
from extractor.engines.contract.rules import LIKELY, POSSIBLE, SURE, WEAK, Found, Rule, Span, Statement
from extractor.engines.contract.terms.fees import NAMED_FEE
from extractor.values.amounts import FoundAmount
from extractor.values.currencies import CODES, find_currency
from extractor.values.numerals import parse_chinese_amount
from extractor.values.units import is_known_unit

_ONE_CURRENCY = 160  # characters of a sentence that speaks of one currency only
_TOTAL = re.compile(
    r"(?:pay|receive)s?\s+(?:\w+\s+){0,4}the\s+sum\s+of|amount\s+payable|(?:no|(?:pay|spend|invoice|bill|charge|claim)(?:ed)?)\s+more\s+than|in\s+aggregate|以\S{1,16}为限|不高于|(?:total|contract|agreement|overall|aggregate|lump|project|order|purchase|works?|entire|fixed|"
    r"estimated|maximum|all-in|fixed)\s*(?:[-\s](?:contract|lump|purchase|fixed|agreed|project|price|"
    r"order|net|gross|estimated|maximum))*\s*(?:price|sum|value|amount|fees?|cost|consideration|"
    r"remuneration|budget|charges?|volume|compensation|spend)\b|lump[- ]sum|total\s+(?:of|is|to|price)|"
    r"\btotals\b|in\s+total|grand\s+total|in\s+the\s+aggregate|cap(?:ped)?\b|ceiling|upper\s+limit|"
    r"not\s+(?:to\s+)?exceed|limited\s+to|maximum\s+(?:of|total|aggregate|remuneration|contract)|"
    r"(?:price|fee|sum|value|remuneration|consideration)\s+(?:for|of)\s+(?:the\s+)?(?:works?|goods|"
    r"project|services|contract|purchase|all)"
    r"|gesamt(?:preis|betrag|summe|wert|vergütung|volumen|auftragswert|honorar|kosten|entgelt|"
    r"kaufpreis)|vertrags(?:wert|summe|preis|volumen)|auftrags(?:summe|wert|volumen)|(?:höchst|"
    r"maximal)(?:betrag|wert|summe|vergütung|preis|volumen)|obergrenze|deckel|kostenrahmen|budget|"
    r"pauschal(?:preis|summe|betrag|honorar|vergütung|festpreis)?|festpreis|kaufpreis|werklohn|"
    r"bausumme|abruf(?:volumen|höchstwert|wert)|bestellwert|(?:maximal|höchstens|insgesamt|"
    r"nicht\s+(?:über(?:steigen|schreiten)|mehr\s+als))|begrenzt"
    r"|(?:合同|协议|总|项目|工程|服务|采购|订单|货款|本合同|约定)\S{0,4}(?:总价|总金额|总额|总价款|价款总额|价款|金额|费用总额|造价|总费用|价格总计|总值|总计)|"
    r"总\s*(?:价|金额|额|价款|计|费用|造价|货款)|最高(?:限额|金额|额|总额)|上限|限额|不(?:得)?超过|封顶|合计|暂定价|暂估价|包干价|合同价|服务费总额|签约合同价|"
    r"工程款总额|年度采购额"
)
_STRONG = re.compile(
    r"contract\s+(?:price|sum|value)|total\s+(?:contract|price|amount|value|fee|consideration)|"
    r"lump\s+sum|the\s+sum\s+of|order\s+value|works\s+price|fee\s+cap|price\s+cap|\bcap\b|maximum|aggregate|"
    r"not\s+exceed|in\s+all|gesamt|vertragswert|vertragssumme|auftragssumme|auftragswert|höchst|"
    r"pauschal|bausumme|合同总|合同金额|合同价|总价|总金额|总额|限额|上限"
)
_OTHER = re.compile(
    r"liab(?:le|ility)|minimum|any\s+(?:single|one)|initial|set-?up|one-time|annual|in\s+addition\s+to|"
    r"(?<!thousand )(?<!hundred )(?<!million )pounds\b(?!\s+sterling)|indemn|insur|"
    r"penalt|damages|deposit|advance|down\s*payment|"
    r"per\s+(?:month|hour|day|year|unit|piece|incident|occurrence|annum|call)|hourly|monthly|"
    r"minimum\s+order|share\s+capital|registered\s+capital|\bretention\b|deducti|\blate\b|interest|"
    r"instal?lment|milestone|royalt|stock|common\s+shares?|shares\s+of|credit\s+limit|\bfine\b|refund|"
    r"bonus|salary|reimburs|travel|each\s+(?:month|invoice|delivery)|first\s+\$"
    r"|haft|einmalig|einricht|versicher|vertragsstrafe|anzahlung|kaution|stammkapital|schadensersatz|"
    r"mindest(?:bestell|abnahme)|je\s+(?:stunde|monat|tag|stück|einheit|schadensfall)|pro\s+(?:stunde|"
    r"monat|tag)|monatlich|stundensatz|verzug|einbehalt|spesen"
    r"|责任|赔偿|保险|违约金|定金|预付|押金|保证金|注册资本|罚|最低|起步|每月|每日|每天|每小时|首付|尾款|逾期|起订"
)
_CURRENCY = re.compile(
    r"currency|\b(?:figures|sums|amounts|prices|rates)\s+are\s+(?:eur|usd|gbp|chf|cny)\b|\b(?:figures|rates|they|these|which)\s+(?:are|shall\s+be)\s+(?:\w+\s+)?in\s+|denominat|(?:invoices?|"
    r"prices?|amounts?|payments?|sums?)\s+(?:[\w,]+\s+){0,7}(?:in|into)\s+(?:the\s+)?(?:[a-z.]{2,}|€|"
    r"\$|£)|währung|\bin\s+(?:euro|eur|chf|usd|gbp)\b|lauten\s+auf|(?:rechnungen|preise|beträge|"
    r"zahlungen)\s+(?:\w+\s+){0,6}in\s+\w+|币种|货币|币别|单位\s*[:]?\s*人民币|计价|结算币|(?:价格|金额|款项|单价)\S{0,4}以\S{0,3}(?:人民币|美元|欧元|英镑|港币|日元)|以\S{0,4}(?:人民币|美元|欧元|英镑|港币|日元)\S{0,6}(?:计价|"
    r"结算|支付|付款|为)|(?:计价|结算|支付)\S{0,6}(?:人民币|美元|欧元|英镑|港币|日元)"
)
_PRICE_WORD = re.compile(
    r"price|fee|sum|value|limit|amount|consideration|cost|budget|charge|volume|preis|entgelt|vergütung|"
    r"honorar|wert|summe|kosten|betrag|limit|volumen|rahmen|价|款|额|费|金"
)
_REGULAR = re.compile(r"年度|每年|每季|季度|月度|按[年季月]|jährlich|yearly|quarterly")
_EACH = re.compile(r"\b(?:per|each|every|je|pro|jede[rsn]?)\b|/\s*[a-z\u4e00-\u9fff]|每")
_EACH_BEFORE = re.compile(
    r"\b(?:je|pro|per|for\s+(?:each|every))\s+(?!(?:vertrags?|kalender)?jahr|annum|year|rechnung)[\w-]+"
    r"(?:\s+(?!und\b|and\b)[\w-]+){0,5}\s*$|"
    r"\b(?:(?:price|rate|preis|satz)\s+(?:of|for|für)\s+)(?:an?|one|eine?n?)\s+(?:[\w-]+\s+){1,6}(?:is|beträgt|amounts\s+to)?\s*$|"
    r"\b(?:an?|one|each|eine?n?|jede[rns]?)\s+(?:[\w-]+\s+){1,6}(?:costs|kostet)\s*$|单价\S{0,3}$"
)
_EACH_AFTER = re.compile(
    r"\s*(?:\(?(?:netto|net|brutto|gross)\)?\s*)?(?:(?:je|pro|per|each|every|an?(?=\s+(?:hour|day|week|unit|piece|user|visit|kg|tonne?)\b))\b|/)\s*"
    r"(?!(?:(?:contract|calendar|vertrags?|kalender)[- ]?)?(?:years?|jahr)\b|annum)"
)
_SHARE_OF_TOTAL = re.compile(
    r"(?:总价款?|总额|总金额|合同价款?|合同金额|合同总[价额]|款项)\s*的\s*(?:百分之|\d)|"
    r"\d\s*(?:%|per\s?cent)\s+of\s+the\s+(?:\w+\s+){0,2}(?:price|sum|value|fees?|amount)|"
    r"\d\s*(?:%|prozent)\s+(?:der|des|vom)\s+(?:\w+\s+)?(?:gesamt|vertrags|auftrags|pauschal|kauf)"
)
_NEAR = 120  # characters between what announces a total and the amount
_MAX_SENTENCE = 300  # characters: longer ones speak of totals, and fix none
_MODEST = 200  # characters: in such a sentence every word is about the amount
_SHORT = 110  # characters of a clause that is little more than the amount
_LEAST = 100  # a smaller whole number without a currency counts something else
_WORDS = re.compile(
    r"(?:大写|人民币)?[::\s(]*(?P<words>[壹贰叁肆伍陆柒捌玖拾佰仟万亿零]{2,}(?:[元圆][壹贰叁肆伍陆柒捌玖零角分整正]*)?)"
)


def find_total(statement: Statement) -> Iterator[Found]:
    """Find the contract sum, or the most that may be billed in all."""
    cues = [match.span() for match in _TOTAL.finditer(statement.low)]
    amounts = _amounts(statement)
    if not cues:
        yield from _only_amount(statement, amounts)
        return
    chosen = min(amounts or _nothing(statement), key=lambda each: _distance(cues, each), default=None)
    if chosen is None:
        yield from _in_words(statement)
        return
    is_long = len(statement.text) > _MAX_SENTENCE and not statement.has(_STRONG)
    if is_long or _distance(cues, chosen) > _NEAR or _is_other(statement, chosen) or _is_small_count(chosen):
        return
    if _is_for_each(statement, chosen) or _is_share(statement, chosen):
        return
    is_strong = statement.has(_STRONG)
    has_currency = chosen.amount.currency is not None
    yield from _total(chosen, SURE if is_strong and has_currency else LIKELY if is_strong else POSSIBLE)


def find_confirmed_total(statement: Statement, sums: frozenset[Decimal]) -> Iterator[Found]:
    """Find the amount that is the sum of the price list or of the instalments."""
    if not sums:
        return
    for amount in _amounts(statement):
        if amount.amount.value in sums and not _is_other(statement, amount):
            yield from _total(amount, SURE)
            return


def _amounts(statement: Statement) -> list[FoundAmount]:
    found = find_money(statement.text, statement.conventions)
    return [each for each in found if each.amount.value > 0 and _is_money(each, statement)]


def _nothing(statement: Statement) -> list[FoundAmount]:
    """Return the amounts of nothing: a sentence that surely fixes the contract sum may fix it at 0."""
    if not statement.has(_STRONG):
        return []
    found = find_money(statement.text, statement.conventions)
    return [each for each in found if each.amount.value == 0 and each.amount.currency is not None]


def _total(amount: FoundAmount, score: float) -> Iterator[Found]:
    span = Span(start=amount.start, end=amount.end, value=amount.amount.value)
    yield Found(term="total_amount", span=span, score=score)
    currency = amount.amount.currency
    if currency is not None:
        money = Span(start=amount.start, end=amount.end, value=currency, is_derived=True)
        yield Found(term="currency", span=money, score=WEAK)


def _only_amount(statement: Statement, amounts: list[FoundAmount]) -> Iterator[Found]:
    """Take the one amount of a short clause about the price: "Blanket limit: USD 4,200.00"."""
    if len(amounts) != 1 or len(statement.text) > _SHORT or amounts[0].amount.currency is None:
        return
    if any(statement.has(other) for other in (_OTHER, _EACH, _REGULAR, NAMED_FEE)):
        return
    if _is_for_each(statement, amounts[0]):
        return
    says_tax = is_tax_included(statement.text) is not None
    if statement.has(_PRICE_WORD) and (says_tax or _PRICE_WORD.search(statement.headings)):
        yield from _total(amounts[0], WEAK)


def _is_small_count(amount: FoundAmount) -> bool:
    value = amount.amount.value
    return amount.amount.currency is None and value < _LEAST and value == value.to_integral_value()


def find_currency_clause(statement: Statement) -> Iterator[Found]:
    """Find the sentence that names the currency."""
    match = _CURRENCY.search(statement.low)
    if match is None:
        return
    stretch = statement.text[max(0, match.start() - 12) : match.end() + 40]
    offset = max(0, match.start() - 12)
    code = find_currency(statement.text) if len(statement.text) < _ONE_CURRENCY else find_currency(stretch)
    if code is None:
        return
    printed = next(
        (
            found
            for found in re.finditer(
                r"[A-Za-z.$£€¥]+(?:\s?[Dd]ollars?|\s[Ss]terling)?|人民币|[\u4e00-\u9fff]{1,2}[元镑币]",
                stretch,
            )
            if find_currency(found.group()) == code
        ),
        None,
    )
    start, end = (offset + printed.start(), offset + printed.end()) if printed else match.span()
    is_named = bool(re.search(r"currency|währung|币种|货币|币别|denominat|lauten auf", statement.low))
    is_code = statement.text[start:end].strip() in CODES
    span = Span(start=start, end=end, value=code, is_derived=not is_code)
    yield Found(term="currency", span=span, score=SURE if is_named else LIKELY)


def _in_words(statement: Statement) -> Iterator[Found]:
    for match in _WORDS.finditer(statement.text):
        value = parse_chinese_amount(match["words"])
        if value and value >= Decimal(100) and not statement.has(_OTHER):
            start, end = match.span("words")
            yield Found(term="total_amount", span=Span(start=start, end=end, value=value), score=LIKELY)
            return


def _is_money(amount: FoundAmount, statement: Statement) -> bool:
    if amount.amount.currency is not None:
        return True
    printed = statement.text[amount.start : amount.end]
    following = statement.text[amount.end : amount.end + 12].lstrip(" )(")
    counted = re.match(
        r"(?:%|percent|prozent|days?|tage|months?|monat|years?|jahr|[日天月年]|个|pcs|units?|st)",
        following,
        re.IGNORECASE,
    )
    unit = re.match(r"[^\W\d_]+", following)
    is_counted = counted is not None or (unit is not None and is_known_unit(unit.group().casefold()))
    return not is_counted and (bool(re.search(r"[.,]\d{2}\b|\d[.,' ]\d{3}", printed)))


def _is_other(statement: Statement, amount: FoundAmount) -> bool:
    is_short = len(statement.low) < _MODEST
    window = statement.low if is_short else statement.low[max(0, amount.start - 90) : amount.end + 40]
    return bool(_OTHER.search(window)) and not re.search(
        r"gesamt|合同总|总价|contract\s+(?:price|sum|value)|lump", window
    )


def _is_for_each(statement: Statement, amount: FoundAmount) -> bool:
    """Say whether the amount is that of each of several: "je Anfahrt pauschal 45,00 EUR"."""
    before = statement.low[max(0, amount.start - 60) : amount.start]
    return bool(_EACH_BEFORE.search(before) or _EACH_AFTER.match(statement.low, amount.end))


def _is_share(statement: Statement, amount: FoundAmount) -> bool:
    """Say whether the amount spells out a share of the total: "总价的20%，即人民币5000元"."""
    return bool(_SHARE_OF_TOTAL.search(statement.low[max(0, amount.start - 45) : amount.start]))


def _distance(cues: list[tuple[int, int]], amount: FoundAmount) -> int:
    """Return how far the amount is from a cue: one that follows its cue counts as nearer."""
    return min(
        (amount.start - end if amount.start >= end else 15 + 2 * max(0, start - amount.end))
        for start, end in cues
    )


RULES: tuple[Rule, ...] = (find_total, find_currency_clause)
