from pathlib import Path

from synthesis.slip import LABELS, Slip, SlipLine, generate_slip
from synthesis.slip_manifest import write_slips

from extractor.evaluation.manifest import load_manifest


def line(field: str, value: str) -> SlipLine:
    return SlipLine(field=field, label=LABELS[field], value=value)


def test_the_evaluation_takes_the_manifest_with_a_file_for_each_slip(tmp_path: Path) -> None:
    manifest = load_manifest(write_slips([generate_slip(str(seed)) for seed in range(3)], tmp_path))
    assert len({truth.file for truth in manifest.truths}) == 3
    assert all((tmp_path / truth.file).read_bytes().startswith(b"%PDF") for truth in manifest.truths)


def test_values_are_in_normal_form_and_what_is_not_printed_is_absent(tmp_path: Path) -> None:
    lines = (line("issued", "05.03.2031"), line("total", "1,234.50"), line("reference", "AB-1234"))
    (truth,) = load_manifest(write_slips([Slip(lines=lines, right=0, down=0)], tmp_path)).truths
    assert {name: wanted.accepted for name, wanted in truth.values.items()} == {
        "number": (),
        "issued": ("2031-03-05",),
        "total": ("1234.50",),
        "code": (),
        "reference": ("AB-1234",),
    }
