"""Print HTML as a PDF on A4 with PyMuPDF. It knows paragraphs, plain tables and pictures, and no scripts."""

import io
from collections.abc import Mapping

import pymupdf

_MARGIN = 40.0  # points
_FOOT = 22.0  # points from the sheet's lower edge to the foot's baseline
_FOOT_SIZE = 7.5
_LAST_LATIN = 0x024F
_FEWEST_COUNTED = 2  # pages; one alone needs no number


def printed(html: str, *, css: str, pictures: Mapping[str, bytes], foot: str) -> bytes:
    """Return the HTML as PDF; `pictures` holds what its images name. `foot` stands on each page.

    Letters that the usual font does not have (Chinese, Greek, Cyrillic) come from PyMuPDF's own fonts.
    """
    archive = pymupdf.Archive()
    for name, content in pictures.items():
        archive.add(content, name)
    story = pymupdf.Story(html=html, user_css=css, archive=archive)
    sheet = pymupdf.paper_rect("a4")
    inner = sheet + (_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    stream = io.BytesIO()
    writer = pymupdf.DocumentWriter(stream)
    has_more = True
    while has_more:
        device = writer.begin_page(sheet)
        has_more, _ = story.place(inner)
        story.draw(device)
        writer.end_page()
    writer.close()
    with pymupdf.open(stream=stream.getvalue(), filetype="pdf") as file:
        for number, page in enumerate(file, 1):
            count = f"{number} / {file.page_count}" if file.page_count >= _FEWEST_COUNTED else ""
            _write_foot(page, foot, count)
        file.subset_fonts()
        return bytes(file.tobytes(garbage=3, deflate=True))


def _write_foot(page: pymupdf.Page, foot: str, count: str) -> None:
    font = "china-s" if any(ord(sign) > _LAST_LATIN for sign in foot) else "helv"
    baseline = page.rect.height - _FOOT
    page.insert_text((_MARGIN, baseline), foot, fontsize=_FOOT_SIZE, fontname=font, color=(0.35, 0.4, 0.46))
    width = pymupdf.get_text_length(count, fontname="helv", fontsize=_FOOT_SIZE)
    page.insert_text(
        (page.rect.width - _MARGIN - width, baseline), count, fontsize=_FOOT_SIZE, fontname="helv",
        color=(0.35, 0.4, 0.46),
    )  # fmt: skip
