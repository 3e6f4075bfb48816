"""Lines that carry a sum, or the document itself, from one page to the next."""

import re
from collections.abc import Iterator
from enum import StrEnum

from extractor.engines.layout.cells import Sheet
from extractor.values.text import fold


class Carried(StrEnum):
    """Which page a carrying line points at."""

    IN = "in"  # from the page before
    OUT = "out"  # to the next page


_SUM = (
    r"(?:(?:sub ?total|amount|sum|total|zwischensumme|summe|montant|totale?|totaal|importe|valor)[ ,:/-]*)?"
)
_IN = re.compile(
    rf"{_SUM}[(]?(?:brought forward|b/fw?d?\b|continued from|continuation of page|"
    r"(?:fortsetzung|übertrag) (?:von|aus|der) |suite de la page|report de(?: la)? page|report page|reporté|"
    r"vervolg van|overgebracht|suma anterior|viene de|riporto|segue da|transporte anterior|vindo de|"
    r"承前页|承上页|接上页|续上页|接前页)"
)
_OUT = re.compile(
    rf"{_SUM}[(]?(?:carried (?:forward|over)|c/fw?d?\b|continued (?:on|overleaf|over|next)|"
    r"fortsetzung (?:auf|folgt|nächste|siehe)|übertrag (?:auf|nach|zur) |"
    r"weiter auf (?:der )?(?:seite|nächste|folge)|à reporter|suite (?:page|au verso|sur)|"
    r"voir page suivante|over te brengen|vervolg op|zie volgende|suma y sigue|"
    r"continúa en|pasa a la página|a riportare|segue (?:a pagina|pagina|su)|a transportar|"
    r"continua (?:na|a|alla) p|过次页|转次页|转下页|接下页|续下页|见下页)"
)
_EITHER = re.compile(rf"{_SUM}(?:übertrag|uebertrag|carry forward)\b")  # by where it stands
_OF_ACCOUNTS = re.compile(r"balance|saldo|solde|last (?:bill|invoice|statement)|previous|余额|结余")
_LONGEST = 60  # characters; a longer text is a sentence


def carried(sheet: Sheet) -> frozenset[Carried]:
    """Say whether the page goes on with an earlier one, and whether a later one goes on with it.

    The balance of an account that is brought forward is no such line.
    """
    return frozenset(_directions(sheet))


def _directions(sheet: Sheet) -> Iterator[Carried]:
    for cell in sheet.cells:
        if len(cell.text) > _LONGEST:
            continue
        text = fold(cell.text)
        if _OF_ACCOUNTS.search(text):
            continue
        if _IN.match(text):
            yield Carried.IN
        elif _OUT.match(text):
            yield Carried.OUT
        elif _EITHER.match(text):
            yield Carried.IN if cell.box.y0 < sheet.page.height / 2 else Carried.OUT
