"""What docs/webhooks.md tells receivers to do works, and lists every event."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractor.storage.events import EventKind
from extractor.webhooks.signing import message, new_secret, signed_headers

PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")
CONTENT = message(kind="batch.completed", at=datetime.now(UTC), body={"batch": "bat_1", "name": "März"})


def block(language: str, having: str) -> str:
    (found,) = [text for text in re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL) if having in text]
    return str(found)


@pytest.mark.parametrize("kind", EventKind)
def test_every_event_is_in_the_table_and_has_an_example(kind: EventKind) -> None:
    assert f"| `{kind}` |" in PAGE
    assert f'"type": "{kind}"' in PAGE


@pytest.mark.parametrize(("body", "is_genuine"), [(CONTENT, True), (CONTENT + b" ", False)])
def test_the_python_of_the_page_verifies_a_message(body: bytes, *, is_genuine: bool) -> None:
    names: dict[str, object] = {}
    exec(block("python", "def receive"), names)  # noqa: S102 - the page's own lines
    secret, other = new_secret(), new_secret()
    headers = signed_headers(CONTENT, event_id="evt_1", secrets=[other, secret], sent_at=datetime.now(UTC))
    told = names["receive"](secret, headers, body)  # type: ignore[operator]  # what the page defines
    assert (told is not None) is is_genuine
    assert not is_genuine or told["data"]["name"] == "März"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize(("body", "is_genuine"), [(CONTENT, True), (CONTENT + b" ", False)])
def test_the_shell_of_the_page_verifies_a_message(tmp_path: Path, body: bytes, *, is_genuine: bool) -> None:
    secret, other = new_secret(), new_secret()
    headers = signed_headers(CONTENT, event_id="evt_1", secrets=[other, secret], sent_at=datetime.now(UTC))
    (tmp_path / "body").write_bytes(body)
    given = {
        "SECRET": secret,
        "ID": headers["webhook-id"],
        "TIMESTAMP": headers["webhook-timestamp"],
        "SIGNATURES": headers["webhook-signature"],
        "PATH": "/usr/local/bin:/usr/bin:/bin",
    }
    done = subprocess.run(
        ["sh", "-euc", block("sh", "openssl")],
        cwd=tmp_path,
        env=given,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == ("genuine\n" if is_genuine else "")
