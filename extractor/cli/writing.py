"""Where commands write: what cannot be written is known before any work, or escaped."""

import os
from pathlib import Path

import click

# A file name need not be UTF-8, nor need a terminal: what cannot be written is escaped, as JSON does it.
SURROGATES = "backslashreplace"


def require_writable(path: Path, option: str) -> None:
    """Refuse a path that cannot be written, before any work is done; leave no file behind.

    Raises:
        click.BadParameter: the path is a folder, or its folder is missing or not writable.
    """
    existed = path.exists()
    try:
        with path.open("ab"):
            pass
        if not existed:
            path.unlink()
    except OSError as cause:
        raise click.BadParameter(
            f"{path} cannot be written: {os.strerror(cause.errno or 0)}", param_hint=option
        ) from cause
