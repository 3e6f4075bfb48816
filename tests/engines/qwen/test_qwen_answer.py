import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.engines.qwen.answer import PrintedText, read_answer
from extractor.engines.qwen.shape import Leaf, Members, Rows
from extractor.engines.qwen.spans import SpanRule
from extractor.errors import MalformedCompletion

LEAF = Leaf(rule=SpanRule(pattern=".*", max_length=99))
ROW = Members(members={"name": LEAF})
SHAPE = Members(members={"number": LEAF, "account": ROW, "items": Rows(row=ROW)})


def test_each_text_knows_its_place_in_the_answer() -> None:
    answer = '{"number": "A-7", "account": null, "items": []}'
    found = read_answer(answer, SHAPE)
    number = found["number"]
    assert isinstance(number, PrintedText)
    assert (number.text, answer[number.start : number.end]) == ("A-7", '"A-7"')
    assert found["account"] is None
    assert found["items"] == ()


def test_white_space_and_another_order_of_members_are_no_fault() -> None:
    found = read_answer(
        '{\n "items": [ {"name":"x"} , {"name": null} ],"account":{"name":"b"},"number":null}\n', SHAPE
    )
    assert isinstance(found["items"], tuple)
    assert len(found["items"]) == 2


def test_a_table_has_no_more_rows_than_were_asked_for() -> None:
    def of(count: int) -> str:
        row = dict.fromkeys(ROW.members)
        return json.dumps({"number": None, "account": None, "items": [row] * count})

    assert len(read_answer(of(3), SHAPE, max_rows=3)["items"] or ()) == 3  # type: ignore[arg-type]  # rows
    with pytest.raises(MalformedCompletion, match="no further row"):
        read_answer(of(4), SHAPE, max_rows=3)
    assert read_answer(of(0), SHAPE, max_rows=0)["items"] == ()


def test_escapes_are_undone() -> None:
    found = read_answer('{"number": "a\\"b\\\\c\\u00e9", "account": null, "items": []}', SHAPE)
    assert isinstance(found["number"], PrintedText)
    assert found["number"].text == 'a"b\\cé'


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "null",
        "Here you are: {}",
        '{"number": "A-7"',
        '{"number": "A-7", "account": null}',
        '{"number": 7, "account": null, "items": []}',
        '{"number": "A-7", "account": null, "items": {}}',
        '{"number": "A-7", "account": "x", "items": []}',
        '{"number": "A-7", "account": null, "items": [], "more": null}',
        '{"number": null, "number": null, "account": null, "items": []}',
        '{"number": "A-7", "account": null, "items": []} done',
        '{"number": "A\\x", "account": null, "items": []}',
        '{"number": "A\\ud800", "account": null, "items": []}',
    ],
)
def test_an_answer_of_another_form_is_refused(answer: str) -> None:
    with pytest.raises(MalformedCompletion):
        read_answer(answer, SHAPE)


@pytest.mark.parametrize("blank", ['""', '"  "', '"\\n"'])
def test_a_blank_text_is_null(blank: str) -> None:
    found = read_answer(f'{{"number": {blank}, "account": null, "items": [{{"name": {blank}}}]}}', SHAPE)
    assert found["number"] is None
    assert found["items"] == ({"name": None},)


@settings(deadline=None)  # the time of a busy machine is no fault
@given(st.text())
def test_any_text_is_an_answer_or_a_typed_error(text: str) -> None:
    try:
        read_answer(text, SHAPE)
    except MalformedCompletion:
        return
    assert isinstance(json.loads(text), dict)


texts = st.none() | st.text().filter(str.strip)
rows = st.lists(st.fixed_dictionaries({"name": texts}))
answers = st.fixed_dictionaries(
    {"number": texts, "account": st.none() | st.fixed_dictionaries({"name": texts}), "items": rows}
)


@settings(deadline=None)  # as above
@given(answer=answers, is_ascii=st.booleans())
def test_every_answer_of_the_shape_is_read_back(answer: dict[str, object], *, is_ascii: bool) -> None:
    found = read_answer(json.dumps(answer, ensure_ascii=is_ascii), SHAPE)
    assert _plain(found) == answer


def _plain(found: object) -> object:
    if isinstance(found, PrintedText):
        return found.text
    if isinstance(found, tuple):
        return [_plain(each) for each in found]
    return {name: _plain(each) for name, each in found.items()} if isinstance(found, dict) else found
