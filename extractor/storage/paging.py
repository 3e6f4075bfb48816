"""Pages of a list: by the id of the last row shown, so that new rows move nothing."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from extractor.errors import ConfigurationError
from extractor.storage.tables import Row

MAX_LIMIT = 200
_NO_CURSOR = "the cursor is none that was given out here"

RowT = TypeVar("RowT", bound=Row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Generic[RowT]):
    """One page, the newest first; `next_cursor` is None on the last one."""

    rows: Sequence[RowT]
    next_cursor: str | None


def listed(
    session: Session,
    query: sa.Select[RowT],
    *,
    by: InstrumentedAttribute[str],
    cursor: str | None,
    limit: int,
) -> Listed[RowT]:
    """Return the page behind a cursor.

    Raises:
        ConfigurationError: the cursor is none of ours, or the limit is out of bounds (1 to 200).
    """
    require_limit(limit)
    if cursor is not None:
        query = query.where(by < decode_cursor(cursor))
    rows = list(session.scalars(query.order_by(by.desc()).limit(limit + 1)))
    more = len(rows) > limit
    shown = rows[:limit]
    return Listed(rows=shown, next_cursor=encode_cursor(getattr(shown[-1], by.key)) if more else None)


def require_limit(limit: int) -> None:
    """Refuse pages that are too long.

    Raises:
        ConfigurationError: the limit is out of bounds (1 to 200).
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise ConfigurationError(f"limit must be from 1 to {MAX_LIMIT}")


def encode_cursor(last: str) -> str:
    """Return the cursor behind which the next page begins."""
    return base64.urlsafe_b64encode(last.encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> str:
    """Return what a cursor stands for.

    Raises:
        ConfigurationError: the cursor is none of ours.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        last = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError, ValueError) as cause:
        raise ConfigurationError(_NO_CURSOR) from cause
    if not last.isprintable():  # PostgreSQL has no place for a NUL
        raise ConfigurationError(_NO_CURSOR)
    return last
