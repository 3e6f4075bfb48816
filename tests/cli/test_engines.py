import pytest

from extractor.cli.main import run
from extractor.engines.registry import engine_names

Captured = pytest.CaptureFixture[str]


def test_all_engines_are_listed_whether_ready_or_not(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXTRACTOR_VLLM_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("EXTRACTOR_OLLAMA_URL", "http://127.0.0.1:9")
    assert run(["engines"]) == 0
    shown = capsys.readouterr().out
    assert all(f" {name} " in shown for name in engine_names())


def test_one_that_is_ready_ends_with_0_and_one_that_is_not_with_2(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["engines", "layout"]) == 0
    assert capsys.readouterr().out == "layout is ready\n"
    monkeypatch.setenv("EXTRACTOR_VLLM_TIMEOUT", "never")
    assert run(["engines", "vllm"]) == 2
    assert "vllm is not ready: EXTRACTOR_VLLM_TIMEOUT" in capsys.readouterr().err


def test_an_unknown_engine_is_refused(capsys: Captured) -> None:
    assert run(["engines", "gpt"]) == 2
    assert "there is no engine 'gpt'" in capsys.readouterr().err
