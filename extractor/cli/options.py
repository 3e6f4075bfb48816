"""Options that several commands share."""

from pathlib import Path

import click

from extractor.cascade.part import AUTO
from extractor.workers import default_worker_count

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
    help="What reads them: auto, or a name that `extractor engines` lists.",
)
workers_option = click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=default_worker_count,
    show_default="one a processor",
    help="How many processes read at the same time.",
)
