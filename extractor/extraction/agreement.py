"""Say whether two readings of a field mean the same, where one of them was not read off the page."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from extractor.extraction.extraction import Leaf
from extractor.extraction.interpretation import comparable
from extractor.field_specs.spec import ColumnSpec, FieldType
from extractor.values.identifiers import normal_tax_id
from extractor.values.names import name_similarity
from extractor.values.text import fold

_HALF_A_CENT = Decimal("0.005")
_ALIKE = 0.90  # of two names
_SHORTENED = 0.60  # of a wording's letters
_COUNTRY = re.compile(r"[A-Z]{2,3}")  # in front of a tax id, or left out
_LEAST_SIGNS = 4  # of a number that is printed without what stands before it
_LEAST_DIGITS = 5  # of an account's number within an IBAN
_BRANCH = re.compile(r"/\d{3,4}$")  # the bank's code behind a Czech or Slovak number


def says_same(one: Leaf, other: Leaf, column: ColumnSpec) -> bool:
    """Say whether both have a value and mean the same by it, the same either way round."""
    mine, theirs = one.value, other.value
    if mine is None or theirs is None:
        return False
    if isinstance(mine, Decimal) and isinstance(theirs, Decimal):
        return abs(mine - theirs) <= _HALF_A_CENT
    if isinstance(mine, str) and isinstance(theirs, str):
        return _COMPARED.get(column.type, _is_same_wording)(mine, theirs, column)
    return mine == theirs


def is_same_account(one: str, other: str) -> bool:
    """Say whether two account numbers are of one account: both IBANs, or a number within an IBAN."""
    mine, theirs = (re.sub(r"[^0-9A-Za-z/]", "", text).upper() for text in (one, other))
    shorter, longer = sorted((mine, theirs), key=len)
    if shorter == longer:
        return True
    number = _BRANCH.sub("", shorter).lstrip("0")
    is_iban = bool(re.match(r"[A-Z]{2}\d\d", longer))
    return is_iban and number.isdigit() and len(number) >= _LEAST_DIGITS and longer.endswith(number)


def _is_equal(one: str, other: str, column: ColumnSpec) -> bool:
    return comparable(one, column) == comparable(other, column)


def _is_same_tax_id(one: str, other: str, _column: ColumnSpec) -> bool:
    shorter, longer = sorted((normal_tax_id(one), normal_tax_id(other)), key=len)
    lead = longer.removesuffix(shorter)
    return bool(shorter) and longer.endswith(shorter) and (not lead or bool(_COUNTRY.fullmatch(lead)))


def _is_same_number(one: str, other: str, _column: ColumnSpec) -> bool:
    """Say whether two numbers are the same, one perhaps without its series: "FT A/118" and "A/118"."""
    shorter, longer = sorted((fold(one), fold(other)), key=len)
    if _signs(shorter) == _signs(longer):
        return bool(_signs(shorter))
    lead = longer.removesuffix(shorter)
    is_whole = longer.endswith(shorter) and not lead[-1].isalnum()
    return is_whole and len(_signs(shorter)) >= _LEAST_SIGNS and any(map(str.isdigit, shorter))


def _is_same_wording(one: str, other: str, column: ColumnSpec) -> bool:
    shorter, longer = sorted((str(comparable(each, column)) for each in (one, other)), key=len)
    if shorter in longer and len(shorter) >= _SHORTENED * len(longer):
        return True
    return column.type is FieldType.NAME and name_similarity(one, other) >= _ALIKE


def _signs(text: str) -> str:
    return "".join(filter(str.isalnum, text))


_COMPARED: Mapping[FieldType, Callable[[str, str, ColumnSpec], bool]] = {
    FieldType.TAX_ID: _is_same_tax_id,
    FieldType.IDENTIFIER: _is_same_number,
    FieldType.CHOICE: _is_equal,
    FieldType.CURRENCY: _is_equal,
}
