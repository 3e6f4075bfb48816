"""The audit log over HTTP: who did what to what, when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from litestar import get
from litestar.params import Parameter

from extractor.jobs.backend import Backend
from extractor.service.access import requires
from extractor.service.parameters import Cursor, Limit
from extractor.service.rendering import Page
from extractor.storage.access import Caller, Scope, audit_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditShown:
    """One thing that somebody did. `actor` is a key's id, or "operator"."""

    id: str
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str | None


@get(
    "/v1/audit",
    guards=[requires(Scope.ADMIN)],
    sync_to_thread=True,
    tags=["operations"],
    summary="List who did what",
)
def audit(
    caller: Caller,
    backend: Backend,
    subject: Annotated[str | None, Parameter(description="only what was done to this id")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[AuditShown]:
    """Answer with one page, the newest first. It holds nothing of what documents say."""
    with backend.database.snapshot() as session:
        page = audit_of(session, caller.tenant_id, subject=subject, cursor=cursor, limit=limit)
        shown = [
            AuditShown(
                id=row.id,
                at=row.at,
                actor=row.actor,
                action=row.action,
                subject=row.subject,
                detail=row.detail,
            )
            for row in page.rows
        ]
        return Page(items=shown, next_cursor=page.next_cursor)
