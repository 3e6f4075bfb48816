"""A manifest is checked whole, and everything wrong with it is told."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from judged_documents import FIXTURES

from extractor.errors import ConfigurationError
from extractor.evaluation.manifest import Manifest, load_manifest
from extractor.evaluation.manifest_files import read_manifest
from extractor.evaluation.record import Record
from extractor.field_specs.spec import FieldType

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "evaluation.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.pdf", "b.pdf", "sub/c.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    return tmp_path


def load(folder: Path, *records: dict[str, Any], **more: Any) -> Manifest:  # noqa: ANN401 - as written
    path = folder / "m.json"
    path.write_text(json.dumps({"documents": records, **more}))
    return load_manifest(path)


def refusal(folder: Path, *records: dict[str, Any], **more: Any) -> str:  # noqa: ANN401 - as written
    with pytest.raises(ConfigurationError) as refused:
        load(folder, *records, **more)
    return str(refused.value)


def test_files_lie_beside_the_manifest_or_in_the_folder_given(folder: Path, tmp_path: Path) -> None:
    assert load(folder, {"file": "sub/c.pdf"}).folder == folder
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path = elsewhere / "m.json"
    path.write_text('[{"file": "a.pdf"}]')
    assert load_manifest(path, folder=folder).folder == folder
    with pytest.raises(ConfigurationError, match=re.escape("there is no file")):
        load_manifest(path)


def test_a_file_that_is_not_there_is_told_with_one_that_is(folder: Path) -> None:
    assert "documents[0] (aa.pdf): there is no file" in refusal(folder, {"file": "aa.pdf"})
    assert 'did you mean "a.pdf"?' in refusal(folder, {"file": "aa.pdf"})
    assert "paths are relative to" in refusal(folder, {"file": "nowhere/at/all.pdf"})
    assert "there is no file" in refusal(folder, {"file": "sub"})
    assert "there is no file" in refusal(folder, {"file": "a\x00.pdf"})


def test_an_empty_manifest_is_refused(folder: Path) -> None:
    assert "names no document" in refusal(folder)


def test_the_document_and_every_key_that_is_wrong_are_named(folder: Path) -> None:
    told = refusal(
        folder,
        {"file": "a.pdf", "fields": {"gross_amount": 1, "isue_date": "2025-01-01"}},
        {"file": "b.pdf", "spec": "nothing"},
        {"fields": {}},
    )
    assert "documents[0] (a.pdf): fields.gross_amount: 1 is a JSON number" in told
    assert 'did you mean "issue_date"?' in told
    assert "documents[1] (b.pdf): there is no field spec 'nothing'" in told
    assert "documents[2]: file: Field required" in told


def test_only_the_first_faults_are_told_and_the_others_counted(folder: Path) -> None:
    told = refusal(folder, *({"file": f"{number}.pdf"} for number in range(7)))
    assert "4.pdf" in told
    assert "5.pdf" not in told
    assert told.endswith("(and 2 more)")


def test_a_record_that_repeats_another_is_refused(folder: Path) -> None:
    record = {"file": "a.pdf", "fields": {"invoice_number": "7"}}
    assert "documents[1] (a.pdf): repeats documents[0]" in refusal(folder, record, record)
    assert "repeats documents[0]" in refusal(folder, record, record | {"note": "again"})


def test_two_records_about_the_same_pages_are_refused(folder: Path) -> None:
    first = {"file": "a.pdf", "pages": [1], "fields": {"invoice_number": "7"}}
    told = refusal(folder, first, first | {"file": "./a.pdf", "fields": {"invoice_number": "8"}})
    assert "is about the same pages as documents[0]" in told


def test_several_documents_of_one_file_may_go_without_pages(folder: Path) -> None:
    records = ({"file": "a.pdf", "fields": {"invoice_number": str(number)}} for number in range(2))
    assert len(load(folder, *records).truths) == 2


@pytest.mark.parametrize("is_for_all", [True, False])
def test_a_spec_of_ones_own_lies_relative_to_the_manifest(folder: Path, is_for_all: bool) -> None:  # noqa: FBT001 - a case
    (folder / "ours.toml").write_text(
        'name = "ours"\nextends = "invoice"\ntitle.en = "Ours"\n[fields.waybill]\ntype = "date"\n'
    )
    record: dict[str, Any] = {"file": "a.pdf", "fields": {"waybill": "2025-01-01"}}
    manifest = (
        load(folder, record, spec="ours.toml") if is_for_all else load(folder, record | {"spec": "ours.toml"})
    )
    (truth,) = manifest.truths
    assert truth.spec == str(folder / "ours.toml")
    assert truth.values["waybill"].kind is FieldType.DATE


def test_without_a_spec_the_fields_are_those_of_an_invoice(folder: Path) -> None:
    (truth,) = load(folder, {"file": "a.pdf", "fields": {"invoice_number": "7"}}).truths
    assert truth.spec is None


def test_a_spec_that_the_command_names_holds_for_records_without_one(folder: Path) -> None:
    path = folder / "m.json"
    path.write_text('[{"file": "a.pdf", "fields": {"payment_days": "30"}}]')
    (truth,) = load_manifest(path, spec="contract").truths
    assert truth.spec == "contract"


def test_a_spreadsheet_is_read_as_it_writes_numbers_and_days(folder: Path) -> None:
    path = folder / "m.csv"
    path.write_text("file;gross_amount;issue_date\na.pdf;1.234,56;01.03.2025\nb.pdf;99,00;-\n")
    first, second = load_manifest(path).truths
    assert first.values["gross_amount"].accepted == ("1234.56",)
    assert first.values["issue_date"].accepted == ("2025-03-01",)
    assert second.values["issue_date"].accepted == ()
    path.write_text("file;issue_date\na.pdf;03/04/2025\n")
    with pytest.raises(ConfigurationError, match=re.escape("line 2 (a.pdf): fields.issue_date:")):
        load_manifest(path)


def test_the_shipped_manifest_names_every_shipped_document() -> None:
    manifest = load_manifest(FIXTURES / "manifest.json")
    assert {truth.file for truth in manifest.truths} == {path.name for path in FIXTURES.glob("*.pdf")}


@pytest.mark.parametrize("language", ["json", "csv"])
def test_the_examples_of_the_documentation_are_manifests(folder: Path, language: str) -> None:
    (example,) = re.findall(
        rf"^```{language}\n(.*?)^```", DOCUMENTATION.read_text(), re.MULTILINE | re.DOTALL
    )
    path = folder / f"example.{language}"
    path.write_text(example)
    for record in read_manifest(path).records:
        file = folder / record.content["file"]
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"")
    assert load_manifest(path).truths


def test_the_documentation_names_every_key_of_a_record() -> None:
    described = DOCUMENTATION.read_text()
    for key in Record.model_fields:
        assert f"| `{key}` |" in described, key
