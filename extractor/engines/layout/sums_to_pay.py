"""Read what is to be paid from a sentence, where no label of a total stands: "Please pay the sum of ..."."""

import re
from collections.abc import Iterator, Sequence

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.printed_numbers import PrintedAmount, PrintedNumbers
from extractor.engines.layout.tax_rows import total_at
from extractor.engines.layout.totals import DUE, GROSS, NET, TotalCandidate

_SUM = re.compile(  # right before the amount
    r"(?:\b(?:sum|amount|total|fee|(?:rechnungs|gesamt|end)?betrag|(?:gesamt|rechnungs)?summe|honorar|somme|montant"
    r"|honoraires|bedrag|som|totaalbedrag|cantidad|importe|suma|importo|somma|quantia|valor|montante|importância)\b"
    r"[^.;]{0,24}?(?:\b(?:of|von|über|in höhe von|de|ter hoogte van|van|di|pari a|is|comes to|beträgt"
    r"|beläuft sich auf"
    r"|lautet|s[’']élève à|bedraagt|asciende a|es de|ammonta a|è di|é de|ascende a)\b)|\bihnen)[\s:]*$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:pay|remit|transfer|settle|charge|bill|invoice|due|überweis|zahl|begleich|berechn|stellen|in"
    r" rechnung"
    r"|régl|regl|verser|virer|payer|paiement|factur|over te maken|overmaken|betal|voldoen|abon[ae]|pagar"
    r"|pague|ingres"
    r"|transfer|versare|pagare|saldare|bonific|liquidar|pagamento|fatur)",
    re.IGNORECASE,
)
_FEES = re.compile(
    r"interest|late|reminder|penalt|verzug|mahn|säumnis|retard|pénalit|indemnit|rente|incasso|aanman|demora|recargo"
    r"|interes|mora\b|penal|juros|skonto|discount|escompte|korting|descuento|sconto|desconto|deposit|anzahlung|acompte",
    re.IGNORECASE,
)
_SCORE = 0.6


def sums_to_pay(
    pages: Sequence[LabelledSheet], found: Sequence[TotalCandidate], numbers: PrintedNumbers
) -> Iterator[TotalCandidate]:
    """Yield amounts with their currency that a sentence asks to pay, if no label names a total."""
    if any(each.name in {NET, GROSS, DUE} and not each.is_borrowed for each in found):
        return
    for page in pages:
        for cell in page.sheet.cells:
            if len(cell.words) > 3 and not page.is_in_table(cell):  # noqa: PLR2004 - a sentence
                amount = _asked(cell, numbers)
                if amount is not None:
                    yield total_at(DUE, amount, _SCORE)


def _asked(cell: Cell, numbers: PrintedNumbers) -> PrintedAmount | None:
    if not _ASKED.search(cell.text) or _FEES.search(cell.text):
        return None
    amounts = [each for each in numbers.amounts_in([cell]) if each.currency is not None]
    named = (each for each in amounts if _SUM.search(cell.text, 0, each.start))
    return next(named, None)
