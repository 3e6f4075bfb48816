"""Say of every value that was read whether it is right: what calibration is fitted on."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.assessment.assessment import Assessment
from extractor.evaluation.judging import Outcome
from extractor.evaluation.judging import judge as judge_against
from extractor.extraction.extraction import Leaf
from synthesis.measure import invoice_truth
from synthesis.truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One value that was read. `path` is as proofs name it, `column` empty outside tables."""

    document: str
    path: str
    field: str
    column: str
    leaf: Leaf
    wanted: str | None
    is_right: bool


def judge(document: str, assessment: Assessment, truth: Truth) -> Iterator[Judged]:
    """Yield every value of one invoice that truth can say something of."""
    judged = judge_against(invoice_truth(truth), assessment, is_literal=True)
    for each in judged.all:
        if each.leaf is None or each.leaf.value is None:
            continue
        field, _, column = each.field.partition(".")
        is_cell = "[" in each.path
        yield Judged(
            document=document,
            path=each.path if is_cell else field,
            field=field,
            column=column if is_cell else "",
            leaf=each.leaf,
            wanted=each.wanted,
            is_right=each.outcome is Outcome.RIGHT,
        )
