"""Turn a rendered page into the image that the model takes. The only module that imports qwen_vl_utils."""

from PIL import Image
from qwen_vl_utils import process_vision_info

from extractor.documents.pdf import Raster
from extractor.errors import PageUnreadable

_PATCH = 14  # pixels; Qwen2.5-VL merges two by two patches to one token
_FEWEST_TOKENS = 4


def model_image(raster: Raster, *, max_pixels: int) -> Image.Image:
    """Return the page scaled to whole tokens (28 by 28 pixels), within the pixel cap.

    Raises:
        PageUnreadable: the page is over 200 times as long as it is wide.
    """
    page = Image.frombytes("RGB", (raster.width, raster.height), raster.rgb)
    content = {
        "type": "image",
        "image": page,
        "max_pixels": max_pixels,
        "min_pixels": _FEWEST_TOKENS * (2 * _PATCH) ** 2,
    }
    try:
        images, _ = process_vision_info([{"role": "user", "content": [content]}], image_patch_size=_PATCH)
    except ValueError as cause:  # raised for the ratio of the sides alone
        raise PageUnreadable("a page is too long and narrow to be shown to the model") from cause
    image: Image.Image = images[0]
    image.format = "BMP"  # Outlines encodes every image once and asks for a format; this one costs nothing
    return image
