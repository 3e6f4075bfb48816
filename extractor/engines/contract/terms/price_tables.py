"""Price lists and payment plans: from tables, and from sentences where there is no table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.engines.contract.clauses import Clause
from extractor.engines.contract.columns import PrintedRow, PrintedTable
from extractor.engines.contract.figures import find_money
from extractor.engines.contract.headers import Kind, is_tax_included
from extractor.engines.contract.rules import LIKELY, Found, Rule, Span, Statement
from extractor.engines.reading import Scalar
from extractor.values.amounts import find_amounts, parse_amount
from extractor.values.conventions import Conventions
from extractor.values.rates import find_rates, parse_rate

_PRICE_COLUMNS = {
    Kind.DESCRIPTION: "description",
    Kind.SPECIFICATION: "specification",
    Kind.CODE: "product_code",
    Kind.UNIT: "unit",
    Kind.UNIT_PRICE: "unit_price",
    Kind.QUANTITY: "quantity",
    Kind.TAX_RATE: "tax_rate",
}
_STEP_COLUMNS = {Kind.STAGE: "name", Kind.SHARE: "share", Kind.AMOUNT: "amount", Kind.DUE: "due"}
_NUMBERS = {Kind.UNIT_PRICE, Kind.QUANTITY, Kind.AMOUNT}
_RATES = {Kind.TAX_RATE, Kind.SHARE}

_PER_UNIT = re.compile(
    r"\s*(?:\((?:excl|incl|net|plus|zzgl|netto)[^)]*\)\s*)?(?:per|an?|each|/|je|pro)\s*(?P<unit>[A-Za-zäöüÄÖÜß][\w²³.-]*(?:\s(?:hour|day|metre|meter|ton|tonne))?)|\s*(?:元|圆)?\s*/\s*(?P<zh>[\u4e00-\u9fff]{1,3})|\s*(?:元|圆)?\s*每\s*(?P<mei>[\u4e00-\u9fff]{1,3})",
    re.IGNORECASE,
)
_NO_PRICE = re.compile(
    r"\blate\b|interest|penalt|damages|liab|cap\b|maximum|total|lump|contract\s+(?:price|sum)|insur|postage|freight|shipping|delivery\s+charge|surcharge|travel|mileage|verzug|höchst|gesamt|pauschal|versand|fracht|fahrt|reise|违约|滞纳|赔偿|总价|总金额|运费|差旅"
)
_PRICED = re.compile(r"price|rate|fee|charge|cost|preis|satz|honorar|vergüt|kost|单价|价格|费率|收费|元")
_STAGE = re.compile(
    r"upon|after|on\s+(?:completion|signing|delivery|acceptance|receipt)|at\s+(?:completion|handover|signing)|when|following|milestone|stage|instal?ment|nach|bei|mit|zum|abschluss|rate|后|时|完成|节点|阶段|预付款|进度款|首付款|尾款|验收款|签订"
)
_EVENT = re.compile(
    r"\s*(?P<name>[^,;]+?),?\s*(?:[甲乙]方|[买需采购委托发包定作承租]{1,2}[方人]|业主|客户)?(?:应|须|再|即|向\S{1,6}?|于\S{0,6}?){0,2}(?:支付|付款|付至|付清|结算|预付|付|结清)"
)
_PAYING = re.compile(
    r"pay|due|instal?ment|invoice|zahl|fällig|rate|abschlag|rechnung|支付|付款|付|预付|结算|进度款|尾款"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a row: what it means, in the row it stands in."""

    row: PrintedRow
    kind: Kind
    text: str
    value: Scalar | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """A row of a term's table. `tax_included` is None where nothing says."""

    term: str
    clause: Clause
    row: PrintedRow
    number: str  # the row as a citation names it
    cells: dict[str, Cell]
    tax_included: bool | None


def table_rows(clauses: Sequence[Clause], conventions: Conventions) -> Iterator[TermRow]:
    """Yield the rows of price lists and payment plans, in document order."""
    printed = "\n".join(clause.text for clause in clauses)
    for clause in clauses:
        for table in clause.tables:
            term = _term_of(table)
            if term is None:
                continue
            taxed = _taxed(table, clause, printed)
            for index, row in enumerate(table.rows):
                made = _row(term, table, clause, row, index, conventions, taxed)
                if made is not None:
                    yield made


def table_sums(clauses: Sequence[Clause], conventions: Conventions) -> frozenset[Decimal]:
    """Return what the amounts of each table add up to: of at least two rows, in cents."""
    sums: set[Decimal] = set()
    for clause in clauses:
        for table in clause.tables:
            values = [
                _value(Kind.AMOUNT, row.cells[Kind.AMOUNT].text, conventions)
                for row in table.rows
                if Kind.AMOUNT in row.cells
            ]
            amounts = [value for value in values if isinstance(value, Decimal)]
            if len(amounts) == len(table.rows) > 1:
                sums.add(sum(amounts, Decimal(0)))
    return frozenset(sums)


def table_totals(
    clauses: Sequence[Clause], conventions: Conventions
) -> Iterator[tuple[Clause, PrintedRow, Decimal]]:
    """Yield the closing rows that state an amount, the last of each table."""
    for clause in clauses:
        for table in clause.tables:
            if _term_of(table) is None:
                continue
            for row in reversed(table.totals):
                cell = row.cells.get(Kind.AMOUNT)
                value = _value(Kind.AMOUNT, cell.text, conventions) if cell is not None else None
                if isinstance(value, Decimal):
                    yield clause, row, value
                    break


def _term_of(table: PrintedTable) -> str | None:
    kinds = {kind for kind in table.kinds if kind is not None}
    is_priced = Kind.UNIT_PRICE in kinds
    if Kind.STAGE in kinds or (
        Kind.SHARE in kinds and not is_priced and not kinds & {Kind.UNIT, Kind.QUANTITY}
    ):
        return "milestones" if kinds & {Kind.AMOUNT, Kind.SHARE, Kind.UNIT_PRICE} else None
    return "price_list" if is_priced or Kind.AMOUNT in kinds else None


def _taxed(table: PrintedTable, clause: Clause, printed: str) -> bool | None:
    own = is_tax_included(table.header.text)
    if own is None:
        own = is_tax_included(clause.text)
    if own is None and clause.headings:
        own = is_tax_included(" ".join(clause.headings))
    if own is not None:
        return own
    flags = {
        flag
        for line in printed.split("\n")
        if re.search(
            r"price|annex|schedule|rate|stage|preis|anhang|anlage|abschnitt|价|附件", line, re.IGNORECASE
        )
        and (flag := is_tax_included(line)) is not None
    }
    return flags.pop() if len(flags) == 1 else None


def _row(
    term: str,
    table: PrintedTable,
    clause: Clause,
    row: PrintedRow,
    index: int,
    conventions: Conventions,
    taxed: bool | None,
) -> TermRow | None:
    columns = dict(_PRICE_COLUMNS if term == "price_list" else _STEP_COLUMNS)
    if term == "price_list" and Kind.UNIT_PRICE not in table.kinds:
        columns[Kind.AMOUNT] = "unit_price"
    if term == "milestones" and Kind.STAGE not in table.kinds:
        columns[Kind.DESCRIPTION] = "name"
    if term == "milestones" and Kind.AMOUNT not in table.kinds:
        columns[Kind.UNIT_PRICE] = "amount"
    cells: dict[str, Cell] = {}
    for kind, name in columns.items():
        passage = row.cells.get(kind)
        if passage is None or not passage.text.strip():
            continue
        value = _value(kind, passage.text, conventions)
        if value is None and kind in _NUMBERS | _RATES:
            continue
        cells[name] = Cell(row=row, kind=kind, text=passage.text, value=value)
    if not cells.keys() & {"unit_price", "amount", "share"}:
        return None
    printed = row.cells.get(Kind.NUMBER)
    number = printed.text.strip(" .)") if printed is not None and len(printed.text) <= 8 else str(index + 1)
    return TermRow(term=term, clause=clause, row=row, number=number, cells=cells, tax_included=taxed)


def _value(kind: Kind, text: str, conventions: Conventions) -> Scalar | None:
    if kind in _RATES:
        return parse_rate(text, decimal_mark=conventions.decimal_mark)
    if kind in _NUMBERS:
        amount = parse_amount(text, decimal_mark=conventions.decimal_mark)
        if amount is None:
            found = find_amounts(text, decimal_mark=conventions.decimal_mark)
            return found[0].amount.value if len(found) == 1 else None
        return amount.value
    return None


def find_priced_items(statement: Statement) -> Iterator[Found]:
    """Find prices in prose: "senior engineer: EUR 120.00 per hour"."""
    if statement.has(_NO_PRICE) or not (statement.has(_PRICED) or _PRICED.search(statement.headings)):
        return
    text = statement.text
    floor = 0
    for found in find_money(text, statement.conventions):
        unit = _PER_UNIT.match(text, found.end)
        if unit is None or found.amount.value <= 0:
            continue
        name = _item_before(text, floor, found.start)
        floor = unit.end()
        if name is None:
            continue
        which = next(group for group in ("unit", "zh", "mei") if unit[group])
        parts = {
            "description": name,
            "unit_price": Span(start=found.start, end=found.end, value=found.amount.value),
            "unit": Span(start=unit.start(which), end=_unit_end(text, unit.end(which))),
        }
        taxed = is_tax_included(text)
        if taxed is not None:
            parts["tax_included"] = Span(
                start=found.start, end=found.end, value="true" if taxed else "false", is_derived=True
            )
        yield Found(term="price_list", span=parts["unit_price"], score=LIKELY, parts=parts, is_row=True)


def find_stages(statement: Statement) -> Iterator[Found]:
    """Find instalments in prose: "30 % (EUR 12,000.00) upon delivery"."""
    if not statement.has(_PAYING) or not statement.has(_STAGE):
        return
    rates = [each for each in find_rates(statement.text) if 0 < each.rate <= 100]
    amounts = find_money(statement.text, statement.conventions)
    amounts = [each for each in amounts if each.amount.currency]
    if not rates or re.search(
        r"discount|skonto|rabatt|interest|late|overdue|retain|retention|tax|vat|einbehalt|verzug|zins|折扣|违约|滞纳|税率|质保金|保留金|%\s*以上",
        statement.low,
    ):
        return
    if len(rates) < 2 and not re.search(
        r"milestone|stage|instal?ment|abschlag|rate\b|进度款|预付款|首付款|节点|尾款",
        statement.low + statement.headings,
    ):
        return
    for index, rate in enumerate(rates):
        low = rates[index - 1].end if index else 0
        high = rates[index + 1].start if index + 1 < len(rates) else len(statement.text)
        name = _stage_name(statement.text, low, rate.start, rate.end, high)
        if name is None:
            continue
        parts = {"name": name, "share": Span(start=rate.start, end=rate.end, value=rate.rate)}
        amount = next((each for each in amounts if rate.end <= each.start < high), None)
        if amount is not None:
            parts["amount"] = Span(start=amount.start, end=amount.end, value=amount.amount.value)
        yield Found(term="milestones", span=parts["share"], score=LIKELY, parts=parts, is_row=True)


def _unit_end(text: str, end: int) -> int:
    """Leave the full stop of the sentence out of the unit; keep that of "Std." inside it."""
    return end - 1 if end == len(text) and text.endswith(".") else end


def _item_before(text: str, floor: int, end: int) -> Span | None:
    stretch = text[floor:end]
    cut = max(
        (
            match.end()
            for match in re.finditer(r"[;,、]\s*(?:and\s+|und\s+)?|^\s*(?:and|und)\s+", stretch[:-1])
        ),
        default=0,
    )
    stretch_start = floor + cut
    name = text[stretch_start:end]
    name = re.sub(
        r"(?i)\s*(?::|=|-|is|are|at|of|für|for|zu|von|beträgt|为|单价|价格)?\s*(?:(?:a|the)\s+)?(?:net\s+)?(?:price|rate|fee)?\s*(?:of|is|at|von|为)?\s*[:=\-(]?\s*$",
        "",
        name,
    )
    lead = re.match(
        r"(?i)\s*(?:(?:the|a|an|der|die|das)\s+)?(?:(?:unit\s+)?(?:price|rate|fee|charge)s?\s+(?:of|for)\s+(?:the\s+|an?\s+)?)?",
        name,
    )
    skip = lead.end() if lead else 0
    printed = name[skip:].strip()
    if not 2 <= len(printed) <= 80:
        return None
    start = text.index(printed, stretch_start)
    return Span(start=start, end=start + len(printed))


def _stage_name(text: str, low: int, start: int, end: int, high: int) -> Span | None:
    before, after = text[low:start], text[end:high]
    is_event_first = bool(re.search(r"[\u4e00-\u9fff]", text)) and bool(_STAGE.search(before.lower()))
    if is_event_first:
        cut = max((match.end() for match in re.finditer(r"[;,。]\s*", before[:-1])), default=0)
        event = _EVENT.match(before[cut:])
        if event is None:
            return None
        printed = event["name"].strip(" ,;:")
        offset = low + cut
    else:
        match = re.search(r"(?i)(?:upon|after|on|at|when|following|nach|bei|mit|zum)\s+[^,;.]{3,80}", after)
        if match is None:
            return None
        printed, offset = match.group().strip(), end
    if not printed or printed not in text[offset:]:
        return None
    begin = text.index(printed, offset)
    return Span(start=begin, end=begin + len(printed))


RULES: tuple[Rule, ...] = (find_priced_items, find_stages)
