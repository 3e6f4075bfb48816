"""How sure a value is, from what is known about how it was read. Pure functions.

A confidence starts from the engine's score, and is moved by independent facts:
arithmetic that the value proves, a check digit, a second reading; and by findings
that speak against it. The numbers stand in `Thresholds`, in one place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.extraction.extraction import Extraction, Leaf, State
from extractor.pages.word import Origin
from extractor.validation.figures import CENT, Figures, figures_of
from extractor.validation.finding import Finding, FindingCode
from extractor.values.identifiers import CheckDigit, check_iban, check_tax_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What confidence is made of. All are shares of 1; bounds are inclusive."""

    key_field: float = 0.70  # below it, a person looks at a key field
    any_value: float = 0.50  # below it, a person looks at any other value or cell
    clear_margin: float = 0.30  # a margin from here on costs nothing
    narrow_margin_cost: float = 0.25  # what a margin of 0 takes off
    ocr_factor: float = 0.95
    model_factor: float = 0.85
    proof_leaves: float = 0.20  # share of the doubt that is left after a proof
    contradicted: float = 0.40  # at most this where a finding names the field
    surest: float = 0.99


DEFAULT_THRESHOLDS = Thresholds()

_TOTALS = ("net_amount", "tax_amount", "gross_amount")
_NO_DOUBT_ON_THE_VALUE = frozenset(
    {FindingCode.DATE_ORDER, FindingCode.HIDDEN_TEXT, FindingCode.UNREADABLE_PAGE, FindingCode.LOW_CONFIDENCE}
)


def proven_fields(extraction: Extraction) -> frozenset[str]:
    """Return the names of plain fields that arithmetic or a check digit proves."""
    return _proven_by_sums(figures_of(extraction)) | _proven_by_check_digits(extraction)


def contradicted_fields(findings: Sequence[Finding]) -> frozenset[str]:
    """Return the paths that findings throw doubt on: `gross_amount`, `line_items[2].net_amount`."""
    return frozenset(
        finding.field
        for finding in findings
        if finding.field is not None and finding.code not in _NO_DOUBT_ON_THE_VALUE
    )


def leaf_confidence(
    leaf: Leaf, *, is_proven: bool, is_contradicted: bool, thresholds: Thresholds
) -> float | None:
    """Return how sure a leaf is, 0..1; None where there is no value."""
    if leaf.value is None or leaf.state in (State.ABSENT, State.UNREADABLE):
        return None
    origin = leaf.evidence.origin if leaf.evidence is not None else Origin.TEXT_LAYER
    if origin is Origin.XML:
        confidence = thresholds.surest
    else:
        confidence = min(max(leaf.score, 0.0), 1.0) * margin_factor(leaf.margin, thresholds=thresholds)
        confidence *= {Origin.OCR: thresholds.ocr_factor, Origin.MODEL: thresholds.model_factor}.get(
            origin, 1.0
        )
    if is_proven:
        confidence = 1 - (1 - confidence) * thresholds.proof_leaves
    if is_contradicted or leaf.state is State.CONTRADICTORY:
        confidence = min(confidence, thresholds.contradicted)
    return round(min(confidence, thresholds.surest), 4)


def margin_factor(margin: float, *, thresholds: Thresholds) -> float:
    """Return what a margin leaves of the score: 1 from the clear margin on."""
    missing = max(0.0, 1 - max(margin, 0.0) / thresholds.clear_margin)
    return 1 - thresholds.narrow_margin_cost * missing


def _proven_by_sums(figures: Figures) -> frozenset[str]:
    net, tax, gross = figures.net, figures.tax, figures.gross
    proven: set[str] = set()
    if net is not None and tax is not None and gross is not None and abs(net + tax - gross) <= CENT:
        proven.update(_TOTALS if tax else ())
    total = figures.lines_sum()
    if total is not None and net is not None and len(figures.lines) > 1 and abs(total - net) <= CENT:
        proven.add("net_amount")
    if gross is not None and figures.due == gross and "gross_amount" in proven:
        proven.add("amount_due")
    return frozenset(proven)


def _proven_by_check_digits(extraction: Extraction) -> frozenset[str]:
    proven = set()
    for name in ("seller_tax_id", "buyer_tax_id"):
        value = extraction.leaf(name).value
        if isinstance(value, str) and check_tax_id(value) is CheckDigit.VALID:
            proven.add(name)
    for name in ("seller_bank_account", "bank_account"):
        account = extraction.group(name).get("account", extraction.leaf(name)).value
        if isinstance(account, str) and check_iban(account) is CheckDigit.VALID:
            proven.add(name)
    return frozenset(proven)
