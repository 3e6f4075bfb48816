"""What a worker process does with one file of a manifest. Importing it imports the whole pipeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from extractor.assessment.assessment import Assessment
from extractor.delivery.failure import Failure, failure_of
from extractor.documents.opening import open_document
from extractor.evaluation.evidence import EvidenceCount, prove_evidence
from extractor.evaluation.judging import Outcome, judge
from extractor.evaluation.outcome import DocumentOutcome, FileOutcome
from extractor.evaluation.rows import paired
from extractor.evaluation.truth import Truth
from extractor.pipeline import extract

NO_PART = "PartNotFound"  # the file was read as fewer documents than the manifest names
_A_PAGE = 10_000  # is worth more than all values of a document


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTask:
    """One file, and the truth about the documents in it that are read by one spec."""

    path: Path
    truths: tuple[Truth, ...]
    spec: str
    engine: str

    @property
    def file(self) -> str:
        """Return the file's name as the manifest writes it."""
        return self.truths[0].file


def read_and_judge(task: FileTask) -> FileOutcome:
    """Read a file, judge its documents and prove their evidence; a failure is an outcome too."""
    try:
        started = perf_counter()
        assessments = extract(task.path, spec=task.spec, engine=task.engine, name=task.file)
        seconds = perf_counter() - started
        counts = prove_evidence(open_document(task.path), assessments)
    except Exception as error:  # noqa: BLE001 - one document's run is recorded here; the others go on
        return failed(task, error)
    chosen = assigned(task.truths, assessments)
    documents = (
        _without_part(truth, len(assessments), task)
        if index is None
        else _outcome(truth, assessments[index], counts[index])
        for truth, index in zip(task.truths, chosen, strict=True)
    )
    return FileOutcome(
        file=task.file,
        documents=tuple(documents),
        seconds=seconds,
        spare_parts=len(assessments) - sum(index is not None for index in chosen),
    )


def failed(task: FileTask, error: Exception) -> FileOutcome:
    """Return the outcome of a file that gave no result: nothing of what it shows was read."""
    failure = failure_of(error, source=task.file)
    documents = (
        DocumentOutcome(truth=truth, judged=judge(truth, None), failure=failure) for truth in task.truths
    )
    return FileOutcome(file=task.file, documents=tuple(documents))


def assigned(truths: Sequence[Truth], parts: Sequence[Assessment]) -> tuple[int | None, ...]:
    """Return the part that each record is about: by its pages, else by how many values are right."""

    def agreement(truth: Truth, part: Assessment) -> int:
        shared = len(set(truth.pages) & set(part.extraction.part.pages))
        right = sum(each.outcome is Outcome.RIGHT for each in judge(truth, part).all)
        return 1 + right + _A_PAGE * shared

    if len(truths) == len(parts) == 1:
        return (0,)
    pairs = dict(paired(truths, parts, agreement))
    return tuple(pairs.get(number) for number in range(len(truths)))


def _outcome(truth: Truth, assessment: Assessment, evidence: EvidenceCount) -> DocumentOutcome:
    return DocumentOutcome(
        truth=truth,
        judged=judge(truth, assessment),
        spec=assessment.extraction.spec,
        is_passed=not assessment.review.required,
        reasons=assessment.review.reasons,
        evidence=evidence,
    )


def _without_part(truth: Truth, count: int, task: FileTask) -> DocumentOutcome:
    documents = "1 document" if count == 1 else f"{count} documents"
    failure = Failure(
        source=task.file,
        code=NO_PART,
        message=f"the file was read as {documents}; none is left for this record",
    )
    return DocumentOutcome(truth=truth, judged=judge(truth, None), failure=failure)
