"""A receiver of webhooks for tests: a real HTTP server that behaves as its path says."""

import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RDWR

HANG_SECONDS = 30.0


@dataclass(frozen=True, kw_only=True)
class Received:
    path: str
    headers: dict[str, str]  # names in lower case
    body: bytes


@dataclass(kw_only=True)
class Receiver:
    """What came, and how to answer: `answers` by path, /500 answers 500, and so on."""

    port: int = 0
    requests: list[Received] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)
    overlaps: int = 0  # how often a message came while another attempt at it was under way
    busy_seconds: float = 0.0
    _under_way: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    ended: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, *, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def ids(self, path: str | None = None) -> list[str]:
        with self._lock:
            return [got.headers["webhook-id"] for got in self.requests if path in (None, got.path)]

    def wait_for(self, count: int, path: str | None = None, *, seconds: float = 20.0) -> list[str]:
        """Return the ids of what came, as soon as there are so many."""
        until = time.monotonic() + seconds
        while len(self.ids(path)) < count:
            assert time.monotonic() < until, f"{len(self.ids(path))} of {count} messages came"
            time.sleep(0.02)
        return self.ids(path)

    def begin(self, path: str, headers: dict[str, str], body: bytes) -> None:
        with self._lock:
            message = path + headers.get("webhook-id", "")
            self._under_way[message] += 1
            self.overlaps += self._under_way[message] > 1
            self.requests.append(Received(path=path, headers=headers, body=body))

    def end(self, path: str, headers: dict[str, str]) -> None:
        with self._lock:
            self._under_way[path + headers.get("webhook-id", "")] -= 1


@contextmanager
def running_receiver(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            receiver.begin(self.path, headers, body)
            try:
                _behave(self, receiver)
            except OSError:  # the sender has gone
                self.close_connection = True
            finally:
                receiver.end(self.path, headers)

        def do_GET(self) -> None:  # where redirects would lead
            receiver.begin(self.path, {}, b"")
            receiver.end(self.path, {})
            _answer(self, 200)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a handshake that fails, a sender that goes: what tests look at is the sender

    with Server(("127.0.0.1", 0), Handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        receiver.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield receiver
        finally:
            receiver.ended.set()
            server.shutdown()
            thread.join()


def _behave(handler: BaseHTTPRequestHandler, receiver: Receiver) -> None:
    special = _SPECIAL.get(handler.path)
    if special is not None:
        handler.close_connection = True
        special(handler, receiver.ended)
        return
    if receiver.busy_seconds:
        receiver.ended.wait(receiver.busy_seconds)
    _answer(handler, receiver.answers.get(handler.path) or _status(handler.path))


def _hang(_handler: BaseHTTPRequestHandler, ended: threading.Event) -> None:
    ended.wait(HANG_SECONDS)


def _close(handler: BaseHTTPRequestHandler, _ended: threading.Event) -> None:
    handler.connection.shutdown(SHUT_RDWR)


def _make_noise(handler: BaseHTTPRequestHandler, _ended: threading.Event) -> None:
    handler.wfile.write(b"this is not HTTP\r\n\r\n")


def _drip(handler: BaseHTTPRequestHandler, ended: threading.Event) -> None:
    """Send a header, a byte at a time."""
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 1000:
        handler.wfile.write(bytes([byte]))
        if ended.wait(0.1):
            return


def _send_without_end(handler: BaseHTTPRequestHandler, ended: threading.Event) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not ended.is_set():
        handler.wfile.write(b"a" * 65536)


def _stop_in_the_body(handler: BaseHTTPRequestHandler, ended: threading.Event) -> None:
    handler.send_response(200)
    handler.send_header("content-length", "1000")
    handler.end_headers()
    ended.wait(HANG_SECONDS)


_SPECIAL: dict[str, Callable[[BaseHTTPRequestHandler, threading.Event], None]] = {
    "/hang": _hang,
    "/close": _close,
    "/noise": _make_noise,
    "/drip": _drip,
    "/endless": _send_without_end,
    "/unfinished": _stop_in_the_body,
}


def _status(path: str) -> int:
    name = path.removeprefix("/")
    return int(name) if name.isdigit() else 200


def _answer(handler: BaseHTTPRequestHandler, status: int) -> None:
    handler.send_response(status)
    if status in (429, 503):
        handler.send_header("retry-after", "7200")
    if 300 <= status <= 399:
        handler.send_header("location", "/elsewhere")
    handler.send_header("content-length", "0")
    handler.end_headers()
