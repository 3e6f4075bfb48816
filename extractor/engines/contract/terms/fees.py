"""What may be charged beside the prices: named fees, or nothing."""

import re
from collections.abc import Iterator

from extractor.engines.contract.figures import find_money, find_shares
from extractor.engines.contract.rules import LIKELY, SURE, Found, Rule, Span, Statement

_FAR = 80  # characters between a fee and its amount
_NONE = re.compile(
    r"\bno\s+(?:surcharge|(?:extra|additional|further|other)\s+charge)\s+(?:of\s+any\s+kind\s+)?(?:may|shall|will|can)\b|"
    r"(?<!at )\b(?:no|not\s+any|without\s+any)\s+(?:other|further|additional|extra|separate|ancillary|"
    r"supplementary|incidental)\s+(?:\w+\s+){0,2}(?:costs?|charges?|fees?|expenses?|surcharges?|"
    r"payments?|remuneration)\b|\bno\s+(?:\w+\s+(?:or\s+)?){0,2}(?:costs?|charges|fees|expenses|"
    r"surcharges|extras)\s+(?:other|beyond|in\s+addition|besides|apart|over|are|is|may|shall|will|appl|"
    r"can|whatsoever|of\s+any\s+kind)|(?:costs?|charges?|fees?|expenses?|surcharges?)\b.{0,60}\b(?:are|"
    r"is|shall|will|may)\s+(?:not|neither)\s+(?:be\s+)?(?:\w+\s+){0,2}(?:charge|payable|reimburs|"
    r"invoic|bill|accept|paid|owed|recover|allow)|neither\s+(?:party|seller).{0,30}surcharge|"
    r"nothing\s+(?:\w+\s+){0,3}(?:charged|invoiced|billed|payable|added)"
    r"|prices?\s+(?:\w+\s+){0,3}(?:are|is)\s+(?:all[- ]inclusive|final|fixed\s+and\s+inclusive)|"
    r"all[- ]inclusive|inclusive\s+of\s+all\s+(?:costs?|charges?|expenses|fees)|"
    r"include[sd]?\s+all\s+(?:\w+\s+)?(?:costs?|charges?|expenses|fees)"
    r"|nebenkosten\s+(?:\w+\s+){0,4}nicht|(?:keine|keinerlei|ohne)\s+(?:\w+\s+){0,2}(?:nebenkosten|"
    r"zusatzkosten|zuschläge|gebühren|kosten|aufschläge|spesen|versandkosten)|(?:weitere|zusätzliche|"
    r"sonstige)\s+(?:kosten|nebenkosten|gebühren|zuschläge|vergütung|auslagen)\b.{0,60}(?:nicht|"
    r"ausgeschlossen|entfallen|kein)|nicht\s+(?:gesondert|zusätzlich)\s+(?:vergütet|berechnet|"
    r"erstattet)|sämtliche\s+nebenkosten\s+(?:\w+\s+){0,4}(?:enthalten|abgegolten)|(?:mit|"
    r"durch)\s+(?:den|diesen|die)\s+preisen?\s+(?:\w+\s+){0,4}abgegolten"
    r"|(?:不再|不得|不另|不|无需|无须|不予)\s*(?:向\S{0,4})?(?:另行?|额外|再|加)?\s*(?:收取|加收|支付|计取|承担|计收|收费|"
    r"产生)\S{0,8}(?:费用|费|款项)|(?:无|没有)(?:任何)?(?:其他|其它|额外|附加)\S{0,4}费用|(?:其他|其它|额外|附加|"
    r"任何)\S{0,6}费用\S{0,10}(?:不予|不再|均不|不另|不得|已包含|已含|免)|包含(?:了)?(?:一切|全部|所有)(?:的)?(?:相关)?(?:费用|税费)|"
    r"除\S{0,14}外\S{0,12}(?:不再|不得|无需|不)\S{0,10}费用|不另(?:行)?(?:收费|计费|收取)"
)
_MAX_CLAUSE = 240  # characters: in longer ones fees are mentioned, not fixed
_NOT_FEES = re.compile(
    r"\bnotices?\b|communication|shares?\b|\blate\b|interest|terminat|cancel|attorney|legal|arbitrat|"
    r"broker|licen[cs]e\s+fee|damages|indemn|kündig|anwalt|gericht|逾期|违约|诉讼|律师|解除|赔偿|仲裁"
)
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "postage",
            r"\bpostage\b(?!\s+pre)(?:\s+and\s+(?:packing|packaging|handling))?|porto|邮费|邮寄费|快递费",
        ),
        (
            "freight",
            (
                r"delivery\s+and\s+collection|(?:an-?\s*und\s*ab|hin-?\s*und\s*rück)transport|"
                r"(?:freight|shipping|delivery|carriage|transport(?:ation)?|haulage|handling|"
                r"courier)(?:\s+(?:and|&)\s+(?:handling|packing|insurance|delivery))?\s*(?:charges?|costs?|"
                r"fees?|surcharge)|\bfreight\b|\bcarriage\b|(?:versand|fracht|liefer|transport|anfahrts?|"
                r"zustell|verpackungs?|porto)(?:-\s*und\s+\w+)?[-\s]?(?:kosten|pauschale|gebühr\w*)|"
                r"frachtkosten|fracht|anlieferung|运输费|运费|物流费|配送费|送货费|装卸费|搬运费"
            ),
        ),
        ("packaging", r"pack(?:ing|aging)\s*(?:charges?|costs?|fees?)?|verpackung(?:skosten)?|包装费"),
        (
            "travel",
            (
                r"travel\s+and\s+(?:subsistence|accommodation|lodging)|(?:out-of-pocket|reasonable)\s+expenses|"
                r"übernachtungs?kosten|travel(?:l?ing)?(?:\s+(?:and|&)\s+(?:\w+\s+)?\w+)?\s*(?:expenses?|costs?|time|charges?)|"
                r"mileage|reisekosten|fahrtkosten|fahrkosten|anfahrt\w*|spesen|差旅费|交通费|出差费"
            ),
        ),
        (
            "installation",
            (
                r"(?:installation|assembly|commissioning|set-?up)\s*(?:charges?|costs?|fees?)|"
                r"montage\w*kosten|inbetriebnahmepauschale|einrichtungs\w*|安装费|调试费|安装调试费"
            ),
        ),
        ("insurance", r"insurance\s*(?:charges?|costs?|fees?|premium)|versicherungskosten|保险费"),
        (
            "minimum order",
            r"(?:small|minimum)[- ]order\s*(?:surcharge|fee|charge)|mindermengenzuschlag|小单费",
        ),
        (
            "surcharge",
            (
                r"(?:fuel|energy|weekend|express|emergency|call-?out|environmental)\s*(?:surcharges?|fees?|"
                r"charges?|levy)|\w*zuschlag|加急费|附加费"
            ),
        ),
        (
            "service",
            (
                r"(?:service|administration|admin|processing|storage|disposal)\s+(?:fee|charge)s?|"
                r"(?:bearbeitungs|verwaltungs|service|lager|entsorgungs)(?:gebühr|pauschale|kosten)\w*|服务费|"
                r"手续费|仓储费|管理费"
            ),
        ),
    )
)
_PATTERNS = tuple(pattern for _, pattern in _NAMES)
NAMED_FEE = re.compile("|".join(pattern.pattern for _, pattern in _NAMES), re.IGNORECASE)
_LABELLED = re.compile(r"^[\u4e00-\u9fff]{1,6}费用?(?=:)")  # 等候费：每小时80元
_OTHER_THAN = re.compile(
    r"(?:(?:other|further)\s+than|except(?:\s+for)?|apart\s+from|with\s+the\s+exception\s+of|"
    r"only\s+(?:the\s+following|these)|außer|ausgenommen|mit\s+ausnahme|lediglich|nur\s+folgende|"
    r"ausschließlich\s+folgende)\W+(?!the\s+(?:agreed\s+)?prices?|those|what|den\s+preisen)|除(?!此|合同|上述|"
    r"本合同|约定|价款|货款)\S{1,12}(?:外|之外)|仅可?(?:另行)?收取|只能?收取"
)
_SUM = re.compile(r"total|maximum|limit|cap\b|contract\s+(?:price|sum)|gesamt|höchst|总|限额|上限|合计|最高")
_ALLOWING = re.compile(
    r"may\s+(?:be\s+)?(?:charg|invoic|bill|recover|add)|(?:is|are|shall\s+be|"
    r"will\s+be)\s+(?:\w+\s+){0,2}(?:charged|invoiced|billed|payable|added|reimbursed|"
    r"borne\s+by\s+(?:the\s+)?(?:buyer|customer|client|purchaser))|charged?\s+(?:at|separately|extra)|"
    r"charges?\s+(?:of|are|at)|flat\s+(?:fee|rate|charge)|per\s+(?:invoice|delivery|order|shipment|"
    r"consignment|visit|trip)|allowed|permitted|agreed"
    r"|berechnet|werden\s+(?:\S+\s+){0,8}(?:vergütet|erstattet|berechnet)|je\s+(?:rechnung|lieferung|"
    r"bestellung|einsatz|sendung)|pauschal|zzgl|zuzüglich|trägt\s+der\s+(?:käufer|auftraggeber|"
    r"besteller)|另计|另行(?:计算|收取|支付)|每(?:次|单|批|张|车)|收取|实报实销|据实|凭票|按\S{0,6}(?:计|收)|由(?:买方|甲方|需方)承担"
)
_INCLUDED_BEFORE = re.compile(
    r"(?:\binclud(?:e|es|ed|ing)|\binclusive\s+of|\bincl\.?|einschließlich|inklusive|inkl\.?|enthalten|"
    r"frei\s+haus|包含|已含|包括|(?<!不)含)\s*(?:(?!not\b|nicht\b)[\w,]+\s+){0,3}$"
)
_INCLUDED_AFTER = re.compile(
    r"\s*(?:is|are|sind|ist)\s+(?:\w+\s+){0,3}(?:included|enthalten|inbegriffen|inklusive)"
)
_PER = re.compile(
    r"(?:per|je|pro|each|every)\s+(?:\w+\s+)?(?P<word>invoice|delivery|order|shipment|consignment|"
    r"visit|trip|day|km|kilomet\w+|mile|hour|month|rechnung|lieferung|bestellung|einsatz|sendung|"
    r"anfahrt|tag|monat|stunde)|每(?P<zh>次|单|批|张发票|张|车|趟|月|票)",
    re.IGNORECASE,
)


def find_no_fees(statement: Statement) -> Iterator[Found]:
    """Find the statement that nothing is charged beside the prices."""
    match = _NONE.search(statement.low)
    if (
        match
        and not _OTHER_THAN.search(statement.low)
        and not statement.has(_NOT_FEES)
        and len(statement.text) < _MAX_CLAUSE
    ):
        span = Span(start=match.start(), end=match.end())
        yield Found(term="allowed_fees", span=span, score=SURE, is_row=True)


def find_fees(statement: Statement) -> Iterator[Found]:
    """Find fees that the contract names and allows, with their amount where there is one."""
    is_exception = bool(_OTHER_THAN.search(statement.low))
    if statement.has(_NOT_FEES) or statement.has(_SUM) or (_NONE.search(statement.low) and not is_exception):
        return
    found = [match for pattern in (*_PATTERNS, _LABELLED) if (match := pattern.search(statement.text))]
    matches = [match for match in found if not _is_included(statement, match)]
    named: list[re.Match[str]] = []
    for match in sorted(matches, key=lambda each: (each.start(), -each.end())):
        if not named or match.start() >= named[-1].end():
            named.append(match)
    amounts = find_money(statement.text, statement.conventions)
    priced = [
        each
        for each in amounts
        if each.amount.currency or each.amount.value != each.amount.value.to_integral_value()
    ]
    is_titled = any(
        word in statement.headings for word in ("fee", "cost", "charge", "kosten", "gebühr", "费")
    )
    is_rated = ":" in statement.text and bool(find_shares(statement.text))  # "Fuel surcharge: 6 %"
    is_allowed = is_rated or statement.has(_ALLOWING)
    is_long = len(statement.text) > _MAX_CLAUSE and not priced
    if (
        not named
        or is_long
        or not (is_allowed or (priced and is_titled) or (priced and ":" in statement.text))
    ):
        return
    for match in named:
        name = Span(start=match.start(), end=match.end())
        parts = {"name": name}
        amount = next((each for each in priced if each.start >= match.start()), None)
        if amount is not None and amount.start - match.end() < _FAR:
            parts["amount"] = Span(start=amount.start, end=amount.end, value=amount.amount.value)
        if per := _PER.search(statement.text):
            parts["per"] = Span(start=per.start(), end=per.end())
        yield Found(term="allowed_fees", span=name, score=LIKELY, parts=parts, is_row=True)


def _is_included(statement: Statement, fee: re.Match[str]) -> bool:
    """Say whether the prices hold the fee already: "frei Haus einschließlich Verpackung"."""
    before = statement.low[max(0, fee.start() - 40) : fee.start()]
    return bool(_INCLUDED_BEFORE.search(before) or _INCLUDED_AFTER.match(statement.low, fee.end()))


RULES: tuple[Rule, ...] = (find_no_fees, find_fees)
