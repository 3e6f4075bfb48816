"""What is delivered of a document that could not be read."""

from dataclasses import dataclass

from extractor.delivery.encoding import Json
from extractor.errors import ExtractorError
from extractor.faults import describe_fault, one_line

FAULT_CODE = "Fault"  # not one of our errors: a bug


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why one document gave no result. `code` is an error's class name, or "Fault"."""

    source: str
    code: str
    message: str  # one line


def failure_of(error: Exception, *, source: str) -> Failure:
    """Describe an error in one line; whatever is not an error of ours is a fault."""
    if isinstance(error, ExtractorError):
        return Failure(source=source, code=error.code, message=one_line(str(error)))
    return Failure(source=source, code=FAULT_CODE, message=describe_fault(error))


def encode_failure(failure: Failure) -> dict[str, Json]:
    """Return the JSON object that stands in place of a result."""
    error: dict[str, Json] = {"code": failure.code, "message": failure.message}
    return {"source": failure.source, "status": "failed", "error": error}
