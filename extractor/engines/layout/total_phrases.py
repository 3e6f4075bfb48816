"""Totals in phrases: sentences that begin as a label, totals with their tax, what is owed from before."""

import re
from collections.abc import Sequence

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.printed_numbers import PrintedAmount

_IN_IT = re.compile(  # between a total and the tax that it holds
    r"\b(?:incl|inkl|including|inclusive|einschl|enthält|enthalten|darin|davon|dont|compris|waarvan|inclusief"
    r"|incluid[oa]|incluye|di cui|inclus[oa]|compres[oa]|incluíd[oa]|dos quais|of which)|含",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_FEW_LETTERS = 3
_MANY_WORDS = 2
_CARRIED = re.compile(  # what is owed from before belongs to another invoice
    r"previous|prior|past due|overdue|arrears|brought forward|alter saldo|altsaldo|vortrag|rückstand"
    r"|précédent|antérieur|arriéré|vorig|achterstallig|anterior|atrasad|pregress|precedent|上期|往期|前期",
    re.IGNORECASE,
)
_FROM_BEFORE = re.compile(  # a balance of the last bill, whatever its label
    r"\b(?:previous|opening|last (?:month|bill|invoice|statement)|brought forward|b/f)\b|vormonat"
    r"|vorjahr|vorperiode"
    r"|letzte rechnung|bisheriger? saldo|alter saldo|altsaldo|anfangssaldo|saldovortrag|solde"
    r" (?:précédent|antérieur|initial)"
    r"|mois précédent|report (?:de )?solde|vorige|beginsaldo|saldo (?:anterior|inicial|precedente|iniziale)"
    r"|mese precedente|mes anterior|mês anterior|上期|期初",
    re.IGNORECASE,
)


def is_sentence(cell: Cell, hit: Hit, amount: PrintedAmount) -> bool:
    """Say whether a sentence goes on from a label to its amount: "Please remit within the week ..."."""
    words = _LETTERS.findall(cell.text[hit.end : amount.start]) if amount.cell is cell else []
    small = [word for word in words if len(word) >= _FEW_LETTERS and word.islower()]
    return len(small) > _MANY_WORDS


def holds_its_tax(cell: Cell, amounts: Sequence[PrintedAmount]) -> bool:
    """Say whether an amount is followed by the tax in it: "Total 119.00 incl. VAT 19.00"."""
    if len(amounts) != 2 or any(each.cell is not cell for each in amounts):  # noqa: PLR2004
        return False
    first, second = amounts
    is_tax = 0 < abs(second.value) < abs(first.value) / 2
    return bool(is_tax) and _IN_IT.search(cell.text, first.end, second.start) is not None


def is_carried(text: str) -> bool:
    """Say whether a text speaks of what is owed from before: that belongs to another invoice."""
    return _CARRIED.search(text) is not None


def is_from_before(text: str) -> bool:
    """Say whether a text names a balance of the last bill."""
    return _FROM_BEFORE.search(text) is not None
