import pytest

from extractor.engines.readiness import readiness_of
from extractor.engines.registry import engine_names
from extractor.errors import UnknownEngine


@pytest.mark.parametrize("name", ["einvoice", "codes", "layout"])
def test_what_needs_nothing_is_always_ready(name: str) -> None:
    found = readiness_of(name, thoroughly=True)
    assert (found.is_ready, found.says) == (True, "")


def test_every_engine_says_what_it_reads() -> None:
    assert all(readiness_of(name, thoroughly=False).about for name in engine_names())


@pytest.mark.parametrize("name", ["vllm", "ollama"])
def test_a_server_that_is_not_there_is_said_and_not_raised(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"EXTRACTOR_{name.upper()}_URL", "http://127.0.0.1:9")
    found = readiness_of(name, thoroughly=False)
    assert not found.is_ready
    assert "127.0.0.1:9" in found.says or "pip install" in found.says


def test_a_wrong_variable_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_QWEN_DPI", "0")
    monkeypatch.setenv("EXTRACTOR_OLLAMA_TIMEOUT", "soon")
    assert "EXTRACTOR_OLLAMA_TIMEOUT" in readiness_of("ollama", thoroughly=False).says


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(UnknownEngine):
        readiness_of("gpt", thoroughly=False)
