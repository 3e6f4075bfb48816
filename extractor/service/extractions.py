"""Readings over HTTP: ask for one, see how far it is, get what it gave."""

from dataclasses import dataclass
from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Parameter

from extractor.jobs.backend import Backend
from extractor.jobs.intake import question, read_again, retry
from extractor.jobs.queue import Queue
from extractor.service.access import requires
from extractor.service.problems import problems
from extractor.service.rendering import ExtractionShown, ResultShown, show_result, show_run
from extractor.storage.access import Caller, Scope
from extractor.storage.runs import results_of, run_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionAsked:
    """How a document is to be read."""

    document: str
    spec: str = "auto"
    engine: str = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionDetail:
    """A reading, and its results once it is done."""

    extraction: ExtractionShown
    results: list[ResultShown]


class Extractions(Controller):
    """Readings of documents."""

    path = "/v1/extractions"
    tags = ["extractions"]  # noqa: RUF012 - Litestar's own declaration

    @post(
        "/",
        status_code=202,
        guards=[requires(Scope.WRITE)],
        sync_to_thread=True,
        responses=problems(404),
        summary="Have a document read in another way",
    )
    def ask(self, data: ExtractionAsked, caller: Caller, backend: Backend, queue: Queue) -> ExtractionShown:
        """Queue it. The same document with the same spec and engine is the same extraction."""
        asked = question(backend, caller, spec=data.spec, engine=data.engine)
        return show_run(read_again(backend, queue, caller, data.document, asked))

    @post(
        "/{extraction_id:str}/retry",
        status_code=202,
        guards=[requires(Scope.WRITE)],
        sync_to_thread=True,
        summary="Try a failed extraction again",
    )
    def retry(self, caller: Caller, backend: Backend, queue: Queue, extraction_id: str) -> ExtractionShown:
        """Queue it once more: for a document that was parked, or whose engine was not there."""
        return show_run(retry(backend, queue, caller, extraction_id))

    @get(
        "/{extraction_id:str}",
        guards=[requires(Scope.READ)],
        sync_to_thread=True,
        summary="Look at an extraction",
    )
    def look_at(
        self,
        caller: Caller,
        backend: Backend,
        extraction_id: Annotated[str, Parameter(description="as an upload answered")],
    ) -> ExtractionDetail:
        """Answer with its state, and its results once it is done: one for each part of the document."""
        with backend.database.snapshot() as session:
            run = run_of(session, caller.tenant_id, extraction_id)
            results = [show_result(row) for row in results_of(session, run.id)]
            return ExtractionDetail(extraction=show_run(run), results=results)
