"""Property: whatever is missing, moved or nonsense in an e-invoice, it is read or refused, never a crash."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from extractor.errors import DocumentError
from extractor.pipeline import extract

_FILES = sorted((Path(__file__).parent / "data").glob("*.xml"))
_TEXTS = st.text(st.characters(exclude_categories=("C", "Z")), max_size=20)
_NONSENSE = _TEXTS | st.sampled_from(
    [
        "",
        " ",
        "***",
        "-",
        "0",
        "-0",
        "1e9",
        "NaN",
        "0.13",
        "１２",
        "免税",
        "9" * 400,
        "." * 50,
        "2026-02-30",
        "\u202e",
        "NA",
    ]
)


def _elements(content: bytes) -> list[etree._Element]:
    root = etree.fromstring(content)
    return [element for element in root.iter() if isinstance(element.tag, str)]


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_mangled_document_is_read_or_refused(file: Path, data: st.DataObject) -> None:
    elements = _elements(file.read_bytes())
    root, places = elements[0], st.integers(1, len(elements) - 1)
    for place in data.draw(st.lists(places, max_size=4), label="emptied"):
        elements[place].clear()
    for place in data.draw(st.lists(places, max_size=6), label="overwritten"):
        elements[place].text = data.draw(_NONSENSE)
    for place in data.draw(st.lists(places, max_size=4), label="removed"):
        parent = elements[place].getparent()
        if parent is not None:
            parent.remove(elements[place])
    for place in data.draw(st.lists(places, max_size=2), label="moved"):
        if elements[place].getparent() is not None:
            root.append(elements[place])
    try:
        (assessment,) = extract(etree.tostring(root, encoding="UTF-8"), name="mangled.xml")
    except DocumentError:
        return  # no e-invoice is left of it
    assert set(assessment.extraction.fields) >= {"invoice_number", "gross_amount"}
    is_whole = assessment.extraction.leaf("gross_amount").value is not None
    assert is_whole or assessment.review.required
