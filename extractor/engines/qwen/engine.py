"""The engine: asks a Qwen2.5-VL model about each page, and places every answer on it.

Of a contract every page is asked about with the foot of the page before.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from math import sqrt

from extractor.documents.document import Document
from extractor.documents.pdf import PdfFile, Raster
from extractor.engines.qwen.answer import read_answer
from extractor.engines.qwen.candidates import PageCandidates, candidates_of
from extractor.engines.qwen.clause_numbers import ClauseNumbers, clause_numbers
from extractor.engines.qwen.completion import Completer, Completion, PageQuestion
from extractor.engines.qwen.grammar import grammar_for
from extractor.engines.qwen.lookup import printed_on
from extractor.engines.qwen.merging import merge
from extractor.engines.qwen.prompt import SYSTEM, prompt_for
from extractor.engines.qwen.schema import schema_for
from extractor.engines.qwen.settings import QwenSettings, settings_from
from extractor.engines.qwen.shape import Members, shape_of
from extractor.engines.qwen.windows import Window, overlapping_windows, page_windows
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
    """A window with what is asked about it."""

    window: Window
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

        Pages are asked in batches; blank ones are passed over, so that nothing is invented about them.

        Raises:
            EngineUnavailable: the extra, the weights or the memory is missing.
            ConfigurationError: the checkpoint is of another architecture.
            IncompleteCompletion: an answer was cut off, also with twice the room.
            MalformedCompletion: an answer is not of the agreed form.
            DamagedDocument: a page cannot be rendered.
        """
        shape = shape_of(spec)
        are_clauses = spec.reading == "clauses"
        windows = overlapping_windows(pages) if are_clauses else page_windows(pages)
        numbers = clause_numbers(pages) if are_clauses else ClauseNumbers()
        found: list[PageCandidates] = []
        for batch in self._asked(document, windows, shape=shape, spec=spec):
            for asked, completion in zip(batch, self._complete(batch), strict=True):
                answer = read_answer(completion.text, shape)
                placed = candidates_of(
                    answer, completion, shape=shape, spec=spec, text=asked.window.text, clauses=numbers
                )
                found.append(placed)
        lines = [line.text for page in pages for line in page.lines]
        return merge(found, engine=self.name, conventions=infer_conventions(lines), are_clauses=are_clauses)

    def _asked(
        self, document: Document, windows: Sequence[Window], *, shape: Members, spec: Spec
    ) -> Iterator[list[_AskedPage]]:
        """Yield batches of windows with their images; no more than one batch is held in memory."""
        if not windows:
            return
        schema = schema_for(shape, max_rows=self._settings.max_rows)
        batch: list[_AskedPage] = []
        with open_file(document) as file:
            for window in windows:
                page = window.text.page
                if page.is_blank:
                    continue
                images = [self._render(file, page)]
                if not page.words and _is_plain(images[0]):
                    continue
                foot = window.text.foot
                if foot is not None:
                    images.insert(0, window.foot_of(self._render(file, foot)))
                question = PageQuestion(
                    image=images[0],
                    further_images=tuple(images[1:]),
                    system=SYSTEM,
                    prompt=prompt_for(spec, has_foot=foot is not None),
                    grammar=grammar_for(shape, window.text, max_rows=self._settings.max_rows),
                    schema=schema,
                    printed=(*(printed_on(foot) if foot is not None else ()), *printed_on(page)),
                )
                batch.append(_AskedPage(window=window, question=question))
                if len(batch) == self._settings.batch_size:
                    yield batch
                    batch = []
        if batch:
            yield batch

    def _render(self, file: PdfFile, page: Page) -> Raster:
        return self._rendered(file, page.number, (page.width, page.height))

    def _rendered(self, file: PdfFile, number: int, size: tuple[float, float]) -> Raster:
        """Render at the settings' dpi, or lower where the page would exceed the pixel cap."""
        inches = sqrt(max(1.0, size[0] * size[1])) / _POINTS_AN_INCH
        dpi = min(self._settings.dpi, int(sqrt(self._settings.max_pixels) / inches))
        return file.render(number, dpi=max(1, dpi))

    def show(self, document: Document) -> list[Raster]:
        """Return the document's pages as the model is shown them.

        Raises:
            DamagedDocument: a page cannot be rendered.
        """
        with open_file(document) as file:
            sizes = enumerate(map(file.page_size, range(1, file.page_count + 1)), start=1)
            return [self._rendered(file, number, size) for number, size in sizes]

    def answer(self, questions: Sequence[PageQuestion], *, about: Sequence[str]) -> list[Completion]:
        """Answer questions; answers that were cut off are asked for once more, with more room.

        `about` is what an error calls each question.

        Raises:
            EngineUnavailable: the extra, the weights or the memory is missing.
            ConfigurationError: the checkpoint is of another architecture.
            IncompleteCompletion: an answer was cut off, also with twice the room.
        """
        completer = self._loaded()
        room = self._settings.max_new_tokens
        completions = completer.complete(questions, max_new_tokens=room)
        cut = [index for index, completion in enumerate(completions) if not completion.is_complete]
        if cut:
            room *= _MORE_ROOM
            again = completer.complete([questions[index] for index in cut], max_new_tokens=room)
            for index, completion in zip(cut, again, strict=True):
                if not completion.is_complete:
                    raise IncompleteCompletion(
                        f"{about[index]}: the model's answer was cut off after {room} tokens; allow more "
                        f"with EXTRACTOR_{self.name.upper()}_MAX_NEW_TOKENS"
                    )
                completions[index] = completion
        return completions

    def _complete(self, batch: Sequence[_AskedPage]) -> list[Completion]:
        questions = [asked.question for asked in batch]
        return self.answer(questions, about=[f"page {asked.window.text.page.number}" for asked in batch])

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
