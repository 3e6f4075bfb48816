"""Make rows of results: a column a value, whatever their specs; the rows of tables apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from extractor.delivery.encoded import Encoded, fields_of, is_table, members_of, rows_of, value_of
from extractor.field_specs.load import shipped_specs
from extractor.field_specs.spec import FieldType

_ABOUT_BODY = ("source", "part", "spec", "engine", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A result, and what is known of it beside what it says: its id, whether a person has looked."""

    body: Encoded
    about: Mapping[str, str] = field(default_factory=dict)

    def cells(self, columns: "Columns") -> dict[str, str | None]:
        """Return its values by column; of a table, how many rows it has."""
        cells: dict[str, str | None] = dict(self.about)
        for name in _ABOUT_BODY:
            cells[name] = _text(self.body.get(name))
        for name, members in columns.fields.items():
            if members:
                values = members_of(self.body, name)
                cells |= {f"{name}.{member}": values.get(member) for member in members}
            elif name in columns.tables:
                cells[name] = str(len(rows_of(self.body, name)))
            else:
                cells[name] = value_of(self.body, name)
        return cells

    def lines(self) -> Iterator[dict[str, str | None]]:
        """Yield the rows of its tables: which table, which row (from 1), and the values."""
        for name, leaf in fields_of(self.body).items():
            if is_table(leaf):
                for number, row in enumerate(rows_of(self.body, name), 1):
                    yield {"field": name, "row": str(number), **row}


@dataclass(slots=True, kw_only=True)
class Columns:
    """The columns that results need together, in the order in which they first appear."""

    about: dict[str, None] = field(default_factory=dict)
    fields: dict[str, dict[str, None]] = field(default_factory=dict)  # with their members
    tables: set[str] = field(default_factory=set)
    lines: dict[str, None] = field(default_factory=dict)  # of the tables' rows

    @property
    def names(self) -> list[str]:
        """Return the names of all columns but those of the tables' rows."""
        named = [*self.about, *(name for name in _ABOUT_BODY if name not in self.about)]
        for name, members in self.fields.items():
            named += [f"{name}.{member}" for member in members] or [name]
        return named


def columns_of(results: Iterable[Exported]) -> Columns:
    """Go through all results once, and return the columns that they need."""
    columns = Columns()
    for result in results:
        columns.about.update(dict.fromkeys(result.about))
        for name, leaf in fields_of(result.body).items():
            known = columns.fields.setdefault(name, {})
            if is_table(leaf):
                columns.tables.add(name)
                columns.lines.update(dict.fromkeys(key for row in rows_of(result.body, name) for key in row))
            else:
                known.update(dict.fromkeys(members_of(result.body, name)))
    return columns


@cache
def types_of(spec: str) -> Mapping[str, FieldType]:
    """Return what the values of a shipped spec are, by column: `gross_amount`, `line_items.quantity`."""
    shipped = shipped_specs().get(spec)
    found: dict[str, FieldType] = {}
    for name, declared in shipped.fields.items() if shipped else ():
        found[name] = declared.type
        found |= {f"{name}.{member}": column.type for member, column in declared.columns.items()}
    return MappingProxyType(found)


def _text(value: object) -> str | None:
    if isinstance(value, Mapping):  # the part
        return f"{value.get('index')} of {value.get('of')}"
    return value if isinstance(value, str) else None
