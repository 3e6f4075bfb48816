"""What is delivered of a document that could not be read."""

import os
import traceback
from dataclasses import dataclass

from extractor.errors import ExtractorError

FAULT_CODE = "Fault"  # not one of our errors: a bug
DEBUG_VARIABLE = "EXTRACTOR_DEBUG"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why one document gave no result. `code` is an error's class name, or "Fault"."""

    source: str
    code: str
    message: str  # one line


def failure_of(error: Exception, *, source: str) -> Failure:
    """Describe an error in one line; whatever is not an error of ours is a fault."""
    if isinstance(error, ExtractorError):
        return Failure(source=source, code=error.code, message=_one_line(str(error)))
    if is_debugging():
        traceback.print_exception(error)
    message = _one_line(f"a fault of this program: {type(error).__name__}: {error}")
    return Failure(source=source, code=FAULT_CODE, message=message)


def encode_failure(failure: Failure) -> dict[str, object]:
    """Return the JSON object that stands in place of a result."""
    error = {"code": failure.code, "message": failure.message}
    return {"source": failure.source, "status": "failed", "error": error}


def is_debugging() -> bool:
    """Say whether tracebacks of faults are wanted on standard error."""
    return os.environ.get(DEBUG_VARIABLE, "") not in ("", "0")


def _one_line(text: str) -> str:
    return " ".join(text.split())
