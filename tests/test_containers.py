"""What Dockerfile and compose.yaml set is what the service knows. No image is built here."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.cascade.settings import PREFIX as VISION
from extractor.cli.main import run
from extractor.engines.vllm.settings import PREFIX as VLLM
from extractor.engines.vllm.settings import VllmSettings
from extractor.settings import PREFIX, ServiceSettings, load_settings

ROOT = Path(__file__).parents[1]
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SERVICES: Mapping[str, Any] = yaml.safe_load(COMPOSE)["services"]
KNOWN = (
    {f"{PREFIX}{name.upper()}" for name in ServiceSettings.model_fields}
    | {f"{VLLM}{name.upper()}" for name in VllmSettings.model_fields}
    | {f"{VISION}ENGINE"}
)


def environment(service: str) -> dict[str, str]:
    """Return a service's variables as Compose gives them, where the shell sets what it must."""
    given: Mapping[str, str | None] = SERVICES[service]["environment"]
    return {
        name: re.sub(r"\$\{\w+(?::-([^}]*)|:\?[^}]*)\}", lambda found: found[1] or "secret", value)
        for name, value in given.items()
        if value is not None
    }


@pytest.mark.parametrize("text", [COMPOSE, DOCKERFILE], ids=["compose.yaml", "Dockerfile"])
def test_every_variable_is_a_setting(text: str) -> None:
    named = set(re.findall(rf"\b{PREFIX}[A-Z0-9_]+", text))
    assert named
    assert named <= KNOWN


@pytest.mark.parametrize("service", ["api", "worker"])
def test_the_service_takes_the_settings(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment(service).items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert not settings.is_embedded
    assert settings.database == "postgresql://extractor:secret@database:5432/extractor"
    assert settings.blobs.startswith("s3://")


def test_the_api_asks_for_keys_and_is_published_to_this_machine_alone() -> None:
    assert environment("api")["EXTRACTOR_ACCESS"] == "keys"
    assert SERVICES["api"]["ports"] == ["127.0.0.1:8000:8000"]
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["api"]


def test_a_stop_has_more_time_than_the_service_takes() -> None:
    for service in ("api", "worker"):
        grace = int(SERVICES[service]["stop_grace_period"].removesuffix("s"))
        assert grace > int(environment(service)["EXTRACTOR_STOP_SECONDS"])


@pytest.mark.parametrize("service", ["api", "worker"])
def test_commands_and_their_options_exist(service: str, capsys: pytest.CaptureFixture[str]) -> None:
    command, *options = SERVICES[service]["command"]
    assert run([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert all(option in shown for option in options)


def test_what_services_refer_to_is_there() -> None:
    declared = yaml.safe_load(COMPOSE)["volumes"]
    for service in SERVICES.values():
        assert set(service.get("depends_on", ())) <= set(SERVICES)
        assert {volume.partition(":")[0] for volume in service.get("volumes", ())} <= set(declared)


def test_the_image_runs_as_a_user_of_its_own_and_keeps_all_in_its_volume() -> None:
    lines = DOCKERFILE.splitlines()
    assert lines.index("USER extractor") < lines.index('ENTRYPOINT ["extractor"]')
    assert "VOLUME /data" in lines
    assert "EXTRACTOR_DATA_DIR=/data" in DOCKERFILE
    assert re.search(r"^HEALTHCHECK", DOCKERFILE, re.MULTILINE)
