"""Lines for goods and services that the price list does not have."""

from collections.abc import Iterator, Sequence

from extractor.reconciliation.agreement import AgreedPrice, side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case, asks, mismatches, not_checkable, passed
from extractor.reconciliation.check import Check, CheckCode
from extractor.reconciliation.matching import Match
from extractor.reconciliation.reason import Reason
from extractor.reconciliation.standing import has_words, is_a_step, is_foreign, is_release, is_unknown
from extractor.reconciliation.wording import LineKind

SENTENCE_ENDS = (".", "。", ";", "；")


def lines_in_contract(case: Case, earlier: Sequence[Check]) -> Iterator[Check]:
    """Find lines for goods or services that the price list does not have."""
    code = CheckCode.ITEM_NOT_IN_CONTRACT
    for bill in case.bills:
        place = case.agreement.place("price_list") or case.agreement.place("milestones")
        if not case.agreement.prices and not any(is_a_step(case, line) for line in bill.lines):
            yield not_checkable(code, bill, Reason.NO_PRICE_LIST, "The contract has no price list.")
            continue
        goods = [
            line for line in bill.lines if line.kind is LineKind.GOODS and not is_release(case, bill, line)
        ]
        unknown = [line for line in goods if is_unknown(case, bill, line)]
        other = mismatches(earlier, CheckCode.CONTRACT_NUMBER_MISMATCH, bill)
        of_another = CheckCode.CONTRACT_NUMBER_MISMATCH if other and is_foreign(case, bill) else None
        is_unsure_list = are_in_sentences(case.agreement.prices) and 2 * len(unknown) >= len(goods)
        for line in unknown:
            billed = side_of(line.cell("description"))
            if has_words(line) and is_unsure_list:
                yield asks(
                    code,
                    bill,
                    Reason.MAYBE_IN_A_SENTENCE,
                    f"Does the contract price {line.description or line.wording}? "
                    "It states its prices in sentences.",
                    field=line.path("description"),
                    agreed=place,
                    billed=billed,
                )
                continue
            if not has_words(line):
                yield asks(
                    code,
                    bill,
                    Reason.UNKNOWN_NAME,
                    f"What is {line.wording}? The contract has nothing by that name.",
                    field=line.path("description"),
                    agreed=place,
                    billed=billed,
                )
                continue
            yield case.mismatch(
                code,
                bill,
                f"{line.description or line.wording} is billed, but is not in the contract.",
                field=line.path("description"),
                agreed=place,
                billed=billed,
                difference=line.net,
                consequence_of=of_another,
            )
        questions = [match for line in goods if (match := case.question(bill, line.index)) is not None]
        for match in questions:
            yield is_it(code, bill, match)
        if not unknown and not questions:
            yield (
                passed(code, bill, f"All {len(goods)} lines are on the price list.")
                if goods
                else not_checkable(code, bill, Reason.NO_LINES, "The invoice has no lines.")
            )


def are_in_sentences(prices: Sequence[AgreedPrice]) -> bool:
    """Say whether the prices stand in sentences: among them a further one is easily passed over."""
    quotes = [(price.price_side.quote or "").rstrip(" \"'”") for price in prices]
    return bool(quotes) and all(quote.endswith(SENTENCE_ENDS) for quote in quotes)


def is_it(code: CheckCode, bill: Bill, match: Match) -> Check:
    """Ask whether a line is the row that it is only like."""
    return asks(
        code,
        bill,
        Reason.MAYBE_THE_ROW,
        f"Is {match.line.wording} the contract's {match.price.wording}? They are alike ({match.score:.2f}).",
        field=match.line.path("description"),
        agreed=match.price.price_side,
        billed=side_of(match.line.cell("description")),
    )
