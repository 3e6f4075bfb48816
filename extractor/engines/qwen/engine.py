"""The engine: asks a Qwen2.5-VL model about each page, and places every answer on it."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from math import sqrt

from extractor.documents.document import Document
from extractor.documents.pdf import PdfFile, Raster
from extractor.engines.qwen.answer import read_answer
from extractor.engines.qwen.candidates import PageCandidates, candidates_of
from extractor.engines.qwen.completion import Completer, Completion, PageQuestion
from extractor.engines.qwen.grammar import grammar_for
from extractor.engines.qwen.merging import merge
from extractor.engines.qwen.page_text import PageText, text_of
from extractor.engines.qwen.prompt import SYSTEM, prompt_for
from extractor.engines.qwen.schema import schema_for
from extractor.engines.qwen.settings import QwenSettings, settings_from
from extractor.engines.qwen.shape import Members, shape_of
from extractor.engines.reading import Reading
from extractor.errors import EngineUnavailable, IncompleteCompletion
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.pages.reading import open_file
from extractor.values.conventions import infer_conventions

_POINTS_AN_INCH = 72
_MORE_ROOM = 2  # times the tokens, for an answer that was cut off
_INSTALL = "pip install 'extractor[qwen]'"


@dataclass(frozen=True, slots=True, kw_only=True)
class _AskedPage:
    """A page with what is asked about it."""

    text: PageText
    question: PageQuestion


class QwenEngine:
    """Reads pages with Qwen2.5-VL. The model is loaded at the first page, once a process."""

    def __init__(
        self, settings: QwenSettings | None = None, *, completer: Completer | None = None, name: str = "qwen"
    ) -> None:
        """Take settings (by default the environment's) and whatever answers questions (by default the model).

        `name` is the engine's, for readings and for the variables that messages name.

        Raises:
            ConfigurationError: a variable of the environment is wrong.
        """
        self.name = name
        self._settings = settings_from(os.environ) if settings is None else settings
        self._completer = completer

    def read(self, document: Document, pages: Sequence[Page], spec: Spec) -> Reading:
        """Read `pages` (all of one part of `document`) for the fields of `spec`.

        Pages are asked in batches; a page without words that is one plain colour is passed over.

        Raises:
            EngineUnavailable: the extra, the weights or the memory is missing.
            ConfigurationError: the checkpoint is of another architecture.
            IncompleteCompletion: an answer was cut off, also with twice the room.
            MalformedCompletion: an answer is not of the agreed form.
            DamagedDocument: a page cannot be rendered.
        """
        shape = shape_of(spec)
        texts = [text_of(page) for page in pages]
        found: list[PageCandidates] = []
        for batch in self._asked(document, texts, shape=shape, spec=spec):
            for asked, completion in zip(batch, self._complete(batch), strict=True):
                answer = read_answer(completion.text, shape)
                found.append(candidates_of(answer, completion, shape=shape, spec=spec, text=asked.text))
        lines = [row.text for text in texts for row in text.rows]
        return merge(found, engine=self.name, conventions=infer_conventions(lines))

    def _asked(
        self, document: Document, texts: Sequence[PageText], *, shape: Members, spec: Spec
    ) -> Iterator[list[_AskedPage]]:
        """Yield batches of pages with their images; no more than one batch is held in memory."""
        if not texts:
            return
        prompt = prompt_for(spec)
        schema = schema_for(shape, max_rows=self._settings.max_rows)
        batch: list[_AskedPage] = []
        with open_file(document) as file:
            for text in texts:
                image = self._render(file, text.page)
                if not text.page.words and _is_plain(image):
                    continue
                grammar = grammar_for(shape, text, max_rows=self._settings.max_rows)
                question = PageQuestion(
                    image=image, system=SYSTEM, prompt=prompt, grammar=grammar, schema=schema
                )
                batch.append(_AskedPage(text=text, question=question))
                if len(batch) == self._settings.batch_size:
                    yield batch
                    batch = []
        if batch:
            yield batch

    def _render(self, file: PdfFile, page: Page) -> Raster:
        """Render at the settings' dpi, or lower where the page would exceed the pixel cap."""
        inches = sqrt(max(1.0, page.width * page.height)) / _POINTS_AN_INCH
        dpi = min(self._settings.dpi, int(sqrt(self._settings.max_pixels) / inches))
        return file.render(page.number, dpi=max(1, dpi))

    def _complete(self, batch: Sequence[_AskedPage]) -> list[Completion]:
        """Answer a batch; answers that were cut off are asked for once more, with more room."""
        completer = self._loaded()
        room = self._settings.max_new_tokens
        completions = completer.complete([asked.question for asked in batch], max_new_tokens=room)
        cut = [index for index, completion in enumerate(completions) if not completion.is_complete]
        if cut:
            room *= _MORE_ROOM
            again = completer.complete([batch[index].question for index in cut], max_new_tokens=room)
            for index, completion in zip(cut, again, strict=True):
                if not completion.is_complete:
                    raise IncompleteCompletion(
                        f"page {batch[index].text.page.number}: the model's answer was cut off after {room} "
                        f"tokens; allow more with EXTRACTOR_{self.name.upper()}_MAX_NEW_TOKENS"
                    )
                completions[index] = completion
        return completions

    def _loaded(self) -> Completer:
        """Return what answers questions; the model's libraries are imported here, not before."""
        if self._completer is None:
            try:
                generation = import_module("extractor.engines.qwen.generation")
            except ImportError as cause:
                missing = f" ({cause.name} is missing)" if cause.name else ""
                raise EngineUnavailable(f"the qwen engine is not installed{missing}: {_INSTALL}") from cause
            completer: Completer = generation.load_completer(self._settings)
            self._completer = completer
        return self._completer


def _is_plain(image: Raster) -> bool:
    """Say whether all pixels' samples are equal: an empty page."""
    return image.rgb.count(image.rgb[:1]) == len(image.rgb)
