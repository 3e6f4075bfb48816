"""What the model is told: the task, and one line a field, all taken from the spec."""

from collections.abc import Iterator, Mapping

from extractor.engines.qwen.shape import CLAUSE, SENTENCE, Leaf, Rows, Shape, shape_of
from extractor.field_specs.spec import ColumnSpec, FieldSpec, FieldType, Spec

SYSTEM = (
    "You copy text from the image of one page. Copy every value character for character as it is "
    "printed: same digits, marks, spelling and language. Do not calculate, translate, complete or "
    "reformat. Where this page does not print a value, answer null. Answer with one JSON object only."
)

_FOOT_SHOWN = (
    "The first image is the foot of the page before, the second the page itself: what begins on the first "
    "may go on on the second. Copy from both."
)
_LABELS_SHOWN = 4  # of one field: more cost tokens and tell little that is new

_HINTS = {
    FieldType.DATE: "the date as printed",
    FieldType.AMOUNT: "the amount as printed, with its sign and marks",
    FieldType.QUANTITY: "the number as printed",
    FieldType.NUMBER: "the number as printed, in figures or words",
    FieldType.RATE: "the percentage as printed",
    FieldType.CURRENCY: "the currency's code, sign or name as printed",
    FieldType.ADDRESS: "may go over several lines",
}


def prompt_for(spec: Spec, *, has_foot: bool = False) -> str:
    """Return the user's message that goes with each page's image.

    `has_foot` says that an image of the foot of the page before comes first.
    """
    shape = shape_of(spec)
    title = _english(spec.title, spec.name)
    lines = [f"This is one page of: {title}. {spec.description}".rstrip()]
    if has_foot:
        lines.append(_FOOT_SHOWN)
    lines += ["", "Fields:"]
    for name, field in spec.fields.items():
        lines.extend(_field_lines(name, field, shape.members[name]))
    if spec.reading == "clauses":
        lines.append("")
        lines.append(
            f'For each term "{CLAUSE}" is the number of the clause as printed and "{SENTENCE}" the '
            "sentence or table row that fixes it, word for word."
        )
    lines += ["", "Answer in this form:", _form(shape)]
    return "\n".join(lines)


def _field_lines(name: str, field: FieldSpec, shape: Shape) -> Iterator[str]:
    many = " (a list, one object a printed row; [] if there is none)" if isinstance(shape, Rows) else ""
    yield f'- "{name}"{many}: {_meaning(name, field, prompt=field.prompt)}'
    for column_name, column in field.columns.items():
        yield f'  - "{column_name}": {_meaning(column_name, column)}'


def _meaning(name: str, field: ColumnSpec, *, prompt: str = "") -> str:
    """Say what a field is: its title, what it means, and how pages label it."""
    parts = [_english(field.title, name.replace("_", " "))]
    parts += [text.rstrip(".") for text in (prompt or field.description, _HINTS.get(field.type, "")) if text]
    labels = _labels(field)
    if labels:
        parts.append("labelled " + ", ".join(f"“{label}”" for label in labels))
    return "; ".join(parts)


def _labels(field: ColumnSpec) -> list[str]:
    """Return some spellings of every language, taking turns between them."""
    longest = max((len(spellings) for spellings in field.labels.values()), default=0)
    turns = (
        spellings[turn]
        for turn in range(longest)
        for spellings in field.labels.values()
        if turn < len(spellings)
    )
    return list(dict.fromkeys(turns))[:_LABELS_SHOWN]


def _english(titles: Mapping[str, str], fallback: str) -> str:
    """Return the English title, else any, else the fallback."""
    return titles.get("en") or next(iter(titles.values()), fallback)


def _form(shape: Shape) -> str:
    """Write the answer's form with null for every leaf."""
    if isinstance(shape, Leaf):
        return "null"
    if isinstance(shape, Rows):
        return f"[{_form(shape.row)}]"
    members = ", ".join(f'"{name}": {_form(member)}' for name, member in shape.members.items())
    return "{" + members + "}"
