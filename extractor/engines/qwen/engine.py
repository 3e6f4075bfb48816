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
from extractor.engines.contract.dated import dated_places
from extractor.engines.contract.outline import outline_of
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
from extractor.engines.qwen.shape import shape_of
from extractor.engines.qwen.windows import Window, overlapping_windows, page_windows
from extractor.engines.reading import PartToRead, Reading
from extractor.errors import EngineUnavailable, ExtractorError, IncompleteCompletion, MalformedCompletion
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.pages.reading import open_file
from extractor.values.conventions import infer_conventions

_POINTS_AN_INCH = 72
_MORE_ROOM = 2  # times the tokens, for an answer that was cut off
_INSTALL = "pip install 'extractor[qwen]'"


class _Asking:
    """One part while its pages are asked about: what was found so far, or the error that ends it."""

    def __init__(self, part: PartToRead, *, max_rows: int) -> None:
        self.part = part
        self._max_rows = max_rows
        self.shape = shape_of(part.spec)
        self.error: ExtractorError | None = None
        outline = outline_of(part.pages) if part.spec.reading == "clauses" else None
        self._numbers = ClauseNumbers() if outline is None else clause_numbers(outline.clauses)
        self._dated = None if outline is None else dated_places(outline)
        self._found: list[PageCandidates] = []

    def windows(self) -> list[Window]:
        return page_windows(self.part.pages) if self._dated is None else overlapping_windows(self.part.pages)

    def take(self, completion: Completion, window: Window) -> None:
        """Place what was answered on the page.

        Raises:
            MalformedCompletion: the answer is not of the agreed form.
        """
        answer = read_answer(completion.text, self.shape, max_rows=self._max_rows)
        placed = candidates_of(
            answer,
            completion,
            shape=self.shape,
            spec=self.part.spec,
            text=window.text,
            clauses=self._numbers,
        )
        self._found.append(placed)

    def reading(self, engine: str) -> Reading:
        conventions = infer_conventions([line.text for page in self.part.pages for line in page.lines])
        return merge(self._found, engine=engine, conventions=conventions, dated=self._dated)


@dataclass(frozen=True, slots=True, kw_only=True)
class _AskedPage:
    """A window with what is asked about it."""

    asking: _Asking
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

    @property
    def pages_together(self) -> int:
        """Return how many pages are asked about in one batch."""
        return self._settings.batch_size

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
        (outcome,) = self.read_together([PartToRead(document=document, pages=pages, spec=spec)])
        if isinstance(outcome, ExtractorError):
            raise outcome
        return outcome

    def read_together(self, parts: Sequence[PartToRead]) -> list[Reading | ExtractorError]:
        """Read several parts, of one document or many, with batches that go on from one to the next.

        Returns for each part what `read` returns or raises. Where a batch of several parts fails,
        each part's pages are asked about alone.
        """
        asking = [_Asking(part, max_rows=self._settings.max_rows) for part in parts]
        for batch in self._batches(asking):
            self._ask(batch)
        return [each.error or each.reading(self.name) for each in asking]

    def _ask(self, batch: Sequence[_AskedPage]) -> None:
        """Let each part take its answers, or the error in their place."""
        asking = list({id(each.asking): each.asking for each in batch}.values())
        try:
            completions = self._complete(batch)
        except ExtractorError as error:
            if len(asking) == 1:
                asking[0].error = error
                return
            for part in asking:
                self._ask([each for each in batch if each.asking is part])
            return
        for asked, completion in zip(batch, completions, strict=True):
            try:
                asked.asking.take(completion, asked.window)
            except MalformedCompletion as error:
                asked.asking.error = asked.asking.error or error

    def _batches(self, asking: Sequence[_Asking]) -> Iterator[list[_AskedPage]]:
        """Yield batches of windows with their images; no more than one batch is held in memory."""
        batch: list[_AskedPage] = []
        for part in asking:
            for asked in self._asked(part):
                batch.append(asked)
                if len(batch) == self._settings.batch_size:
                    yield batch
                    batch = []
        if batch:
            yield batch

    def _asked(self, asking: _Asking) -> Iterator[_AskedPage]:
        """Yield what is asked about one part, until an error ends it."""
        part, max_rows = asking.part, self._settings.max_rows
        if not part.pages:
            return
        schema = schema_for(asking.shape, max_rows=max_rows)
        prompts = {has_foot: prompt_for(part.spec, has_foot=has_foot) for has_foot in (False, True)}
        try:
            with open_file(part.document) as file:
                for window in asking.windows():
                    images = self._images(file, window)
                    if not images:
                        continue
                    page, foot = window.text.page, window.text.foot
                    question = PageQuestion(
                        image=images[0],
                        further_images=tuple(images[1:]),
                        system=SYSTEM,
                        prompt=prompts[foot is not None],
                        grammar=grammar_for(asking.shape, window.text, max_rows=max_rows),
                        schema=schema,
                        printed=(*(printed_on(foot) if foot is not None else ()), *printed_on(page)),
                    )
                    yield _AskedPage(asking=asking, window=window, question=question)
                    if asking.error is not None:
                        return
        except ExtractorError as error:
            asking.error = error

    def _images(self, file: PdfFile, window: Window) -> list[Raster]:
        """Return what is shown of a window, the foot first; nothing where its page is blank."""
        page, foot = window.text.page, window.text.foot
        if page.is_blank:
            return []
        image = self._render(file, page)
        if not page.words and _is_plain(image):
            return []
        return [image] if foot is None else [window.foot_of(self._render(file, foot)), image]

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
