"""Results over HTTP: list, find, look at one."""

from litestar import Controller, Response, get
from litestar.di import Provide

from extractor.jobs.backend import Backend
from extractor.service.access import requires
from extractor.service.etags import is_known
from extractor.service.examples import RESULT, RESULTS, answering
from extractor.service.filtering import result_filter
from extractor.service.parameters import Cursor, IfNoneMatch, Limit
from extractor.service.problems import NOT_MODIFIED, problems
from extractor.service.rendering import Page, ResultShown, etag, show_result
from extractor.storage.access import Caller, Scope
from extractor.storage.result_filter import ResultFilter, results_page
from extractor.storage.results import result_of


class Results(Controller):
    """What documents say. `Reviews` adds what people do to it: one path can have one controller."""

    path = "/v1"
    tags = ["results"]  # noqa: RUF012 - Litestar's own declaration
    dependencies = {"meant": Provide(result_filter, sync_to_thread=False)}  # noqa: RUF012

    @get(
        "/results",
        guards=[requires(Scope.READ)],
        sync_to_thread=True,
        operation_class=answering(RESULTS),
        responses=problems(400, 422),
        summary="List results, the newest first",
    )
    def list_all(
        self,
        caller: Caller,
        backend: Backend,
        meant: ResultFilter,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[ResultShown]:
        """Answer with one page of those to which all filters apply."""
        with backend.database.snapshot() as session:
            page = results_page(session, caller.tenant_id, meant, cursor=cursor, limit=limit)
            return Page(items=[show_result(row) for row in page.rows], next_cursor=page.next_cursor)

    @get(
        "/results/{result_id:str}",
        guards=[requires(Scope.READ)],
        sync_to_thread=True,
        operation_class=answering(RESULT),
        responses=problems(400, 404) | NOT_MODIFIED,
        summary="Look at a result",
    )
    def look_at(
        self, caller: Caller, backend: Backend, result_id: str, if_none_match: IfNoneMatch = None
    ) -> Response[ResultShown | None]:
        """Answer with it, and its version as `ETag`; 304 if the client has that version."""
        with backend.database.snapshot() as session:
            row = result_of(session, caller.tenant_id, result_id)
        tag = etag(row.version)
        if is_known(tag, if_none_match):
            return Response(content=None, status_code=304, headers={"ETag": tag})
        return Response(content=show_result(row), headers={"ETag": tag})
