"""How sure a value is: from the engine's score, what proves it, and what speaks against it.

The engine's score, its margin over the next candidate and the origin of the characters
make a raw confidence. What that is worth for a value of its kind, proven or not, is the
calibration's to say.
"""

from collections.abc import Sequence

from extractor.assessment.calibration import ANY, PROVEN, Calibration
from extractor.extraction.extraction import Leaf, State
from extractor.field_specs.spec import Spec
from extractor.pages.word import Origin
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.proofs import Proof

SUREST = 0.99
CONTRADICTED = 0.40  # at most this where a finding names the value
_CLEAR_MARGIN = 0.30  # a margin from here on costs nothing
_NARROW_MARGIN_COST = 0.25  # what a margin of 0 takes off
_OF_ORIGIN = {Origin.OCR: 0.95, Origin.MODEL: 0.85}
_STRONG = frozenset({Proof.SUM, Proof.CHECK_DIGIT, Proof.TERM, Proof.WORDS, Proof.SECOND})
_NO_DOUBT_ON_THE_VALUE = frozenset(
    {FindingCode.DATE_ORDER, FindingCode.HIDDEN_TEXT, FindingCode.UNREADABLE_PAGE, FindingCode.LOW_CONFIDENCE}
)
_OF_CHECK_DIGITS = frozenset({FindingCode.TAX_ID_CHECKSUM, FindingCode.IBAN_CHECKSUM})


def raw_confidence(leaf: Leaf) -> float:
    """Return the engine's score, less for a narrow margin and for characters that were recognised."""
    origin = leaf.evidence.origin if leaf.evidence is not None else Origin.TEXT_LAYER
    return min(max(leaf.score, 0.0), 1.0) * margin_factor(leaf.margin) * _OF_ORIGIN.get(origin, 1.0)


def margin_factor(margin: float) -> float:
    """Return what a margin leaves of the score: 1 from the clear margin on."""
    missing = max(0.0, 1 - max(margin, 0.0) / _CLEAR_MARGIN)
    return 1 - _NARROW_MARGIN_COST * missing


def kinds_of(spec: Spec, field: str, column: str = "") -> tuple[str, ...]:
    """Return what the calibration may know a value by: its field, and its type.

    Names begin with "clause." in contracts; a table's cells are "line_items.unit" and
    "cell.text".
    """
    of_clauses = "clause." if spec.reading == "clauses" else ""
    known = spec.fields.get(field)
    if known is None or (column and column not in known.columns):
        return (ANY,)
    if column:
        return (f"{of_clauses}{field}.{column}", f"{of_clauses}cell.{known.columns[column].type}")
    return (f"{of_clauses}{field}", f"{of_clauses}{known.type}")


def curves_for(kinds: Sequence[str], proofs: frozenset[Proof]) -> tuple[str, ...]:
    """Return the calibration's names for a value of the kinds, the most special first."""
    if proofs & _STRONG:
        return (*(f"{kind}.proven" for kind in kinds), PROVEN)
    if Proof.FORM in proofs:
        return (*(f"{kind}.formed" for kind in kinds), *(f"{kind}.proven" for kind in kinds), *kinds)
    if Proof.REPEATED in proofs:
        return (*(f"{kind}.repeated" for kind in kinds), *kinds)
    return tuple(kinds)


def leaf_confidence(
    leaf: Leaf,
    *,
    kinds: Sequence[str],
    proofs: frozenset[Proof],
    is_contradicted: bool,
    calibration: Calibration,
) -> float | None:
    """Return how sure a leaf is, 0..1; None where there is no value."""
    if leaf.value is None or leaf.state in (State.ABSENT, State.UNREADABLE):
        return None
    if leaf.is_stored:
        confidence = SUREST
    else:
        confidence = calibration.confidence(raw_confidence(leaf), names=curves_for(kinds, proofs))
    if is_contradicted or leaf.state is State.CONTRADICTORY:
        confidence = min(confidence, CONTRADICTED)
    return round(min(confidence, SUREST), 4)


def doubts(finding: Finding, leaf: Leaf, *, path: str) -> bool:
    """Say whether a finding throws doubt on the value at the path.

    A wrong check digit says of characters that were recognised that they were misread, and
    of a text layer that the document prints a wrong id.
    """
    if finding.field != path or finding.code in _NO_DOUBT_ON_THE_VALUE:
        return False
    is_recognised = leaf.evidence is not None and leaf.evidence.origin in _OF_ORIGIN
    return is_recognised or finding.code not in _OF_CHECK_DIGITS
