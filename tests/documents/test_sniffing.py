import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.document import MediaType
from extractor.documents.sniffing import sniff
from extractor.errors import UnsupportedDocument


def _zip(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")  # without the time, so that test names stay the same
    return stream.getvalue()


@pytest.mark.parametrize(
    ("start", "media_type"),
    [
        (b"%PDF-1.7\n", MediaType.PDF),
        (b"\x00junk that some mail gateways put first\n%PDF-1.4", MediaType.PDF),
        (b"\x89PNG\r\n\x1a\n\x00\x00", MediaType.PNG),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", MediaType.JPEG),
        (b"II*\x00\x08\x00", MediaType.TIFF),
        (b"MM\x00*\x00\x00", MediaType.TIFF),
        (b"II+\x00\x08\x00", MediaType.TIFF),
        (b"MM\x00+\x00\x08", MediaType.TIFF),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", MediaType.WEBP),
        (b"<?xml version='1.0'?><Invoice/>", MediaType.XML),
        (b"\xef\xbb\xbf  \n<Invoice xmlns='urn:x'/>", MediaType.XML),
        (b"<!-- made by a machine --><Invoice/>", MediaType.XML),
        ("\ufeff<?xml version='1.0' encoding='UTF-16'?><Invoice/>".encode("utf-16-le"), MediaType.XML),
        ("\ufeff<?xml version='1.0' encoding='UTF-16'?><Invoice/>".encode("utf-16-be"), MediaType.XML),
    ],
)
def test_the_content_tells_the_type(start: bytes, media_type: MediaType) -> None:
    assert sniff(start) is media_type


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"Invoice 12, total 100.00\n", "plain text"),
        (b"\xef\xbb\xbfInvoice 12", "plain text"),
        (b"<!DOCTYPE html><html><body>Invoice</body></html>", "HTML page"),
        (b"  <html><body>the words %PDF-1.7 are only quoted</body></html>", "HTML page"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "HTML page"),
        (_zip("OFD.xml", "Doc_0/Document.xml"), "OFD file"),
        (_zip("[Content_Types].xml", "word/document.xml"), "(DOCX)"),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "(XLSX)"),
        (_zip("[Content_Types].xml", "ppt/presentation.xml"), "(PPTX)"),
        (_zip("a.pdf", "b.pdf"), "unpack it"),
        (_zip("%PDF-1.7"), "unpack it"),
        (_zip("word/document.xml")[:40], "damaged ZIP"),
        (b"{\\rtf1\\ansi Invoice}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Office"),
        (b"\x7fELF\x02\x01\x01\x00", "no type that is read"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "no type that is read"),
        (b"GIF89a\x01\x00\x00\x00", "no type that is read"),
    ],
)
def test_what_is_not_read_is_refused_with_its_type(content: bytes, reason: str) -> None:
    with pytest.raises(UnsupportedDocument) as refused:
        sniff(content)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("names", [("OFD.xml",), ("word/document.xml",), ("xl/workbook.xml",)])
def test_who_has_an_office_file_is_told_the_way_out(names: tuple[str, ...]) -> None:
    with pytest.raises(UnsupportedDocument, match="export it as PDF"):
        sniff(_zip(*names))


def test_a_header_may_end_with_the_last_of_the_first_1024_bytes() -> None:
    assert sniff(b"\x00" * (1024 - len(b"%PDF-")) + b"%PDF-1.7") is MediaType.PDF


def test_a_header_after_the_first_1024_bytes_is_none() -> None:
    with pytest.raises(UnsupportedDocument):
        sniff(b"\x00" * (1025 - len(b"%PDF-")) + b"%PDF-1.7")


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes_have_a_type_or_are_refused(content: bytes) -> None:
    with suppress(UnsupportedDocument):
        assert sniff(content) in MediaType


@given(st.binary(max_size=200))
def test_a_broken_archive_is_refused_and_nothing_else(content: bytes) -> None:
    with pytest.raises(UnsupportedDocument):
        sniff(b"PK\x03\x04" + content)
