"""Ask a server several questions at a time, and try again what may pass."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore, Lock
from typing import Protocol

from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential, wait_random

from extractor.engines.qwen.completion import Completion, PageQuestion, Tally
from extractor.engines.servers.settings import ServerSettings

_LONGEST_WAIT = 60.0  # seconds


class Client(Protocol):
    """Something that sends one question to a server."""

    def ask(self, question: PageQuestion, *, max_new_tokens: int) -> Completion:
        """Return the answer.

        Raises:
            EngineError: the server is not there, refuses, or sends something else.
            ConfigurationError: it refuses the key, or its context is too small.
        """
        ...


class ServerCompleter:
    """Answers questions by a server, at most so many at a time, however many threads ask."""

    def __init__(self, client: Client, *, concurrency: int) -> None:
        """Take what sends a question, and how many may be open at a time."""
        self._client = client
        self._concurrency = concurrency
        self._turns = BoundedSemaphore(concurrency)
        self._counting = Lock()
        self.tally = Tally()

    def complete(self, questions: Sequence[PageQuestion], *, max_new_tokens: int) -> list[Completion]:
        """Answer all questions, in order. The first error counts; what was not yet asked is dropped.

        Raises:
            EngineError: the server is not there, refuses, or sends something else.
            ConfigurationError: it refuses the key, or its context is too small.
        """

        def answer(question: PageQuestion) -> Completion:
            with self._turns:
                return self._client.ask(question, max_new_tokens=max_new_tokens)

        if len(questions) == 1:
            return self._counted([answer(questions[0])])
        pool = ThreadPoolExecutor(max_workers=min(self._concurrency, max(1, len(questions))))
        try:
            return self._counted(list(pool.map(answer, questions)))
        finally:
            pool.shutdown(cancel_futures=True)

    def _counted(self, completions: list[Completion]) -> list[Completion]:
        with self._counting:
            self.tally = self.tally.after(completions)
        return completions


def retrying(settings: ServerSettings, *, may_pass: Callable[[BaseException], bool]) -> Retrying:
    """Return what calls a function until it succeeds, fails for good, or has had all its turns.

    The last error is raised as it came.
    """
    return Retrying(
        retry=retry_if_exception(may_pass),
        stop=stop_after_attempt(settings.retries + 1),
        wait=wait_exponential(multiplier=settings.backoff, max=_LONGEST_WAIT)
        + wait_random(0, settings.backoff / 4),
        reraise=True,
    )
