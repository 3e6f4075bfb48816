"""Files of several generated invoices come apart exactly where they were put together."""

import pytest
from synthesis.collection import generate_collection

import extractor
from extractor.documents.drawing import joined
from extractor.documents.opening import open_document
from extractor.field_specs.load import load_spec
from extractor.pages.reading import read_pages
from extractor.parts.parting import part_pages


@pytest.mark.parametrize("seed", range(24))
def test_a_collection_comes_apart_where_it_was_put_together(seed: int) -> None:
    made = generate_collection(seed)
    pages = read_pages(open_document(joined(made.contents)))
    parts = part_pages(pages, load_spec("invoice"))
    assert tuple(tuple(page.number for page in part.pages) for part in parts) == made.parts
    assert not any(part.contradicting for part in parts)


def test_each_part_reads_as_its_file_alone() -> None:
    made = generate_collection(5)
    assert len(made.groups) > 1
    parts = extractor.extract(joined(made.contents), spec="invoice")
    for part, group in zip(parts, made.groups, strict=True):
        (alone,) = extractor.extract(joined(each.content for each in group), spec="invoice")
        values = {name: part.extraction.leaf(name).value for name in part.fields}
        assert values == {name: alone.extraction.leaf(name).value for name in alone.fields}
        assert len(part.extraction.rows("line_items")) == len(alone.extraction.rows("line_items"))
