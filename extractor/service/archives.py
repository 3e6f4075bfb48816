"""Unpack ZIP archives member by member to the disk, within bounds that hold while it is done.

Nothing that an archive says of itself is believed: members are counted and measured as they come
out, and written under names of our own. What is unpacked is stored or deflated, as all usual tools
write it: the other methods let an archive choose how much memory they take.
"""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from litestar.exceptions import HTTPException
from litestar.status_codes import HTTP_413_REQUEST_ENTITY_TOO_LARGE

from extractor.documents.sniffing import packed_format
from extractor.errors import (
    DamagedDocument,
    DocumentError,
    DocumentTooLarge,
    EncryptedDocument,
    UnsupportedDocument,
)
from extractor.service.arriving import ZIP_STARTS, Archive, Arrival, Refused, UploadLimits, shown_name
from extractor.storage.documents import Received

MAX_RATIO = 200  # of unpacked to packed; invoices in XML stay below 50
_RATIO_FROM_BYTES = 1024 * 1024  # smaller members may be as repetitive as they like
_DIRECTORY_BYTES_A_FILE = 512  # of an archive's directory, which is read whole: a name and some fields
_MIN_DIRECTORY_BYTES = 128 * 1024
_CHUNK_BYTES = 64 * 1024
_ENCRYPTED = 0x41  # flag bits 0 and 6
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LEFT_BY_SYSTEMS = re.compile(r"(^|/)(__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini)$")
_LEADS_OUT = re.compile(r"^/|^[A-Za-z]:|(^|/)\.\.(/|$)|\x00")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)


class Unpacking:
    """Unpacks the archives of one request; its bounds are for all of them together."""

    def __init__(self, folder: Path, limits: UploadLimits) -> None:
        """Prepare to unpack into a folder."""
        self._folder = folder
        self._limits = limits
        self._unpacked_bytes = 0

    def members(self, archive: Archive, *, max_files: int) -> Iterator[Received | Refused]:
        """Yield the files in an archive, refused ones among them, and delete it.

        Folders are left out, and so is what systems leave in them (`__MACOSX`, `Thumbs.db`).

        Raises:
            HTTPException: 413, it has too many files, or they are too large together.
        """
        with _Bounded(archive.path, max_read=self._max_directory_bytes) as stream:
            try:
                opened = zipfile.ZipFile(stream)
            except _BROKEN as cause:
                error = DamagedDocument(f"the ZIP archive is damaged, or its directory too large: {cause}")
                yield Refused(name=archive.name, error=error)
                return
            packed = packed_format(opened.namelist())
            if packed is not None:
                told = f"this is an {packed}, which is not read: export it as PDF and try again"
                yield Refused(name=archive.name, error=UnsupportedDocument(told))
                return
            members = [member for member in opened.infolist() if not _is_left_out(member)]
            if not members:
                yield Refused(name=archive.name, error=UnsupportedDocument("the ZIP archive has no files"))
            if len(members) > max_files:
                raise _too_large(f"has over {self._limits.max_files} files")
            for member in members:
                yield self._member(opened, member)
        archive.path.unlink()

    @property
    def _max_directory_bytes(self) -> int:
        return max(_MIN_DIRECTORY_BYTES, self._limits.max_files * _DIRECTORY_BYTES_A_FILE)

    def _member(self, opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> Received | Refused:
        name = shown_name(member.filename)
        try:
            _require_plain(member)
        except DocumentError as error:
            return Refused(name=name, error=error)
        arrival = Arrival(name, self._folder, self._limits)
        try:
            for chunk in self._content(opened, member):
                arrival.write(chunk)
        except DocumentError as error:
            return Refused(name=name, error=error)
        finally:
            arrival.close()
        ended = arrival.end()
        assert not isinstance(ended, Archive)  # noqa: S101 - `_content` refuses those
        return ended

    def _content(self, opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield a member's bytes as they are unpacked.

        Raises:
            DocumentError: it is damaged, a bomb, or an archive itself.
            HTTPException: 413, the request's files are too large together.
        """
        size = 0
        try:
            with opened.open(member) as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    if not size and chunk.startswith(ZIP_STARTS):
                        raise UnsupportedDocument("an archive or Office file in an archive is not read")
                    size += len(chunk)
                    self._unpacked_bytes += len(chunk)
                    if self._unpacked_bytes > self._limits.max_unpacked_bytes:
                        raise _too_large(f"unpacks to over {self._limits.max_unpacked_bytes} bytes")
                    if size > self._limits.document.max_bytes:
                        raise DocumentTooLarge(f"the file is over {self._limits.document.max_bytes} bytes")
                    if size > _RATIO_FROM_BYTES and size > MAX_RATIO * member.compress_size:
                        raise DocumentTooLarge(f"the file unpacks to over {MAX_RATIO} times its size")
                    yield chunk
        except _BROKEN as cause:
            raise DamagedDocument(f"the file is damaged in the ZIP archive: {cause}") from cause


class _Bounded(io.FileIO):
    """A file of which no single read may be large: an archive's directory is read in one."""

    def __init__(self, path: Path, *, max_read: int) -> None:
        super().__init__(path)
        self._max_read = max_read

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > self._max_read:
            raise zipfile.BadZipFile(f"over {self._max_read} bytes")
        return super().read(self._max_read if size is None or size < 0 else size) or b""


def _is_left_out(member: zipfile.ZipInfo) -> bool:
    name = member.orig_filename.replace("\\", "/")
    return name.endswith("/") or _LEFT_BY_SYSTEMS.search(name) is not None


def _require_plain(member: zipfile.ZipInfo) -> None:
    """Refuse what is no plain file.

    Raises:
        DocumentError: a link, encrypted, packed in an unusual way, or named as a way out of the archive.
    """
    if _LEADS_OUT.search(member.orig_filename.replace("\\", "/")):
        raise UnsupportedDocument("the file's name leads out of the archive")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise UnsupportedDocument("this is a link to another file, which is not followed")
    if member.flag_bits & _ENCRYPTED:
        raise EncryptedDocument("the file is encrypted in the ZIP archive: pack it without a password")
    if member.compress_type not in _METHODS:
        raise UnsupportedDocument("the file is packed in an unusual way: use deflate, the usual one")


def _too_large(told: str) -> HTTPException:
    return HTTPException(
        f"the ZIP archive {told}; send fewer files at once", status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE
    )
