"""Draw where each value stands: boxes with names on a copy of the document, mismatches in red."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extractor.assessment.assessment import Assessment
from extractor.delivery.labelling import with_labels_placed
from extractor.delivery.wording import leaves
from extractor.documents.document import MediaType
from extractor.documents.drawing import LABEL_SIZE, Mark, joined
from extractor.documents.opening import open_document
from extractor.engines.reading import Evidence
from extractor.errors import UnsupportedDocument
from extractor.extraction.extraction import FieldValue, Leaf, Table
from extractor.pages.reading import open_file, read_pages
from extractor.reconciliation.check import Check, CheckState, Reconciliation
from extractor.validation.finding import Severity

RED = (0.85, 0.1, 0.1)
GREEN = (0.1, 0.55, 0.25)
AMBER = (0.85, 0.5, 0.0)  # a question for a person
GRAVE = (Severity.HIGH, Severity.CRITICAL)
_BETWEEN_LABELS = ", "
MARGIN = 0.8  # points between a word and its frame


def annotate_assessments(content: bytes, assessments: Sequence[Assessment]) -> bytes:
    """Return the document as PDF with a named box round every value, red where it contradicts others.

    Raises:
        UnsupportedDocument: the document has no pages to draw on (XML).
    """
    return drawn_on(content, [mark for assessment in assessments for mark in _field_marks(assessment)])


def annotate_judged(content: bytes, judged: Iterable[tuple[str, Evidence, bool]]) -> bytes:
    """Return the document as PDF with a box round each place: green, or red where the bool says so.

    Labels stand by the boxes; an empty one draws the box alone.

    Raises:
        UnsupportedDocument: the document has no pages to draw on (XML).
    """
    marks = [
        mark
        for label, evidence, is_wrong in judged
        for mark in marks_round(evidence, label, colour=RED if is_wrong else GREEN)
    ]
    return drawn_on(content, marks)


def annotate_reconciliation(compared: Reconciliation, contents: Mapping[str, bytes]) -> bytes:
    """Return invoices, contract and amendments as one PDF: values blue, both sides of a mismatch red.

    `contents` holds each document's bytes by its source. A file that gave several
    invoices is drawn once; XML, which has no pages, is left out.
    """
    mismatches = [check for check in compared.checks if check.state is CheckState.MISMATCH]
    marks: dict[str, list[Mark]] = {}
    for number, invoice in enumerate(compared.invoices):
        if invoice.extraction.document.media_type == MediaType.XML:
            continue
        flagged = [mark for check in mismatches if check.invoice == number for mark in _billed_marks(check)]
        marks.setdefault(invoice.source, []).extend(_field_marks(invoice, flagged))
    for source in compared.contract_sources:
        own = None if source == compared.contract.source else source
        agreed = [mark for check in mismatches for mark in _agreed_marks(check, own)]
        marks.setdefault(source, []).extend(_field_marks(compared.contract, agreed, source=own))
    return joined(drawn_on(contents[source], drawn) for source, drawn in marks.items())


def drawn_on(content: bytes, marks: Iterable[Mark], *, label_size: float = LABEL_SIZE) -> bytes:
    """Return the document as PDF with the marks drawn, their labels where they hide least.

    `label_size` is in points, on a page of ordinary size.

    Raises:
        UnsupportedDocument: the document has no pages to draw on (XML).
    """
    document = open_document(content)
    if document.media_type is MediaType.XML:
        raise UnsupportedDocument("an XML document has no pages to draw on")
    pages = read_pages(document, is_recognised=False)
    placed = with_labels_placed(_one_a_place(marks), pages, letters=label_size)
    with open_file(document) as file:
        return file.annotated(placed)


def _one_a_place(marks: Iterable[Mark]) -> list[Mark]:
    """Join marks of one colour on one place: a clause can say several things."""
    joined_marks: dict[tuple[object, ...], Mark] = {}
    for mark in marks:
        key = (mark.page, mark.box, mark.colour)
        known = joined_marks.get(key)
        if known is None or mark.label in ("", known.label, *known.label.split(_BETWEEN_LABELS)):
            joined_marks.setdefault(key, mark)
        else:
            joined_marks[key] = replace(
                known, label=_BETWEEN_LABELS.join(filter(None, [known.label, mark.label]))
            )
    return list(joined_marks.values())


def _field_marks(
    assessment: Assessment, mismatches: Sequence[Mark] = (), *, source: str | None = None
) -> Iterator[Mark]:
    """Yield a mark for every value, less those whose place is flagged, and the flagged ones last.

    `source` is the amendment that is drawn on; None is the document that was read.
    """
    flagged = [*_finding_marks(assessment, source), *mismatches]
    taken = {(mark.page, mark.box) for mark in flagged}
    for name, field in assessment.fields.items():
        for label, leaf in _labelled(name, field):
            yield from (
                mark
                for version in (leaf, *leaf.earlier)
                if version.source == source
                for mark in marks_round(version.evidence, label)
                if (mark.page, mark.box) not in taken
            )
    yield from flagged


def _labelled(name: str, field: FieldValue) -> Iterator[tuple[str, Leaf]]:
    """Yield values with what to write above them; a table's columns are named in its first row."""
    if not isinstance(field, Table):
        yield from leaves(name, field)
        return
    named: set[str] = set()
    for path, leaf in leaves(name, field):
        column = path.rpartition(".")[2]
        yield "" if column in named else column, leaf
        named.add(column)


def _finding_marks(assessment: Assessment, source: str | None) -> Iterator[Mark]:
    """Yield a mark for every value that a finding is about; for a group, round each member."""
    placed = [
        (path, leaf)
        for name, field in assessment.fields.items()
        for path, leaf in leaves(name, field)
        if leaf.source == source
    ]
    for finding in assessment.findings:
        colour = RED if finding.severity in GRAVE else AMBER
        for path, leaf in placed:
            if finding.field is not None and (path == finding.field or path.startswith(f"{finding.field}.")):
                yield from marks_round(leaf.evidence, finding.code, colour=colour)


def _billed_marks(check: Check) -> Iterator[Mark]:
    clause = f" (clause {check.agreed.clause})" if check.agreed is not None and check.agreed.clause else ""
    evidence = None if check.billed is None else check.billed.evidence
    yield from marks_round(evidence, f"{check.code}{clause}", colour=_colour(check))


def _agreed_marks(check: Check, source: str | None) -> Iterator[Mark]:
    if check.agreed is not None and check.agreed.source == source:  # else it stands in another document
        clause = f"{check.agreed.clause}: " if check.agreed.clause else ""
        yield from marks_round(check.agreed.evidence, f"{clause}{check.code}", colour=_colour(check))


def _colour(check: Check) -> tuple[float, float, float]:
    return AMBER if check.is_unsure else RED


def marks_round(
    evidence: Evidence | None, label: str, *, colour: tuple[float, float, float] | None = None
) -> Iterator[Mark]:
    """Yield a mark a printed line; only the first carries the label."""
    if evidence is None or evidence.page is None:
        return
    for number, box in enumerate(evidence.boxes):
        frame = (box.x0 - MARGIN, box.y0 - MARGIN, box.x1 + MARGIN, box.y1 + MARGIN)
        mark = Mark(page=evidence.page, box=frame, label="" if number else label)
        yield mark if colour is None else replace(mark, colour=colour)
