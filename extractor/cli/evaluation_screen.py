"""Show an evaluation on a terminal, with rich."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from extractor.evaluation.figures import Figures
from extractor.evaluation.outcome import DocumentOutcome, FileOutcome
from extractor.evaluation.reliability import SURE, Reliability
from extractor.evaluation.scores import Score
from extractor.evaluation.wording import percent, seconds

_COUNTS = ("shown", "right", "wrong", "missed", "recall", "precision")
_MEANS = ("recall, mean of groups", "precision, mean of groups")


def show_evaluation(
    console: Console, figures: Figures, files: Sequence[FileOutcome], worst: Sequence[DocumentOutcome]
) -> None:
    """Show every figure, then what gave no result, then the documents that came out worst."""
    is_grouped = len(figures.groups) > 1
    console.print(_score_grid("Field", {"all": figures.header} | dict(figures.fields), is_grouped=is_grouped))
    for name, table in figures.tables.items():
        rows = {"all cells": table.cells} | {
            column.rpartition(".")[2]: score for column, score in table.columns.items()
        }
        console.print(_score_grid(name, rows, is_grouped=is_grouped))
        counts = table.rows
        console.print(
            f"{counts.right} of {counts.shown} rows of {name} are right throughout.\n", markup=False
        )
    if figures.groups:
        console.print(_group_grid(figures))
    console.print(_reliability_grid(figures))
    for line in _lines(figures):
        console.print(Text(line))
    for document in (document for file in files for document in file.documents):
        if document.failure is not None:
            told = f"failed  {document.truth.file}: {document.failure.code}: {document.failure.message}"
            console.print(Text(told, style="red"))
    if worst:
        console.print(_worst_grid(worst))


def _score_grid(first: str, scores: dict[str, Score], *, is_grouped: bool) -> Grid:
    grid = _grid(first, (*_COUNTS, *(_MEANS if is_grouped else ())))
    for name, score in scores.items():
        count = score.count
        cells = [str(each) for each in (count.shown, count.right, count.wrong, count.missed)]
        cells += [percent(count.recall), percent(count.precision)]
        if is_grouped:
            cells += [percent(score.mean_recall), percent(score.mean_precision)]
        grid.add_row(*map(Text, [name, *cells]), style="bold" if name.startswith("all") else None)
    return grid


def _group_grid(figures: Figures) -> Grid:
    grid = _grid("Group", ("documents", "recall", "precision", "cells", "straight through", "wrong of these"))
    for name, group in figures.groups.items():
        passing = group.passing
        cells = [str(passing.documents), percent(group.header.recall), percent(group.header.precision)]
        cells += [percent(group.cells.recall), str(passing.passed), str(passing.wrong)]
        grid.add_row(*map(Text, [name, *cells]))
    return grid


def _reliability_grid(figures: Figures) -> Grid:
    grid = _grid("Confidence", ("values", "right", "cells", "cells right"))
    pairs = zip(figures.header_reliability.bins, figures.cell_reliability.bins, strict=True)
    for value, cell in pairs:
        if value.count or cell.count:
            cells = [str(value.count), percent(value.share_right), str(cell.count), percent(cell.share_right)]
            grid.add_row(*map(Text, [f"{value.low:.1f} to {value.high:.1f}", *cells]))
    return grid


def _lines(figures: Figures) -> Iterable[str]:
    passing, evidence, times = figures.passing, figures.evidence, figures.times
    means = f", mean of groups {percent(figures.mean_passed_share)}" if len(figures.groups) > 1 else ""
    yield (
        f"Straight through: {passing.passed} of {passing.documents} documents "
        f"({percent(passing.passed_share)}{means}); {passing.wrong} of them carry a wrong value, "
        f"{passing.missing} more only miss one."
    )
    yield _sure("Values", figures.header_reliability)
    if figures.cell_reliability.count:
        yield _sure("Cells", figures.cell_reliability)
    yield (
        f"Evidence: {evidence.claims - len(evidence.faults)} of {evidence.claims} claims of a place are "
        f"proven ({percent(evidence.proven_share)})."
    )
    yield f"Time a file: median {seconds(times.median)}, 95 % within {seconds(times.slow)}."
    if figures.spare_parts:
        yield f"{figures.spare_parts} documents were read in these files that the manifest does not name."


def _sure(what: str, reliability: Reliability) -> str:
    error = "–" if reliability.error is None else f"{reliability.error:.3f}"
    return (
        f"{what} with confidence {SURE} or more: {percent(reliability.sure_share)} of {reliability.sure} are "
        f"right (at least {percent(reliability.sure_at_least)}, 95 % sure); calibration error {error}."
    )


def _worst_grid(worst: Sequence[DocumentOutcome]) -> Grid:
    grid = _grid("Worst documents", ("wrong", "missed"))
    grid.add_column("review")
    for document in worst:
        review = "straight through" if document.is_passed else ", ".join(document.reasons)
        is_unseen = document.is_passed and document.wrong > 0
        cells = [document.truth.file, str(document.wrong), str(document.missed), review]
        grid.add_row(*map(Text, cells), style="red" if is_unseen else None)
    return grid


def _grid(first: str, columns: Iterable[str]) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False)
    grid.add_column(Text(first), style="cyan", overflow="fold")
    for column in columns:
        grid.add_column(column, justify="right")
    return grid
