"""Say values and places in words, as people read them. Used by the terminal and by drawn pages."""

from extractor.delivery.encoding import encode_scalar
from extractor.engines.reading import Evidence, Scalar
from extractor.extraction.extraction import FieldValue, Group, Leaf, Table


def value_text(value: Scalar | None) -> str:
    """Return a value as text: plain decimals, ISO dates, "-" for none."""
    return "-" if value is None else str(encode_scalar(value))


def leaves(name: str, field: FieldValue) -> list[tuple[str, Leaf]]:
    """Return the field's values with their paths: `line_items[0].quantity`."""
    if isinstance(field, Leaf):
        return [(name, field)]
    if isinstance(field, Group):
        return [(f"{name}.{member}", leaf) for member, leaf in field.members.items()]
    return [
        (f"{name}[{number}].{column}", leaf)
        for number, row in enumerate(field.rows)
        for column, leaf in row.members.items()
    ]


def place_text(evidence: Evidence | None) -> str:
    """Return the page, or "XML" for what stands on none."""
    if evidence is None:
        return "-"
    return "XML" if evidence.page is None else str(evidence.page)


def is_absent(field: FieldValue) -> bool:
    """Say whether the document has nothing for the field."""
    if isinstance(field, Leaf):
        return field.value is None and field.text is None
    return not (field.members if isinstance(field, Group) else field.rows)


def table_columns(table: Table) -> list[str]:
    """Return the columns that any row has, in the order in which they first appear."""
    return list(dict.fromkeys(column for row in table.rows for column in row.members))
