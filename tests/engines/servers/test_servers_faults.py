import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("openai", reason="the servers extra is not installed")
pytest.importorskip("ollama", reason="the servers extra is not installed")

from engines.servers.conftest import GRAMMAR, OLLAMA, Protocol
from engines.servers.loopback import (
    Canned,
    Fault,
    compressing,
    dripping,
    dropping,
    failing,
    flooding,
    hanging,
    redirecting,
    saying,
    serving,
    stalling,
)
from engines.servers.protocols import Asked, Said

from extractor.documents.pdf import Raster
from extractor.engines.qwen.completion import Completion, PageQuestion
from extractor.engines.servers.extra import client_of
from extractor.errors import (
    ConfigurationError,
    EngineError,
    EngineTimeout,
    EngineUnavailable,
    ExtractorError,
    MalformedCompletion,
    PageUnreadable,
)

WHITE = Raster(width=56, height=56, rgb=b"\xff" * (56 * 56 * 3))
QUESTION = PageQuestion(
    image=WHITE, system="Copy.", prompt="Read.", grammar='start: "{}"', schema='{"type": "object"}'
)


def ask(protocol: Protocol, url: str, *, questions: int = 1, **changed: Any) -> list[Completion]:  # noqa: ANN401
    completer = client_of(protocol.engine).load_completer(protocol.settings(url, **changed))
    answers: list[Completion] = completer.complete([QUESTION] * questions, max_new_tokens=50)
    return answers


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 529])
def test_what_may_pass_is_tried_again(protocol: Protocol, status: int) -> None:
    with serving(protocol.speech(), Canned("{}")) as loopback:
        loopback.faults = [failing(status), failing(status)]
        assert ask(protocol, loopback.url, retries=2)[0].text == "{}"
    assert loopback.requests == 3


@pytest.mark.parametrize("fault", [failing(500), failing(500, b"[]"), failing(500, b"<html>"), dropping])
def test_what_does_not_pass_is_an_error_after_the_last_turn(protocol: Protocol, fault: Fault) -> None:
    with serving(protocol.speech(), Canned("{}"), fault=fault) as loopback, pytest.raises(EngineUnavailable):
        ask(protocol, loopback.url, retries=1)
    assert loopback.requests == 2


def test_the_cause_is_kept_and_the_servers_words_are_passed_on(protocol: Protocol) -> None:
    body = b'{"error": "more memory is needed: 6.0 GiB"}'
    with (
        serving(protocol.speech(), Canned("{}"), fault=failing(500, body)) as loopback,
        pytest.raises(EngineUnavailable, match=r"status 500.*6\.0 GiB") as caught,
    ):
        ask(protocol, loopback.url, retries=0)
    assert caught.value.__cause__ is not None
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("fault", [dropping, failing(503)])
def test_a_connection_that_was_dropped_once_costs_nothing(protocol: Protocol, fault: Fault) -> None:
    with serving(protocol.speech(), Canned("{}")) as loopback:
        loopback.faults = [fault]
        assert ask(protocol, loopback.url, retries=1)[0].is_complete


@pytest.mark.parametrize(
    "fault",
    [hanging(1.5), stalling(1.5), dripping(3.0)],
    ids=["hangs", "stalls in the body", "drips"],
)
def test_a_server_that_hangs_is_waited_for_no_longer_than_set(protocol: Protocol, fault: Fault) -> None:
    with serving(protocol.speech(), Canned("{}"), fault=fault) as loopback:
        variable = f"EXTRACTOR_{protocol.engine.upper()}_TIMEOUT"
        with pytest.raises(EngineTimeout, match=rf"within 0\.3 s.*{variable}"):
            ask(protocol, loopback.url, timeout=0.3, retries=0)


def test_an_answer_without_end_is_given_up_at_a_bound(protocol: Protocol) -> None:
    with (
        serving(protocol.speech(), Canned("{}"), fault=flooding) as loopback,
        pytest.raises(MalformedCompletion, match="longer than 67108864 bytes"),
    ):
        ask(protocol, loopback.url, retries=2)
    assert loopback.requests == 1


def test_an_answer_that_is_compressed_could_have_any_length_and_is_refused(protocol: Protocol) -> None:
    with (
        serving(protocol.speech(), Canned("{}"), fault=compressing) as loopback,
        pytest.raises(MalformedCompletion, match="compressed"),
    ):
        ask(protocol, loopback.url, retries=2)
    assert loopback.requests == 1


def test_a_server_that_hung_once_is_asked_again(protocol: Protocol) -> None:
    with serving(protocol.speech(), Canned("{}")) as loopback:
        loopback.faults = [hanging(1.5)]
        assert ask(protocol, loopback.url, timeout=0.5, retries=1)[0].text == "{}"


def test_a_refused_connection_names_the_command_that_starts_the_server(protocol: Protocol) -> None:
    command = "vllm serve" if protocol.engine == "vllm" else "ollama serve"
    with pytest.raises(EngineUnavailable, match=rf"127\.0\.0\.1:9.*refused.*`{command}"):
        ask(protocol, "http://127.0.0.1:9", retries=0)


@pytest.mark.parametrize(
    ("status", "error", "says"),
    [
        (400, EngineError, "extractor engines"),
        (413, EngineError, "extractor engines"),
        (401, ConfigurationError, "API_KEY"),
        (403, ConfigurationError, "API_KEY"),
        (404, EngineUnavailable, "_URL"),
    ],
)
def test_a_refusal_is_not_tried_again(
    protocol: Protocol, status: int, error: type[ExtractorError], says: str
) -> None:
    fault = failing(
        status, b'{"error": {"message": "no"}}' if protocol.engine == "vllm" else b'{"error": "no"}'
    )
    with (
        serving(protocol.speech(), Canned("{}"), fault=fault) as loopback,
        pytest.raises(error, match=says),
    ):
        ask(protocol, loopback.url, retries=3)
    assert loopback.requests == 1


def test_a_model_that_is_not_there_names_the_command_that_fetches_it(protocol: Protocol) -> None:
    command = "vllm serve other:1b" if protocol.engine == "vllm" else "ollama pull other:1b"
    with (
        serving(protocol.speech(), Canned("{}")) as loopback,
        pytest.raises(EngineUnavailable, match=command),
    ):
        ask(protocol, loopback.url, model="other:1b")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (saying(b"<html>Sign in</html>", kind="text/html"), EngineError),
        (saying(b'{"choices": [{"mess'), MalformedCompletion),
        (saying(b""), MalformedCompletion),
        (saying(b"[" * 200_000), MalformedCompletion),
        (saying(b'{"a":' * 200_000), MalformedCompletion),
        (saying(b"\xff\xfe\x00"), MalformedCompletion),
        (saying(b"[]"), EngineError),
        (saying(b"null"), EngineError),
        (saying(b'"ok"'), EngineError),
        (saying(b"{}"), MalformedCompletion),
        (saying(b'{"choices": [], "message": {}}'), MalformedCompletion),
        (
            saying(b'{"choices": [{"message": {"content": {"a": 1}}}], "message": {"content": 7}}'),
            MalformedCompletion,
        ),
        (
            saying(b'{"choices": [{"message": {"content": null}}], "message": {"role": "assistant"}}'),
            MalformedCompletion,
        ),
    ],
)
def test_a_response_of_another_kind_is_an_error(
    protocol: Protocol, fault: Fault, error: type[EngineError]
) -> None:
    with serving(protocol.speech(), Canned("{}"), fault=fault) as loopback, pytest.raises(error):
        ask(protocol, loopback.url, retries=0)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "message", "content", "logprobs", "finish_reason", "done", "error", "data"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("protocol", [GRAMMAR, OLLAMA], ids=["vllm", "ollama"])
def test_any_json_in_place_of_an_answer_is_an_error_of_ours_or_a_text(protocol: Protocol) -> None:
    with serving(protocol.speech(), Canned("{}")) as loopback:

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
        @given(JSON)
        def holds(body: object) -> None:
            loopback.fault = saying(json.dumps(body).encode())
            with suppress(ExtractorError):
                (completion,) = ask(protocol, loopback.url, retries=0)
                assert isinstance(completion.text, str)

        holds()


def test_a_page_is_not_sent_on_to_another_server(protocol: Protocol) -> None:
    with serving(protocol.speech(), Canned("{}")) as other, serving(protocol.speech(), Canned("{}")) as named:
        named.fault = redirecting(other.url + other.speech.question)
        with pytest.raises(EngineUnavailable, match=r"status 307.*_URL"):
            ask(protocol, named.url)
    assert other.requests == 0


def test_a_context_that_is_too_short_says_what_to_lower(protocol: Protocol) -> None:
    body = b'{"message": "maximum context length is 4096", "error": "maximum context length is 4096"}'
    with (
        serving(protocol.speech(), Canned("{}"), fault=failing(400, body)) as loopback,
        pytest.raises(EngineError, match=r"_MAX_NEW_TOKENS or .*_MAX_PIXELS"),
    ):
        ask(protocol, loopback.url)


def test_as_many_requests_as_set_are_open_at_a_time_and_answers_keep_their_order(protocol: Protocol) -> None:
    together = Barrier(3, timeout=20)  # breaks where fewer than three are asked at a time

    def echo(asked: Asked) -> Said:
        together.wait()
        return Said(text=asked.prompt)

    with serving(protocol.speech(), echo) as loopback:
        questions = [replace(QUESTION, prompt=f"page {number}") for number in range(6)]
        completer = client_of(protocol.engine).load_completer(protocol.settings(loopback.url, concurrency=3))
        answers = completer.complete(questions, max_new_tokens=50)
    assert [each.text for each in answers] == [each.prompt for each in questions]
    assert loopback.most_open == 3


def test_no_more_than_set_are_open_whichever_threads_ask(protocol: Protocol) -> None:
    def slowly(asked: Asked) -> Said:
        time.sleep(0.05)
        return Said(text=asked.prompt)

    with serving(protocol.speech(), slowly) as loopback, ThreadPoolExecutor() as threads:
        asking = [threads.submit(ask, protocol, loopback.url, questions=3, concurrency=2) for _ in range(4)]
        assert [len(each.result()) for each in asking] == [3] * 4
    assert loopback.most_open == 2


def test_several_images_keep_their_order_and_stand_before_the_text(
    protocol: Protocol,
) -> None:
    sizes = [(56, 56), (84, 56), (56, 112)]
    first, *further = (Raster(width=w, height=h, rgb=bytes(w * h * 3)) for w, h in sizes)
    question = replace(QUESTION, image=first, further_images=tuple(further))
    with serving(protocol.speech(), Canned("{}")) as loopback:
        completer = client_of(protocol.engine).load_completer(protocol.settings(loopback.url))
        completer.complete([question], max_new_tokens=50)
    (asked,) = loopback.asked
    assert [image.size for image in asked.images] == sizes
    assert asked.is_image_first


def test_a_question_without_a_schema_needs_a_server_that_takes_grammars(protocol: Protocol) -> None:
    question = replace(QUESTION, schema="")
    takes_grammars = protocol.chosen.get("form") == "grammar"
    with serving(protocol.speech(), Canned("{}")) as loopback:
        completer = client_of(protocol.engine).load_completer(protocol.settings(loopback.url))
        if takes_grammars:
            assert completer.complete([question], max_new_tokens=50)[0].text == "{}"
        else:
            with pytest.raises(ConfigurationError, match="held to a grammar"):
                completer.complete([question], max_new_tokens=50)
    assert loopback.requests == int(takes_grammars)


def test_the_first_error_of_several_questions_counts(protocol: Protocol) -> None:
    with serving(protocol.speech(), Canned("{}")) as loopback:
        loopback.faults = [failing(400)]
        with pytest.raises(EngineError):
            ask(protocol, loopback.url, questions=3, concurrency=1)


def test_a_key_is_sent_and_never_shown(protocol: Protocol) -> None:
    with serving(protocol.speech(), Canned("{}")) as loopback:
        ask(protocol, loopback.url, api_key="s3cret")
        ask(protocol, loopback.url)
    assert loopback.keys[0] == "Bearer s3cret"
    assert "s3cret" not in (loopback.keys[1] or "")
    assert "s3cret" not in repr(protocol.settings(loopback.url, api_key="s3cret"))


@pytest.mark.parametrize(("length", "is_taken"), [(200, True), (201, False)])
def test_a_page_longer_than_the_processor_takes_is_refused_before_it_is_sent(
    protocol: Protocol, length: int, *, is_taken: bool
) -> None:
    strip = Raster(width=1, height=length, rgb=b"\xff" * (length * 3))
    question = replace(QUESTION, image=strip)
    with serving(protocol.speech(), Canned("{}")) as loopback:
        completer = client_of(protocol.engine).load_completer(protocol.settings(loopback.url))
        if is_taken:
            assert completer.complete([question], max_new_tokens=50)
        else:
            with pytest.raises(PageUnreadable):
                completer.complete([question], max_new_tokens=50)
    assert len(loopback.asked) == int(is_taken)
