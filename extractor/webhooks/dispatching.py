"""The dispatcher: a thread that sends what is due, to many receivers at once, until it is stopped.

Any number of them may run, in any number of processes: a claim belongs to one. Each receiver gets a
few messages at a time, so that one that hangs takes nothing from the others.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Thread
from typing import Self, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from extractor.storage.database import Database
from extractor.storage.deliveries import Claim, claim, receivers_due, release
from extractor.webhooks.delivering import Sent, attempt, lease_of, settle
from extractor.webhooks.sending import Sender

_AT_ONCE = 256
_AT_ONCE_EACH = 4  # of one receiver
_LOOK_UPS = 32  # of names at once; a look-up can hang
_DATABASE_THREADS = 4
_POLL_SECONDS = 0.5
_LOG = logging.getLogger(__name__)

Given = TypeVar("Given")


class Dispatcher:
    """Sends deliveries when they are due: at least once each, never twice at the same time."""

    def __init__(
        self,
        database: Database,
        sender: Sender,
        *,
        clock: Callable[[], datetime],
        stop_seconds: float,
        lease: timedelta | None = None,
    ) -> None:
        """Prepare; a stop waits `stop_seconds` at most for messages that are being sent."""
        self._database = database
        self._sender = sender
        self._clock = clock
        self._stop_seconds = stop_seconds
        self._lease = lease or lease_of(sender)
        self._chance = random.Random()  # noqa: S311 - spreads attempts, guards nothing
        self._stopping = asyncio.Event()
        self._threads = ThreadPoolExecutor(_DATABASE_THREADS, thread_name_prefix="webhooks")
        self._loop: asyncio.AbstractEventLoop
        self._thread = Thread(target=self._run, name="webhooks", daemon=True)

    def __enter__(self) -> Self:
        """Start to send."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, as `stop` does."""
        self.stop()

    def start(self) -> None:
        """Send what is due, in a thread, until stopped."""
        self._loop = asyncio.new_event_loop()
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing more, wait for what is being sent, and give the rest back to others."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()
        self._threads.shutdown()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            self._loop.set_default_executor(ThreadPoolExecutor(_LOOK_UPS, thread_name_prefix="names"))
            runner.run(self._dispatch())

    async def _dispatch(self) -> None:
        running: dict[asyncio.Task[None], str] = {}  # what is being sent, and to whom
        stopped = asyncio.create_task(self._stopping.wait())
        while not self._stopping.is_set():
            claims = await self._claims(Counter(running.values()))
            for one in claims:
                running[asyncio.create_task(self._deliver(one))] = one.webhook_id
            if not claims:
                await asyncio.wait(
                    {stopped, *running}, timeout=_POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
            _reap(running)
        if running:
            await asyncio.wait(running, timeout=self._stop_seconds)
            for task in running:
                task.cancel()
            await asyncio.wait(running)
            _reap(running)

    async def _claims(self, running: Counter[str]) -> list[Claim]:
        try:
            return await self._in_thread(lambda: self._claim(running))
        except SQLAlchemyError as error:  # the next look tries again
            _LOG.error("no webhooks are sent: the database does not answer (%s)", type(error).__name__)
            return []

    def _claim(self, running: Counter[str]) -> list[Claim]:
        """Claim for each receiver what it has room for; who comes first is another each time."""
        with self._database.snapshot() as session:
            due = receivers_due(session, now=self._clock())
        receivers = [webhook_id for webhook_id in due if running[webhook_id] < _AT_ONCE_EACH]
        if not receivers:
            return []
        self._chance.shuffle(receivers)
        claims: list[Claim] = []
        room = _AT_ONCE - running.total()
        with self._database.transaction() as session:
            for webhook_id in receivers:
                limit = min(_AT_ONCE_EACH - running[webhook_id], room - len(claims))
                if limit <= 0:
                    break
                claims += claim(session, webhook_id, limit=limit, lease=self._lease, now=self._clock())
        return claims

    async def _deliver(self, claimed: Claim) -> None:
        now = self._clock()
        if now + timedelta(seconds=self._sender.seconds) > claimed.until:
            return  # claimed too long ago: another may have it before this attempt ends
        try:
            sent = await attempt(self._sender, claimed, now=now)
        except asyncio.CancelledError:  # stopped while the receiver took its time
            await self._in_thread(lambda: self._release(claimed))
            raise
        await self._in_thread(lambda: self._settle(sent))
        if not sent.answer.is_taken:
            answer = sent.answer.status or sent.answer.error
            _LOG.info("%s was not delivered to %s: %s", claimed.event_id, claimed.webhook_id, answer)

    def _settle(self, sent: Sent) -> None:
        now = self._clock()
        with self._database.transaction() as session:
            settle(session, sent, now=now, chance=self._chance)

    def _release(self, claimed: Claim) -> None:
        with self._database.transaction() as session:
            release(session, claimed, now=self._clock())

    async def _in_thread(self, work: Callable[[], Given]) -> Given:
        return await self._loop.run_in_executor(self._threads, work)


def _reap(running: dict[asyncio.Task[None], str]) -> None:
    """Forget what has ended. What could not be recorded is sent again when its claim has run out."""
    for task in [task for task in running if task.done()]:
        webhook_id = running.pop(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            _LOG.error("an attempt for %s could not be recorded (%s)", webhook_id, type(error).__name__)
