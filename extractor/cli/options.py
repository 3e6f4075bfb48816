"""Options that several commands share, and the checks of paths that come before any work."""

import os
from pathlib import Path

import click

from extractor.pipeline import AUTO

PATH = click.Path(path_type=Path)

spec_option = click.option(
    "--spec",
    default=AUTO,
    show_default=True,
    metavar="NAME|FILE",
    help="What the files are: auto (told by content), a name that `extractor specs` lists, or a spec file.",
)
engine_option = click.option(
    "--engine",
    default=AUTO,
    show_default=True,
    metavar="NAME",
    help="What reads them: einvoice (embedded XML), layout (words on the page), qwen, or auto.",
)


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
