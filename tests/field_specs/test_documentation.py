import re
from pathlib import Path

from extractor.field_specs.load import parse_spec
from extractor.field_specs.spec import FieldType

PAGE = (Path(__file__).parents[2] / "docs" / "field_specs.md").read_text(encoding="utf-8")


def test_the_example_of_the_documentation_is_a_spec() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    spec = parse_spec(example, source="example")
    assert "B/L Number" in spec.fields["waybill_number"].labels["en"]
    assert spec.fields["due_date"].required


def test_the_documentation_names_every_type() -> None:
    assert [kind for kind in FieldType if f"`{kind}`" not in PAGE] == []
