"""What the exit code of every command means."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Scripts branch on these. Nothing but FLAGGED ever ends with 1."""

    CLEAN = 0  # nothing to flag
    FLAGGED = 1  # a mismatch, a finding, or a document that a person must look at
    REFUSED = 2  # wrong use, or input that cannot be read; also a batch with failed lines
    FAULT = 3  # a fault of ours
    INTERRUPTED = 130  # Ctrl-C, as shells have it
    PIPE_CLOSED = 141  # whoever read our output has gone, as shells have it
