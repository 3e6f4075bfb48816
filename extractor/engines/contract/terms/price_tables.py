"""Price lists and payment plans: from tables, and from sentences where there is no table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.engines.contract.clauses import Clause
from extractor.engines.contract.columns import PrintedRow, PrintedTable
from extractor.engines.contract.headers import Kind, is_tax_included
from extractor.engines.reading import Scalar
from extractor.values.amounts import find_amounts, parse_amount
from extractor.values.conventions import Conventions
from extractor.values.rates import parse_rate

_MAX_NUMBER = 8  # characters of a row's number
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
_PER_PERIOD = re.compile(
    r"\b(?:per|a|each)\s+(?:day|week|month|year|annum)\b|\b(?:hourly|daily|weekly|monthly|annual)\b|"
    r"(?:je|pro)\s+(?:tag|woche|monat|jahr)\b|(?:monats|tages|wochen|jahres)(?:miete|rate|pauschale|preis)|"
    r"[月年日]\s*(?:租|服务费|费)",
    re.IGNORECASE,
)
_NUMBERS = {Kind.UNIT_PRICE, Kind.QUANTITY, Kind.AMOUNT}
_RATES = {Kind.TAX_RATE, Kind.SHARE}


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
            for row in table.rows:
                made = _row(term, table, clause, row, conventions=conventions, taxed=taxed)
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
    *,
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
    if _PER_PERIOD.search(table.header.text):
        columns.pop(Kind.QUANTITY, None)  # as many each month: no bound for all invoices together
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
    number = (
        printed.text.strip(" .)")
        if printed is not None and len(printed.text) <= _MAX_NUMBER
        else str(row.place)
    )
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
