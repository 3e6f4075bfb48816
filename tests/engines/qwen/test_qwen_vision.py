import pytest

from extractor.documents.pdf import Raster
from extractor.errors import PageUnreadable

pytest.importorskip("qwen_vl_utils", reason="the qwen extra is not installed")

from extractor.engines.qwen.vision import model_image


def white(width: int, height: int) -> Raster:
    return Raster(width=width, height=height, rgb=b"\xff" * (width * height * 3))


def test_sides_become_whole_tokens() -> None:
    image = model_image(white(300, 200), max_pixels=1_000_000)
    assert image.size == (308, 196)
    assert image.format == "BMP"


@pytest.mark.parametrize(("max_pixels", "size"), [(56 * 84, (56, 84)), (56 * 84 - 1, (28, 56))])
def test_an_image_over_the_cap_is_scaled_down(max_pixels: int, size: tuple[int, int]) -> None:
    assert model_image(white(56, 84), max_pixels=max_pixels).size == size


def test_the_pixels_are_the_pages() -> None:
    red = Raster(width=28, height=28, rgb=b"\xff\x00\x00" * (28 * 28))
    assert model_image(red, max_pixels=1_000_000).getpixel((14, 14)) == (255, 0, 0)


def test_a_page_that_is_too_long_and_narrow_is_refused() -> None:
    assert model_image(white(28, 28 * 200), max_pixels=1_000_000)
    with pytest.raises(PageUnreadable):
        model_image(white(28, 28 * 201), max_pixels=1_000_000)
