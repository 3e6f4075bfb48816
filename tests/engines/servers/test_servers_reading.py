import json
from dataclasses import replace

import pytest

pytest.importorskip("openai", reason="the servers extra is not installed")
pytest.importorskip("ollama", reason="the servers extra is not installed")

from engines.asked import PdfMaker
from engines.servers.conftest import GRAMMAR, OLLAMA, SCHEMA, Protocol
from engines.servers.loopback import Canned, serving
from engines.servers.ollama_protocol import Ollama
from engines.servers.protocols import Said
from engines.servers.vllm_protocol import Vllm

from extractor.engines.reading import Candidate
from extractor.errors import ConfigurationError, IncompleteCompletion, MalformedCompletion
from extractor.field_specs.spec import Spec
from extractor.pages.reading import read_pages
from extractor.pages.word import Origin

BILL = ("Harrow Ltd. No. A-17", "Oak board 20,00", "Total EUR 20,00")
TRUE = json.dumps(
    {"number": "A-17", "gross": "20,00", "items": [{"description": "Oak board", "net": "20,00"}]}
)


def test_an_answer_is_placed_on_the_page(protocol: Protocol, make_pdf: PdfMaker, bill: Spec) -> None:
    document = make_pdf(BILL)
    (page,) = read_pages(document)
    with serving(protocol.speech(), Canned(TRUE)) as loopback:
        reading = protocol.make_engine(loopback).read(document, [page], bill)
    (number,) = reading.candidates["number"]
    assert reading.engine == protocol.engine
    assert number.evidence.boxes == (next(word.box for word in page.words if word.text == "A-17"),)
    assert [cell.text for cell in reading.tables["items"][0].cells.values()] == ["Oak board", "20,00"]


def test_the_page_goes_to_the_server_as_an_image_with_the_questions(
    protocol: Protocol, make_pdf: PdfMaker, bill: Spec
) -> None:
    document = make_pdf(BILL)
    with serving(protocol.speech(), Canned(TRUE)) as loopback:
        protocol.make_engine(loopback, dpi=144).read(document, read_pages(document), bill)
    (asked,) = loopback.asked
    assert asked.images[0].size == (560, 280)
    assert min(asked.images[0].convert("L").tobytes()) < 100  # print is on it
    assert asked.is_image_first
    assert '"gross"' in asked.prompt
    assert "copy" in asked.system.lower()


def test_a_server_that_takes_grammars_is_sent_the_words_of_the_page(make_pdf: PdfMaker, bill: Spec) -> None:
    document = make_pdf(BILL)
    with serving(Vllm(), Canned(TRUE)) as loopback:
        GRAMMAR.make_engine(loopback).read(document, read_pages(document), bill)
    (asked,) = loopback.asked
    assert asked.schema is None
    assert asked.grammar is not None
    assert '"Harrow"' in asked.grammar


@pytest.mark.parametrize("protocol", [SCHEMA, OLLAMA], ids=["vllm-schema", "ollama"], indirect=False)
def test_a_server_that_takes_schemas_is_sent_the_shape(
    protocol: Protocol, make_pdf: PdfMaker, bill: Spec
) -> None:
    document = make_pdf(BILL)
    with serving(protocol.speech(), Canned(TRUE)) as loopback:
        protocol.make_engine(loopback, max_rows=7).read(document, read_pages(document), bill)
    (asked,) = loopback.asked
    assert asked.grammar is None
    schema = json.loads(asked.schema or "")
    assert list(schema["properties"]) == ["number", "gross", "items"]
    assert schema["properties"]["items"]["maxItems"] == 7


def test_ollama_is_told_how_much_context_a_page_takes(make_pdf: PdfMaker, bill: Spec) -> None:
    document = make_pdf(BILL)
    with serving(Ollama(), Canned(TRUE)) as loopback:
        OLLAMA.make_engine(loopback, context_length=20_000).read(document, read_pages(document), bill)
    assert loopback.asked[0].context == 20_000


@pytest.mark.parametrize(("prompt", "is_whole"), [(19_989, True), (19_990, False)])
def test_a_page_that_ollama_cut_to_its_context_is_an_error(
    make_pdf: PdfMaker, bill: Spec, prompt: int, *, is_whole: bool
) -> None:
    document = make_pdf(BILL)
    with serving(Ollama(prompt_tokens=prompt), Canned(TRUE)) as loopback:
        engine = OLLAMA.make_engine(loopback, context_length=20_000)
        if is_whole:
            assert engine.read(document, read_pages(document), bill).candidates
        else:
            with pytest.raises(ConfigurationError, match="EXTRACTOR_OLLAMA_CONTEXT_LENGTH"):
                engine.read(document, read_pages(document), bill)


def test_an_answer_that_was_cut_off_is_asked_for_once_more_with_twice_the_room(
    protocol: Protocol, make_pdf: PdfMaker, bill: Spec
) -> None:
    document = make_pdf(BILL)
    with serving(protocol.speech(), Canned(TRUE, room=200)) as loopback:
        engine = protocol.make_engine(loopback, max_new_tokens=100)
        reading = engine.read(document, read_pages(document), bill)
    assert reading.candidates["number"][0].text == "A-17"
    assert [asked.max_tokens for asked in loopback.asked] == [100, 200]


def test_an_answer_that_stays_cut_off_names_the_page_and_the_variable(
    protocol: Protocol, make_pdf: PdfMaker, bill: Spec
) -> None:
    document = make_pdf(BILL)
    with serving(protocol.speech(), Canned(TRUE, room=201)) as loopback:
        engine = protocol.make_engine(loopback, max_new_tokens=100)
        variable = f"EXTRACTOR_{protocol.engine.upper()}_MAX_NEW_TOKENS"
        with pytest.raises(IncompleteCompletion, match=rf"page 1.*after 200 tokens.*{variable}"):
            engine.read(document, read_pages(document), bill)


@pytest.mark.parametrize(
    "answer",
    [
        TRUE[:-9],
        f"Here is what I read: {TRUE}",
        f"{TRUE}\nShall I go on?",
        f"```json\n{TRUE}\n```",
        "",
        "null",
        "[]",
        "{}",
        '{"number": "A-17", "gross": 20.0, "items": []}',
        '{"number": "A-17", "gross": "20,00", "items": [], "note": "x"}',
        '{"number": ["A-17"], "gross": null, "items": []}',
        '{"number": "A-17", "number": "A-17", "gross": null, "items": []}',
        '{"number": "\\ud83d", "gross": null, "items": []}',
    ],
    ids=lambda answer: answer[:24] or "nothing",
)
def test_an_answer_of_another_form_is_an_error(
    protocol: Protocol, make_pdf: PdfMaker, bill: Spec, answer: str
) -> None:
    document = make_pdf(BILL)
    with serving(protocol.speech(), Canned(answer)) as loopback:
        engine = protocol.make_engine(loopback)
        with pytest.raises(MalformedCompletion):
            engine.read(document, read_pages(document), bill)
    assert loopback.requests == 1  # the same question has the same answer


@pytest.mark.parametrize("said", ["99,99", "20,0", "0,00", "2", "A-71"])
def test_an_invented_value_has_no_place(
    protocol: Protocol, make_pdf: PdfMaker, bill: Spec, said: str
) -> None:
    document = make_pdf(BILL)
    answer = json.dumps({"number": None, "gross": said, "items": []})
    with serving(protocol.speech(), Canned(answer)) as loopback:
        reading = protocol.make_engine(loopback).read(document, read_pages(document), bill)
    (gross,) = reading.candidates["gross"]
    assert gross.evidence.boxes == ()
    assert gross.evidence.origin is Origin.MODEL
    assert gross.score < 0.5


@pytest.mark.parametrize(
    ("said", "has_place"),
    [("Harrow Ltd. No. A-17", True), ("Harrow Ltd. No. A-I7", True), ("Mill & Sons", False)],
)
def test_on_a_recognised_page_what_is_nearly_printed_has_a_place_and_is_less_sure(
    protocol: Protocol, make_pdf: PdfMaker, bill: Spec, said: str, *, has_place: bool
) -> None:
    document = make_pdf(BILL)
    (page,) = read_pages(document)
    recognised = replace(page, words=tuple(replace(word, origin=Origin.OCR) for word in page.words))
    answer = json.dumps({"number": said, "gross": None, "items": []})
    with serving(protocol.speech(), Canned(answer)) as loopback:
        reading = protocol.make_engine(loopback).read(document, [recognised], bill)
    (number,) = reading.candidates["number"]
    assert bool(number.evidence.boxes) is has_place
    assert number.evidence.origin is (Origin.OCR if has_place else Origin.MODEL)
    assert (number.score < 0.75) is (said != BILL[0])  # what no server's word on its tokens makes surer


@pytest.mark.parametrize("said", ['""', '"  "', "null"])
def test_a_blank_says_nothing(protocol: Protocol, make_pdf: PdfMaker, bill: Spec, said: str) -> None:
    document = make_pdf(BILL)
    answer = f'{{"number": {said}, "gross": "20,00", "items": []}}'
    with serving(protocol.speech(), Canned(answer)) as loopback:
        reading = protocol.make_engine(loopback).read(document, read_pages(document), bill)
    assert list(reading.candidates) == ["gross"]


def test_members_in_another_order_and_white_space_are_no_fault(
    protocol: Protocol, make_pdf: PdfMaker, bill: Spec
) -> None:
    document = make_pdf(BILL)
    answer = json.dumps({"items": [], "gross": "20,00", "number": "A-17"}, indent=2)
    with serving(protocol.speech(), Canned(answer)) as loopback:
        reading = protocol.make_engine(loopback).read(document, read_pages(document), bill)
    assert reading.candidates["gross"][0].text == "20,00"


def test_every_page_is_asked_and_answers_go_to_their_pages(
    protocol: Protocol, make_pdf: PdfMaker, bill: Spec
) -> None:
    document = make_pdf(*((f"No. A-{number}",) for number in range(1, 6)))
    texts = (json.dumps({"number": f"A-{number}", "gross": None, "items": []}) for number in range(1, 6))
    with serving(protocol.speech(), Canned(*texts)) as loopback:
        engine = protocol.make_engine(loopback, concurrency=1)
        reading = engine.read(document, read_pages(document), bill)
    placed = [
        (each.text, each.evidence.page, bool(each.evidence.boxes)) for each in reading.candidates["number"]
    ]
    assert placed == [(f"A-{number}", number, True) for number in range(1, 6)]


def sure(protocol: Protocol, make_pdf: PdfMaker, bill: Spec, *, log_probability: float) -> Candidate:
    document = make_pdf(BILL)
    pieces = ['{"number": "', "A", "-17", '", "gross": null, "items": []}', "<|im_end|>"]
    told = tuple((piece.encode(), log_probability if piece == "-17" else 0.0) for piece in pieces)
    said = Said(text="".join(pieces[:-1]), tokens=told)
    with serving(protocol.speech(), lambda _: said) as loopback:
        reading = protocol.make_engine(loopback).read(document, read_pages(document), bill)
    return reading.candidates["number"][0]


def test_what_the_server_says_of_its_tokens_makes_the_score(
    protocol: Protocol, make_pdf: PdfMaker, bill: Spec
) -> None:
    assert sure(protocol, make_pdf, bill, log_probability=0.0).score == pytest.approx(1.0)
    assert sure(protocol, make_pdf, bill, log_probability=-0.7).score == pytest.approx(0.4966, abs=1e-4)
