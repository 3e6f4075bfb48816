"""Write an evaluation as a plain JSON object: the one place that knows its keys."""

from collections.abc import Mapping, Sequence

from extractor.delivery.encoding import Json
from extractor.evaluation.evidence import EvidenceFault
from extractor.evaluation.figures import Figures, GroupFigures, Passing, TableScore
from extractor.evaluation.judging import Judgement, Outcome
from extractor.evaluation.outcome import DocumentOutcome, FileOutcome
from extractor.evaluation.reliability import SURE, Reliability
from extractor.evaluation.scores import Count, Score

_SHARE_DIGITS = 4
_SECOND_DIGITS = 4


def encode_evaluation(figures: Figures, files: Sequence[FileOutcome]) -> dict[str, Json]:
    """Return the figures, and each document with what was wrong or missed in it."""
    return {
        "documents": figures.documents,
        "files": figures.files,
        "header": _score(figures.header),
        "fields": {name: _score(score) for name, score in figures.fields.items()},
        "tables": {name: _table(table) for name, table in figures.tables.items()},
        "straight_through": _passing(figures.passing)
        | ({"mean_share": _share(figures.mean_passed_share)} if figures.groups else {}),
        "groups": {name: _group(group) for name, group in figures.groups.items()},
        "reliability": {
            "header": _reliability(figures.header_reliability),
            "cells": _reliability(figures.cell_reliability),
        },
        "evidence": {
            "claims": figures.evidence.claims,
            "proven": figures.evidence.claims - len(figures.evidence.faults),
            "proven_share": _share(figures.evidence.proven_share),
            "faults": [_fault(file, fault) for file, fault in figures.evidence.faults],
        },
        "seconds": {
            "median": _rounded(figures.times.median, _SECOND_DIGITS),
            "p95": _rounded(figures.times.slow, _SECOND_DIGITS),
        },
        "failures": dict(figures.failures),
        "spare_parts": figures.spare_parts,
        "results": [_document(document) for file in files for document in file.documents],
    }


def _score(score: Score) -> dict[str, Json]:
    encoded = _count(score.count)
    if len(score.by_group) > 1:
        encoded["mean_recall"] = _share(score.mean_recall)
        encoded["mean_precision"] = _share(score.mean_precision)
    return encoded


def _count(count: Count) -> dict[str, Json]:
    return {
        "shown": count.shown,
        "given": count.given,
        "right": count.right,
        "wrong": count.wrong,
        "missed": count.missed,
        "recall": _share(count.recall),
        "precision": _share(count.precision),
    }


def _table(table: TableScore) -> dict[str, Json]:
    rows: dict[str, Json] = {"shown": table.rows.shown, "read": table.rows.read, "right": table.rows.right}
    return {
        "rows": rows,
        "cells": _score(table.cells),
        "columns": {name.rpartition(".")[2]: _score(score) for name, score in table.columns.items()},
    }


def _group(group: GroupFigures) -> dict[str, Json]:
    return {
        "header": _count(group.header),
        "cells": _count(group.cells),
        "straight_through": _passing(group.passing),
    }


def _passing(passing: Passing) -> dict[str, Json]:
    return {
        "documents": passing.documents,
        "passed": passing.passed,
        "share": _share(passing.passed_share),
        "wrong": passing.wrong,
        "missing": passing.missing,
    }


def _reliability(reliability: Reliability) -> dict[str, Json]:
    bins: list[Json] = [
        {
            "from": each.low,
            "to": each.high,
            "count": each.count,
            "right": each.right,
            "share_right": _share(each.share_right),
            "mean_confidence": _share(each.mean_confidence),
        }
        for each in reliability.bins
    ]
    return {
        "count": reliability.count,
        "calibration_error": _share(reliability.error),
        "sure": {
            "from": SURE,
            "count": reliability.sure,
            "right": reliability.sure_right,
            "share_right": _share(reliability.sure_share),
            "at_least": _share(reliability.sure_at_least),
        },
        "bins": bins,
    }


def _fault(file: str, fault: EvidenceFault) -> dict[str, Json]:
    return {"file": file, "path": fault.path, "page": fault.page, "said": fault.said, "found": fault.found}


def _document(document: DocumentOutcome) -> dict[str, Json]:
    truth = document.truth
    encoded: dict[str, Json] = {"file": truth.file}
    if truth.pages:
        encoded["pages"] = list(truth.pages)
    if truth.group is not None:
        encoded["group"] = truth.group
    if document.failure is not None:
        error: Mapping[str, Json] = {"code": document.failure.code, "message": document.failure.message}
        encoded |= {"status": "failed", "error": dict(error)}
    else:
        encoded |= {"status": "extracted", "spec": document.spec, "straight_through": document.is_passed}
        encoded["reasons"] = list(document.reasons)
    judged = document.judged.all
    encoded["right"] = len(judged) - document.wrong - document.missed
    encoded["wrong"] = [_judgement(each) for each in judged if each.outcome is Outcome.WRONG]
    encoded["missed"] = [_judgement(each) for each in judged if each.outcome is Outcome.MISSED]
    return encoded


def _judgement(judgement: Judgement) -> dict[str, Json]:
    encoded: dict[str, Json] = {"path": judgement.path, "wanted": judgement.wanted, "read": judgement.read}
    if judgement.leaf is not None and judgement.leaf.confidence is not None:
        encoded["confidence"] = _share(judgement.leaf.confidence)
    return encoded


def _share(share: float | None) -> float | None:
    return _rounded(share, _SHARE_DIGITS)


def _rounded(number: float | None, digits: int) -> float | None:
    return None if number is None else round(number, digits)
