"""Comparisons over HTTP: ask for one, see what came out, decide."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

from litestar import Controller, Response, get, post
from litestar.params import HeaderParameter, Parameter

from extractor.jobs.backend import Backend
from extractor.jobs.queue import Queue
from extractor.jobs.reconciling import Asked, ask, judge
from extractor.reconciliation.check import Verdict
from extractor.service.access import requires
from extractor.service.parameters import Cursor, Limit
from extractor.service.problems import problems
from extractor.service.rendering import Page, Problem, etag, version_in
from extractor.storage.access import Caller, Scope
from extractor.storage.reconciliations import reconciliation_of, reconciliations_of
from extractor.storage.tables import StoredReconciliation


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationAsked:
    """Which documents are compared, by their ids.

    `amendments` are those of the contract that are documents of their own, in any order. `policy` is
    the name of one of the tenant's own, null the shipped one. With `record`, approved invoices go
    into the ledger: later ones are added to them, and compared with them.
    """

    contract: str
    invoices: list[str]
    amendments: list[str] = field(default_factory=list)
    policy: str | None = None
    record: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decides."""

    verdict: Literal["approve", "block"]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationShown:
    """A comparison. `verdict` is that of the rules, `decision` that of a person.

    `round` counts how often it was made: a corrected result makes it anew. `result` has the format
    that `extractor reconcile --json` prints; it is null until the comparison is made, and in lists.
    """

    id: str
    state: str  # waiting, done or failed
    round: int
    verdict: str | None
    decision: str | None
    decided_at: datetime | None
    decided_by: str | None
    note: str | None
    created_at: datetime
    updated_at: datetime
    error: Problem | None
    result: dict[str, object] | None


class Reconciliations(Controller):
    """Invoices compared with their contract."""

    path = "/v1/reconciliations"
    tags = ["reconciliations"]  # noqa: RUF012 - Litestar's own declaration

    @post(
        "/",
        status_code=202,
        guards=[requires(Scope.WRITE)],
        sync_to_thread=True,
        responses=problems(404),
        summary="Compare invoices with a contract",
    )
    def ask(
        self, data: ReconciliationAsked, caller: Caller, backend: Backend, queue: Queue
    ) -> ReconciliationShown:
        """Compare as soon as all documents are read."""
        asked = Asked(
            contract=data.contract,
            amendments=data.amendments,
            invoices=data.invoices,
            policy=data.policy,
            is_recorded=data.record,
        )
        return _shown(ask(backend, queue, caller, asked))

    @get(
        "/", guards=[requires(Scope.READ)], sync_to_thread=True, summary="List comparisons, the newest first"
    )
    def list_all(
        self,
        caller: Caller,
        backend: Backend,
        verdict: Annotated[
            Literal["approve", "review", "block"] | None, Parameter(description="only with this verdict")
        ] = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[ReconciliationShown]:
        """Answer with one page, without the results."""
        with backend.database.snapshot() as session:
            page = reconciliations_of(session, caller.tenant_id, verdict=verdict, cursor=cursor, limit=limit)
            return Page(
                items=[_shown(row, with_result=False) for row in page.rows], next_cursor=page.next_cursor
            )

    @get(
        "/{reconciliation_id:str}",
        guards=[requires(Scope.READ)],
        sync_to_thread=True,
        summary="Look at a comparison",
    )
    def look_at(
        self, caller: Caller, backend: Backend, reconciliation_id: str
    ) -> Response[ReconciliationShown]:
        """Answer with its state, and every check with both sides once it is made."""
        with backend.database.snapshot() as session:
            row = reconciliation_of(session, caller.tenant_id, reconciliation_id)
        return Response(content=_shown(row), headers={"ETag": etag(row.round)})

    @post(
        "/{reconciliation_id:str}/verdict",
        status_code=200,
        guards=[requires(Scope.REVIEW)],
        sync_to_thread=True,
        responses=problems(503),
        summary="Decide on a comparison",
    )
    def decide(
        self,
        data: Decision,
        caller: Caller,
        backend: Backend,
        reconciliation_id: str,
        if_match: Annotated[
            str | None,
            HeaderParameter(name="If-Match", description="the ETag of the comparison that was looked at"),
        ] = None,
    ) -> ReconciliationShown:
        """Keep a person's decision, for good; what is approved goes into the ledger."""
        row = judge(
            backend,
            caller,
            reconciliation_id,
            Verdict(data.verdict),
            note_text=data.note,
            expected_round=version_in(if_match),
        )
        return _shown(row)


def _shown(row: StoredReconciliation, *, with_result: bool = True) -> ReconciliationShown:
    return ReconciliationShown(
        id=row.id,
        state=row.state,
        round=row.round,
        verdict=row.verdict,
        decision=row.decision,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        note=row.note,
        created_at=row.created_at,
        updated_at=row.updated_at,
        error=Problem(code=row.error_code, message=row.error_message or "") if row.error_code else None,
        result=dict(row.body) if row.body is not None and with_result else None,
    )
