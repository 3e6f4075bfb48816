"""A real server process on a free port, for the tests of the service."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

FIXTURES = Path(__file__).parents[2] / "fixtures"
_STOP_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running server: a client of it, its folder, its process."""

    client: httpx.Client
    data_dir: Path
    pid: int

    @property
    def incoming(self) -> list[Path]:
        """Return what lies in the folder of uploads."""
        return list((self.data_dir / "incoming").iterdir())

    def resident_bytes(self) -> int:
        """Return the memory of the API's process (not of its workers)."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) * 1024


@contextmanager
def served(data_dir: Path, **settings: object) -> Iterator[Served]:
    """Serve from a folder, with settings as EXTRACTOR_… variables."""
    given = {f"EXTRACTOR_{name.upper()}": str(value) for name, value in settings.items()}
    command = [sys.executable, "-m", "extractor", "serve", "--port", "0", "--workers", "2"]
    command += ["--data-dir", str(data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | given) as server:
        assert server.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
        assert address is not None
        try:
            with httpx.Client(base_url=address.group(), timeout=120) as client:
                client.get("/health")  # answers when it has started; until then it only listens
                yield Served(client=client, data_dir=data_dir, pid=server.pid)
        finally:
            server.terminate()
            server.wait(_STOP_SECONDS)


def until(is_so: object, *, seconds: float = 60) -> None:
    """Wait until a claim (a callable) is true.

    Raises:
        TimeoutError: it never was.
    """
    assert callable(is_so)
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


def completed(client: httpx.Client, batch: str) -> dict[str, object]:
    """Return a batch when it is complete."""

    def look() -> dict[str, object]:
        shown: dict[str, object] = client.get(f"/v1/batches/{batch}").json()
        return shown

    until(lambda: look()["completed_at"])
    return look()


def content(name: str) -> bytes:
    """Return a fixture's bytes."""
    return (FIXTURES / name).read_bytes()
