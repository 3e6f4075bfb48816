"""Look a tenant's row up: another tenant's is not there."""

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.errors import NotFound
from extractor.storage.tables import Row

RowT = TypeVar("RowT", bound=Row)


def owned(
    session: Session, kind: type[RowT], tenant_id: str, row_id: str, *, called: str, for_update: bool = False
) -> RowT:
    """Return one row of a table whose rows are tenants'; `called` is what an error calls such a row.

    Raises:
        NotFound: the tenant has no such row.
    """
    table: Any = kind  # of those with `id` and `tenant_id`
    query: sa.Select[RowT] = sa.select(kind).where(table.tenant_id == tenant_id, table.id == row_id)
    row = session.scalar(query.with_for_update() if for_update else query)
    if row is None:
        raise NotFound(f"there is no {called} {row_id}")
    return row
