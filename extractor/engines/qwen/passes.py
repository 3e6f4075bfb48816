"""Passes of the model over several rows, each at its own place in its own answer.

Rows take different numbers of tokens from one pass. They share one cache all the same: a
token that a row did not keep stays in it as a hole, which the attention mask hides, and
every token is given its position. Where no row kept a pass's last tokens, they are cut off.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch.nn.functional import pad
from transformers import DynamicCache

from extractor.engines.qwen.prefixes import Prefix, layers_of


class ModelPasses:
    """Goes on from prompts that were read."""

    def __init__(self, model: Any, prefixes: Sequence[Prefix]) -> None:  # noqa: ANN401 - transformers' class
        """Take the model, and one prefix a row."""
        self._model = model
        device = model.device
        longest = max(len(prefix.ids) for prefix in prefixes)
        gaps = [longest - len(prefix.ids) for prefix in prefixes]
        self._cache = DynamicCache(config=model.config.get_text_config())
        for index, layers in enumerate(zip(*(layers_of(prefix.cache) for prefix in prefixes), strict=True)):
            keys, values = (
                torch.cat([pad(part, (0, 0, gap, 0)) for part, gap in zip(parts, gaps, strict=True)])
                for parts in zip(*layers, strict=True)
            )
            self._cache.update(keys, values, index)
        places = torch.arange(longest, device=device)
        self._is_filled = (places >= torch.tensor(gaps, device=device).unsqueeze(1)).long()
        self._next = torch.tensor([prefix.next_position for prefix in prefixes], device=device)
        self._width = 0  # of the last pass

    def feed(self, tokens: Sequence[Sequence[int]]) -> list[torch.Tensor]:
        """Append these tokens to the rows in one pass; return each row's logits after each token."""
        device = self._model.device
        self._width = width = max(len(each) for each in tokens)
        filler = 0  # any token: it is hidden from all others
        ids = torch.tensor([[*each, *[filler] * (width - len(each))] for each in tokens], device=device)
        places = torch.arange(width, device=device)
        lengths = torch.tensor([len(each) for each in tokens], device=device)
        self._is_filled = torch.cat((self._is_filled, (places < lengths.unsqueeze(1)).long()), dim=1)
        positions = (self._next.unsqueeze(1) + places).expand(3, -1, -1)
        with torch.inference_mode():
            output = self._model(
                input_ids=ids,
                attention_mask=self._is_filled,
                position_ids=positions,
                past_key_values=self._cache,
                use_cache=True,
            )
        return [output.logits[row, : len(each)] for row, each in enumerate(tokens)]

    def keep(self, rows: Sequence[int], counts: Sequence[int]) -> None:
        """Go on with these rows only, and of what each was last fed, with so many tokens."""
        device = self._model.device
        chosen = torch.tensor(rows, device=device)
        kept = torch.tensor(counts, device=device).clamp(max=self._width)
        if len(rows) < len(self._is_filled):
            self._cache.batch_select_indices(chosen)
        before = self._is_filled.shape[1] - self._width
        end = before + int(kept.max())
        if end < self._is_filled.shape[1]:
            self._cache.crop(end - self._is_filled.shape[1])  # so many tokens less
        is_kept = torch.arange(end - before, device=device) < kept.unsqueeze(1)
        self._is_filled = torch.cat((self._is_filled[chosen, :before], is_kept.long()), dim=1)
        self._next = self._next[chosen] + kept
        self._width = 0
