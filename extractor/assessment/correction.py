"""Take a person's word for a value, and judge anew what it touches, and nothing else.

Sums that run over an amount on the page which is no field can only be told with the pages. So it is
not the document that is validated again: it is told what contradictions a correction ends, and which
arise from it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.assessment.assessment import Assessment, Review
from extractor.assessment.review import Case, needs_person, unsure
from extractor.assessment.settings import ReviewSettings
from extractor.engines.reading import Evidence, Scalar
from extractor.errors import ConfigurationError
from extractor.extraction.extraction import ABSENT, Extraction, FieldValue, Group, Leaf, State, Table
from extractor.field_specs.spec import STRUCTURED, ColumnSpec, FieldSpec, Spec
from extractor.pages.word import Origin
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.proofs import proofs_in
from extractor.validation.rule import subject_of
from extractor.validation.validate import findings_in

_PATH = re.compile(r"(?P<field>[a-z0-9_]+)(?:\[(?P<row>\d{1,6})\])?(?:\.(?P<column>[a-z0-9_]+))?")
_CERTAIN = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A place in a result: `invoice_number`, `line_items[2].quantity`, `line_items[2]`. Rows count from 0."""

    field: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Return the path as findings write it."""
        row = "" if self.row is None else f"[{self.row}]"
        return f"{self.field}{row}" + (f".{self.column}" if self.column else "")


def parse_path(text: str, spec: Spec) -> tuple[Path, ColumnSpec | None]:
    """Return a path and the type of the value there; None for a whole row.

    Raises:
        ConfigurationError: the spec has no such place.
    """
    match = _PATH.fullmatch(text)
    field = spec.fields.get(match["field"]) if match else None
    if match is None or field is None:
        raise ConfigurationError(f"{text!r} is no field of {spec.name}")
    path = Path(
        field=match["field"], row=None if match["row"] is None else int(match["row"]), column=match["column"]
    )
    return path, _column(path, field)


def _column(path: Path, field: FieldSpec) -> ColumnSpec | None:
    """Return the type of the value at a path, None for a row.

    Raises:
        ConfigurationError: such a field has no such place.
    """
    is_table = field.type == "table"
    if field.type not in STRUCTURED and path.row is None and path.column is None:
        return field
    if is_table and path.row is not None and path.column is None:
        return None
    column = field.columns.get(path.column or "")
    if column is not None and is_table == (path.row is not None):
        return column
    raise ConfigurationError(
        f"{path} is no single value: a {field.type} has {', '.join(field.columns) or 'none'}"
    )


def corrected(
    assessment: Assessment, path: Path, value: Scalar | None, *, spec: Spec, settings: ReviewSettings
) -> Assessment:
    """Return the assessment with a person's value in place of what was read.

    None says that nothing is printed there; a whole row can only be taken away. The row behind the
    last one is a new row. The place on the page stays that of what was read.

    Raises:
        ConfigurationError: there is no such row.
    """
    before = assessment.extraction
    fields = dict(before.fields)
    fields[path.field] = _changed(fields[path.field], path, value)
    after = replace(before, fields=fields)
    ended, arisen = _difference(before, after, spec=spec, settings=settings)
    kept = [
        finding
        for finding in assessment.findings
        if _key(finding) not in ended and not _is_settled(finding, path)
    ]
    return _judged(replace(assessment, extraction=after), [*kept, *arisen], spec=spec, settings=settings)


def confirmed(assessment: Assessment) -> Assessment:
    """Return the assessment as a person has found it right: nothing more to review. Findings stay."""
    return replace(assessment, review=Review(required=False))


def leaf_at(assessment: Assessment, path: Path) -> Leaf:
    """Return the value at a path, ABSENT where there is none."""
    value = assessment.fields.get(path.field)
    if isinstance(value, Table):
        if path.row is None or path.row >= len(value.rows):
            return ABSENT
        value = value.rows[path.row]
    if isinstance(value, Group):
        return value.members.get(path.column or "", ABSENT)
    return value or ABSENT


def _changed(field: FieldValue, path: Path, value: Scalar | None) -> FieldValue:
    if isinstance(field, Table):
        return _changed_table(field, path, value)
    if isinstance(field, Group):
        members = _changed_members(field.members, path.column or "", value)
        return Group(members=members, state=State.FOUND if members else State.ABSENT)
    return _said(value, field)


def _changed_table(table: Table, path: Path, value: Scalar | None) -> Table:
    rows = list(table.rows)
    row = path.row or 0
    if row > len(rows) or (row == len(rows) and (path.column is None or value is None)):
        raise ConfigurationError(f"{path}: there are {len(rows)} rows, counted from 0")
    if path.column is None:
        del rows[row]
    else:
        if row == len(rows):
            rows.append(Group(members={}, state=State.FOUND))
        rows[row] = replace(rows[row], members=_changed_members(rows[row].members, path.column, value))
    return replace(table, rows=tuple(rows), state=State.FOUND if rows else State.ABSENT)


def _changed_members(members: Mapping[str, Leaf], name: str, value: Scalar | None) -> dict[str, Leaf]:
    changed = {**members, name: _said(value, members.get(name, ABSENT))}
    return {each: leaf for each, leaf in changed.items() if leaf.state is not State.ABSENT}


def _said(value: Scalar | None, before: Leaf) -> Leaf:
    """Return a person's value, at the place of what was read."""
    if value is None:
        return ABSENT
    place = before.evidence or Evidence(page=None)
    return Leaf(
        value=value,
        state=State.FOUND,
        text=before.text,
        evidence=replace(place, origin=Origin.PERSON),
        confidence=_CERTAIN,
        clause=before.clause,
        quote=before.quote,
    )


def _difference(
    before: Extraction, after: Extraction, *, spec: Spec, settings: ReviewSettings
) -> tuple[set[tuple[FindingCode, str | None]], list[Finding]]:
    """Return which contradictions a change ends, and which arise from it."""
    were, are = (_told(each, spec=spec, settings=settings) for each in (before, after))
    keys = {_key(finding) for finding in were}, {_key(finding) for finding in are}
    return keys[0] - keys[1], [finding for finding in are if _key(finding) not in keys[0]]


def _told(extraction: Extraction, *, spec: Spec, settings: ReviewSettings) -> list[Finding]:
    subject = subject_of(extraction, spec=spec)
    findings = findings_in(subject)
    case = Case(
        extraction=extraction, spec=spec, findings=findings, proofs=proofs_in(subject), settings=settings
    )
    return [*findings, *unsure(case)]


def _is_settled(finding: Finding, path: Path) -> bool:
    """Say whether a doubt was about the very value that a person has given now."""
    return finding.code is FindingCode.LOW_CONFIDENCE and finding.field == str(path)


def _key(finding: Finding) -> tuple[FindingCode, str | None]:
    return finding.code, finding.field


def _judged(
    assessment: Assessment, findings: Sequence[Finding], *, spec: Spec, settings: ReviewSettings
) -> Assessment:
    extraction = assessment.extraction
    proofs = proofs_in(subject_of(extraction, spec=spec))
    case = Case(extraction=extraction, spec=spec, findings=findings, proofs=proofs, settings=settings)
    reasons = tuple(dict.fromkeys(each.code.value for each in findings if needs_person(each, case)))
    return replace(
        assessment, findings=tuple(findings), review=Review(required=bool(reasons), reasons=reasons)
    )
