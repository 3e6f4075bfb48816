"""Every answer is as the OpenAPI document says: schemathesis asks all of it, with and without keys."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest
from service.served import Served, served
from service.tenants import filled, made_keys

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("schemathesis") is None, reason="schemathesis is not installed (extra dev)"),
]

SEED = "20260305"
EXAMPLES = "3"  # of each operation and phase
SECONDS = 900
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
)
UNLIMITED = "100000"  # requests in a minute: the limit is tested elsewhere


def ask_everything(
    running: Served, folder: Path, *arguments: str, settings: str = "", left_out: Sequence[str] = ()
) -> None:
    """Let schemathesis ask all operations, and fail with what it says."""
    config = folder / "schemathesis.toml"
    config.write_text(settings)
    command = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"]
    command += ["--config-file", str(config), "run", f"{running.client.base_url}/schema/openapi.json"]
    command += ["--seed", SEED, "--max-examples", EXAMPLES, "--continue-on-failure", "--no-shrink"]
    command += ["--request-timeout", "60"]  # of a machine that does other things
    command += [word for method in left_out for word in ("--exclude-method", method)]
    done = subprocess.run(
        [*command, *arguments],
        cwd=folder,
        env=os.environ | {"NO_PROXY": "*", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    paths = running.client.get("/schema/openapi.json").json()["paths"].values()
    methods = [method.upper() for path in paths for method in path]
    count = len([method for method in methods if method not in left_out])
    assert f"Tested: {count}\n" in done.stdout, done.stdout[-2000:]


def test_with_open_access_every_answer_is_as_documented(tmp_path: Path) -> None:
    with served(tmp_path / "data", requests_per_minute=UNLIMITED) as running:
        ask_everything(
            running, tmp_path, "--phases", "examples,coverage,fuzzing", "--checks", ",".join(CHECKS)
        )


def test_with_keys_and_with_what_there_is_every_answer_is_as_documented(tmp_path: Path) -> None:
    data = tmp_path / "data"
    keys = made_keys(data)
    networks = json.dumps(["127.0.0.0/8"])
    limits = {"access": "keys", "requests_per_minute": UNLIMITED, "webhook_networks": networks}
    with served(data, **limits) as running:
        ids = filled(running.client, keys.owner)
        known = "\n".join(
            f'"path.{name}" = {json.dumps(value)}' for name, value in ids.items() if "/" not in name
        )
        ask_everything(
            running,
            tmp_path,
            *("--phases", "examples,fuzzing"),
            *("--header", f"Authorization: Bearer {keys.owner}"),
            *("--checks", ",".join([*CHECKS, "ignored_auth"])),
            settings=f"[parameters]\n{known}\n",
            left_out=["DELETE"],  # the others are to find what there is
        )
