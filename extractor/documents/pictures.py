"""Count an image's frames, and put pictures into other forms. The user of Pillow."""

import io
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PIL import Image, ImageSequence, UnidentifiedImageError

from extractor.documents.document import MediaType
from extractor.documents.limits import Limits
from extractor.errors import DamagedDocument, DocumentTooLarge

_BIG_TIFF = (b"II+\x00", b"MM\x00+")


def count_frames(content: bytes, media_type: MediaType, limits: Limits) -> int:
    """Return how many pages the image has, each there to its end. Only a TIFF has several.

    Raises:
        DocumentTooLarge: a frame has too many pixels, or there are too many frames.
        DamagedDocument: it cannot be opened, or ends early.
    """
    with _opened(content) as image:
        _require_size(image, limits)
        if media_type is not MediaType.TIFF:
            image.draft("L", (image.width // 8, image.height // 8))  # of a JPEG, an eighth is enough
            image.load()
            return 1  # frames of a film or of a stereo photo are no pages
        count = 1
        for count, frame in enumerate(ImageSequence.Iterator(image), 1):
            if count > limits.max_pages:
                raise DocumentTooLarge(f"the file has more than {limits.max_pages} pages, which is the limit")
            _require_size(frame, limits)
            frame.load()
        return count


def for_mupdf(content: bytes, media_type: MediaType) -> bytes:
    """Return the image as PNG where it is a WebP, as TIFF where it is a BigTIFF, else as it is.

    Raises:
        DamagedDocument: it cannot be decoded.
    """
    if media_type is not MediaType.WEBP and not content.startswith(_BIG_TIFF):
        return content
    stream = io.BytesIO()
    with _opened(content) as image:
        if media_type is MediaType.WEBP:
            image.convert("RGB").save(stream, "PNG", compress_level=1)
        else:
            frames = [frame.copy() for frame in ImageSequence.Iterator(image)]
            frames[0].save(stream, "TIFF", save_all=True, append_images=frames[1:], big_tiff=False)
    return stream.getvalue()


def jpeg_of(rgb: bytes, *, width: int, height: int, quality: int) -> bytes:
    """Return 8-bit RGB samples, row by row, as a JPEG; `quality` is Pillow's, 1 to 95."""
    stream = io.BytesIO()
    Image.frombytes("RGB", (width, height), rgb).save(stream, "JPEG", quality=quality, optimize=True)
    return stream.getvalue()


def mounted(
    pictures: Iterable[tuple[bytes, tuple[float, float, float, float]]],
    *,
    width: int,
    height: int,
    quality: int,
) -> bytes:
    """Return one JPEG with each of the pictures scaled into its box, in pixels, on white."""
    sheet = Image.new("RGB", (width, height), "white")
    for content, (x0, y0, x1, y1) in pictures:
        with _opened(content) as picture:
            size = max(1, round(x1 - x0)), max(1, round(y1 - y0))
            sheet.paste(picture.resize(size, Image.Resampling.LANCZOS), (round(x0), round(y0)))
    return jpeg_of(sheet.tobytes(), width=width, height=height, quality=quality)


def png_of(rgb: bytes, *, width: int, height: int) -> bytes:
    """Return 8-bit RGB samples, row by row, as a PNG."""
    stream = io.BytesIO()
    Image.frombytes("RGB", (width, height), rgb).save(stream, "PNG", compress_level=3)
    return stream.getvalue()


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of bombs: our own bound holds; of damage: errors follow
            with Image.open(io.BytesIO(content)) as image:
                yield image
    except Image.DecompressionBombError as cause:
        raise DocumentTooLarge("the image has too many pixels") from cause
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as cause:  # Pillow's
        raise DamagedDocument("the image is damaged or cut off, and cannot be opened") from cause


def _require_size(image: Image.Image, limits: Limits) -> None:
    pixels = image.width * image.height
    if pixels > limits.max_pixels:
        raise DocumentTooLarge(f"the image has {pixels} pixels; the limit is {limits.max_pixels}")
