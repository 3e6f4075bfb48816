"""Write results as plain JSON objects: the one place that knows the keys of the result format.

Amounts, quantities and rates are strings without exponent, dates are ISO, boxes are
points rounded to a tenth. Nothing is rounded here but boxes, scores and times.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from extractor.assessment.assessment import Assessment
from extractor.engines.reading import Evidence, Scalar
from extractor.extraction.extraction import (
    Amendment,
    DocumentReference,
    Extraction,
    FieldValue,
    Group,
    Leaf,
    State,
    Table,
)
from extractor.pages.geometry import union
from extractor.reconciliation.check import Check, LineMatch, Reconciliation, Side
from extractor.reconciliation.effect import money_differences, told_difference
from extractor.validation.finding import Finding

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

_BOX_DIGITS = 1
_CONFIDENCE_DIGITS = 4
_TIME_DIGITS = 1


def encode_assessment(assessment: Assessment) -> dict[str, Json]:
    """Return one part of a file as `extract --json`, `batch` and the API show it."""
    extraction = assessment.extraction
    return {
        "source": extraction.source,
        "document": _document(extraction.document),
        "part": {
            "index": extraction.part.index,
            "of": extraction.part.of,
            "pages": list(extraction.part.pages),
        },
        "spec": extraction.spec,
        "engine": extraction.engine,
        "status": "extracted",
        "fields": _fields(extraction.fields),
        "findings": [_finding(finding) for finding in assessment.findings],
        "review": {"required": assessment.review.required, "reasons": list(assessment.review.reasons)},
        "timings_ms": {stage: round(time, _TIME_DIGITS) for stage, time in assessment.timings_ms.items()},
    }


def encode_printed(assessment: Assessment) -> dict[str, Json]:
    """Return what comparing needs of the pages beside the result: it is kept with it, and not shown."""
    extraction = assessment.extraction
    printed: dict[str, Json] = {
        "figures": list(extraction.figures),
        "cited_invoices": list(extraction.cited_invoices),
    }
    if extraction.amendment is not None:
        printed["amendment"] = _amendment(extraction.amendment)
    return printed


def encode_reconciliation(reconciliation: Reconciliation) -> dict[str, Json]:
    """Return a comparison as `reconcile --json` and the API show it."""
    contract = reconciliation.contract
    return {
        "contract": {
            "source": contract.source,
            "document": _document(contract.extraction.document),
            "spec": contract.extraction.spec,
            "engine": contract.extraction.engine,
            "terms": _fields(contract.fields),
            "findings": [_finding(finding) for finding in contract.findings],
            **_amended_by(contract.extraction),
        },
        "invoices": [encode_assessment(invoice) for invoice in reconciliation.invoices],
        "checks": [
            _check(check, money, told_difference(check, reconciliation))
            for check, money in zip(reconciliation.checks, money_differences(reconciliation), strict=True)
        ],
        "matches": [_match(match) for match in reconciliation.matches],
        "verdict": str(reconciliation.verdict),
        "reasons": [str(code) for code in reconciliation.reasons],
        **_in_force(reconciliation),
    }


def _amended_by(extraction: Extraction) -> dict[str, Json]:
    """Return the amendments that were laid on a contract, in their order; no key where there is none."""
    amendments: list[Json] = [
        {
            "source": each.source,
            "document": _document(each.document),
            "title": each.title,
            "since": encode_scalar(each.since),
        }
        for each in extraction.amended_by
    ]
    return {"amendments": amendments} if amendments else {}


def _amendment(amendment: Amendment) -> dict[str, Json]:
    return {
        "title": amendment.title,
        "number": amendment.number,
        "contract_numbers": list(amendment.contract_numbers),
        "contract_days": [day.isoformat() for day in amendment.contract_days],
        "changes": [
            {
                "kind": str(change.kind),
                "before": encode_scalar(change.before),
                "after": _leaf(change.after),
                "clauses": list(change.clauses),
            }
            for change in amendment.changes
        ],
        "unread": list(amendment.unread),
    }


def _in_force(reconciliation: Reconciliation) -> dict[str, Json]:
    """Return which policy and which ledger a comparison went by."""
    encoded: dict[str, Json] = {}
    if (policy := reconciliation.policy) is not None:
        encoded["policy"] = {"name": policy.name, "hash": policy.hash, "overrides": list(policy.overrides)}
    if (ledger := reconciliation.ledger) is not None:
        encoded["ledger"] = {
            "revision": ledger.revision,
            "remembered": ledger.remembered,
            "recorded": ledger.is_recorded,
        }
    return encoded


def encode_scalar(value: Scalar | None) -> str | None:
    """Return a value as it travels: never a JSON number, never an exponent."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _document(document: DocumentReference) -> dict[str, Json]:
    return {"id": document.id, "pages": document.page_count, "media_type": str(document.media_type)}


def _fields(fields: Mapping[str, FieldValue]) -> dict[str, Json]:
    return {name: _field(value) for name, value in fields.items()}


def _field(value: FieldValue) -> dict[str, Json]:
    if isinstance(value, Leaf):
        return _leaf(value)
    if value.state is State.ABSENT:
        return {"value": None, "state": str(State.ABSENT)}
    if isinstance(value, Group):
        return {"value": _members(value), "state": str(value.state)}
    return _table(value)


def _table(table: Table) -> dict[str, Json]:
    encoded: dict[str, Json] = {
        "value": [_members(row) for row in table.rows],
        "state": str(table.state),
    }
    return encoded if table.place is None else encoded | _place(table.place)


def _members(group: Group) -> dict[str, Json]:
    return {name: _leaf(leaf) for name, leaf in group.members.items()}


def _leaf(leaf: Leaf) -> dict[str, Json]:
    encoded: dict[str, Json] = {"value": encode_scalar(leaf.value), "state": str(leaf.state)}
    if leaf.state is State.ABSENT:
        return encoded
    encoded |= _elsewhere(leaf) | _place(leaf)
    if leaf.confidence is not None:
        encoded["confidence"] = round(leaf.confidence, _CONFIDENCE_DIGITS)
    if leaf.also:
        encoded["also"] = [_leaf(other) for other in leaf.also]
    if leaf.since is not None:
        encoded["since"] = leaf.since.isoformat()
    if leaf.earlier:
        encoded["earlier"] = [_leaf(other) for other in leaf.earlier]
    return encoded


def _place(placed: Leaf | Side) -> dict[str, Json]:
    """Return what is printed and where; keys only for what is known."""
    encoded: dict[str, Json] = {} if placed.text is None else {"text": placed.text}
    if placed.evidence is not None:
        encoded |= encode_evidence(placed.evidence)
    if placed.clause is not None:
        encoded["clause"] = placed.clause
    if placed.quote is not None:
        encoded["quote"] = placed.quote
    return encoded


def encode_evidence(evidence: Evidence) -> dict[str, Json]:
    """Return a place: page, the box around it, and where its text was taken from."""
    box = [round(edge, _BOX_DIGITS) for edge in union(evidence.boxes)] if evidence.boxes else []
    return {"page": evidence.page, "box": list(box), "origin": str(evidence.origin)}


def _finding(finding: Finding) -> dict[str, Json]:
    encoded: dict[str, Json] = {"code": str(finding.code), "severity": str(finding.severity)}
    if finding.field is not None:
        encoded["field"] = finding.field
    encoded["message"] = finding.message
    if finding.consequence_of is not None:
        encoded["consequence_of"] = str(finding.consequence_of)
    return encoded


def _check(check: Check, money: Decimal | None, difference: Decimal | None) -> dict[str, Json]:
    known: dict[str, Json] = {
        "severity": None if check.severity is None else str(check.severity),
        "invoice": check.invoice,
        "field": check.field,
        "difference": encode_scalar(difference),
        "money_difference": encode_scalar(money),
        "message": check.message,
        "agreed": None if check.agreed is None else _side(check.agreed),
        "billed": None if check.billed is None else _side(check.billed),
        "unsure": True if check.is_unsure else None,
        "reason": None if check.reason is None else str(check.reason),
        "consequence_of": None if check.consequence_of is None else str(check.consequence_of),
        "earlier": [_side(side) for side in check.earlier] or None,
    }
    encoded: dict[str, Json] = {"code": str(check.code), "state": str(check.state)}
    encoded.update((key, value) for key, value in known.items() if value is not None)
    return encoded


def _match(match: LineMatch) -> dict[str, Json]:
    """Return what a line was taken for; `term` is null where the contract has nothing of it."""
    encoded: dict[str, Json] = {
        "invoice": match.invoice,
        "field": f"line_items[{match.line}]",
        "kind": str(match.kind),
        "term": match.term,
        "score": None if match.score is None else round(match.score, _CONFIDENCE_DIGITS),
        "sure": match.is_sure,
        "billed": _side(match.billed),
    }
    if match.factor is not None:
        encoded["factor"] = encode_scalar(match.factor)
    return encoded if match.agreed is None else encoded | {"agreed": _side(match.agreed)}


def _side(side: Side) -> dict[str, Json]:
    encoded = {"value": encode_scalar(side.value)} | _elsewhere(side) | _place(side)
    return encoded | {"also": [_side(other) for other in side.also]} if side.also else encoded


def _elsewhere(placed: Leaf | Side) -> dict[str, Json]:
    """Return the document of a place that is in another than where it is told."""
    return {} if placed.source is None else {"source": placed.source}
