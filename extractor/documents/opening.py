"""Turn bytes or a path into a `Document`, or say in one line why not."""

import hashlib
from pathlib import Path

from extractor.documents.document import Document, MediaType
from extractor.documents.limits import DEFAULT_LIMITS, Limits
from extractor.documents.pdf import PdfFile
from extractor.documents.pictures import count_frames
from extractor.documents.sniffing import sniff
from extractor.errors import DocumentTooLarge, NotFound

_MEBIBYTE = 1024 * 1024


def open_document(
    source: str | Path | bytes, *, name: str | None = None, limits: Limits = DEFAULT_LIMITS
) -> Document:
    """Return the document, its type known by content and its limits checked.

    `name` is what results call it; by default the path as given, or "upload".

    Raises:
        NotFound: there is no such file, or it cannot be read.
        UnsupportedDocument: empty, or a type that is not read.
        DocumentTooLarge: over a limit.
        EncryptedDocument: needs a password.
        DamagedDocument: of a known type, but cannot be opened.
    """
    content = source if isinstance(source, bytes) else _read(Path(source), limits)
    if len(content) > limits.max_bytes:
        raise DocumentTooLarge(_too_many_bytes(len(content), limits))
    media_type = sniff(content)
    page_count, attachment_count = _counts(content, media_type, limits)
    return Document(
        id=f"sha256:{hashlib.sha256(content).hexdigest()}",
        source=name or ("upload" if isinstance(source, bytes) else str(source)),
        media_type=media_type,
        page_count=page_count,
        attachment_count=attachment_count,
        content=content,
    )


def _read(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise DocumentTooLarge(_too_many_bytes(size, limits))
        return path.read_bytes()
    except FileNotFoundError as cause:
        raise NotFound(f"there is no file {path}") from cause
    except OSError as cause:
        raise NotFound(f"{path} cannot be read: {cause.strerror}") from cause


def _too_many_bytes(size: int, limits: Limits) -> str:
    return f"the file has {size / _MEBIBYTE:.1f} MiB; the limit is {limits.max_bytes / _MEBIBYTE:.0f} MiB"


def _counts(content: bytes, media_type: MediaType, limits: Limits) -> tuple[int, int]:
    """Return the number of pages and of attachments."""
    if media_type is MediaType.XML:
        return 0, 0
    if media_type is not MediaType.PDF:
        return count_frames(content, media_type, limits), 0
    with PdfFile(content) as pdf:
        _require_size(pdf, limits)
        return pdf.page_count, pdf.attachment_count


def _require_size(pdf: PdfFile, limits: Limits) -> None:
    if pdf.page_count > limits.max_pages:
        raise DocumentTooLarge(f"the file has {pdf.page_count} pages; the limit is {limits.max_pages}")
    for number in range(1, pdf.page_count + 1):
        if max(pdf.page_size(number)) > limits.max_page_points:
            raise DocumentTooLarge(f"page {number} is larger than {limits.max_page_points / 72:.0f} inches")
