"""What the README shows over HTTP works as written, in its order."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from service.served import content, served, until

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_requests_are_answered_as_said(tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    section = README.partition("### HTTP")[2].partition("```sh\n")[2].partition("```")[0]
    single, upload, result, compare, compared = re.findall(r"^curl .*?(?= {2,}#|$)", section, re.MULTILINE)
    for side in ("invoice", "contract"):
        (tmp_path / f"{side}.pdf").write_bytes(content(f"en_deviating_{side}.pdf"))
    with served(tmp_path / "data") as service:
        address = str(service.client.base_url).rstrip("/")

        def asked(command: str, *ids: str) -> Any:  # noqa: ANN401 - whatever JSON it is
            for known in ids:
                command = re.sub(r"\w+_…", known, command, count=1)
            command = command.replace("http://127.0.0.1:8000", address)
            done = subprocess.run(
                ["sh", "-c", f"{command} -sS"], cwd=tmp_path, capture_output=True, text=True, check=True
            )
            return json.loads(done.stdout)

        assert "gross_amount" in json.dumps(asked(single))
        contract, invoice = asked(upload)
        run = invoice["extraction"]["id"]
        until(lambda: "gross_amount" in json.dumps(asked(result, run)))
        made = asked(compare, contract["document"]["id"], invoice["document"]["id"])
        until(lambda: '"state": "done"' in json.dumps(asked(compared, str(made["id"]))))
        assert asked(compared, str(made["id"]))["verdict"] == "block"
