"""Turn printed text into a typed value, by the type of its field. None: it is no such value."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from extractor.engines.reading import Scalar
from extractor.field_specs.labels import choice_in, label_key
from extractor.field_specs.spec import ColumnSpec, FieldType
from extractor.values.amounts import find_amounts, parse_amount
from extractor.values.conventions import Conventions
from extractor.values.currencies import find_currency
from extractor.values.dates import find_dates, parse_date
from extractor.values.identifiers import normal_tax_id
from extractor.values.names import comparable_name
from extractor.values.numerals import find_counts, parse_chinese_amount
from extractor.values.rates import find_rates, parse_rate
from extractor.values.text import plain

_EDGES = " \t\r\n:：;；,，、|"
_SHORTEST_TAX_ID = 5
_PARTS = re.compile(r"[•●|]|(?<=\s)[·*](?=\s)")


def interpret(text: str, column: ColumnSpec, *, conventions: Conventions) -> Scalar | None:
    """Return what the text means as a value of the field, None where it is none."""
    return _INTERPRETERS[column.type](text, column, conventions)


def is_derived(text: str, value: Scalar, column: ColumnSpec) -> bool:
    """Say whether the value follows from the text by a rule, without standing there itself."""
    if column.type is FieldType.CHOICE:
        return True
    return column.type is FieldType.CURRENCY and str(value).casefold() not in plain(text).casefold()


def comparable(value: Scalar, column: ColumnSpec) -> Scalar:
    """Return a key that is equal for two readings of the same value."""
    if not isinstance(value, str):
        return value
    if column.type is FieldType.NAME:
        return comparable_name(value) or label_key(value)
    return label_key(value).replace(" ", "") or value


def _text(text: str, _column: ColumnSpec, _conventions: Conventions) -> str | None:
    return " ".join(text.split()) or None


def _address(text: str, _column: ColumnSpec, _conventions: Conventions) -> str | None:
    """Return the address with commas for the signs that part it in print: "9 Mill Ring | 24105 Kiel"."""
    parts = (" ".join(each.split()).strip(" ,;") for each in _PARTS.split(text))
    return ", ".join(filter(None, parts)) or None


def _name(text: str, _column: ColumnSpec, _conventions: Conventions) -> str | None:
    name = " ".join(text.split()).strip(_EDGES)
    return name if any(character.isalnum() for character in name) else None


def _identifier(text: str, _column: ColumnSpec, _conventions: Conventions) -> str | None:
    identifier = " ".join(plain(text).split()).strip(_EDGES + ".").removeprefix("#").strip()
    return identifier if any(character.isalnum() for character in identifier) else None


def _tax_id(text: str, _column: ColumnSpec, _conventions: Conventions) -> str | None:
    tax_id = normal_tax_id(text)
    is_long_enough = len(tax_id) >= _SHORTEST_TAX_ID
    return tax_id if is_long_enough and any(character.isdigit() for character in tax_id) else None


def _date(text: str, _column: ColumnSpec, conventions: Conventions) -> date | None:
    whole = parse_date(text, is_day_first=conventions.is_day_first)
    if whole is not None:
        return whole
    days = {found.date for found in find_dates(text, is_day_first=conventions.is_day_first)}
    return days.pop() if len(days) == 1 else None


def _number(text: str, _column: ColumnSpec, conventions: Conventions) -> Decimal | None:
    whole = parse_amount(text, decimal_mark=conventions.decimal_mark)
    if whole is not None:
        return whole.value
    numbers = {found.amount.value for found in find_amounts(text, decimal_mark=conventions.decimal_mark)}
    return numbers.pop() if len(numbers) == 1 else parse_chinese_amount(text)


def _count(text: str, column: ColumnSpec, conventions: Conventions) -> Decimal | None:
    counts = {found.count for found in find_counts(text)}
    return Decimal(counts.pop()) if len(counts) == 1 else _number(text, column, conventions)


def _rate(text: str, _column: ColumnSpec, conventions: Conventions) -> Decimal | None:
    whole = parse_rate(text, decimal_mark=conventions.decimal_mark)
    if whole is not None:
        return whole
    rates = {found.rate for found in find_rates(text)}
    return rates.pop() if len(rates) == 1 else None


def _currency(text: str, _column: ColumnSpec, _conventions: Conventions) -> str | None:
    return find_currency(text)


def _choice(text: str, column: ColumnSpec, _conventions: Conventions) -> str | None:
    return choice_in(text, column.choices)


_INTERPRETERS: Mapping[FieldType, Callable[[str, ColumnSpec, Conventions], Scalar | None]] = {
    FieldType.TEXT: _text,
    FieldType.NAME: _name,
    FieldType.ADDRESS: _address,
    FieldType.IDENTIFIER: _identifier,
    FieldType.TAX_ID: _tax_id,
    FieldType.DATE: _date,
    FieldType.AMOUNT: _number,
    FieldType.QUANTITY: _number,
    FieldType.NUMBER: _count,
    FieldType.RATE: _rate,
    FieldType.CURRENCY: _currency,
    FieldType.CHOICE: _choice,
    FieldType.ACCOUNT: _text,
    FieldType.GROUP: _text,
    FieldType.TABLE: _text,
}

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


def interpret_account_number(text: str) -> str | None:
    """Return an IBAN or account number without its spaces, None where there is no digit."""
    compact = "".join(plain(text).split()).strip(_EDGES + ".").upper()
    without_label = compact.removeprefix("IBAN").strip(_EDGES)
    number = without_label if _IBAN.fullmatch(without_label) else compact
    return number if any(character.isdigit() for character in number) else None
