"""Frames are drawn round the words they are for, however the page is turned, cropped or placed."""

from itertools import pairwise

import pytest
from plain_pdf import plain_pdf

from extractor.documents.pdf import LABEL_SIZE, Mark, PdfFile, Raster

BLUE = (0.0, 0.0, 1.0)
DPI = 144


def pixel(raster: Raster, x: float, y: float) -> tuple[int, ...]:
    start = (round(y * DPI / 72) * raster.width + round(x * DPI / 72)) * 3
    return tuple(raster.rgb[start : start + 3])


def is_blue(rgb: tuple[int, ...]) -> bool:
    return rgb[2] > rgb[0] + 50  # drawn half over a pixel, it is pale


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("media_box", ["0 0 595 842", "-100 -50 595 842"])
@pytest.mark.parametrize("crop", ["", "/CropBox [40 60 580 830]"])
def test_frame_and_label_are_where_the_word_is(rotation: int, media_box: str, crop: str) -> None:
    content = plain_pdf(["", "Rechnungsnummer"], media_box=media_box, page=f"{crop} /Rotate {rotation}")
    with PdfFile(content) as file:
        (word,) = file.words(1)
        mark = Mark(page=1, box=(word.x0, word.y0, word.x1, word.y1), label="number", colour=BLUE)
        drawn = file.annotated([mark])
    with PdfFile(drawn) as file:
        words = {printed.text: printed for printed in file.words(1)}
        raster = file.render(1, dpi=DPI)
    assert words["Rechnungsnummer"][:4] == pytest.approx(word[:4], abs=0.01)
    assert words["number"].x0 == pytest.approx(word.x0, abs=1)
    assert word.y0 - LABEL_SIZE - 3 < words["number"].y0 < word.y0
    middle = (word.y0 + word.y1) / 2
    assert is_blue(pixel(raster, word.x0, middle))
    assert is_blue(pixel(raster, word.x1, middle))
    assert not is_blue(pixel(raster, word.x0 - 4, middle))


def test_labels_in_chinese_and_latin_stand_one_after_the_other() -> None:
    mark = Mark(page=1, box=(60, 300, 90, 312), label="二、（一）: TOTAL_EXCEEDED", colour=BLUE)
    with PdfFile(plain_pdf(["words"])) as file:
        drawn = file.annotated([mark])
    with PdfFile(drawn) as file:
        printed = [word for word in file.words(1) if word.text != "words"]
    assert "".join(word.text for word in printed) == mark.label.replace(" ", "")
    assert all(left.x1 <= right.x0 + 1 for left, right in pairwise(printed))
    assert printed[-1].x1 - printed[0].x0 < LABEL_SIZE * len(mark.label)
