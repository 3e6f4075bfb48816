"""A stop is held up by nobody: not by an upload that never ends, nor by a stream that nobody reads."""

import os
import signal
import socket
import time
from pathlib import Path

from service.served import Served, content, served, until

STOP_SECONDS = 2
SLACK_SECONDS = 20  # for a machine that does other things


def connected(running: Served, request: bytes) -> socket.socket:
    """Send the beginning of a request."""
    url = running.client.base_url
    connection = socket.create_connection((url.host, url.port or 80), timeout=60)
    connection.sendall(request)
    return connection


def is_gone(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


def stopped_after(running: Served) -> float:
    """Stop the server and return how many seconds it took."""
    before = time.monotonic()
    os.kill(running.pid, signal.SIGTERM)
    until(lambda: is_gone(running.pid), seconds=STOP_SECONDS + SLACK_SECONDS)
    return time.monotonic() - before


def test_an_upload_that_never_ends_is_broken_off_and_leaves_nothing(tmp_path: Path) -> None:
    with served(tmp_path, stop_seconds=STOP_SECONDS) as running:
        part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7'
        head = b"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\n"
        head += b"Content-Type: multipart/form-data; boundary=x\r\n"
        with connected(running, head + b"Content-Length: 1000000\r\n\r\n" + part):
            until(lambda: running.incoming)
            assert stopped_after(running) >= STOP_SECONDS / 2  # it was waited for
        assert running.incoming == []


def test_a_stream_that_nobody_reads_and_a_connection_without_a_request_hold_nothing_up(
    tmp_path: Path,
) -> None:
    with served(tmp_path, stop_seconds=STOP_SECONDS) as running:
        files = [("file", (f"{n}.pdf", content("two_pages.pdf") + b"\n" * n)) for n in range(40)]
        batch = running.client.post("/v1/batches", files=files).json()["id"]
        stream = f"GET /v1/batches/{batch}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        with connected(running, stream) as listening, connected(running, b"GET /hea"):
            assert b"200 OK" in listening.recv(100)
            stopped_after(running)


def test_a_request_that_is_waited_for_is_answered_when_it_ends_in_time(tmp_path: Path) -> None:
    with served(tmp_path, stop_seconds=10) as running:
        body = content("en_clean_invoice.pdf")
        part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        whole = part + body + b"\r\n--x--\r\n"
        head = b"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\n"
        head += b"Content-Type: multipart/form-data; boundary=x\r\n"
        head += b"Content-Length: %d\r\n\r\n" % len(whole)
        with connected(running, head + whole[:1000]) as uploading:
            until(lambda: running.incoming)
            os.kill(running.pid, signal.SIGTERM)
            time.sleep(0.5)
            uploading.sendall(whole[1000:])
            assert b"202 Accepted" in uploading.recv(1000)
