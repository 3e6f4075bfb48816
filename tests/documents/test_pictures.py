import io

import pytest
from PIL import Image

from extractor.documents.document import MediaType
from extractor.documents.limits import DEFAULT_LIMITS
from extractor.documents.opening import open_document
from extractor.documents.pictures import count_frames, for_mupdf
from extractor.errors import DamagedDocument
from extractor.pages.reading import open_file


def _picture(kind: str, *, colours: tuple[str, ...] = ("red",), mode: str = "RGB", **saving: object) -> bytes:
    first, *others = (Image.new("RGB", (60, 40), colour).convert(mode) for colour in colours)
    stream = io.BytesIO()
    several = {"save_all": True, "append_images": others} if others else {}
    first.save(stream, kind, **several, **saving)
    return stream.getvalue()


_SEVERAL = ("red", "lime", "blue")
_READ = {
    "PNG": _picture("PNG"),
    "PNG with a palette": _picture("PNG", mode="P"),
    "animated PNG": _picture("PNG", colours=_SEVERAL),
    "JPEG": _picture("JPEG", quality=95),
    "CMYK JPEG": _picture("JPEG", mode="CMYK", quality=95),
    "stereo JPEG": _picture("MPO", colours=_SEVERAL),
    "WebP": _picture("WEBP", lossless=True),
    "animated WebP": _picture("WEBP", colours=_SEVERAL, lossless=True),
    "TIFF": _picture("TIFF"),
    "TIFF of a JPEG": _picture("TIFF", compression="jpeg"),
    "TIFF with LZW": _picture("TIFF", compression="tiff_lzw"),
    "BigTIFF": _picture("TIFF", big_tiff=True),
}


@pytest.mark.parametrize("content", _READ.values(), ids=_READ.keys())
def test_a_picture_is_one_page_that_shows_it(content: bytes) -> None:
    document = open_document(content)
    assert document.page_count == 1
    with open_file(document) as file:
        assert file.page_count == 1
        raster = file.render(1, dpi=72)
    middle = 3 * (raster.height // 2 * raster.width + raster.width // 2)
    red, green, blue = raster.rgb[middle : middle + 3]
    assert red > 180
    assert max(green, blue) < 80


@pytest.mark.parametrize("is_big", [False, True])
def test_each_frame_of_a_tiff_is_a_page(is_big: bool) -> None:  # noqa: FBT001 - a case
    document = open_document(_picture("TIFF", colours=_SEVERAL, big_tiff=is_big))
    assert document.page_count == 3
    with open_file(document) as file:
        assert file.page_count == 3
        assert [tuple(file.render(number, dpi=72).rgb[:3]) for number in (1, 2, 3)] == [
            (255, 0, 0),
            (0, 255, 0),
            (0, 0, 255),
        ]


@pytest.mark.parametrize("mode", ["1", "L", "I;16", "RGBA"])
def test_tiffs_of_any_depth_are_rendered(mode: str) -> None:
    stream = io.BytesIO()
    Image.new(mode, (60, 40)).save(stream, "TIFF")
    with open_file(open_document(stream.getvalue())) as file:
        assert file.render(1, dpi=72).width > 0


def test_what_mupdf_opens_is_left_as_it_is() -> None:
    content = _picture("JPEG")
    assert for_mupdf(content, MediaType.JPEG) is content


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(_READ["WebP"][:40], MediaType.WEBP), (_READ["BigTIFF"][:60], MediaType.TIFF)],
)
def test_what_cannot_be_decoded_is_damaged(content: bytes, media_type: MediaType) -> None:
    with pytest.raises(DamagedDocument):
        for_mupdf(content, media_type)


@pytest.mark.parametrize("length", [8, 20, 60])
def test_a_cut_off_header_is_damaged(length: int) -> None:
    with pytest.raises(DamagedDocument):
        count_frames(_READ["TIFF"][:length], MediaType.TIFF, DEFAULT_LIMITS)
