"""A question as the messages of a chat, its images as PNG. Imports Outlines, which all wrappers share."""

from outlines.inputs import Chat, Image
from PIL import Image as Pillow

from extractor.documents.pdf import Raster
from extractor.engines.qwen.completion import PageQuestion
from extractor.errors import PageUnreadable

_LONGEST = 200  # times as long as wide: Qwen2.5-VL's processor takes no more


def chat_of(question: PageQuestion) -> Chat:
    """Return the system's and the user's message, in the form that Outlines' wrappers take.

    Raises:
        PageUnreadable: the page is over 200 times as long as it is wide.
    """
    images = [_image(each) for each in question.images]
    return Chat(
        [
            {"role": "system", "content": question.system},
            {"role": "user", "content": [question.prompt, *images]},
        ]
    )


def _image(raster: Raster) -> Image:
    sides = sorted((raster.width, raster.height))
    if sides[1] > _LONGEST * sides[0]:
        raise PageUnreadable("a page is too long and narrow to be shown to the model")
    image = Pillow.frombytes("RGB", (raster.width, raster.height), raster.rgb)
    image.format = "PNG"  # Outlines encodes in the format that the image says it came in
    return Image(image)
