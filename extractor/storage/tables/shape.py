"""What all tables have in common: ids that sort by time, times in UTC, JSON."""

from datetime import UTC, datetime
from typing import Annotated

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, mapped_column
from uuid_utils import uuid7


class UtcTime(sa.TypeDecorator[datetime]):
    """A moment, aware and in UTC on both sides; SQLite keeps no zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse a moment without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give SQLite's moments their zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Row(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """One row of any table."""

    metadata = sa.MetaData(
        naming_convention={  # so that migrations can name what they change
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read once by SQLAlchemy
        datetime: UtcTime,
        list[str]: sa.JSON,
        str: sa.Text,
    }


Id = Annotated[str, mapped_column(primary_key=True)]
TenantId = Annotated[str, mapped_column(sa.ForeignKey("tenants.id"))]


def new_id(kind: str) -> str:
    """Return an id that tells what it names; later ones sort behind earlier ones (UUID version 7)."""
    return f"{kind}_{uuid7().hex}"
