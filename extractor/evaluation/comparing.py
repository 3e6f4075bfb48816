"""Say whether a value that was read is the one that a person wrote down, by the field's type.

Both are texts in normal form: plain decimals, ISO dates, ISO 4217 codes. The rules are
described for users in `docs/evaluation.md`.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from rapidfuzz import fuzz

from extractor.field_specs.spec import FieldType
from extractor.values.identifiers import normal_tax_id
from extractor.values.names import comparable_name
from extractor.values.numerals import parse_number_words
from extractor.values.text import fold, letters_and_digits, squeeze

ALIKE = 0.90  # texts with the same numbers are the same from this similarity on
CONTAINED = 0.50  # of a text's letters and digits must a shorter one have that stands in it
SHORTEST = 4  # letters and digits; "g" in "kg" is another thing

_NUMBER_OR_SIGN = re.compile(r"\d+")


def is_right(wanted: str, read: str, kind: FieldType, *, is_literal: bool = False) -> bool:
    """Say whether `read` is what a person who knows `wanted` would accept.

    With `is_literal`, names, ids and texts must agree but for white space, case and width
    of characters, and an address but for commas: for documents whose print is known exactly.
    """
    if not read.strip():
        return False
    if kind in NUMBERS:
        return _is_same_number(wanted, read)
    if is_literal:
        return _literal(wanted, kind) == _literal(read, kind)
    return squeeze(wanted) == squeeze(read) or _RULES.get(kind, _is_same_text)(wanted, read)


NUMBERS = frozenset({FieldType.AMOUNT, FieldType.QUANTITY, FieldType.NUMBER, FieldType.RATE})


def _is_same_number(wanted: str, read: str) -> bool:
    """Compare by value; what is no number, such as "exempt" for a rate, as printed."""
    first, second = _number(wanted), _number(read)
    if first is None or second is None:
        return squeeze(wanted) == squeeze(read)
    return first == second


def _is_same_code(wanted: str, read: str) -> bool:
    return fold(wanted) == fold(read)


def _is_same_identifier(wanted: str, read: str) -> bool:
    """Compare letters and digits alone; leading zeros count."""
    return _letters_and_digits(wanted) == _letters_and_digits(read) != ""


def _is_same_tax_id(wanted: str, read: str) -> bool:
    """Compare as ids, without MWST, MVA and the like behind them."""
    return _is_same_identifier(wanted, read) or normal_tax_id(wanted) == normal_tax_id(read) != ""


def _is_same_name(wanted: str, read: str) -> bool:
    """Compare as reconciliation does: legal forms may be spelled out or not."""
    return comparable_name(wanted) == comparable_name(read) != ""


def _is_same_text(wanted: str, read: str) -> bool:
    """Allow a few other letters or less text, never a number that was not written down."""
    first, second = _letters_and_digits(wanted), _letters_and_digits(read)
    if first == second:
        return first != ""
    shorter, longer = sorted((first, second), key=len)
    is_part = shorter in longer and len(shorter) >= max(SHORTEST, CONTAINED * len(longer))
    if not is_part and fuzz.ratio(first, second) < ALIKE * 100:
        return False
    numbers, read_numbers = _numbers(wanted), _numbers(read)
    has_same_numbers = read_numbers <= numbers if is_part else read_numbers == numbers
    return has_same_numbers and not _is_other_number(wanted, read)


_RULES: Mapping[FieldType, Callable[[str, str], bool]] = {
    FieldType.TEXT: _is_same_text,
    FieldType.NAME: _is_same_name,
    FieldType.ADDRESS: _is_same_text,
    FieldType.IDENTIFIER: _is_same_identifier,
    FieldType.TAX_ID: _is_same_tax_id,
    FieldType.DATE: _is_same_code,
    FieldType.CURRENCY: _is_same_code,
    FieldType.CHOICE: _is_same_code,
}


def _literal(text: str, kind: FieldType) -> str:
    return squeeze(text.replace(",", " ") if kind is FieldType.ADDRESS else text)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


_letters_and_digits = lru_cache(maxsize=4096)(letters_and_digits)


def _numbers(text: str) -> Counter[str]:
    """Count the numbers in a text, and the signs that stand for one (贰, ½)."""
    folded = fold(text)
    signs = (character for character in folded if character.isnumeric() and not character.isdecimal())
    return Counter(_NUMBER_OR_SIGN.findall(folded)) + Counter(signs)


def _is_other_number(wanted: str, read: str) -> bool:
    """Say whether both are one number in words, and not the same: an amount in words."""
    first = parse_number_words(wanted)
    return first is not None and (second := parse_number_words(read)) is not None and first != second
