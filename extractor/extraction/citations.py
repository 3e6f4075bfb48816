"""The numbers that stand behind the word "invoice": which other invoices a document speaks of."""

import re
from collections.abc import Iterable, Iterator

from extractor.values.dates import find_dates
from extractor.values.text import fold

_INVOICE = re.compile(
    r"\b(?:invoices?|\w*rechnung(?:en|s)?(?:nummer|nr)?|factures?|fattura|factura)\b|"
    r"发票代码:?\s*\d+\s*号码|(?:发票|数电票)(?!代码)(?:号码|号)?"
)
_NUMBER = re.compile(r"(?<![\w.,/-])(?=[a-z0-9/._-]*[0-9])[a-z0-9][a-z0-9/._-]*[a-z0-9]|(?<=[号码:])\d{6,}")
_REACH = 60  # signs between the word and its number: "invoice of 3 March 2025, no."
_FEWEST_SIGNS = 3


def cited_invoices(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers behind "invoice", "Rechnung", 发票 and their like, folded, each once.

    The document's own number is mostly among them; dates are not.
    """
    return tuple(dict.fromkeys(number for line in lines for number in _cited(fold(line))))


def _cited(line: str) -> Iterator[str]:
    for word in _INVOICE.finditer(line):
        reach = line[word.end() : word.end() + _REACH]
        for date in find_dates(reach):
            reach = reach[: date.start] + " " * (date.end - date.start) + reach[date.end :]
        following = _INVOICE.search(reach)
        number = _NUMBER.search(reach[: following.start()] if following else reach)
        if number is not None and len(number.group()) >= _FEWEST_SIGNS:
            yield number.group()
