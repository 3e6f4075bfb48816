"""Do something again and again beside the work, until told to stop."""

import logging
from collections.abc import Callable
from threading import Event, Thread

from sqlalchemy.exc import SQLAlchemyError

from extractor.errors import ExtractorError

_LOG = logging.getLogger(__name__)


class Repeating:
    """A thread that does one thing every so many seconds. What fails once is tried again the next time."""

    def __init__(self, name: str, work: Callable[[], object], *, every_seconds: float) -> None:
        """Prepare; nothing is done before the first interval is over."""
        self._name = name
        self._work = work
        self._every_seconds = every_seconds
        self._is_stopping = Event()
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, when what is being done is done."""
        self._is_stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._is_stopping.wait(self._every_seconds):
            try:
                self._work()
            except (SQLAlchemyError, ExtractorError) as error:  # the text of the first may hold values
                _LOG.error("%s failed (%s); it is tried again", self._name, type(error).__name__)
