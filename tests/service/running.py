"""Real processes of the service for tests: started, killed, and started again on the same data."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx
import pymupdf

FIXTURES = Path(__file__).parents[2] / "fixtures"
START_SECONDS = 120


class Process:
    """One `extractor` process. `line` is what it said when it was ready."""

    def __init__(self, *arguments: str, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "extractor", *arguments],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.line = self._process.stdout.readline()
        assert self.line, f"`extractor {' '.join(arguments)}` did not start"

    @property
    def pid(self) -> int:
        return self._process.pid

    def client(self) -> httpx.Client:
        address = re.search(r"http://[\d.]+:\d+", self.line)
        assert address is not None, self.line
        return httpx.Client(base_url=address.group(), timeout=60)

    def kill(self) -> None:
        """Kill it as a power cut would: -9, nothing is closed."""
        self._process.kill()
        self._process.wait()
        self._close()

    def stop(self) -> int:
        """Stop it as an operator would, and return its exit code."""
        self._process.terminate()
        code = self._process.wait(timeout=START_SECONDS)
        self._close()
        return code

    def _close(self) -> None:
        assert self._process.stdout is not None
        self._process.stdout.close()


def variants(count: int, *, name: str = "en_clean_invoice.pdf") -> list[bytes]:
    """Return documents that say the same and are different files."""
    content = (FIXTURES / name).read_bytes()
    return [content + b"\n%% variant %d" % number for number in range(count)]


def scan() -> bytes:
    """Return a picture of a document's page."""
    with pymupdf.open(FIXTURES / "en_clean_invoice.pdf") as file:  # type: ignore[no-untyped-call] # PyMuPDF has no types
        return bytes(file[0].get_pixmap(dpi=200).tobytes("png"))


def uploaded(client: httpx.Client, contents: list[bytes]) -> list[str]:
    """Upload documents in one request and return the ids of their extractions."""
    files = [
        ("file", (f"{number}.pdf", content, "application/pdf")) for number, content in enumerate(contents)
    ]
    answer = client.post("/v1/documents", files=files)
    assert answer.status_code == 202, answer.text
    return [accepted["extraction"]["id"] for accepted in answer.json()]
