"""A model behind the loopback server: it decodes under the grammar or schema that it was sent."""

import json
from pathlib import Path

import torch
from engines.servers.protocols import Asked, Said
from llguidance import LLMatcher, grammar_from
from PIL import Image

from extractor.documents.pdf import Raster
from extractor.engines.qwen.completion import PageQuestion
from extractor.engines.qwen.generation import load_completer
from extractor.engines.qwen.settings import QwenSettings

_ANY_TEXT = "start: /(.|\\n)*/"
_COMPACT = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}


class Decoding:
    """Answers with the checkpoint in a folder, whichever it is, as warm as the request says."""

    def __init__(self, folder: Path, *, seed: int = 0, ignores_form: bool = False) -> None:
        self._folder = folder
        self._seed = seed
        self._ignores_form = ignores_form

    def __call__(self, asked: Asked) -> Said:
        first, *further = map(_raster, asked.images)
        question = PageQuestion(
            image=first,
            further_images=tuple(further),
            system=asked.system,
            prompt=asked.prompt,
            grammar=_ANY_TEXT if self._ignores_form else _grammar_of(asked),
        )
        settings = QwenSettings(
            model=str(self._folder), device="cpu", temperature=asked.temperature, decoding="plain"
        )
        completer = load_completer(settings)
        torch.manual_seed(self._seed)
        (completion,) = completer.complete([question], max_new_tokens=asked.max_tokens)
        whole = completion.text.encode()
        return Said(
            text=completion.text,
            stopped="stop" if completion.is_complete else "length",
            tokens=tuple((whole[each.start : each.end], each.log_probability) for each in completion.tokens),
        )


def _raster(image: Image.Image) -> Raster:
    rgb = image.convert("RGB")
    return Raster(width=rgb.width, height=rgb.height, rgb=rgb.tobytes())


def _grammar_of(asked: Asked) -> str:
    """Return the form as llguidance takes it, as vLLM's guidance backend makes it."""
    grammar = _ANY_TEXT
    if asked.grammar is not None:
        grammar = grammar_from("grammar", asked.grammar)
    elif asked.schema is not None:
        grammar = LLMatcher.grammar_from_json_schema({**json.loads(asked.schema), "x-guidance": _COMPACT})
    return grammar
