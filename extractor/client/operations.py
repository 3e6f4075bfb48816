# SPDX-License-Identifier: Apache-2.0
"""What can be done, without saying how requests are sent: each operation is a generator.

It yields a `Call`, and is sent the answer's JSON; or a `Pause`, and is sent None. `blocking` and `aio`
drive them, so that both clients do the same.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from pydantic import TypeAdapter

from extractor.client.errors import StillRunning
from extractor.client.records import (
    Accepted,
    Batch,
    Document,
    ExtractionDetail,
    Page,
    Reconciliation,
    Result,
)

Upload: TypeAlias = "str | Path | tuple[str, bytes]"
"""A file's path, or its name and content."""

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS, _SLOWER = 0.1, 5.0, 1.5
_ACCEPTED = TypeAdapter(list[Accepted])


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request. `is_repeatable` says whether it may be sent again when no answer came."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    files: Sequence[Upload] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    is_repeatable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A wait before the next question."""

    seconds: float


_T = TypeVar("_T")
Operation: TypeAlias = Generator[Call | Pause, Any, _T]


def upload(files: Iterable[Upload], *, spec: str, engine: str) -> Operation[list[Accepted]]:
    """Upload files. The same content twice is the same document, so it may be sent again."""
    query = {"spec": spec, "engine": engine}
    answer = yield Call(method="POST", path="/v1/documents", query=query, files=tuple(files))
    return _ACCEPTED.validate_python(answer)


def upload_batch(
    files: Iterable[Upload], *, name: str | None, spec: str, engine: str, key: str
) -> Operation[Batch]:
    """Upload files, or ZIPs of files, as one batch; `key` makes it one batch however often it is sent."""
    query = {"spec": spec, "engine": engine} | ({"name": name} if name else {})
    answer = yield Call(
        method="POST",
        path="/v1/batches",
        query=query,
        files=tuple(files),
        headers={"Idempotency-Key": key},
    )
    return Batch.model_validate(answer)


def extraction(extraction_id: str) -> Operation[ExtractionDetail]:
    """Look at a reading."""
    answer = yield Call(method="GET", path=f"/v1/extractions/{extraction_id}")
    return ExtractionDetail.model_validate(answer)


def wait(extraction_id: str, *, seconds: float) -> Operation[ExtractionDetail]:
    """Ask until a reading has ended: done, failed or parked.

    Raises:
        StillRunning: it has not ended in time.
    """
    for pause in _pauses(seconds):
        seen = yield from extraction(extraction_id)
        if seen.extraction.has_ended:
            return seen
        yield pause
    raise StillRunning(f"{extraction_id} has not ended within {seconds:g} s")


def wait_for_batch(batch_id: str, *, seconds: float) -> Operation[Batch]:
    """Ask until a batch is complete.

    Raises:
        StillRunning: it is not complete in time.
    """
    for pause in _pauses(seconds):
        answer = yield Call(method="GET", path=f"/v1/batches/{batch_id}")
        seen = Batch.model_validate(answer)
        if seen.completed_at is not None:
            return seen
        yield pause
    raise StillRunning(f"{batch_id} is not complete within {seconds:g} s")


def document(document_id: str) -> Operation[Document]:
    """Look at a document."""
    answer = yield Call(method="GET", path=f"/v1/documents/{document_id}")
    return Document.model_validate(answer["document"])


def delete(document_id: str) -> Operation[None]:
    """Delete a document and all that came of it."""
    yield Call(method="DELETE", path=f"/v1/documents/{document_id}", is_repeatable=False)


def results_page(
    filters: Mapping[str, str], *, cursor: str | None
) -> Operation[tuple[list[Result], str | None]]:
    """Return one page of results, and the cursor of the next one."""
    query = {**filters, **({"cursor": cursor} if cursor else {})}
    page = Page.model_validate((yield Call(method="GET", path="/v1/results", query=query)))
    return [Result.model_validate(each) for each in page.items], page.next_cursor


def correct(result: Result, path: str, value: str | None) -> Operation[Result]:
    """Put one value of a result right; None says that nothing stands there."""
    answer = yield Call(
        method="PATCH",
        path=f"/v1/results/{result.id}",
        json={"path": path, "value": value},
        headers={"If-Match": f'"{result.version}"'},
        is_repeatable=False,
    )
    return Result.model_validate(answer)


def confirm(result: Result) -> Operation[Result]:
    """Confirm a result as it is."""
    answer = yield Call(
        method="POST",
        path=f"/v1/results/{result.id}/confirm",
        headers={"If-Match": f'"{result.version}"'},
        is_repeatable=False,
    )
    return Result.model_validate(answer)


def reconcile(
    invoices: Sequence[str],
    contract: str,
    *,
    amendments: Sequence[str],
    policy: str | None,
    record: bool,
    seconds: float,
    key: str,
) -> Operation[Reconciliation]:
    """Compare invoices with a contract, by the ids of their documents, and wait for what comes out.

    Raises:
        StillRunning: it has not come out in time.
    """
    asked = {
        "contract": contract,
        "amendments": list(amendments),
        "invoices": list(invoices),
        "policy": policy,
        "record": record,
    }
    answer = yield Call(
        method="POST", path="/v1/reconciliations", json=asked, headers={"Idempotency-Key": key}
    )
    seen = Reconciliation.model_validate(answer)
    for pause in _pauses(seconds):
        if seen.state != "waiting":
            return seen
        yield pause
        seen = Reconciliation.model_validate(
            (yield Call(method="GET", path=f"/v1/reconciliations/{seen.id}"))
        )
    raise StillRunning(f"{seen.id} has not come out within {seconds:g} s")


def _pauses(seconds: float) -> Generator[Pause, None, None]:
    """Yield pauses that grow, until they add up to the time."""
    waited, pause = 0.0, _FIRST_PAUSE_SECONDS
    while waited <= seconds:
        yield Pause(seconds=pause)
        waited += pause
        pause = min(pause * _SLOWER, _LONGEST_PAUSE_SECONDS)
