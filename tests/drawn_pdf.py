"""Draw PDFs with PyMuPDF, for tests of what a page shows. `Any` because PyMuPDF is untyped."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

pymupdf: Any = import_module("pymupdf")

Draw = Callable[[Any], object]


def drawn_pdf(*pages: Draw, **saving: object) -> bytes:
    """Return a PDF with an A4 page for each function, which draws on it; `saving` goes to `tobytes`."""
    file = pymupdf.open()
    for draw in pages:
        draw(file.new_page(width=595, height=842))
    return bytes(file.tobytes(**saving))


def says(text: str, x: float = 72, y: float = 100, **style: object) -> Draw:
    """Return what writes a line with its lower left corner at a point."""
    return lambda page: page.insert_text((x, y), text, **style)


def both(*draws: Draw) -> Draw:
    """Return what draws one after the other."""

    def draw(page: Any) -> None:  # noqa: ANN401 - as PyMuPDF has it
        for each in draws:
            each(page)

    return draw
