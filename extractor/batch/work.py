"""What a worker process does with one file of a batch. Importing it imports the whole pipeline."""

import json
from dataclasses import dataclass
from enum import StrEnum

from extractor.batch.files import BatchFile, is_document
from extractor.delivery.encoding import encode_assessment
from extractor.delivery.failure import FAULT_CODE, encode_failure, failure_of
from extractor.pipeline import extract


class Outcome(StrEnum):
    """How one document of a batch ended."""

    EXTRACTED = "extracted"  # and nobody need look
    REVIEW = "review"  # extracted, and a person must look
    FAILED = "failed"
    FAULT = "fault"  # failed by a fault of ours
    SKIPPED = "skipped"  # a file that is no document


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One document's line of JSON, without the line break; None for a skipped file."""

    outcome: Outcome
    json: str | None = None


def read_file(file: BatchFile, *, spec: str, engine: str) -> tuple[Line, ...]:
    """Return a line for each document in the file; a file that cannot be read has one that says why."""
    try:
        if not is_document(file):
            return (Line(outcome=Outcome.SKIPPED),)
        assessments = extract(file.path, spec=spec, engine=engine)
        return tuple(
            Line(
                outcome=Outcome.REVIEW if assessment.review.required else Outcome.EXTRACTED,
                json=json.dumps(encode_assessment(assessment), ensure_ascii=False),
            )
            for assessment in assessments
        )
    except Exception as error:  # noqa: BLE001 - one document's run is recorded here; the batch goes on
        return (failed_line(error, source=str(file.path)),)


def failed_line(error: Exception, *, source: str) -> Line:
    """Return the line of a document that gave no result."""
    failure = failure_of(error, source=source)
    return Line(
        outcome=Outcome.FAULT if failure.code == FAULT_CODE else Outcome.FAILED,
        json=json.dumps(encode_failure(failure), ensure_ascii=False),
    )
