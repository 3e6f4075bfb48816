"""Answer questions about pages with a model in this process, through Outlines."""

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Any

from outlines import Generator, from_transformers
from outlines.inputs import Chat, Image

from extractor.engines.qwen.checkpoint import Checkpoint, load_checkpoint, memory_errors
from extractor.engines.qwen.completion import Completion, PageQuestion
from extractor.engines.qwen.decoding import Following, GrammarRows, grammar_tokenizer
from extractor.engines.qwen.settings import QwenSettings
from extractor.engines.qwen.vision import model_image

_LOADING = Lock()


class LocalCompleter:
    """Generates answers row by row under each question's grammar."""

    def __init__(self, checkpoint: Checkpoint, *, max_pixels: int, temperature: float) -> None:
        """Take a loaded model; a temperature of 0 decodes greedily."""
        self._model = from_transformers(checkpoint.model, checkpoint.processor)
        self._tokenizer = grammar_tokenizer(
            checkpoint.processor.tokenizer, vocabulary_size=checkpoint.vocabulary_size
        )
        self._max_pixels = max_pixels
        self._temperature = temperature
        self._turn = Lock()

    def complete(self, questions: Sequence[PageQuestion], *, max_new_tokens: int) -> list[Completion]:
        """Answer all questions in one batch. Threads take turns: the model's memory is for one.

        Raises:
            EngineUnavailable: there is not enough memory.
            EngineError: a page's grammar is beyond llguidance's limits.
        """
        rows = GrammarRows(self._tokenizer, [question.grammar for question in questions])
        chats = [self._chat(question) for question in questions]
        with self._turn, memory_errors():
            Generator(self._model, processor=rows).batch(
                chats,
                max_new_tokens=max_new_tokens,
                stopping_criteria=[Following(rows)],
                repetition_penalty=1.0,  # the released configuration's 1.05 spoils repeated digits
                **self._sampling(),
            )
        return rows.completions()

    def _chat(self, question: PageQuestion) -> Chat:
        images = [Image(model_image(each, max_pixels=self._max_pixels)) for each in question.images]
        content: list[dict[str, Any]] = [{"type": "image", "image": image} for image in images]
        content.append({"type": "text", "text": question.prompt})
        return Chat([{"role": "system", "content": question.system}, {"role": "user", "content": content}])

    def _sampling(self) -> dict[str, Any]:
        """Return greedy decoding, or sampling from all that the grammar allows."""
        if self._temperature == 0:
            return {"do_sample": False, "temperature": None, "top_p": None, "top_k": None}
        return {"do_sample": True, "temperature": self._temperature, "top_p": 1.0, "top_k": 0}


def load_completer(settings: QwenSettings) -> LocalCompleter:
    """Load the model of the settings and return what answers with it.

    The last one is kept for the process, so that every document does not load the model anew.

    Raises:
        EngineUnavailable: weights, memory or device are missing.
        ConfigurationError: the checkpoint is not a Qwen2.5-VL model.
    """
    with _LOADING:  # threads that start together wait for one load
        return _load(settings)


@lru_cache(maxsize=1)
def _load(settings: QwenSettings) -> LocalCompleter:
    checkpoint = load_checkpoint(
        settings.model, device=settings.device, dtype=settings.dtype, max_pixels=settings.max_pixels
    )
    return LocalCompleter(checkpoint, max_pixels=settings.max_pixels, temperature=settings.temperature)
