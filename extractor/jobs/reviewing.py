"""Keep what people say of results: a value put right, or the whole confirmed."""

from datetime import datetime

from sqlalchemy.orm import Session

from extractor.assessment.assessment import Assessment
from extractor.assessment.correction import confirmed, corrected, leaf_at, parse_path
from extractor.assessment.settings import review_settings
from extractor.delivery.decoding import decode_assessment, decode_scalar
from extractor.delivery.encoding import Json, encode_assessment, encode_scalar
from extractor.engines.reading import Scalar
from extractor.errors import ConfigurationError
from extractor.field_specs.spec import ColumnSpec
from extractor.jobs.backend import Backend
from extractor.jobs.queue import Queue
from extractor.storage.access import Caller, note
from extractor.storage.events import EventKind, emit
from extractor.storage.reconciliations import begin_again
from extractor.storage.results import Correction, change_result, result_of
from extractor.storage.specs import spec_of_run
from extractor.storage.tables import StoredResult
from extractor.storage.tables.runs import ReviewState


def correct(
    backend: Backend,
    queue: Queue,
    caller: Caller,
    result_id: str,
    *,
    path: str,
    value: str | None,
    expected_version: int,
) -> StoredResult:
    """Put one value right, and judge anew what it touches. None says that nothing stands there.

    Raises:
        NotFound: the tenant has no such result.
        VersionConflict: somebody else has changed it meanwhile.
        ConfigurationError: there is no such place, or the value is not of its type.
    """
    now = backend.clock()
    with backend.database.transaction() as session:
        row = result_of(session, caller.tenant_id, result_id)
        spec = spec_of_run(session, row)
        before = decode_assessment(row.body, spec=spec)
        place, column = parse_path(path, spec)
        given = _given(path, value, column)
        after = corrected(before, place, given, spec=spec, settings=review_settings())
        correction = Correction(
            path=path, before=encode_scalar(leaf_at(before, place).value), after=encode_scalar(given)
        )
        return _kept(
            session, queue, caller, row, after, correction, expected_version=expected_version, now=now
        )


def confirm(
    backend: Backend, queue: Queue, caller: Caller, result_id: str, *, expected_version: int
) -> StoredResult:
    """Keep that a person has found a result right, as it is now.

    Raises:
        NotFound: the tenant has no such result.
        VersionConflict: somebody else has changed it meanwhile.
    """
    now = backend.clock()
    with backend.database.transaction() as session:
        row = result_of(session, caller.tenant_id, result_id)
        after = confirmed(decode_assessment(row.body, spec=spec_of_run(session, row)))
        return _kept(session, queue, caller, row, after, None, expected_version=expected_version, now=now)


def _given(path: str, value: str | None, column: ColumnSpec | None) -> Scalar | None:
    if value is None:
        return None
    if column is None:
        raise ConfigurationError(f"{path} is a whole row: it can only be taken away (null)")
    try:
        return decode_scalar(value.strip(), column)
    except ValueError as cause:
        raise ConfigurationError(f"{path}: {cause}") from cause


def _kept(
    session: Session,
    queue: Queue,
    caller: Caller,
    row: StoredResult,
    after: Assessment,
    correction: Correction | None,
    *,
    expected_version: int,
    now: datetime,
) -> StoredResult:
    """Keep the result, with what was done and what is told of it; comparisons with it are made anew."""
    is_open = correction is not None and (after.review.required or row.review == ReviewState.OPEN)
    changed = change_result(
        session,
        caller,
        row.id,
        encode_assessment(after),
        expected_version=expected_version,
        review=ReviewState.OPEN if is_open else ReviewState.CONFIRMED,
        correction=correction,
        now=now,
    )
    action = "review.corrected" if correction else "review.confirmed"
    note(
        session,
        caller.tenant_id,
        actor=caller.actor,
        action=action,
        subject=row.id,
        now=now,
        detail=correction.path if correction else None,
    )
    if not is_open:
        about: dict[str, Json] = {"result": row.id, "document": row.document_id, "version": changed.version}
        emit(session, caller.tenant_id, EventKind.REVIEW_COMPLETED, subject=row.id, body=about, now=now)
    queue.put_comparisons(session, begin_again(session, row.run_id, now=now))
    return changed
