# SPDX-License-Identifier: Apache-2.0
"""The client for programs without an event loop."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import uuid4

import httpx

from extractor.client import operations
from extractor.client.errors import NotReachable
from extractor.client.operations import Call, Operation, Pause, Upload
from extractor.client.records import (
    Accepted,
    Batch,
    Document,
    ExtractionDetail,
    Reconciliation,
    Result,
)
from extractor.client.sending import TIMEOUT, content_of, delay_before, headers, opened

_T = TypeVar("_T")
AUTO = "auto"
WAIT_SECONDS = 600.0


class Client:
    """A connection to a service. Calls raise `ClientError`; what may be sent again is, a few times."""

    def __init__(
        self, url: str, *, key: str | None = None, transport: httpx.BaseTransport | None = None
    ) -> None:
        """Prepare to talk to the service at `url`, with a key where it asks for one."""
        self._http = httpx.Client(
            base_url=url, headers=headers(key), timeout=TIMEOUT, transport=transport, trust_env=False
        )

    def __enter__(self) -> Self:
        """Return the client; it is closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def upload(self, files: Iterable[Upload], *, spec: str = AUTO, engine: str = AUTO) -> list[Accepted]:
        """Upload files to be read: paths, or names with contents. Refused ones say why."""
        return self._run(operations.upload(files, spec=spec, engine=engine))

    def upload_batch(
        self, files: Iterable[Upload], *, name: str | None = None, spec: str = AUTO, engine: str = AUTO
    ) -> Batch:
        """Upload files, or ZIPs of files, as one batch."""
        return self._run(
            operations.upload_batch(files, name=name, spec=spec, engine=engine, key=str(uuid4()))
        )

    def wait(self, extraction_id: str, *, seconds: float = WAIT_SECONDS) -> ExtractionDetail:
        """Wait for a reading to end: done, failed or parked.

        Raises:
            StillRunning: it has not ended in time.
        """
        return self._run(operations.wait(extraction_id, seconds=seconds))

    def wait_for_batch(self, batch_id: str, *, seconds: float = WAIT_SECONDS) -> Batch:
        """Wait for a batch to be complete.

        Raises:
            StillRunning: it is not complete in time.
        """
        return self._run(operations.wait_for_batch(batch_id, seconds=seconds))

    def document(self, document_id: str) -> Document:
        """Look at a document."""
        return self._run(operations.document(document_id))

    def delete(self, document_id: str) -> None:
        """Delete a document and all that came of it."""
        self._run(operations.delete(document_id))

    def results(self, **filters: str) -> Iterator[Result]:
        """Yield results, the newest first; filters are those of the API: review="open", number="R-1"."""
        cursor: str | None = None
        while True:
            page, cursor = self._run(operations.results_page(filters, cursor=cursor))
            yield from page
            if cursor is None:
                return

    def correct(self, result: Result, path: str, value: str | None) -> Result:
        """Put one value right (`line_items[2].quantity`); None says that nothing stands there."""
        return self._run(operations.correct(result, path, value))

    def confirm(self, result: Result) -> Result:
        """Confirm a result as it is."""
        return self._run(operations.confirm(result))

    def reconcile(
        self,
        invoices: Sequence[str],
        contract: str,
        *,
        amendments: Sequence[str] = (),
        policy: str | None = None,
        record: bool = True,
        seconds: float = WAIT_SECONDS,
    ) -> Reconciliation:
        """Compare invoices with a contract and its amendments, by their ids, and wait for what comes out.

        Raises:
            StillRunning: it has not come out in time.
        """
        return self._run(
            operations.reconcile(
                invoices,
                contract,
                amendments=amendments,
                policy=policy,
                record=record,
                seconds=seconds,
                key=str(uuid4()),
            )
        )

    def _run(self, operation: Operation[_T]) -> _T:
        answer: Any = None
        try:
            while True:
                step = operation.send(answer)
                if isinstance(step, Pause):
                    time.sleep(step.seconds)
                    answer = None
                else:
                    answer = self._answer(step)
        except StopIteration as end:
            value: _T = end.value
            return value

    def _answer(self, call: Call) -> Any:  # noqa: ANN401 - whatever JSON it is
        attempt = 1
        while True:
            answer, fault = self._send(call)
            delay = delay_before(attempt, answer) if call.is_repeatable else None
            if delay is None:
                if answer is None:
                    raise NotReachable(f"{self._http.base_url} does not answer") from fault
                return content_of(answer)
            time.sleep(delay)
            attempt += 1

    def _send(self, call: Call) -> tuple[httpx.Response | None, httpx.TransportError | None]:
        with ExitStack() as stack:
            files = opened(call, stack)
            try:
                return self._http.request(
                    call.method,
                    call.path,
                    params=dict(call.query),
                    json=call.json,
                    files=files,
                    headers=dict(call.headers),
                ), None
            except httpx.TransportError as fault:
                return None, fault
