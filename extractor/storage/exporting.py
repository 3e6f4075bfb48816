"""Write the whole store into one archive: rows as lines of JSON by table, and contents.

The archive is a TAR, written in one pass and with little in memory:

    store.json                        what wrote it: format, schema, program, moment
    tables/NAME.jsonl                 one a table, in an order in which they can be filled again
    contents/TENANT/ab/SHA-256        one a document
    end.json                          how many of each; without it the archive is not whole

Rows are those of one moment. A document that is deleted while this goes on is named in `end.json`, and
left out when the archive is restored. Heartbeats are left out, for they are of processes, and so
is the queue: what is open is queued again.
"""

import io
import json
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor import __version__
from extractor.errors import NotFound
from extractor.storage.blobs import Blobs, content_name
from extractor.storage.database import Database
from extractor.storage.lines import lines_of
from extractor.storage.tables import Heartbeat, Row, StoredDocument

FORMAT = 1
ABOUT, TABLES, CONTENTS, END = "store.json", "tables/", "contents/", "end.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What an archive holds: rows by table, contents, and ids of documents that were deleted meanwhile."""

    rows: Mapping[str, int]
    contents: int
    deleted: frozenset[str] = field(default_factory=frozenset)


def copied_tables() -> list[sa.Table]:
    """Return the tables of an archive, each behind those that it refers to."""
    return [table for table in Row.metadata.sorted_tables if table.name != Heartbeat.__tablename__]


def schema_of(session: Session) -> str:
    """Return the version of the tables."""
    return str(session.scalar(sa.text("SELECT version_num FROM alembic_version")))


def export_store(database: Database, blobs: Blobs, target: BinaryIO, *, now: datetime) -> Copied:
    """Write an archive of all tenants. It holds secrets of webhooks and all documents: keep it well.

    Raises:
        NotFound: a document's content is missing, though nobody has deleted it.
        SinkUnavailable: contents cannot be read.
    """
    with tarfile.open(fileobj=target, mode="w|") as archive, database.snapshot(is_repeatable=True) as session:
        about = {
            "format": FORMAT,
            "schema": schema_of(session),
            "program": __version__,
            "at": now.isoformat(),
        }
        _add_json(archive, ABOUT, about, now=now)
        rows = {table.name: _add_table(archive, session, table, now=now) for table in copied_tables()}
        contents, deleted = _add_contents(archive, session, database, blobs, now=now)
        end = {"rows": rows, "contents": contents, "deleted": sorted(deleted)}
        _add_json(archive, END, end, now=now)
    return Copied(rows=rows, contents=contents, deleted=frozenset(deleted))


def _add_table(archive: tarfile.TarFile, session: Session, table: sa.Table, *, now: datetime) -> int:
    count = 0
    with TemporaryFile() as kept:  # a TAR says how long a file is before it says the file
        for line in lines_of(session, table):
            kept.write(line)
            count += 1
        size = kept.tell()
        kept.seek(0)
        _add(archive, f"{TABLES}{table.name}.jsonl", kept, size, now=now)
    return count


def _add_contents(
    archive: tarfile.TarFile, session: Session, database: Database, blobs: Blobs, *, now: datetime
) -> tuple[int, set[str]]:
    """Add the content of each document of the snapshot; return how many, and the ids of deleted ones."""
    count, deleted = 0, set()
    wanted = sa.select(StoredDocument.id, StoredDocument.tenant_id, StoredDocument.sha256)
    with session.execute(wanted.execution_options(yield_per=500)) as rows:
        for document, tenant, sha256 in rows:
            name = content_name(tenant, sha256)
            try:
                content = blobs.get(name)
            except NotFound as cause:
                if _is_kept(database, document):
                    raise NotFound(f"the content of {document} is missing in the store") from cause
                deleted.add(document)
                continue
            _add(archive, f"{CONTENTS}{name}", io.BytesIO(content), len(content), now=now)
            count += 1
    return count, deleted


def _is_kept(database: Database, document_id: str) -> bool:
    with database.snapshot() as session:
        return session.get(StoredDocument, document_id) is not None


def _add_json(archive: tarfile.TarFile, name: str, told: Mapping[str, Any], *, now: datetime) -> None:
    content = json.dumps(told, indent=1).encode()
    _add(archive, name, io.BytesIO(content), len(content), now=now)


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes], size: int, *, now: datetime) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, int(now.timestamp()), 0o600
    archive.addfile(member, content)
