"""Pictures of pages for tests: drawn by PyMuPDF, then turned, tilted, photographed or spoiled."""

from collections.abc import Sequence

import cv2
import numpy as np
from drawn_pdf import both, drawn_pdf, pymupdf, says

from extractor.pages.scans.recogniser import Corners, Picture

LETTER = (
    "Alder Timber Ltd",
    "12 Mill Lane, Ludlow",
    "Invoice number 4711",
    "Invoice date 5 March 2026",
    "Oak boards, planed on both sides",
    "Net amount 1,250.00",
    "VAT 20% 250.00",
    "Total amount due 1,500.00",
    "Please pay within thirty days of the date of this invoice",
    "Thank you for your business",
)


def letter_pdf(lines: Sequence[str] = LETTER) -> bytes:
    """Return an A4 page of plain lines, 30 points apart."""
    return drawn_pdf(
        both(*(says(line, 72, 100 + 30 * index, fontsize=13) for index, line in enumerate(lines)))
    )


def picture_of(pdf: bytes, *, dpi: int = 110) -> Picture:
    """Return the first page as pixels."""
    with pymupdf.open(stream=pdf, filetype="pdf") as file:
        pixels = file[0].get_pixmap(dpi=dpi, alpha=False)
        rgb = np.frombuffer(pixels.samples, dtype=np.uint8).reshape(pixels.height, pixels.width, 3)
        return np.ascontiguousarray(rgb[:, :, ::-1])


def letter(*, dpi: int = 110) -> Picture:
    """Return a picture of the letter."""
    return picture_of(letter_pdf(), dpi=dpi)


def skewed(picture: Picture, degrees: float) -> Picture:
    """Return the picture turned clockwise by an angle on white ground, all of it kept in."""
    height, width = picture.shape[:2]
    by = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 0.9)
    turned = cv2.warpAffine(picture, by, (width, height), borderValue=(255, 255, 255))
    return np.asarray(turned, dtype=np.uint8)


def photographed(picture: Picture, *, size: tuple[int, int], corners: Corners, ground: int = 70) -> Picture:
    """Return a photo (width x height) of the page lying on a table, its corners where asked."""
    height, width = picture.shape[:2]
    edges = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    by = cv2.getPerspectiveTransform(edges, corners.astype(np.float32))
    table = np.full((size[1], size[0], 3), ground, np.uint8)
    lying = cv2.warpPerspective(picture, by, size)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), by, size)
    return np.where(mask[:, :, None] > 127, lying, table).astype(np.uint8)


def png(picture: Picture) -> bytes:
    """Return the picture as a PNG file."""
    return bytes(cv2.imencode(".png", picture)[1])


def jpeg(picture: Picture, quality: int = 80) -> bytes:
    """Return the picture as a JPEG file."""
    return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])
