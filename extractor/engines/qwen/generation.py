"""Answer questions about pages with a model in this process, through Outlines."""

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Any

from outlines import Generator, from_transformers
from outlines.inputs import Chat, Image

from extractor.engines.qwen.checkpoint import Checkpoint, load_checkpoint, memory_errors
from extractor.engines.qwen.completion import Completion, PageQuestion, Tally
from extractor.engines.qwen.decoding import Following, GrammarRows
from extractor.engines.qwen.lookup import Lookup
from extractor.engines.qwen.matching import AnswerRow, Masks, grammar_tokenizer
from extractor.engines.qwen.passes import ModelPasses
from extractor.engines.qwen.prefixes import ImageKey, Prefix, PrefixStore
from extractor.engines.qwen.settings import QwenSettings
from extractor.engines.qwen.stepping import decode
from extractor.engines.qwen.vision import model_image

_LOADING = Lock()


class LocalCompleter:
    """Generates answers row by row under each question's grammar.

    The fast loop is our own: it takes many tokens a pass, and reads a page's image once for
    all questions about it. The plain one is Outlines' generator over `generate` of
    transformers, one token a pass; it is what the fast one is measured against.
    """

    def __init__(
        self,
        checkpoint: Checkpoint,
        *,
        max_pixels: int,
        temperature: float,
        is_fast: bool = True,
        kept_pages: int = 1,
    ) -> None:
        """Take a loaded model; a temperature of 0 decodes greedily.

        `kept_pages` is how many pages' images stay read: as many as are asked about together.
        """
        self._outlines = from_transformers(checkpoint.model, checkpoint.processor)
        self._model = checkpoint.model
        self._processor = checkpoint.processor
        self._tokenizer = grammar_tokenizer(
            checkpoint.processor.tokenizer, vocabulary_size=checkpoint.vocabulary_size
        )
        self._masks = Masks(self._tokenizer)
        self._prefixes = PrefixStore(checkpoint.model, size=kept_pages)
        self._max_pixels = max_pixels
        self._temperature = temperature
        self._is_fast = is_fast
        self._cut_off: dict[PageQuestion, tuple[int, ...]] = {}
        self._turn = Lock()
        self.tally = Tally()

    def complete(self, questions: Sequence[PageQuestion], *, max_new_tokens: int) -> list[Completion]:
        """Answer all questions in one batch. Threads take turns: the model's memory is for one.

        Raises:
            EngineUnavailable: there is not enough memory.
            EngineError: a page's grammar is beyond llguidance's limits.
        """
        if not questions:
            return []
        with self._turn, memory_errors():
            answer = self._quickly if self._is_fast else self._plainly
            completions = answer(questions, max_new_tokens)
            self.tally = self.tally.after(completions)
            return completions

    def _quickly(self, questions: Sequence[PageQuestion], max_new_tokens: int) -> list[Completion]:
        rows = [
            AnswerRow(
                self._tokenizer,
                question.grammar,
                guess=Lookup(question.printed).guess,
                begun=self._cut_off.get(question, ()),
            )
            for question in questions
        ]
        prefixes = [self._prefix(question) for question in questions]
        decode(
            ModelPasses(self._model, prefixes),
            [prefix.logits for prefix in prefixes],
            rows,
            masks=self._masks,
            max_new_tokens=max_new_tokens,
            temperature=self._temperature,
        )
        completions = [row.completion() for row in rows]
        self._cut_off = {
            question: row.chosen
            for question, row, completion in zip(questions, rows, completions, strict=True)
            if not completion.is_complete and self._temperature == 0  # the same answer would come again
        }
        return completions

    def _plainly(self, questions: Sequence[PageQuestion], max_new_tokens: int) -> list[Completion]:
        rows = GrammarRows(self._tokenizer, [question.grammar for question in questions])
        Generator(self._outlines, processor=rows).batch(
            [self._chat(question) for question in questions],
            max_new_tokens=max_new_tokens,
            stopping_criteria=[Following(rows)],
            repetition_penalty=1.0,  # the released configuration's 1.05 spoils repeated digits
            **self._sampling(),
        )
        return rows.completions()

    def _prefix(self, question: PageQuestion) -> Prefix:
        formatted = self._outlines.type_adapter.format_input(self._chat(question))
        inputs = self._processor(text=[formatted["text"]], images=formatted["images"], return_tensors="pt")
        return self._prefixes.read(inputs, _key_of(question))

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
        settings.model,
        device=settings.device,
        dtype=settings.dtype,
        max_pixels=settings.max_pixels,
        quantization=settings.quantization,
    )
    return LocalCompleter(
        checkpoint,
        max_pixels=settings.max_pixels,
        temperature=settings.temperature,
        is_fast=settings.decoding == "fast",
        kept_pages=settings.batch_size,
    )


def _key_of(question: PageQuestion) -> ImageKey:
    return question.images
