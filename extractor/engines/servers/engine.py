"""What the engines on servers have in common: the qwen engine's asking, with a server to answer."""

from collections.abc import Sequence
from typing import ClassVar, Protocol

from extractor.documents.document import Document
from extractor.documents.pdf import Raster
from extractor.engines.qwen.completion import Completion, PageQuestion
from extractor.engines.qwen.engine import QwenEngine
from extractor.engines.qwen.settings import QwenSettings
from extractor.engines.reading import PartToRead, Reading
from extractor.engines.servers.extra import client_of
from extractor.errors import ExtractorError
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page


class PageSettings(Protocol):
    """A server's settings, as far as asking about pages needs them."""

    def for_pages(self) -> QwenSettings:
        """Return how pages are shown and how much may be answered."""
        ...


class ServerEngine:
    """Reads pages with a model on a server. `name` is the engine's, and its client's folder."""

    name: ClassVar[str]
    _settings: PageSettings

    @property
    def pages_together(self) -> int:
        """Return how many pages are asked about at a time."""
        return self._settings.for_pages().batch_size

    def read(self, document: Document, pages: Sequence[Page], spec: Spec) -> Reading:
        """Read `pages` (all of one part of `document`) for the fields of `spec`.

        Raises:
            EngineUnavailable: the extra is not installed, or the server or its model is not there.
            EngineTimeout: the server was silent for too long.
            ConfigurationError: it refuses the key, or its context is too small.
            IncompleteCompletion: an answer was cut off, also with twice the room.
            MalformedCompletion: an answer is not of the agreed form.
            DamagedDocument: a page cannot be rendered.
        """
        return self._asking().read(document, pages, spec)

    def read_together(self, parts: Sequence[PartToRead]) -> list[Reading | ExtractorError]:
        """Read several parts, asked about at the same time; for each what `read` returns or raises.

        Raises:
            EngineUnavailable: the extra is not installed.
        """
        return self._asking().read_together(parts)

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

    def _asking(self) -> QwenEngine:
        """Return what asks about pages, with the server to answer."""
        completer = client_of(self.name).load_completer(self._settings)
        return QwenEngine(self._settings.for_pages(), completer=completer, name=self.name)
