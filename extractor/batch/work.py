"""What a worker process does with files of a batch, usually one. Importing it imports the whole pipeline."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from extractor.assessment.assessment import Assessment
from extractor.batch.files import BatchFile, is_document
from extractor.delivery.encoding import encode_assessment
from extractor.delivery.failure import FAULT_CODE, encode_failure, failure_of
from extractor.pipeline import extract, extract_together


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


def read_files(files: Sequence[BatchFile], *, spec: str, engine: str) -> tuple[tuple[Line, ...], ...]:
    """Return for each file a line for each document in it; one that cannot be read has one that says why.

    Of several files the pages are read together, where the engine can do that.
    """
    outcomes: list[tuple[Assessment, ...] | Exception | None] = [_skipped(file) for file in files]
    wanted = [index for index, outcome in enumerate(outcomes) if outcome is None]
    for index, outcome in zip(wanted, _extracted([files[at] for at in wanted], spec, engine), strict=True):
        outcomes[index] = outcome
    return tuple(_lines(file, outcome) for file, outcome in zip(files, outcomes, strict=True))


def _skipped(file: BatchFile) -> tuple[()] | Exception | None:
    """Return no assessments for what is no document, the fault where it cannot be told, else None."""
    try:
        return None if is_document(file) else ()
    except Exception as error:  # noqa: BLE001 - one document's run is recorded here; the batch goes on
        return error


def _extracted(
    files: Sequence[BatchFile], spec: str, engine: str
) -> Sequence[tuple[Assessment, ...] | Exception]:
    try:
        if len(files) == 1:
            return [extract(files[0].path, spec=spec, engine=engine)]
        return extract_together([file.path for file in files], spec=spec, engine=engine)
    except Exception as error:  # noqa: BLE001 - as above; of several files each is read alone, to find whose it is
        if len(files) == 1:
            return [error]
        return [outcome for file in files for outcome in _extracted([file], spec, engine)]


def _lines(file: BatchFile, outcome: tuple[Assessment, ...] | Exception | None) -> tuple[Line, ...]:
    if isinstance(outcome, Exception):
        return (failed_line(outcome, source=str(file.path)),)
    if not outcome:
        return (Line(outcome=Outcome.SKIPPED),)
    return tuple(
        Line(
            outcome=Outcome.REVIEW if assessment.review.required else Outcome.EXTRACTED,
            json=json.dumps(encode_assessment(assessment), ensure_ascii=False),
        )
        for assessment in outcome
    )


def failed_line(error: Exception, *, source: str) -> Line:
    """Return the line of a document that gave no result."""
    failure = failure_of(error, source=source)
    return Line(
        outcome=Outcome.FAULT if failure.code == FAULT_CODE else Outcome.FAILED,
        json=json.dumps(encode_failure(failure), ensure_ascii=False),
    )
