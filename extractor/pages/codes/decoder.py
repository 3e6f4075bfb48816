"""Decode the QR and DataMatrix codes in a picture with zxing-cpp. The only module that imports it."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from extractor.errors import PageUnreadable
from extractor.pages.codes.code import Symbology

Picture: TypeAlias = NDArray[np.uint8]  # height x width (x 3): grey, or colours in any order
Corner: TypeAlias = tuple[float, float]

_SYMBOLOGIES: Final = {"QRCode": Symbology.QR, "DataMatrix": Symbology.DATA_MATRIX}
_FORMATS: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.DataMatrix])


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A code found in a picture. `corners` are in pixels, from its own upper left, clockwise.

    `content` is None where a symbol was found and could not be decoded: it may be read
    in a finer picture.
    """

    symbology: Symbology
    corners: tuple[Corner, ...]
    content: bytes | None
    text: str = ""


def decode(picture: Picture) -> list[Symbol]:
    """Return the codes in a picture, turned, slanting and inverted ones too, in no order.

    Raises:
        PageUnreadable: the picture is none that codes can be looked for in.
    """
    if 0 in picture.shape[:2]:
        return []
    try:
        found = zxingcpp.read_barcodes(
            np.ascontiguousarray(picture),
            formats=_FORMATS,
            text_mode=zxingcpp.TextMode.Plain,
            return_errors=True,
        )
        return [_symbol(barcode) for barcode in found if barcode.format.name in _SYMBOLOGIES]
    except (RuntimeError, ValueError, TypeError) as cause:  # pybind11's translations of C++ exceptions
        raise PageUnreadable("the codes on the page cannot be looked for") from cause


def _symbol(barcode: zxingcpp.Barcode) -> Symbol:
    place = barcode.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    content = bytes(barcode.bytes) if barcode.valid else None
    return Symbol(
        symbology=_SYMBOLOGIES[barcode.format.name],
        corners=tuple((float(each.x), float(each.y)) for each in corners),
        content=content,
        text="" if content is None else _text(barcode, content),
    )


def _text(barcode: zxingcpp.Barcode, content: bytes) -> str:
    """Return the content as UTF-8 where it is that, else in the set that is named or likeliest."""
    if b"\x00" not in content:  # every other byte of UTF-16
        with suppress(UnicodeDecodeError):
            return content.decode()
    return str(barcode.text)
