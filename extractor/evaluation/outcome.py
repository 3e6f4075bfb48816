"""What came of one file and of each document in it."""

from dataclasses import dataclass, field

from extractor.delivery.failure import Failure
from extractor.evaluation.evidence import EvidenceCount
from extractor.evaluation.judging import Judged, Outcome
from extractor.evaluation.truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentOutcome:
    """One document of the manifest. Without a result, all that it shows is missed.

    `spec` is what it was read as. `is_passed` says that no person need look; `reasons`
    are those of its review.
    """

    truth: Truth
    judged: Judged
    spec: str | None = None
    is_passed: bool = False
    reasons: tuple[str, ...] = ()
    evidence: EvidenceCount = field(default_factory=EvidenceCount)
    failure: Failure | None = None

    @property
    def wrong(self) -> int:
        """Return how many values and cells were read wrongly."""
        return sum(judgement.outcome is Outcome.WRONG for judgement in self.judged.all)

    @property
    def missed(self) -> int:
        """Return how many values and cells that are shown were not read."""
        return sum(judgement.outcome is Outcome.MISSED for judgement in self.judged.all)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutcome:
    """One file: a document for each record about it, in the order of the records.

    `seconds` is how long reading took, None where that never ended. `spare_parts` counts
    documents that were read in the file, and that no record is about.
    """

    file: str
    documents: tuple[DocumentOutcome, ...]
    seconds: float | None = None
    spare_parts: int = 0
