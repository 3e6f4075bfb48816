from typing import Any

import pytest

pytest.importorskip("openai", reason="the servers extra is not installed")
pytest.importorskip("ollama", reason="the servers extra is not installed")

from engines.servers.conftest import GRAMMAR, OLLAMA, SCHEMA, Protocol
from engines.servers.loopback import Canned, Fault, failing, hanging, saying, serving
from engines.servers.ollama_protocol import Ollama
from engines.servers.protocols import Refusal
from engines.servers.vllm_protocol import Vllm

from extractor.engines.servers.probe import PROBE, is_obeyed
from extractor.errors import ConfigurationError, EngineError, EngineTimeout, EngineUnavailable

HELD = Canned('{"word": "quartz 41907"}')
OWN_WORDS = Canned("White")


def check(protocol: Protocol, url: str, *, thoroughly: bool = True, **changed: Any) -> str:  # noqa: ANN401
    return protocol.make_engine(url, retries=0, **changed).check(thoroughly=thoroughly)


def test_a_server_that_keeps_to_the_form_is_ready(protocol: Protocol) -> None:
    with serving(protocol.speech(), HELD) as loopback:
        says = check(protocol, loopback.url)
    assert "takes images and keeps to" in says
    assert loopback.asked[0].images[0].size == (112, 112)


def test_a_server_that_ignores_the_form_is_not_ready(protocol: Protocol) -> None:
    with (
        serving(protocol.speech(), OWN_WORDS) as loopback,
        pytest.raises(EngineUnavailable, match=r"ignores the form.*'White'"),
    ):
        check(protocol, loopback.url)


def test_the_quick_look_asks_no_question(protocol: Protocol) -> None:
    with serving(protocol.speech(), OWN_WORDS) as loopback:
        assert loopback.url in check(protocol, loopback.url, thoroughly=False)
    assert loopback.requests == 0


def test_a_server_that_is_down_names_the_command(protocol: Protocol) -> None:
    command = "vllm serve" if protocol.engine == "vllm" else "ollama serve"
    with pytest.raises(EngineUnavailable, match=rf"no .* server answers.*`{command}"):
        check(protocol, "http://127.0.0.1:9")


def test_a_model_that_is_not_there_lists_what_there_is(protocol: Protocol) -> None:
    command = "vllm serve mine" if protocol.engine == "vllm" else "ollama pull mine"
    with (
        serving(protocol.speech(models=("llama3:8b", "bge")), HELD) as loopback,
        pytest.raises(EngineUnavailable, match=rf"llama3:8b, bge.*`{command}"),
    ):
        check(protocol, loopback.url, model="mine", thoroughly=False)


def test_a_server_without_models_says_none(protocol: Protocol) -> None:
    with (
        serving(protocol.speech(models=()), HELD) as loopback,
        pytest.raises(EngineUnavailable, match="has: none"),
    ):
        check(protocol, loopback.url)


@pytest.mark.parametrize(
    ("protocol", "path"), [(GRAMMAR, "/v2"), (GRAMMAR, ""), (OLLAMA, "/v1")], ids=["v2", "no v1", "ollama v1"]
)
def test_a_wrong_path_is_told_from_a_missing_model(protocol: Protocol, path: str) -> None:
    with serving(protocol.speech(), HELD) as loopback:
        url = f"http://127.0.0.1:{loopback.port}{path}"
        with pytest.raises(EngineUnavailable, match=r"is not a.* server.*_URL"):
            check(protocol, url)


def test_the_other_servers_address_is_told() -> None:
    with serving(Vllm(), HELD) as loopback, pytest.raises(EngineUnavailable, match=r"not a.* Ollama server"):
        check(OLLAMA, f"http://127.0.0.1:{loopback.port}")
    with serving(Ollama(), HELD) as loopback, pytest.raises(EngineUnavailable, match=r"not a.* vLLM server"):
        check(GRAMMAR, f"{loopback.url}/v1")


def _listing(protocol: Protocol, fault: Fault) -> Any:  # noqa: ANN401
    """Return a protocol whose list of models, not whose answer, misbehaves."""
    speech = protocol.speech()
    speech.question = "/models" if protocol.engine == "vllm" else "/api/tags"
    return serving(speech, HELD, fault=fault)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (saying(b"<html>Welcome</html>", kind="text/html"), EngineError),
        (saying(b"[]"), EngineError),
        (saying(b'{"models": 3, "data": "x"}'), EngineError),
        (saying(b'{"models": [{'), EngineError),
        (failing(503), EngineUnavailable),
        (failing(401), ConfigurationError),
        (hanging(5), EngineTimeout),
    ],
)
def test_a_list_of_models_that_is_none_is_an_error(
    protocol: Protocol, fault: Fault, error: type[Exception]
) -> None:
    with _listing(protocol, fault) as loopback, pytest.raises(error):
        check(protocol, loopback.url, timeout=0.5)


def test_vllm_before_0_12_is_found_out() -> None:
    with (
        serving(Vllm(is_before_0_12=True), OWN_WORDS) as loopback,
        pytest.raises(EngineUnavailable, match=r"vLLM 0\.12.*--structured-outputs-config\.backend guidance"),
    ):
        check(GRAMMAR, loopback.url)
    assert loopback.asked[0].grammar is None


def test_a_backend_that_cannot_read_the_grammar_is_found_out() -> None:
    with serving(Vllm(backend="xgrammar"), HELD) as loopback:
        with pytest.raises(
            EngineUnavailable, match=r"Invalid grammar.*backend guidance.*EXTRACTOR_VLLM_FORM=schema"
        ):
            check(GRAMMAR, loopback.url)
        assert "schema" in check(SCHEMA, loopback.url)


def test_a_model_without_eyes_is_found_out() -> None:
    with (
        serving(Vllm(takes_images=False), HELD) as loopback,
        pytest.raises(EngineUnavailable, match="takes no images"),
    ):
        check(GRAMMAR, loopback.url)
    with (
        serving(Ollama(capabilities=("completion",)), HELD) as loopback,
        pytest.raises(EngineUnavailable, match="takes no images"),
    ):
        check(OLLAMA, loopback.url)


@pytest.mark.parametrize(("length", "is_enough"), [(16_384, True), (16_383, False)])
def test_a_model_with_too_short_a_context_is_found_out(length: int, *, is_enough: bool) -> None:
    with serving(Ollama(context_length=length), HELD) as loopback:
        if is_enough:
            assert check(OLLAMA, loopback.url)
        else:
            with pytest.raises(ConfigurationError, match=r"16383 tokens.*CONTEXT_LENGTH"):
                check(OLLAMA, loopback.url)


def test_a_tag_may_be_left_out_where_it_is_the_latest() -> None:
    with serving(Ollama(models=("mine:latest",)), HELD) as loopback:
        assert check(OLLAMA, loopback.url, model="mine", thoroughly=False)


def test_the_loopback_server_refuses_what_no_server_takes() -> None:
    for speech in (Vllm(), Ollama()):
        for body in (b"", b"{}", b'{"model": "qwen2.5vl:7b", "messages": [], "temperatur": 0}'):
            with pytest.raises(Refusal):
                speech.understand(body)


@pytest.mark.parametrize(
    ("answer", "is_held"),
    [
        ('{"word": "quartz 41907"}', True),
        ('{ "word" : "quartz 41907" }\n', True),
        ('{"word": "quartz 4190"}', False),
        ('{"word": "White"}', False),
        ("quartz 41907", False),
        ('{"word": "quartz 41907"', False),
        ("[]", False),
    ],
)
def test_only_the_one_answer_keeps_to_the_form(answer: str, *, is_held: bool) -> None:
    assert is_obeyed(answer) is is_held


def test_the_question_does_not_give_the_answer_away() -> None:
    assert "quartz" not in PROBE.prompt + PROBE.system
