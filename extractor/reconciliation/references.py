"""Find in an invoice's free text what delivery, service date or period it is for."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from extractor.reconciliation.bill import Bill
from extractor.values.dates import find_dates
from extractor.values.text import fold, squeeze

_SERVICE_LABEL = re.compile(
    r"\b(deliver(y|ed)|service|supply|supplied|performance|performed|dispatch(ed)?|shipped|shipment|"
    r"tax point|billing|"
    r"covering|covered|"
    r"leistungs\w*|liefer\w*|ausführung\w*|abrechnungs\w*|erbracht|geliefert|versand\w*|"
    r"livraison|prestation|période|exécution)\b|"
    r"交货|送货|到货|发货|供货|服务|履行|交付|验收|账期|结算期|计费|所属期|期间|月份"
)
_DATE_LABEL = re.compile(
    r"\bdates?\b|\bperiod\b|\bpériode\b|\bon\b|\w*datum\b|\w*zeitraum\b|\w*zeitpunkt\b|\w*tag\b|日期|时间|期间|日|月|期"
)
_NOTE_LABEL = re.compile(
    r"\b(delivery note|delivery (no|number|ref\w*|docket)|dispatch note|packing (slip|list)|goods receipt|"
    r"waybill|consignment( note)?|shipment (no|number|ref\w*)|job (no|number|ref\w*)|timesheet|work order|"
    r"lieferschein\w*|frachtbrief\w*|wareneingang\w*|bon de livraison|bordereau de livraison)\b|"
    r"送货单|交货单|发货单|出库单|入库单|验收单|运单|物流单|配送单|签收单"
)
_NOTE = re.compile(r"[a-z0-9][a-z0-9/_.-]*\d[a-z0-9/_-]*|\d+")
_NOTE_REACH = 40  # signs between the label and the number
_DATE_REACH = 45
_PERIOD_UNIT = re.compile(
    r"months?|mon\.?|monate?|mt\.?|mois|quarters?|quartale?|years?|jahre?|[个個]?月|季度?|年"
)
_LABEL_REACH = 15  # before it: "date of supply"
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name
} | {
    "januar": 1, "februar": 2, "märz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10, "dezember": 12,
    "janvier": 1, "février": 2, "mars": 3, "avril": 4, "juin": 6, "juillet": 7, "août": 8, "septembre": 9,
    "octobre": 10, "novembre": 11, "décembre": 12,
}  # fmt: skip
_MONTH = re.compile(
    r"(?P<name>[^\W\d_]{3,})\.?,? (?P<year>20\d\d)\b|(?P<zh>20\d\d)年(?P<m>\d{1,2})月(?!\d)|"
    r"\b(?P<n>\d{1,2})/(?P<y>20\d\d)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days from first to last, both inclusive; one day where they are equal."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """What an invoice says it is for: numbers of delivery notes, days and periods."""

    notes: frozenset[str]
    periods: tuple[Period, ...]

    @property
    def tells(self) -> bool:
        """Say whether the invoice tells anything of its delivery."""
        return bool(self.notes or self.periods)

    def differs_from(self, other: "References") -> bool:
        """Say whether both tell of deliveries, and of different ones."""
        if self.notes and other.notes:
            return not self.notes & other.notes
        if self.periods and other.periods:
            return set(self.periods) != set(other.periods)
        return False

    def is_same_as(self, other: "References") -> bool:
        """Say whether both tell of the same delivery."""
        if self.differs_from(other):
            return False
        return bool(self.notes & other.notes) or bool(self.periods and self.periods == other.periods)


def references_of(bill: Bill) -> References:
    """Return the deliveries and periods named in the remarks and lines of an invoice."""
    texts = [bill.leaf("remarks").text or bill.text("remarks")]
    texts += [line.wording for line in bill.lines]
    notes: set[str] = set()
    periods: list[Period] = []
    for text in texts:
        for passage in _passages(text):
            notes.update(_notes(passage))
            periods.extend(_periods(passage))
    for line in bill.lines:
        if _PERIOD_UNIT.fullmatch(fold(line.unit or "")):  # a fee for a month says which without a label
            periods.extend(list(_whole_months(fold(line.wording)))[:1])
    return References(notes=frozenset(notes), periods=tuple(dict.fromkeys(periods)))


def service_period(bill: Bill) -> Period | None:
    """Return the delivery or service days that are printed, from the first to the last."""
    periods = references_of(bill).periods
    if not periods:
        return None
    return Period(first=min(each.first for each in periods), last=max(each.last for each in periods))


def _passages(text: str) -> list[str]:
    return [fold(passage) for passage in re.split(r"[\n;；。|]", text) if passage.strip()]


def _notes(passage: str) -> Iterator[str]:
    for label in _NOTE_LABEL.finditer(passage):
        reach = passage[label.end() : label.end() + _NOTE_REACH]
        number = _NOTE.search(reach)
        if number is not None and not find_dates(number.group()):
            yield squeeze(number.group())


def _periods(passage: str) -> Iterator[Period]:
    for label in _SERVICE_LABEL.finditer(passage):
        reach = passage[label.start() : label.end() + _DATE_REACH]
        if not _DATE_LABEL.search(passage[max(0, label.start() - _LABEL_REACH) : label.end() + _DATE_REACH]):
            continue
        days = [each.date for each in find_dates(reach)]
        if days:
            yield Period(first=min(days), last=max(days))
            return
        month = next(_whole_months(reach), None)
        if month is not None:
            yield month
            return


def _whole_months(text: str) -> Iterator[Period]:
    for found in _MONTH.finditer(text):
        if found["name"]:
            number, year = _MONTHS.get(found["name"].casefold(), 0), int(found["year"])
        else:
            number, year = int(found["m"] or found["n"]), int(found["zh"] or found["y"])
        if 1 <= number <= 12:  # noqa: PLR2004 - the months of a year
            yield Period(
                first=date(year, number, 1), last=date(year, number, calendar.monthrange(year, number)[1])
            )
