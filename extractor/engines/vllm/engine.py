"""The engine `vllm`: the qwen engine's reading, answered by a server of OpenAI's protocol."""

import os
from collections.abc import Sequence

from extractor.documents.document import Document
from extractor.documents.pdf import Raster
from extractor.engines.qwen.completion import Completion, PageQuestion
from extractor.engines.qwen.engine import QwenEngine
from extractor.engines.reading import Reading
from extractor.engines.servers.extra import client_of
from extractor.engines.vllm.settings import VllmSettings, settings_from
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page


class VllmEngine:
    """Reads pages with a model on a vLLM (or other OpenAI-compatible) server."""

    name = "vllm"

    def __init__(self, settings: VllmSettings | None = None) -> None:
        """Take settings, by default the environment's.

        Raises:
            ConfigurationError: a variable of the environment is wrong.
        """
        self._settings = settings_from(os.environ) if settings is None else settings

    def read(self, document: Document, pages: Sequence[Page], spec: Spec) -> Reading:
        """Read `pages` (all of one part of `document`) for the fields of `spec`.

        Raises:
            EngineUnavailable: the extra is not installed, or the server or its model is not there.
            EngineTimeout: the server was silent for too long.
            ConfigurationError: it refuses the key.
            IncompleteCompletion: an answer was cut off, also with twice the room.
            MalformedCompletion: an answer is not of the agreed form.
            DamagedDocument: a page cannot be rendered.
        """
        return self._asking().read(document, pages, spec)

    def show(self, document: Document) -> list[Raster]:
        """Return the document's pages as the model is shown them.

        Raises:
            DamagedDocument: a page cannot be rendered.
        """
        return self._asking().show(document)

    def answer(self, questions: Sequence[PageQuestion], *, about: Sequence[str]) -> list[Completion]:
        """Answer the questions, whole; `about` is what errors call each.

        Raises:
            EngineError: as `read`.
            ConfigurationError: as `read`.
        """
        return self._asking().answer(questions, about=about)

    def check(self, *, thoroughly: bool) -> str:
        """Say what is ready. Thoroughly: also that an image is taken and the form is kept.

        Raises:
            EngineError: what is wrong, and what to do about it.
            ConfigurationError: the server refuses the key.
        """
        client = client_of(self.name).VllmClient(self._settings)
        client.require_model()
        where = f"{self._settings.model} at {self._settings.url}"
        if not thoroughly:
            return where
        client.require_obedience()
        return f"{where}; it takes images and keeps to a {self._settings.form}"

    def _asking(self) -> QwenEngine:
        """Return what asks about pages, with the server to answer."""
        completer = client_of(self.name).load_completer(self._settings)
        return QwenEngine(self._settings.for_pages(), completer=completer, name=self.name)
