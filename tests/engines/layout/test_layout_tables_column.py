"""What a heading may name."""

from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.spec_labels import NOTHING
from extractor.engines.layout.tables.column import names_of


def hit(*names: str) -> Hit:
    return Hit(names=names, label="amount", start=0, end=6)


def test_a_heading_names_its_columns_in_their_order() -> None:
    assert names_of(hit("net_amount", "unit_price")) == ("net_amount", "unit_price")


def test_a_heading_of_no_field_names_none() -> None:
    assert names_of(hit(NOTHING)) == ()
    assert names_of(hit(NOTHING, "quantity")) == ("quantity",)
