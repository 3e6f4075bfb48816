"""Fill an empty store from an archive that `exporting` has written. All of it is there then, or nothing."""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, BinaryIO

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.errors import ConfigurationError
from extractor.storage.batches import complete_batches_without
from extractor.storage.blobs import Blobs, content_name
from extractor.storage.exporting import ABOUT, CONTENTS, END, FORMAT, TABLES, Copied, copied_tables, schema_of
from extractor.storage.lines import insert_lines
from extractor.storage.tables import StoredDocument


class NotRestorable(ConfigurationError):
    """The archive is damaged or of another version, or the store is not empty."""


def restore_store(session: Session, blobs: Blobs, source: BinaryIO, *, now: datetime) -> Copied:
    """Fill the store in the transaction of `session`. After an error, contents may be left without a row.

    Raises:
        NotRestorable: the store is not empty, or the archive is damaged or of another version.
        SinkUnavailable: contents cannot be kept.
    """
    _require_empty(session)
    with _damage(), tarfile.open(fileobj=source, mode="r|") as archive:
        members = _files(archive)
        _require_version(session, _next(members, ABOUT).read())
        rows = {}
        for table in copied_tables():
            lines = _next(members, f"{TABLES}{table.name}.jsonl")
            rows[table.name] = insert_lines(session, table, lines)
        wanted = {
            f"{CONTENTS}{content_name(row.tenant_id, row.sha256)}": (row.id, row.sha256)
            for row in session.execute(
                sa.select(StoredDocument.id, StoredDocument.tenant_id, StoredDocument.sha256)
            )
        }
        contents = 0
        for name, file in members:
            if name == END:
                told = _end(file.read())
                break
            _keep(blobs, name, file.read(), wanted)
            contents += 1
        else:
            raise NotRestorable("the archive is not whole: its end is missing")
        missing = {document for document, _ in wanted.values()}
        if told.rows != rows or told.contents != contents or told.deleted != missing:
            raise NotRestorable("the archive does not hold what its end says")
    for document in told.deleted:
        complete_batches_without(session, document, now=now)
        session.execute(sa.delete(StoredDocument).where(StoredDocument.id == document))
    return told


def _require_empty(session: Session) -> None:
    for table in copied_tables():
        if session.scalar(sa.select(sa.literal(1)).select_from(table).limit(1)) is not None:
            raise NotRestorable(
                f"the store is not empty (there are {table.name}): name another database, or another folder"
            )


def _require_version(session: Session, content: bytes) -> None:
    about = json.loads(content)
    if about["format"] != FORMAT:
        raise NotRestorable(f"the archive has format {about['format']}; this program reads {FORMAT}")
    if about["schema"] != (ours := schema_of(session)):
        raise NotRestorable(
            f"the archive's tables are of version {about['schema']}, this program's of {ours}: "
            f"restore it with the program that wrote it ({about['program']}), then upgrade"
        )


def _files(archive: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for member in archive:
        file = archive.extractfile(member)
        if file is None or not member.isfile():
            raise NotRestorable(f"{member.name} in the archive is no file")
        yield member.name, file


def _next(members: Iterator[tuple[str, IO[bytes]]], wanted: str) -> IO[bytes]:
    name, file = next(members, ("nothing", None))
    if file is None or name != wanted:
        raise NotRestorable(f"the archive has {name} where {wanted} should be")
    return file


def _keep(blobs: Blobs, name: str, content: bytes, wanted: dict[str, tuple[str, str]]) -> None:
    """Keep a content that a row refers to; only such names are taken."""
    _, sha256 = wanted.pop(name, ("", ""))
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NotRestorable(f"{name} in the archive is not what a document says")
    blobs.put(name.removeprefix(CONTENTS), content)


def _end(content: bytes) -> Copied:
    told = json.loads(content)
    return Copied(rows=told["rows"], contents=told["contents"], deleted=frozenset(told["deleted"]))


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError, sa.exc.IntegrityError) as cause:
        raise NotRestorable(f"the archive is damaged: {cause}") from cause
