"""Print HTML as a PDF on A4 with PyMuPDF. It knows paragraphs, plain tables and pictures, and no scripts."""

import io
from collections.abc import Iterable, Mapping, Sequence

import pymupdf

from extractor.documents.drawing import runs_of

_MARGIN = 40.0  # points
_FOOT = 22.0  # points from the sheet's lower edge to the foot's baseline
_SMALL = 7.5
_SOFT = (0.35, 0.4, 0.46)
_TITLE_HEIGHT = 16.0  # of what stands above a whole page


def printed(
    blocks: Iterable[str],
    *,
    css: str,
    pictures: Mapping[str, bytes],
    sheets: Iterable[tuple[str, bytes]] = (),
    foot: str,
) -> bytes:
    """Return blocks of HTML as PDF, each kept on one sheet where it fits on one.

    `pictures` holds what images in the blocks name. Each of `sheets`, a title and a
    picture, fills a sheet of its own at the end. `foot` stands on every page. Letters that
    the usual font does not have (Chinese, Greek, Cyrillic) come from PyMuPDF's own fonts.
    """
    content = _flowed(list(blocks), css, pictures)
    with pymupdf.open(stream=content, filetype="pdf") as file:
        for title, picture in sheets:
            page = file.new_page(width=pymupdf.paper_rect("a4").width, height=pymupdf.paper_rect("a4").height)
            inner = _inner(page.rect)
            _write(page, inner.x0, inner.y0 + _SMALL, title)
            page.insert_image(
                pymupdf.Rect(inner.x0, inner.y0 + _TITLE_HEIGHT, inner.x1, inner.y1),
                stream=picture,
                keep_proportion=True,
            )
        for number, page in enumerate(file, 1):
            baseline = page.rect.height - _FOOT
            count = f"{number} / {file.page_count}"
            _write(page, _MARGIN, baseline, foot)
            _write(page, page.rect.width - _MARGIN - _width(count), baseline, count)
        file.subset_fonts()
        return bytes(file.tobytes(garbage=3, deflate=True))


def _flowed(blocks: Sequence[str], css: str, pictures: Mapping[str, bytes]) -> bytes:
    archive = pymupdf.Archive()
    for name, content in pictures.items():
        archive.add(content, name)
    sheet = pymupdf.paper_rect("a4")
    inner = _inner(sheet)
    stream = io.BytesIO()
    writer = pymupdf.DocumentWriter(stream)
    device = writer.begin_page(sheet)
    top = inner.y0
    for block in blocks:
        story = pymupdf.Story(html=block, user_css=css, archive=archive)
        is_longer, (_, _, _, bottom) = story.place(
            inner
        )  # to see how high it is: pictures shrink with the room
        story.reset()
        has_more = True
        if top > inner.y0 and (is_longer or bottom - inner.y0 > inner.y1 - top):
            writer.end_page()
            device, top = writer.begin_page(sheet), inner.y0
        while has_more:
            has_more, (_, _, _, bottom) = story.place(pymupdf.Rect(inner.x0, top, inner.x1, inner.y1))
            story.draw(device)
            top = bottom
            if has_more:
                if bottom <= inner.y0:
                    raise RuntimeError("the page cannot be printed: something on it is higher than a sheet")
                writer.end_page()
                device, top = writer.begin_page(sheet), inner.y0
    writer.end_page()
    writer.close()
    return stream.getvalue()


def _inner(sheet: pymupdf.Rect) -> pymupdf.Rect:
    return pymupdf.Rect(sheet.x0 + _MARGIN, sheet.y0 + _MARGIN, sheet.x1 - _MARGIN, sheet.y1 - _MARGIN)


def _write(page: pymupdf.Page, left: float, baseline: float, text: str) -> None:
    for run, font in runs_of(text):
        page.insert_text((left, baseline), run, fontsize=_SMALL, fontname=font, color=_SOFT)
        left += pymupdf.get_text_length(run, fontname=font, fontsize=_SMALL)


def _width(text: str) -> float:
    return sum(pymupdf.get_text_length(run, fontname=font, fontsize=_SMALL) for run, font in runs_of(text))
