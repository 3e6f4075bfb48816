"""Manifests as files: JSON, JSON lines and spreadsheets, and what is no such thing."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import ConfigurationError
from extractor.evaluation.manifest_files import RawManifest, read_manifest


def read(folder: Path, name: str, content: str | bytes) -> RawManifest:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_manifest(path)


RECORDS = [{"file": "a.pdf", "fields": {"invoice_number": "1"}}, {"file": "b.pdf"}]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps({"documents": RECORDS})),
        ("a.json", json.dumps(RECORDS)),
        ("a.JSON", "\ufeff" + json.dumps(RECORDS)),
        ("a.jsonl", "\n".join(map(json.dumps, RECORDS)) + "\r\n\r\n"),
    ],
)
def test_records_come_as_they_are_written(tmp_path: Path, name: str, content: str) -> None:
    assert [record.content for record in read(tmp_path, name, content).records] == RECORDS


def test_a_spec_can_be_named_for_all(tmp_path: Path) -> None:
    assert read(tmp_path, "a.json", '{"spec": "contract", "documents": []}').spec == "contract"


def test_places_are_told_as_people_find_them(tmp_path: Path) -> None:
    assert [each.place for each in read(tmp_path, "a.json", json.dumps(RECORDS)).records] == [
        "documents[0]",
        "documents[1]",
    ]
    lines = read(tmp_path, "a.jsonl", '{"file": "a"}\n\n{"file": "b"}').records
    assert [each.place for each in lines] == ["line 1", "line 3"]
    assert [each.place for each in read(tmp_path, "a.csv", 'file\na\n"b\nc"\nd').records] == [
        "line 2",
        "line 4",
        "line 5",
    ]


@pytest.mark.parametrize(("delimiter", "mark"), [(",", "."), (";", ","), ("\t", ".")])
def test_a_spreadsheet_has_a_record_a_line(tmp_path: Path, delimiter: str, mark: str) -> None:
    rows = [
        ["file", "group", "pages", "invoice_number", "due_date", "note"],
        ["a.pdf", "A", "3-4", "7", "-", "x"],
        ["b.pdf", "", "2", " 8 ", "", ""],
        ["", "", "", "", "", ""],
    ]
    content = "\r\n".join(delimiter.join(row) for row in rows)
    first, second = read(tmp_path, "a.csv", "\ufeff" + content).records
    assert first.content == {
        "file": "a.pdf",
        "group": "A",
        "pages": [3, 4],
        "note": "x",
        "fields": {"invoice_number": "7", "due_date": None},
    }
    assert second.content == {"file": "b.pdf", "pages": [2], "fields": {"invoice_number": "8"}}
    assert first.decimal_mark == mark


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", "", "a .json, .jsonl or .csv file"),
        ("a.json", "{", "no JSON: Expecting property name"),
        ("a.json", "7", "a record a document"),
        ("a.json", '{"document": []}', 'unknown key "document"'),
        ("a.json", '{"documents": {}}', "a record a document"),
        ("a.json", '{"spec": 1, "documents": []}', "spec: write the name"),
        ("a.json", '["a.pdf"]', "documents[0]: a record is an object"),
        ("a.json", '[{"file": "a", "file": "b"}]', 'the key "file" stands twice'),
        ("a.json", '[{"file": NaN}]', "NaN is no JSON"),
        ("a.json", "[" * 100_000, "nested or long beyond sense"),
        ("a.json", '[{"file": ' + "9" * 5000 + "}]", "nested or long beyond sense"),
        ("a.json", b"\xff\xfe{}", "not UTF-8 text (byte 0)"),
        ("a.jsonl", '{"file": "a"}\n{"file"', "line 2: no JSON"),
        ("a.jsonl", "[]", "line 1: a record is an object"),
        ("a.csv", "name,total\na,1", 'one of them "file"'),
        ("a.csv", "", 'one of them "file"'),
        ("a.csv", "file,total,total\na,1,2", 'two columns are called "total"'),
        ("a.csv", "file,total\na.pdf,1,5", "line 2: more cells than columns"),
        ("a.csv", 'file\n"a', "no CSV"),
    ],
)
def test_what_is_no_manifest_is_refused_with_the_place(
    tmp_path: Path, name: str, content: str | bytes, said: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read(tmp_path, name, content)
    assert said in str(refused.value)
    assert name in str(refused.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read: No such file"):
        read_manifest(tmp_path / "none.json")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.text() | st.binary(), name=st.sampled_from(["a.json", "a.jsonl", "a.csv"]))
def test_any_file_is_a_manifest_or_is_refused(tmp_path: Path, content: str | bytes, name: str) -> None:
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    try:
        found = read(tmp_path, name, content)
    except ConfigurationError:
        return
    assert all(isinstance(record.content, dict) for record in found.records)
