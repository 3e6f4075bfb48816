"""Write small PDFs by hand, so that tests of reading need no library that writes them."""

import io
from collections.abc import Sequence

_A4 = "0 0 595 842"
_LEFT, _TOP, _LEADING = 60, 780, 18  # points


def plain_pdf(*pages: Sequence[str], media_box: str = _A4, page: str = "", trailer: str = "") -> bytes:
    """Return a PDF with a page for each sequence of lines (Latin-1, Helvetica 11 on A4).

    `page` goes into each page's dictionary, `trailer` into the trailer's.
    """
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        drawn = _drawn(lines)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{media_box}] /Contents {5 + 2 * number} 0 R {page}"
            " /Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    return _file(objects, trailer)


def _drawn(lines: Sequence[str]) -> bytes:
    if not lines:
        return b""
    escaped = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    shown = " ".join(f"({line}) Tj T*" for line in escaped)
    return f"BT /F 11 Tf {_LEADING} TL {_LEFT} {_TOP} Td {shown} ET".encode("cp1252")


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    stream = io.BytesIO(b"%PDF-1.7\n")
    stream.seek(0, io.SEEK_END)
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(stream.tell())
        stream.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = stream.tell()
    entries = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    stream.write(
        f"xref\n0 {size}\n0000000000 65535 f \n{entries}"
        f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return stream.getvalue()
