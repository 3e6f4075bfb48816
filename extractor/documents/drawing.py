"""Draw named rectangles on the pages of a PDF with PyMuPDF."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pymupdf

LABEL_SIZE = 5.5  # points; of the letters in a mark's label on a page of ordinary size
_LAST_LATIN = 0x024F
_RUNS_OF_ONE_FONT = re.compile(r"[\u0000-\u024f]+|[^\u0000-\u024f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One rectangle to draw: points on the upright page, with a label."""

    page: int  # from 1
    box: tuple[float, float, float, float]
    label: str
    colour: tuple[float, float, float] = (0.0, 0.45, 0.85)  # red, green, blue in 0..1
    label_at: tuple[float, float] | None = None  # the label's lower left; by default above the box
    label_size: float = LABEL_SIZE  # points; of its letters


def joined(contents: Iterable[bytes]) -> bytes:
    """Return one PDF with the pages of all, in order. They are our own copies, so none is damaged."""
    whole = pymupdf.open()
    for content in contents:
        with pymupdf.open(stream=content, filetype="pdf") as part:
            whole.insert_pdf(part)
    return bytes(whole.tobytes(garbage=3, deflate=True))


def draw_all(page: pymupdf.Page, marks: Iterable[Mark]) -> None:
    """Draw on the page while it is not turned: PyMuPDF draws beside the place on turned, cropped pages."""
    rotation, upright_to_page = page.rotation, page.derotation_matrix
    page.set_rotation(0)
    for mark in marks:
        _draw(page, mark, upright_to_page=upright_to_page, rotation=rotation)
    page.set_rotation(rotation)


def runs_of(text: str) -> list[tuple[str, str]]:
    """Return the text in pieces, each with the built-in font that has its letters."""
    return [
        (run, "china-s" if ord(run[0]) > _LAST_LATIN else "helv") for run in _RUNS_OF_ONE_FONT.findall(text)
    ]


def _draw(page: pymupdf.Page, mark: Mark, *, upright_to_page: pymupdf.Matrix, rotation: int) -> None:
    frame = pymupdf.Rect(mark.box) * upright_to_page
    page.draw_rect(
        frame,
        color=mark.colour,
        width=0.8 * mark.label_size / LABEL_SIZE,
        fill=mark.colour,
        fill_opacity=0.08,
        overlay=True,
    )
    size = mark.label_size
    left, bottom = mark.label_at or (mark.box[0], max(mark.box[1], size))
    runs = runs_of(mark.label)
    widths = [pymupdf.get_text_length(run, fontname=font, fontsize=size) for run, font in runs]
    if runs:  # a paler ground, so that the label can be read on a table's rules
        ground = pymupdf.Rect(left, bottom - size, left + sum(widths), bottom) * upright_to_page
        page.draw_rect(ground, color=None, fill=(1, 1, 1), fill_opacity=0.7, overlay=True)
    for (run, font), width in zip(runs, widths, strict=True):
        page.insert_text(
            pymupdf.Point(left, bottom - 1.0) * upright_to_page,
            run,
            fontsize=size,
            fontname=font,
            color=mark.colour,
            rotate=rotation,
            overlay=True,
        )
        left += width
