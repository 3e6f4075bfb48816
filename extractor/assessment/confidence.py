"""How sure each value is: what the confidence model says, and what speaks against it."""

from collections.abc import Mapping, Sequence

from extractor.assessment.calibration import Calibration
from extractor.assessment.features import features_of, known_values
from extractor.extraction.extraction import Extraction, Leaf, State
from extractor.extraction.options import is_coded
from extractor.field_specs.spec import FieldType, Spec
from extractor.pages.page import Page
from extractor.pages.word import Origin
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.proofs import Proof, Proofs

SUREST = 0.99
PROVEN_ID = 0.95  # at least: of 1,463 such tax ids on generated invoices 1,456 were right
_CLEAR_LEAD, _NAMED = 0.2, 0.7  # of the score of 1: over the next id, and of a label or a block
CONTRADICTED = 0.40  # at most this where a finding names the value
_RECOGNISED = frozenset({Origin.OCR, Origin.MODEL})
_NO_DOUBT_ON_THE_VALUE = frozenset(
    {FindingCode.DATE_ORDER, FindingCode.HIDDEN_TEXT, FindingCode.UNREADABLE_PAGE, FindingCode.LOW_CONFIDENCE}
)
_OF_CHECK_DIGITS = frozenset({FindingCode.TAX_ID_CHECKSUM, FindingCode.IBAN_CHECKSUM})


def confidences(
    extraction: Extraction,
    *,
    findings: Sequence[Finding],
    proofs: Proofs,
    spec: Spec,
    calibration: Calibration,
    pages: Sequence[Page] = (),
) -> Mapping[int, float]:
    """Return how sure each leaf with a value is, 0..1, by the leaf's identity."""
    known = list(known_values(extraction))
    if not known:
        return {}
    rows = features_of(known, extraction, findings=findings, proofs=proofs, spec=spec, pages=pages)
    told = calibration.confidences(rows)
    sure = {}
    for each, share in zip(known, told, strict=True):
        bound = SUREST
        if is_coded(each.leaf) and not each.leaf.is_stored:
            bound = each.leaf.score  # a hint: the model was not trained on what stands in codes alone
        if each.leaf.state is State.CONTRADICTORY or any(
            doubts(finding, each.leaf, path=each.path) for finding in findings
        ):
            bound = min(bound, CONTRADICTED)
        is_id = spec.fields[each.field].type is FieldType.TAX_ID
        is_proven = is_id and _is_proven(each.leaf, proofs.get(each.path, frozenset()))
        least = SUREST if each.leaf.is_stored else PROVEN_ID if is_proven else 0.0
        sure[id(each.leaf)] = round(min(max(float(share), least), bound), 4)
    return sure


def _is_proven(leaf: Leaf, proofs: frozenset[Proof]) -> bool:
    """Say whether an id has right check digits and leads clearly over others: whose it is, is sure too."""
    return Proof.CHECK_DIGIT in proofs and leaf.margin >= _CLEAR_LEAD and leaf.score >= _NAMED


def doubts(finding: Finding, leaf: Leaf, *, path: str) -> bool:
    """Say whether a finding throws doubt on the value at the path.

    A wrong check digit says of characters that were recognised that they were misread, and
    of a text layer that the document prints a wrong id.
    """
    if finding.field != path or finding.code in _NO_DOUBT_ON_THE_VALUE:
        return False
    is_recognised = leaf.evidence is not None and leaf.evidence.origin in _RECOGNISED
    return is_recognised or finding.code not in _OF_CHECK_DIGITS
