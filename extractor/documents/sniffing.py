"""Tell a document's type by its content. File names are never believed."""

import io
import re
import zipfile
from collections.abc import Iterable

from extractor.documents.document import MediaType
from extractor.errors import UnsupportedDocument

_PDF_HEADER_WITHIN = 1024  # bytes; readers accept junk before "%PDF-" up to here
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_XML_START = re.compile(rb"<(?:\?xml\b|!--|!DOCTYPE\b|[A-Za-z_])")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_IMAGE_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
    (b"II+\x00", MediaType.TIFF),  # BigTIFF
    (b"MM\x00+", MediaType.TIFF),
)
_ZIP, _OLD_OFFICE, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf"
_REFUSED_MAGIC = (_ZIP, _OLD_OFFICE, _RTF)
_WAY_OUT = "export it as PDF and try again"


def sniff(content: bytes) -> MediaType:
    """Return the type of the content.

    Raises:
        UnsupportedDocument: the content is empty or of a type that is not read;
            the message names the type where it is known, and the way out.
    """
    if not content:
        raise UnsupportedDocument("the file is empty")
    media_type = _known_type(content)
    if media_type is None:
        raise UnsupportedDocument(_why_not(content))
    return media_type


def packed_format(names: Iterable[str]) -> str | None:
    """Return the format whose parts these members of a ZIP are; None for an archive of files."""
    given = list(names)
    if any(name.upper() == "OFD.XML" for name in given):
        return "OFD file"
    for folder, name in (("word/", "DOCX"), ("xl/", "XLSX"), ("ppt/", "PPTX")):
        if any(entry.startswith(folder) for entry in given):
            return f"Office file ({name})"
    return None


def _known_type(content: bytes) -> MediaType | None:
    if content.startswith(_REFUSED_MAGIC):
        return None  # though a PDF may lie in it unpacked
    for magic, media_type in _IMAGE_MAGIC:
        if content.startswith(magic):
            return media_type
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return MediaType.WEBP
    if b"%PDF-" in content[:_PDF_HEADER_WITHIN]:
        return None if _HTML.search(content[: content.index(b"%PDF-")]) else MediaType.PDF
    start = _markup_start(content)
    return MediaType.XML if _XML_START.match(start) and not _HTML.search(start) else None


def _markup_start(content: bytes) -> bytes:
    """Return the first bytes as UTF-8 without byte order mark and white space."""
    start = content[:2048]
    for mark, encoding in zip(_BYTE_ORDER_MARKS, ("utf-8", "utf-16-le", "utf-16-be"), strict=True):
        if start.startswith(mark):
            start = start[len(mark) :].decode(encoding, errors="ignore").encode()
            break
    return start.lstrip()


def _why_not(content: bytes) -> str:
    if content.startswith(_ZIP):
        return _why_not_zip(content)
    if content.startswith(_OLD_OFFICE):
        return f"this is an older Office file (DOC, XLS), which is not read: {_WAY_OUT}"
    if content.startswith(_RTF):
        return f"this is an RTF file, which is not read: {_WAY_OUT}"
    if _HTML.search(content[:2048]):
        return f"this is an HTML page, not a PDF: print it to PDF, or {_WAY_OUT}"
    if b"\x00" not in content[:2048]:
        return "this is plain text, not a PDF, an image or an XML invoice"
    return "this is no type that is read here (PDF, PNG, JPEG, TIFF, WebP, XML)"


def _why_not_zip(content: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return "this is a damaged ZIP or Office file, which is not read"
    packed = packed_format(names)
    if packed is None:
        return "this is a ZIP archive, which is not read: unpack it and give the files or the folder"
    return f"this is an {packed}, which is not read: {_WAY_OUT}"
