"""The report's records: all that a page says, worded, in the order in which it is read."""

from dataclasses import dataclass

from extractor.delivery.report.language import Language
from extractor.delivery.report.pictures import Picture
from extractor.reconciliation.check import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRow:
    """One invoice in the overview. `position` counts from 1 in the order given."""

    position: int
    number: str
    issued: str
    seller: str
    gross: str
    file: str
    found: str
    is_flagged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One side of an entry: what is said, where, and the place cut out of its page."""

    heading: str
    value: str
    where: str
    quote: str
    picture: Picture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One mismatch or question with both its places. `number` is what the drawn pages call it."""

    number: int
    title: str
    code: str
    is_question: bool
    blocks: bool
    tags: tuple[str, ...]
    sentence: str
    original: str  # the rule's own sentence, where the report's may say less
    agreed: Place
    billed: Place
    difference: str
    money: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainRow:
    """One row of a short table: a check or finding, of which invoice, and what is said of it."""

    invoice: str
    title: str
    where: str
    told: str
    original: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRow:
    """One line of an invoice and the row of the price list that it is, or may be."""

    invoice: str
    line: str
    price: str
    score: str
    told: str
    is_sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsRow:
    """One check's bounds in the policy in force."""

    title: str
    severity: str
    blocks: str
    over: str
    under: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholePage:
    """One page with the places of all entries drawn."""

    title: str
    picture: Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that the page says. Texts are plain; what renders them must escape them."""

    language: Language
    title: str
    made: str
    verdict: Verdict
    verdict_word: str
    sentence: str
    contract: tuple[tuple[str, str], ...]  # what it is called, and the value
    invoices: tuple[InvoiceRow, ...]
    mismatches: tuple[Entry, ...]
    questions: tuple[Entry, ...]
    findings: tuple[PlainRow, ...]
    passed: tuple[PlainRow, ...]
    not_checkable: tuple[PlainRow, ...]
    matches: tuple[MatchRow, ...]
    limits: tuple[LimitsRow, ...]
    settings: tuple[tuple[str, str], ...]
    pages: tuple[WholePage, ...]
