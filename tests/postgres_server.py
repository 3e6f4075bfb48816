"""A PostgreSQL of our own for tests: a fresh cluster in a temporary folder, on a socket of its own."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_SYSTEM_USER = "postgres"  # the server refuses to run as root
_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_NO_SAFETY = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200"


def missing_postgres() -> str | None:
    """Return why no PostgreSQL can be started here; None if one can."""
    if _program("initdb") is None:
        return "PostgreSQL's server programs are not installed (Debian: postgresql)"
    if os.geteuid() == 0 and _SYSTEM_USER not in {user.pw_name for user in pwd.getpwall()}:
        return f"PostgreSQL refuses to run as root, and there is no user {_SYSTEM_USER}"
    return None


@contextmanager
def running_postgres() -> Iterator[str]:
    """Yield the URL of a server without any database of ours: postgresql://…:PORT."""
    with TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        cluster = folder / "cluster"
        cluster.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(folder, user=_SYSTEM_USER)
            shutil.chown(cluster, user=_SYSTEM_USER)
        port = _free_port()
        _run("initdb", "-D", str(cluster), "-U", "tests", "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} {_NO_SAFETY}"
        _run("pg_ctl", "-D", str(cluster), "-o", options, "-w", "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://tests@127.0.0.1:{port}"
        finally:
            _run("pg_ctl", "-D", str(cluster), "-m", "immediate", "stop")


def new_database(server: str, name: str) -> str:
    """Make a database and return its URL."""
    import psycopg  # noqa: PLC0415 - only where a server runs

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # the name is the test's own
    return f"{server}/{name}"


def _run(program: str, *arguments: str) -> None:
    as_user = ["runuser", "-u", _SYSTEM_USER, "--"] if os.geteuid() == 0 else []
    command = [*as_user, str(_program(program)), *arguments]
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", timeout=120
    )


def _program(name: str) -> Path | None:
    for folder in _PLACES:
        if (folder / name).is_file():
            return folder / name
    found = shutil.which(name)
    return Path(found) if found else None


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
