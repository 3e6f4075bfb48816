"""Random images with a line of text, as the model takes them. Needs the qwen extra."""

import random
from typing import Any

from PIL import Image

from extractor.engines.qwen.checkpoint import Checkpoint

NOISE = 1e-4  # between passes of other lengths: of logits of some units' size, in float32


def picture(seed: int, *, width: int = 112, height: int = 84) -> Image.Image:
    """Draw noise that belongs to the seed."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    return Image.frombytes("RGB", (width, height), chance.randbytes(width * height * 3))


def inputs_of(checkpoint: Checkpoint, text: str, *images: Image.Image) -> Any:  # noqa: ANN401 - transformers' class
    """Return what the processor makes of the images and the text behind them."""
    shown = "<|vision_start|><|image_pad|><|vision_end|>" * len(images)
    return checkpoint.processor(text=[f"{shown}{text}"], images=list(images), return_tensors="pt")
