"""A server on the loopback address that speaks vLLM's or Ollama's protocol, strictly.

What a request may hold is written down in `vllm_protocol` and `ollama_protocol`; anything else
is refused with 400. Who answers is given: canned texts, or a model that decodes under the form it was sent
(`decoding`). Faults, one a request, are served in place of an answer.
"""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

from engines.servers.protocols import Asked, Refusal, Said, Speech

Fault = Callable[[BaseHTTPRequestHandler], None]


class Answerer(Protocol):
    """What answers a request that was understood."""

    def __call__(self, asked: Asked) -> Said: ...


@dataclass(kw_only=True)
class Loopback:
    """A running server: what it was asked, and how it misbehaves."""

    speech: Speech
    answer: Answerer
    port: int = 0
    faults: list[Fault] = field(default_factory=list)  # the next requests' in place of answers
    fault: Fault | None = None  # every request's
    asked: list[Asked] = field(default_factory=list)
    requests: int = 0  # for answers
    keys: list[str | None] = field(default_factory=list)
    most_open: int = 0
    _open: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.speech.root}"

    def next_fault(self) -> Fault | None:
        with self._lock:
            self.requests += 1
            return self.faults.pop(0) if self.faults else self.fault

    @contextmanager
    def opened(self) -> Iterator[None]:
        with self._lock:
            self._open += 1
            self.most_open = max(self.most_open, self._open)
        try:
            yield
        finally:
            with self._lock:
                self._open -= 1


class Canned:
    """Answers with the given texts in turn, the last one for ever."""

    def __init__(self, *texts: str, stopped: str = "stop", room: int = 0) -> None:
        """`room`: below so many tokens the answer is cut in half."""
        self._texts = list(texts)
        self._stopped = stopped
        self._room = room

    def __call__(self, asked: Asked) -> Said:
        if asked.max_tokens < self._room:
            return Said(text=self._texts[0][: len(self._texts[0]) // 2], stopped="length")
        text = self._texts.pop(0) if len(self._texts) > 1 else self._texts[0]
        return Said(text=text, stopped=self._stopped)


@contextmanager
def serving(speech: Speech, answer: Answerer, *, fault: Fault | None = None) -> Iterator[Loopback]:
    """Serve on a free port until the block ends."""
    loopback = Loopback(speech=speech, answer=answer, fault=fault)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_GET(self) -> None:
            self._respond(b"")

        def do_POST(self) -> None:
            self._respond(self.rfile.read(int(self.headers["Content-Length"])))

        def log_message(self, *_: object) -> None:
            pass

        def _respond(self, body: bytes) -> None:
            with loopback.opened():
                loopback.keys.append(self.headers.get("Authorization"))
                is_question = self.path == speech.root + speech.question
                fault = loopback.next_fault() if is_question else None
                if fault is not None:
                    fault(self)
                    return
                try:
                    status, payload = 200, self._payload(body, is_question=is_question)
                except Refusal as refusal:
                    status, payload = refusal.status, speech.error(refusal)
                send(self, json.dumps(payload).encode(), status=status)

        def _payload(self, body: bytes, *, is_question: bool) -> Any:  # noqa: ANN401 - JSON
            if not is_question:
                return speech.other(f"{self.command} {self.path.removeprefix(speech.root)}", body)
            asked = speech.understand(body)
            loopback.asked.append(asked)
            return speech.say(asked, loopback.answer(asked))

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            """Say nothing of clients that hang up: time-outs are tested."""

    with Server(("127.0.0.1", 0), Handler) as server:
        loopback.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield loopback
        finally:
            server.shutdown()
            thread.join()


def send(
    handler: BaseHTTPRequestHandler,
    body: bytes,
    *,
    status: int = 200,
    kind: str = "application/json",
    length: int | None = None,
) -> None:
    """Send a response; a `length` beyond the body's makes a body that is cut."""
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)
    handler.wfile.flush()


def failing(status: int, body: bytes = b'{"error": "out of luck"}') -> Fault:
    return lambda handler: send(handler, body, status=status)


def saying(body: bytes, *, kind: str = "application/json") -> Fault:
    """Answer 200 with any bytes."""
    return lambda handler: send(handler, body, kind=kind)


def hanging(seconds: float) -> Fault:
    """Take the request and say nothing."""

    def hang(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return hang


def dropping(handler: BaseHTTPRequestHandler) -> None:
    """Hang up in the middle of the body."""
    send(handler, b'{"choices": [{"mess', length=400)
    handler.close_connection = True


def stalling(seconds: float) -> Fault:
    """Stop in the middle of the body, and keep the connection."""

    def stall(handler: BaseHTTPRequestHandler) -> None:
        send(handler, b'{"choices": [{"mess', length=400)
        time.sleep(seconds)
        handler.close_connection = True

    return stall


def dripping(seconds: float) -> Fault:
    """Send a byte of the body now and then, so that no silence is long, for so long in all."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        send(handler, b"{", length=4000)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(0.05)
            handler.wfile.write(b" ")
            handler.wfile.flush()
        handler.close_connection = True

    return drip


def flooding(handler: BaseHTTPRequestHandler) -> None:
    """Send a body without end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    handler.close_connection = True
    handler.wfile.write(b'{"message": {"content": "')
    while True:  # until the client hangs up, which raises
        handler.wfile.write(b"9" * 2**20)


def compressing(handler: BaseHTTPRequestHandler) -> None:
    """Send a body that is compressed, which was not asked for."""
    body = gzip.compress(b'{"message": {"role": "assistant", "content": "{}"}}')
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def redirecting(url: str) -> Fault:
    """Send the client on to another server."""

    def redirect(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(307)
        handler.send_header("Location", url)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return redirect
