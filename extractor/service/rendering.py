"""What rows look like in answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from extractor.storage.tables import Run, StoredDocument, StoredResult

ShownT = TypeVar("ShownT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[ShownT]):
    """A page of a list; `next_cursor` is null on the last one."""

    items: list[ShownT]
    next_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why something gave nothing."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionShown:
    """One reading of a document: queued, running, done, failed or parked."""

    id: str
    document: str
    spec: str
    spec_version: int
    engine: str
    state: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error: Problem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentShown:
    """A document as it was uploaded. `id` is ours; `sha256` is the content's."""

    id: str
    name: str
    sha256: str
    media_type: str
    size: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultShown:
    """What one part of a document says. `result` has the format that `extractor extract --json` prints."""

    id: str
    document: str
    extraction: str
    part: int
    spec: str
    review: str  # not_required, open or confirmed
    version: int
    created_at: datetime
    updated_at: datetime
    result: dict[str, object]


def show_document(row: StoredDocument) -> DocumentShown:
    """Return a document as answers show it."""
    return DocumentShown(
        id=row.id,
        name=row.name,
        sha256=row.sha256,
        media_type=row.media_type,
        size=row.size,
        created_at=row.created_at,
    )


def show_run(row: Run) -> ExtractionShown:
    """Return a reading as answers show it."""
    error = Problem(code=row.error_code, message=row.error_message or "") if row.error_code else None
    return ExtractionShown(
        id=row.id,
        document=row.document_id,
        spec=row.spec,
        spec_version=row.spec_version,
        engine=row.engine,
        state=row.state,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        error=error,
    )


def show_result(row: StoredResult) -> ResultShown:
    """Return a result as answers show it."""
    return ResultShown(
        id=row.id,
        document=row.document_id,
        extraction=row.run_id,
        part=row.part,
        spec=row.spec,
        review=row.review,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        result=dict(row.body),
    )


def etag(version: int) -> str:
    """Return a version as an ETag."""
    return f'"{version}"'
