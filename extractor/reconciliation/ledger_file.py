"""A ledger in a file: one line of JSON an approval, appended and never changed.

A line is one approval, with all its invoices, so that all of them are kept or none. A last
line that breaks off was never acknowledged: it does not count, and the next append moves it
to `FILE.torn`. One that is whole but for its end counts.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import FileIO
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import from_json

from extractor.errors import LedgerBusy, LedgerDamaged, LedgerUnusable
from extractor.reconciliation.ledger import invoices_among, look_alikes_among, require_revision
from extractor.reconciliation.ledger_contract import ContractIdentity
from extractor.reconciliation.ledger_entry import LedgerEntry

SCHEMA = 1
_END = b"\n"
_BEGIN = b'{"schema_version":'
_MOST_SAID = 3  # of what is wrong with a line


class _Schema(BaseModel):
    """The part of a line that every version has."""

    schema_version: int


class _Approval(BaseModel):
    """One line: what one run approved."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: Literal[1] = 1
    invoices: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What the file held. `size` is up to where its lines are whole, in bytes; `digest` is of these."""

    entries: tuple[LedgerEntry, ...] = ()
    lines: int = 0
    size: int = 0
    digest: bytes = sha256().digest()
    torn: bytes = b""
    has_end: bool = True


class FileLedger:
    """A ledger in one file, for one machine; several processes may use it at a time.

    A file that is not there is an empty ledger, and begun by the first append. Every
    question reads what was appended since the last one. `lock_seconds` is how long an append
    waits for another writer.
    """

    def __init__(self, path: Path | str, *, lock_seconds: float = 10.0) -> None:
        """Use the file at `path`; nothing is opened before the first question."""
        self._path = Path(path).resolve()  # a link and its file have one lock
        self._lock_seconds = lock_seconds
        self._known = _Read()

    def revision(self) -> int:
        """Return how many approvals the file holds.

        Raises:
            LedgerUnusable: the file cannot be read, or LedgerDamaged: a line of it.
        """
        return self._read().lines

    def invoices(self, contract: ContractIdentity, *, before: date | None = None) -> Sequence[LedgerEntry]:
        """Return a contract's entries, in the order approved.

        Raises:
            LedgerUnusable: the file cannot be read, or LedgerDamaged: a line of it.
        """
        return invoices_among(self._read().entries, contract, before=before)

    def look_alikes(self, entry: LedgerEntry) -> Sequence[LedgerEntry]:
        """Return the entries that share a key with one.

        Raises:
            LedgerUnusable: the file cannot be read, or LedgerDamaged: a line of it.
        """
        return look_alikes_among(self._read().entries, entry)

    def append(self, entries: Sequence[LedgerEntry], *, at: int) -> None:
        """Write one approval and see it to the disk.

        Raises:
            Conflict: the file has changed since revision `at`.
            LedgerBusy: another process is writing, and goes on writing.
            LedgerUnusable: the file cannot be read or written; it is as it was.
        """
        with self._locked():
            known = self._read()
            require_revision(at=at, now=known.lines)
            if entries:
                self._write(known, _Approval(invoices=tuple(entries)).model_dump_json())

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if not self._path.parent.is_dir():  # the lock would make it
            raise LedgerUnusable(f"{self._path}: the ledger cannot be written: its folder is missing")
        try:
            with FileLock(f"{self._path}.lock", timeout=self._lock_seconds):
                yield
        except Timeout as cause:
            raise LedgerBusy(
                f"{self._path}: another process is writing to the ledger ({self._lock_seconds:g} s waited)"
            ) from cause
        except OSError as cause:
            raise _unusable(self._path, "locked", cause) from cause

    def _read(self) -> _Read:
        """Read the file; only what was appended is parsed, unless something else has changed."""
        try:
            if self._path.exists() and not self._path.is_file():
                raise LedgerUnusable(f"{self._path}: the ledger cannot be read: it is no file")
            content = self._path.read_bytes()
        except FileNotFoundError:
            content = b""
        except OSError as cause:
            raise _unusable(self._path, "read", cause) from cause
        known = self._known
        if sha256(content[: known.size]).digest() != known.digest or not known.has_end:
            known = _Read()
        *lines, rest = content[known.size :].split(_END)
        entries, number = list(known.entries), known.lines
        for line in lines:
            number += 1
            entries.extend(self._approved(line, number))
        size = len(content) - len(rest)
        if whole := self._whole(rest, number + 1):
            entries.extend(whole)
            number, size, rest = number + 1, len(content), b""
        self._known = _Read(
            entries=tuple(entries),
            lines=number,
            size=size,
            digest=sha256(content[:size]).digest(),
            torn=rest,
            has_end=not whole,
        )
        return self._known

    def _whole(self, rest: bytes, number: int) -> Sequence[LedgerEntry]:
        """Return the last line's entries where only its end is missing, nothing where it breaks off.

        Raises:
            LedgerDamaged: it is not the beginning of a line of a ledger.
        """
        if not rest.strip():
            return ()
        if rest[: len(_BEGIN)] != _BEGIN[: len(rest)]:
            raise LedgerDamaged(f"{self._path}, line {number}: this is no line of a ledger")
        try:
            from_json(rest)
        except ValueError:
            return ()
        return self._approved(rest, number)

    def _approved(self, line: bytes, number: int) -> Sequence[LedgerEntry]:
        """Return what one line approves; a blank one approves nothing.

        Raises:
            LedgerDamaged: it is no line of a ledger; names file, line and reason.
        """
        if not line.strip():
            return ()
        place = f"{self._path}, line {number}"
        try:
            version = _Schema.model_validate_json(line).schema_version
        except ValidationError as cause:
            raise LedgerDamaged(f"{place}: this is no line of a ledger: {_said(cause)}") from cause
        if version != SCHEMA:
            raise LedgerDamaged(
                f"{place}: it was written by another version (schema {version}; this one reads {SCHEMA})"
            )
        try:
            return _Approval.model_validate_json(line).invoices
        except ValidationError as cause:
            raise LedgerDamaged(f"{place}: {_said(cause)}") from cause

    def _write(self, known: _Read, line: str) -> None:
        is_new = not self._path.exists()
        try:
            if known.torn:
                _write_through(Path(f"{self._path}.torn"), known.torn + _END)
            with self._path.open("xb" if is_new else "r+b", buffering=0) as file:
                file.truncate(known.size)
                file.seek(known.size)
                try:
                    _write_all(file, (b"" if known.has_end else _END) + line.encode() + _END)
                    os.fsync(file.fileno())
                except OSError:
                    file.truncate(known.size)  # half an approval is none
                    raise
            if is_new:
                _sync_folder(self._path.parent)
        except OSError as cause:
            raise _unusable(self._path, "written", cause) from cause


def _said(cause: ValidationError) -> str:
    errors = cause.errors()[:_MOST_SAID]
    return "; ".join(
        ": ".join(filter(None, [".".join(map(str, error["loc"])), error["msg"]])) for error in errors
    )


def _unusable(path: Path, what: str, cause: OSError) -> LedgerUnusable:
    return LedgerUnusable(f"{path}: the ledger cannot be {what}: {cause.strerror or cause}")


def _write_through(path: Path, content: bytes) -> None:
    with path.open("ab", buffering=0) as file:
        _write_all(file, content)
        os.fsync(file.fileno())


def _write_all(file: FileIO, content: bytes) -> None:
    """Write without a buffer, so that nothing is left to be written after a failure."""
    left = memoryview(content)
    while left:
        left = left[file.write(left) :]


def _sync_folder(folder: Path) -> None:
    """See a new file's name to the disk as well; not every system lets a folder be opened."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
