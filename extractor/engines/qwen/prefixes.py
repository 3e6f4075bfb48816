"""Read prompts with the model, and keep what was read: image and instruction cost a pass once.

Most of a page's cost is reading its image. A second question about the same image goes on
from where the two prompts part, and the same question from its end.
"""

from collections import OrderedDict
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import torch
from transformers import BatchFeature, DynamicCache

ImageKey = tuple[object, ...]  # equal for equal images


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """A prompt that was read. The cache is shared: it is read and copied, never written."""

    ids: tuple[int, ...]
    cache: DynamicCache
    logits: torch.Tensor  # one row: what may follow the prompt
    next_position: int  # an image takes fewer positions than tokens


class PrefixStore:
    """The prompts that were read last."""

    def __init__(self, model: Any, *, size: int) -> None:  # noqa: ANN401 - transformers' class
        """Take the model that reads, and how many images' prompts are kept (at 7B some 170 MB a page)."""
        self._model = model
        self._size = size
        self._known: OrderedDict[ImageKey, Prefix] = OrderedDict()

    def read(self, inputs: BatchFeature, image: ImageKey) -> Prefix:
        """Return one prompt's prefix; only what the last one with this image does not share is read."""
        inputs = inputs.to(self._model.device)
        ids = tuple(inputs["input_ids"][0].tolist())
        prefix = self._known.pop(image, None)
        if prefix is None or prefix.ids != ids:
            prefix = self._read(inputs, ids, known=prefix)
        self._known[image] = prefix
        while len(self._known) > self._size:
            self._known.popitem(last=False)
        return prefix

    def _read(self, inputs: BatchFeature, ids: tuple[int, ...], *, known: Prefix | None) -> Prefix:
        shared = 0 if known is None else self._shared(known, ids)
        positions, _ = self._model.model.get_rope_index(
            inputs["input_ids"],
            image_grid_thw=inputs["image_grid_thw"],
            mm_token_type_ids=inputs["mm_token_type_ids"],
            attention_mask=inputs["attention_mask"],
        )
        cache = DynamicCache(config=self._model.config.get_text_config())
        seen: dict[str, Any] = {}
        if known is not None and shared:
            for index, (keys, values) in enumerate(layers_of(known.cache)):
                cache.update(keys[:, :, :shared], values[:, :, :shared], index)
        else:
            seen = {name: inputs[name] for name in ("pixel_values", "image_grid_thw", "mm_token_type_ids")}
        with torch.inference_mode():
            output = self._model(
                input_ids=inputs["input_ids"][:, shared:],
                attention_mask=inputs["attention_mask"],
                position_ids=positions[:, :, shared:],
                past_key_values=cache,
                use_cache=True,
                logits_to_keep=1,
                **seen,
            )
        return Prefix(
            ids=ids, cache=cache, logits=output.logits[0, -1:], next_position=int(positions.max()) + 1
        )

    def _shared(self, known: Prefix, ids: tuple[int, ...]) -> int:
        """Return how many tokens to take over: all images or nothing, and never the whole prompt."""
        pairs = zip(known.ids, ids[:-1], strict=False)
        count = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        image_token = self._model.config.image_token_id
        return 0 if image_token in ids[count:] else count


def layers_of(cache: DynamicCache) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Return each layer's keys and values."""
    return [(layer.keys, layer.values) for layer in cache.layers]
