import subprocess
import sys

import pytest

from extractor.engines.ollama import settings as of_ollama
from extractor.engines.ollama.settings import OllamaSettings
from extractor.engines.qwen.settings import QwenSettings
from extractor.engines.servers.extra import client_of
from extractor.engines.vllm import settings as of_vllm
from extractor.engines.vllm.settings import VllmSettings
from extractor.errors import ConfigurationError, EngineUnavailable


def test_without_variables_the_defaults_hold() -> None:
    assert of_vllm.settings_from({"PATH": "/bin"}) == VllmSettings()
    assert of_ollama.settings_from({"EXTRACTOR_VLLM_URL": "http://x"}) == OllamaSettings()
    assert OllamaSettings().model == "qwen2.5vl:7b"


def test_variables_set_what_they_name() -> None:
    settings = of_vllm.settings_from(
        {
            "EXTRACTOR_VLLM_URL": "https://models.example:8443/v1/",
            "EXTRACTOR_VLLM_TIMEOUT": "90.5",
            "EXTRACTOR_VLLM_API_KEY": "s3cret",
            "EXTRACTOR_VLLM_FORM": "schema",
        }
    )
    assert settings.url == "https://models.example:8443/v1"
    assert settings.timeout == 90.5
    assert settings.api_key.get_secret_value() == "s3cret"
    assert settings.form == "schema"
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "is_allowed"),
    [
        ("URL", "https://host/v1", True),
        ("URL", "host:8000", False),
        ("URL", "ftp://host", False),
        ("URL", "", False),
        ("MODEL", "", False),
        ("TIMEOUT", "0.1", True),
        ("TIMEOUT", "0", False),
        ("TIMEOUT", "nan", False),
        ("RETRIES", "0", True),
        ("RETRIES", "-1", False),
        ("RETRIES", "10", True),
        ("RETRIES", "11", False),
        ("BACKOFF", "0", True),
        ("BACKOFF", "61", False),
        ("CONCURRENCY", "1", True),
        ("CONCURRENCY", "0", False),
        ("DPI", "35", False),
        ("MODLE", "x", False),
    ],
)
@pytest.mark.parametrize("engine", ["vllm", "ollama"])
def test_a_value_out_of_bounds_or_an_unknown_name_is_refused_by_name(
    engine: str, name: str, value: str, *, is_allowed: bool
) -> None:
    settings_from = of_vllm.settings_from if engine == "vllm" else of_ollama.settings_from
    variable = f"EXTRACTOR_{engine.upper()}_{name}"
    if is_allowed:
        assert settings_from({variable: value})
    else:
        with pytest.raises(ConfigurationError, match=variable):
            settings_from({variable: value})


def test_a_refused_key_is_not_shown_in_the_message() -> None:
    with pytest.raises(ConfigurationError) as caught:
        of_vllm.settings_from({"EXTRACTOR_VLLM_API_KEY": "s3cret", "EXTRACTOR_VLLM_DPI": "1"})
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(("length", "is_enough"), [("15094", True), ("15093", False)])
def test_a_context_that_would_cut_the_image_is_refused(length: str, *, is_enough: bool) -> None:
    environment = {"EXTRACTOR_OLLAMA_CONTEXT_LENGTH": length}
    if is_enough:
        assert of_ollama.settings_from(environment).context_length == 15_094
    else:
        with pytest.raises(ConfigurationError, match=r"CONTEXT_LENGTH.*at least 15094 tokens"):
            of_ollama.settings_from(environment)


def test_longer_answers_ask_for_a_longer_context() -> None:
    with pytest.raises(ConfigurationError, match="CONTEXT_LENGTH"):
        of_ollama.settings_from({"EXTRACTOR_OLLAMA_MAX_NEW_TOKENS": "8192"})


def test_pages_are_shown_as_to_the_model_in_process() -> None:
    assert VllmSettings(concurrency=7).for_pages() == QwenSettings(batch_size=7)


@pytest.mark.parametrize("engine", ["vllm", "ollama"])
def test_without_the_extra_the_error_says_how_to_install_it(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, f"extractor.engines.{engine}.client", raising=False)
    monkeypatch.setitem(sys.modules, "outlines", None)  # what Python takes for "not installed"
    with pytest.raises(EngineUnavailable, match=r"pip install 'extractor\[servers\]'"):
        client_of(engine)


@pytest.mark.parametrize("engine", ["vllm", "ollama"])
def test_the_engine_is_made_and_the_package_imported_without_the_clients(engine: str) -> None:
    code = (
        f"import sys; from extractor.engines.registry import make_engine; make_engine('{engine}'); "
        "assert not {'torch', 'outlines', 'openai', 'ollama', 'httpx', 'tenacity'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("engine", ["vllm", "ollama"])
def test_the_clients_need_no_torch(engine: str) -> None:
    pytest.importorskip("openai", reason="the servers extra is not installed")
    pytest.importorskip("ollama", reason="the servers extra is not installed")
    code = (
        "import sys; sys.modules['torch'] = sys.modules['transformers'] = sys.modules['llguidance'] = None; "
        f"from extractor.engines.servers.extra import client_of; client_of('{engine}')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
