"""Draw codes on pages in the ways that invoices have them, for tests of finding and reading them."""

import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Literal

import numpy as np
import segno
import zxingcpp
from drawn_pdf import Draw
from numpy.typing import NDArray
from PIL import Image

Way = Literal["bars", "squares", "path", "image", "mask"]

_Modules = Sequence[Sequence[bool]]


def modules_of(payload: str | bytes, *, is_data_matrix: bool = False) -> _Modules:
    """Return a code's modules, dark ones true, without a margin."""
    if is_data_matrix:
        made = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.DataMatrix)
        pixels = np.array(made.to_image(scale=1, add_quiet_zones=False))
        return [[bool(value < 128) for value in row] for row in pixels]
    content = payload.encode() if isinstance(payload, str) and not payload.isascii() else payload
    return [[bool(value) for value in row] for row in segno.make(content, error="m", micro=False).matrix]


def draws_code(
    payload: str | bytes,
    x: float = 400,
    y: float = 560,
    *,
    side: float = 90,
    way: Way = "bars",
    is_data_matrix: bool = False,
) -> Draw:
    """Return what draws a code with its upper left corner at a point."""
    modules = modules_of(payload, is_data_matrix=is_data_matrix)
    place = (x, y, side)
    return {
        "bars": lambda page: _fill(page, modules, place, is_joined=True),
        "squares": lambda page: _fill(page, modules, place, is_joined=False),
        "path": lambda page: _path(page, modules, place),
        "image": lambda page: page.insert_image((x, y, x + side, y + side), stream=png_of(modules)),
        "mask": lambda page: page.insert_image((x, y, x + side, y + side), stream=png_of(modules, bits=1)),
    }[way]


def png_of(modules: _Modules, *, scale: int = 4, bits: int = 8) -> bytes:
    """Return the code as a PNG file with a margin of four modules."""
    image = Image.fromarray(picture_of_code(modules, scale=scale))
    stream = io.BytesIO()
    image.convert("1" if bits == 1 else "L").save(stream, "PNG")
    return stream.getvalue()


def picture_of_code(modules: _Modules, *, scale: int = 4) -> NDArray[np.uint8]:
    """Return the code as grey pixels with a margin of four modules."""
    light = np.array([[0 if value else 255 for value in row] for row in modules], dtype=np.uint8)
    framed = np.pad(light, 4, constant_values=255)
    return np.asarray(np.repeat(np.repeat(framed, scale, axis=0), scale, axis=1), dtype=np.uint8)


def _fill(page: Any, modules: _Modules, place: tuple[float, float, float], *, is_joined: bool) -> None:  # noqa: ANN401 - as PyMuPDF has it
    """Draw every module, or every run of them, as a drawing of its own."""
    for box in _boxes(modules, place, is_joined=is_joined):
        page.draw_rect(box, color=None, fill=(0, 0, 0))


def _path(page: Any, modules: _Modules, place: tuple[float, float, float]) -> None:  # noqa: ANN401 - as PyMuPDF has it
    shape = page.new_shape()
    for box in _boxes(modules, place, is_joined=False):
        shape.draw_rect(box)
    shape.finish(color=None, fill=(0, 0, 0))
    shape.commit()


def _boxes(
    modules: _Modules, place: tuple[float, float, float], *, is_joined: bool
) -> list[tuple[float, float, float, float]]:
    left, top, side = place
    unit = side / len(modules)
    boxes = []
    for row, line in enumerate(modules):
        column = 0
        for is_dark, run in groupby(line):
            length = len(list(run))
            parts = [(column, length)] if is_joined else [(column + index, 1) for index in range(length)]
            if is_dark:
                boxes += [
                    (
                        left + start * unit,
                        top + row * unit,
                        left + (start + wide) * unit,
                        top + (row + 1) * unit,
                    )
                    for start, wide in parts
                ]
            column += length
    return boxes
