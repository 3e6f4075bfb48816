"""The form in which a manifest writes values: what is wrong with one, and how to write it instead."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Literal

from extractor.field_specs.spec import ColumnSpec, FieldType
from extractor.values.amounts import parse_amount
from extractor.values.currencies import find_currency
from extractor.values.dates import parse_date
from extractor.values.rates import parse_rate

DecimalMark = Literal[".", ","]

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CURRENCY = re.compile(r"[A-Z]{3}")


def fault_of(text: str, column: ColumnSpec) -> str | None:
    """Return what is wrong with a value of that type and what to write, None if nothing is."""
    if not text.strip():
        return "is empty; write null if the document shows no such value, or leave the key out"
    check = _CHECKS.get(column.type)
    return None if check is None else check(text, column)


def from_spreadsheet(text: str, column: ColumnSpec, *, decimal_mark: DecimalMark) -> str:
    """Return a cell as a manifest writes it; what cannot be read stays, to be refused.

    "1.234,56" and "31.12.2025" are taken as spreadsheets write them. `decimal_mark` tells
    what "1.234" is; a date that could be two days stays as it is.
    """
    if column.type is FieldType.RATE and _has_digit(text):
        rate = parse_rate(text, decimal_mark=decimal_mark)
        return text if rate is None else f"{rate:f}"
    if column.type in (FieldType.AMOUNT, FieldType.QUANTITY, FieldType.NUMBER):
        amount = parse_amount(text, decimal_mark=decimal_mark)
        return text if amount is None else f"{amount.value:f}"
    if column.type is FieldType.DATE:
        return _only_day(text) or text
    return text


def _number_fault(text: str, _column: ColumnSpec) -> str | None:
    if _NUMBER.fullmatch(text):
        return None
    amount = parse_amount(text)
    meant = f'write it as "{amount.value:f}"' if amount else 'write it such as "1234.56"'
    return f'"{text}" is no plain number; {meant}'


def _rate_fault(text: str, _column: ColumnSpec) -> str | None:
    if _NUMBER.fullmatch(text) or not _has_digit(text):
        return None  # a word that is printed in a rate's place: "exempt"
    rate = parse_rate(text)
    meant = f'write "{rate:f}"' if rate is not None else 'write percent such as "19"'
    return f'"{text}" is no plain number; {meant}'


def _date_fault(text: str, _column: ColumnSpec) -> str | None:
    if _DATE.fullmatch(text):
        try:
            date.fromisoformat(text)
        except ValueError:
            return f'"{text}" is no day of the calendar'
        return None
    day = _only_day(text)
    meant = f'write it as "{day}"' if day else 'write it such as "2025-12-31"'
    return f'"{text}" is no ISO date; {meant}'


def _currency_fault(text: str, _column: ColumnSpec) -> str | None:
    if _CURRENCY.fullmatch(text):
        return None
    code = find_currency(text)
    meant = f'write "{code}"' if code else 'write it such as "EUR"'
    return f'"{text}" is no ISO 4217 code; {meant}'


def _choice_fault(text: str, column: ColumnSpec) -> str | None:
    if text in column.choices:
        return None
    close = get_close_matches(text.casefold(), column.choices, n=1)
    meant = f'did you mean "{close[0]}"?' if close else f"allowed are {', '.join(column.choices)}"
    return f'"{text}" is none of the choices; {meant}'


_CHECKS: Mapping[FieldType, Callable[[str, ColumnSpec], str | None]] = {
    FieldType.AMOUNT: _number_fault,
    FieldType.QUANTITY: _number_fault,
    FieldType.NUMBER: _number_fault,
    FieldType.RATE: _rate_fault,
    FieldType.DATE: _date_fault,
    FieldType.CURRENCY: _currency_fault,
    FieldType.CHOICE: _choice_fault,
}


def _has_digit(text: str) -> bool:
    return any(character.isdecimal() for character in text)


def _only_day(text: str) -> str | None:
    """Return the ISO date that the text can only be, None where it is none or could be two.

    Where points part a date, the day comes first (or the year).
    """
    orders = (True,) if "." in text else (True, False)
    days = {parse_date(text, is_day_first=is_day_first) for is_day_first in orders}
    day = days.pop() if len(days) == 1 else None
    return None if day is None else day.isoformat()
