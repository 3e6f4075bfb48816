"""Run the application on this machine's loopback address."""

import contextlib
import os
import socket
from collections.abc import Callable

import uvicorn

from extractor.errors import ConfigurationError
from extractor.service.app import create_app

LOOPBACK = "127.0.0.1"


def serve(*, port: int, workers: int, source_url: str | None, on_start: Callable[[str], None]) -> None:
    """Serve until interrupted; `port` 0 takes a free one. `on_start` is told the address.

    Raises:
        ConfigurationError: the port cannot be used.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
            listener.listen()  # whoever is told the address may connect at once
        except OSError as cause:
            raise ConfigurationError(
                f"port {port} cannot be used: {os.strerror(cause.errno or 0)}"
            ) from cause
        on_start(f"http://{LOOPBACK}:{listener.getsockname()[1]}")
        config = uvicorn.Config(
            create_app(workers=workers, source_url=source_url), log_level="warning", access_log=False
        )
        with contextlib.suppress(KeyboardInterrupt):  # how one stops a server
            uvicorn.Server(config).run(sockets=[listener])
