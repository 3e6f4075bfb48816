"""Amounts beside the lines: freight, fees, discounts, deposits and old balances on the page.

They are no fields of an invoice, yet its sums run over them. Where a sum does not come
out, the page is looked through for them: one that makes it come out is no contradiction.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from extractor.pages.page import Page
from extractor.values.amounts import find_amounts
from extractor.values.text import fold

FEE = re.compile(
    r"\b(freight|shipping|shipment|handling|postage|carriage|courier|"
    r"delivery (charge|fee|cost)s?|surcharges?|fees?|"
    r"packing|packaging|rush|expedit\w*|insurance|toll|fuel|levy|charges?|mileage|travel|expenses|disbursements?|"
    r"porto|fracht\w*|versand\w*|\w*gebühr(en)?|\w*zuschlag|\w*zuschläge|\w*pauschale|\w*kosten|verpackung\w*|"
    r"maut\w*|"
    r"anfahrt\w*|spesen|lieferung|transport\w*|express\w*|"
    r"frais|port|livraison|emballage|supplément|surcoût|acheminement|affranchissement|déplacement)\b"
    r"|[费費]\s*(用)?\s*([(（].*)?$|运费|运输费|手续费|邮费|快递|加急|包装费|装卸|附加费|管理费|服务费|物流"
)
DISCOUNT = re.compile(
    r"\b(discounts?|rebate|allowance|reduction|\w*rabatt\w*|\w*nachlass|\w*nachlaß|skonto|bonus|remise|"
    r"réduction|rabais|"
    r"ristourne|escompte)\b|折扣|优惠|让利|减免|返利|折让"
)
RETENTION = re.compile(
    r"\b(retention|retainage|retained|holdback|\w*einbehalt\w*|retenue)\b|质保金|保留金|质量保证金|保修金|尾款扣留|扣留"
)
PREPAID = re.compile(
    r"\b(deposit|advance|prepaid|prepayment|down ?payment|paid|"
    r"anzahlung\w*|abschlagszahlung\w*|acompte|avance)\b|"
    r"预付|定金|订金|已付"
)
_OTHER = re.compile(
    r"\b(gratuity|tips?|round(ing|ed)|credits?|withh\w+|adjustments?|refund\w*|voucher\w*|coupon\w*|"
    r"rundung\w*|gutschein\w*|abzug|abzüge|abzgl|abzüglich|zzgl|vorauszahlung\w*|teilzahlung\w*|"
    r"arrondi|acomptes|irpf|retención|ritenuta|retenção|portes|spese|envío|verzend\w*|korting|aanbetaling|"
    r"descuento|sconto|desconto|anticipo|sinal)\b|抹零|代扣|抵扣|代垫"
)
BALANCE = re.compile(
    r"\b(balance|carried forward|brought forward|previous|overdue|outstanding|arrears|unpaid|past due|"
    r"saldo|vorherig\w*|rückstand|offene\w*|vortrag|solde|précédent|arriéré\w*|saldo anterior)\b|"
    r"上期|结转|欠款|滞纳|余额"
)
_KINDS = (FEE, DISCOUNT, RETENTION, PREPAID, _OTHER, BALANCE)
_MOST_AMOUNTS = 24  # of one document; more are the rows of a price list
_TOGETHER = (
    (1, _MOST_AMOUNTS),
    (2, 8),
    (3, 5),
)  # so many may be taken together, of so many: more meets by chance
_SUM_NOISE = Decimal("0.01")


def side_amounts(pages: Sequence[Page]) -> tuple[Decimal, ...]:
    """Return what stands in a row with a word for a charge or deduction, without sign."""
    amounts: dict[Decimal, None] = {}
    for page in pages:
        for amount in _on(page):
            if amount:
                amounts[abs(amount)] = None
    return tuple(amounts)[:_MOST_AMOUNTS]


def explains(amounts: Sequence[Decimal], difference: Decimal, *, rounding: Decimal = _SUM_NOISE) -> bool:
    """Say whether up to three of the amounts, added or taken off, make up the difference."""
    for count, most in _TOGETHER:
        if len(amounts) > most:
            break
        for chosen in combinations(amounts, count):
            if any(abs(total - difference) <= rounding for total in _signed_sums(chosen)):
                return True
    return False


def _signed_sums(amounts: tuple[Decimal, ...]) -> set[Decimal]:
    sums = {Decimal(0)}
    for amount in amounts:
        sums = {total + sign * amount for total in sums for sign in (1, -1)}
    return sums


def _has_cents(amount: Decimal) -> bool:
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and exponent < 0


def _on(page: Page) -> Iterator[Decimal]:
    is_waiting = False  # a row of labels whose amounts stand in the next row
    for line in page.lines:
        text, folded = line.text, fold(line.text)
        is_labelled = any(kind.search(folded) for kind in _KINDS)
        if not is_labelled and not is_waiting:
            continue
        amounts = [
            (found.end, found.amount.value)
            for mark in (".", ",")
            for found in find_amounts(text, decimal_mark=mark)
            if found.amount.currency is not None or _has_cents(found.amount.value)
        ]
        last = max((end for end, _ in amounts), default=0)  # before it stands what it is taken from
        yield from (amount for end, amount in amounts if end == last or is_waiting)
        is_waiting = is_labelled and not amounts
