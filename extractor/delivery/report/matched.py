"""The report's rows of matches: what every line was taken for, and how surely."""

from collections.abc import Iterator
from decimal import Decimal

from extractor.delivery.report.language import Wording
from extractor.delivery.report.report import MatchRow
from extractor.delivery.report.sentences import invoice_name
from extractor.delivery.wording import value_text
from extractor.reconciliation.check import LineMatch, Reconciliation

_WHAT = {"price_list": "row", "milestones": "step", "allowed_fees": "fee"}  # by the term's field
_ONE = Decimal(1)


def match_rows(compared: Reconciliation, words: Wording) -> Iterator[MatchRow]:
    """Yield a row for every line of every invoice, in the order given and printed."""
    for match in compared.matches:
        factor = "" if match.factor in {None, _ONE} else f" × {value_text(match.factor)}"
        agreed = "" if match.agreed is None else value_text(match.agreed.value)
        yield MatchRow(
            invoice=invoice_name(compared.invoices[match.invoice], match.invoice, words),
            line=f"{match.line + 1}. {value_text(match.billed.value)}",
            price=f"{agreed}{factor}",
            score="" if match.score is None else f"{match.score:.2f}",
            told=_told(match, words),
            is_sure=match.is_sure or match.term is None,
        )


def _told(match: LineMatch, words: Wording) -> str:
    if match.term is None:
        return words.say("match.nothing")
    if not match.is_sure:
        return words.say("match.question")
    return words.say(f"match.{_WHAT[match.term.partition('[')[0]]}")
