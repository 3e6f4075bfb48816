"""How a fault of ours is told: in one line, and with its traceback on demand."""

import os
import traceback

DEBUG_VARIABLE = "EXTRACTOR_DEBUG"


def describe_fault(fault: Exception) -> str:
    """Return one line; print the traceback on standard error if it is asked for."""
    if is_debugging():
        traceback.print_exception(fault)
    return one_line(f"a fault of this program, not of your file: {type(fault).__name__}: {fault}")


def is_debugging() -> bool:
    """Say whether tracebacks of faults are wanted on standard error."""
    return os.environ.get(DEBUG_VARIABLE, "") not in ("", "0")


def one_line(text: str) -> str:
    """Return the text with every run of white space made one space."""
    return " ".join(text.split())
