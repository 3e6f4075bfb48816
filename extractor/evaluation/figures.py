"""The figures of an evaluation, made of the outcomes of all files."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from extractor.evaluation.evidence import EvidenceFault
from extractor.evaluation.judging import Judgement, RowCount
from extractor.evaluation.outcome import DocumentOutcome, FileOutcome
from extractor.evaluation.reliability import Reliability, reliability_of
from extractor.evaluation.scores import Count, Score, count_of, mean, score_of, share
from extractor.field_specs.load import load_spec
from extractor.field_specs.recognition import INVOICE

NO_GROUP = "(no group)"
_SLOW = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class TableScore:
    """One table field: its cells, by column too, and its rows."""

    cells: Score
    columns: Mapping[str, Score]  # by `line_items.quantity`
    rows: RowCount


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """How many of `documents` needed no person, and what they carried on unseen.

    `wrong` are those with a wrong value, `missing` those with none wrong but one missed.
    """

    documents: int
    passed: int
    wrong: int
    missing: int

    @property
    def passed_share(self) -> float | None:
        """Return the straight-through share."""
        return share(self.passed, self.documents)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigures:
    """One group of documents: of one supplier, one layout."""

    header: Count
    cells: Count
    passing: Passing


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFigures:
    """How many claims of a place were made, and those that do not hold, by file."""

    claims: int
    faults: tuple[tuple[str, EvidenceFault], ...]

    @property
    def proven_share(self) -> float | None:
        """Return the share of the claims that hold."""
        return share(self.claims - len(self.faults), self.claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Seconds that reading a file took; None where none was read."""

    median: float | None
    slow: float | None  # 95 % of the files took no longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that was measured. `groups` is empty where the manifest names none.

    `header` is every value outside tables together, `failures` counts documents without
    a result by error code, `spare_parts` the documents that the manifest does not know.
    """

    files: int
    documents: int
    header: Score
    fields: Mapping[str, Score]
    tables: Mapping[str, TableScore]
    passing: Passing
    groups: Mapping[str, GroupFigures]
    header_reliability: Reliability
    cell_reliability: Reliability
    evidence: EvidenceFigures
    times: Times
    failures: Mapping[str, int]
    spare_parts: int

    @property
    def mean_passed_share(self) -> float | None:
        """Return the mean of the groups' straight-through shares."""
        return mean(group.passing.passed_share for group in self.groups.values())


def figures_of(files: Sequence[FileOutcome]) -> Figures:
    """Measure the outcomes of all files."""
    documents = [document for file in files for document in file.documents]
    groups, order = _by_group(documents), _order(documents)
    values = [each for document in documents for each in document.judged.values]
    cells = [each for document in documents for each in document.judged.cells]
    return Figures(
        files=len(files),
        documents=len(documents),
        header=score_of({name: _values(found) for name, found in groups.items()}),
        fields=_fields({name: _values(found) for name, found in groups.items()}, order),
        tables=_tables(groups, order),
        passing=_passing(documents),
        groups={
            name: GroupFigures(
                header=count_of(_values(found)), cells=count_of(_cells(found)), passing=_passing(found)
            )
            for name, found in groups.items()
            if list(groups) != [NO_GROUP]
        },
        header_reliability=reliability_of(values),
        cell_reliability=reliability_of(cells),
        evidence=EvidenceFigures(
            claims=sum(document.evidence.claims for document in documents),
            faults=tuple(
                (document.truth.file, fault) for document in documents for fault in document.evidence.faults
            ),
        ),
        times=_times([file.seconds for file in files if file.seconds is not None]),
        failures=Counter(document.failure.code for document in documents if document.failure is not None),
        spare_parts=sum(file.spare_parts for file in files),
    )


def worst_documents(files: Iterable[FileOutcome], *, count: int) -> tuple[DocumentOutcome, ...]:
    """Return the documents that something is wrong with, the worst first.

    Wrong values that nobody would have looked at come first, then the number of wrong
    ones, then of missed ones. Documents without a result are left out.
    """
    flawed = [
        document
        for file in files
        for document in file.documents
        if document.failure is None and (document.wrong or document.missed)
    ]
    flawed.sort(key=lambda each: (not (each.is_passed and each.wrong), -each.wrong, -each.missed))
    return tuple(flawed[:count])


def _by_group(documents: Iterable[DocumentOutcome]) -> Mapping[str, list[DocumentOutcome]]:
    groups: dict[str, list[DocumentOutcome]] = defaultdict(list)
    for document in documents:
        groups[document.truth.group or NO_GROUP].append(document)
    return dict(sorted(groups.items()))


def _values(documents: Iterable[DocumentOutcome]) -> list[Judgement]:
    return [each for document in documents for each in document.judged.values]


def _cells(documents: Iterable[DocumentOutcome]) -> list[Judgement]:
    return [each for document in documents for each in document.judged.cells]


def _fields(groups: Mapping[str, Iterable[Judgement]], order: Mapping[str, int]) -> dict[str, Score]:
    """Score each field on its own, in the order of their specs."""
    by_field: dict[str, dict[str, list[Judgement]]] = {}
    for group, found in groups.items():
        for each in found:
            by_field.setdefault(each.field, {}).setdefault(group, []).append(each)
    return {field: score_of(by_field[field]) for field in sorted(by_field, key=order.__getitem__)}


def _order(documents: Iterable[DocumentOutcome]) -> dict[str, int]:
    """Return the place of each field and column, spec by spec as they are first met."""
    order: dict[str, int] = {}
    for name in dict.fromkeys(document.truth.spec or INVOICE for document in documents):
        for field, known in load_spec(name).fields.items():
            for path in (field, *(f"{field}.{column}" for column in known.columns)):
                order.setdefault(path, len(order))
    return order


def _tables(
    groups: Mapping[str, Sequence[DocumentOutcome]], order: Mapping[str, int]
) -> dict[str, TableScore]:
    documents = [document for found in groups.values() for document in found]
    names = {name for document in documents for name in document.judged.rows}
    tables = {}
    for name in sorted(names, key=order.__getitem__):
        cells = {
            group: [each for each in _cells(found) if each.field.startswith(f"{name}.")]
            for group, found in groups.items()
        }
        counts = [document.judged.rows[name] for document in documents if name in document.judged.rows]
        tables[name] = TableScore(
            cells=score_of(cells),
            columns=_fields(cells, order),
            rows=RowCount(
                shown=sum(each.shown for each in counts),
                read=sum(each.read for each in counts),
                right=sum(each.right for each in counts),
            ),
        )
    return tables


def _passing(documents: Sequence[DocumentOutcome]) -> Passing:
    passed = [document for document in documents if document.is_passed]
    return Passing(
        documents=len(documents),
        passed=len(passed),
        wrong=sum(document.wrong > 0 for document in passed),
        missing=sum(not document.wrong and document.missed > 0 for document in passed),
    )


def _times(seconds: Sequence[float]) -> Times:
    if not seconds:
        return Times(median=None, slow=None)
    ranked = sorted(seconds)
    return Times(median=median(ranked), slow=ranked[ceil(_SLOW * len(ranked)) - 1])
