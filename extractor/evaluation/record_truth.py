"""Turn a record's values into truth, by the fields and types of a spec."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from extractor.evaluation.record import Record, RecordFault, meant
from extractor.evaluation.truth import Row, Wanted, WantedTable
from extractor.evaluation.written_forms import DecimalMark, fault_of, from_spreadsheet
from extractor.field_specs.spec import STRUCTURED, ColumnSpec, FieldSpec, FieldType, Spec

_ACCOUNT = "account"  # of a bank account: what a plain text stands for


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What one document shows, by path and by table; see `Truth`."""

    values: Mapping[str, Wanted]
    tables: Mapping[str, WantedTable]


def truth_of(record: Record, spec: Spec, *, decimal_mark: DecimalMark | None = None) -> Contents:
    """Return what the record says, in the order of the spec.

    `decimal_mark` is set where a spreadsheet wrote the values: they are read as it
    writes them.

    Raises:
        RecordFault: a field is unknown, a value is not of its type.
    """
    gathered = _Gathered(spec=spec, decimal_mark=decimal_mark)
    for key, value in record.fields.items():
        gathered.add_field(key, value)
    for key, others in record.alternatives.items():
        gathered.add_alternatives(key, others)
    for key, value in record.implied.items():
        gathered.add_implied(key, value)
    for name in record.incomplete:
        gathered.open_table(name)
    if gathered.faults:
        raise RecordFault(*gathered.faults)
    if record.exhaustive:
        gathered.close(is_named={key.partition(".")[0] for key in record.fields})
    order = list(spec.fields)
    return Contents(
        values=dict(sorted(gathered.values.items(), key=lambda item: order.index(item[0].partition(".")[0]))),
        tables=dict(sorted(gathered.tables.items(), key=lambda item: order.index(item[0]))),
    )


@dataclass(slots=True, kw_only=True)
class _Gathered:
    """What was gathered from one record so far, and what was wrong with it."""

    spec: Spec
    decimal_mark: DecimalMark | None
    values: dict[str, Wanted] = field(default_factory=dict)
    tables: dict[str, WantedTable] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add_field(self, key: str, value: object) -> None:
        """Add a plain value, a member or all of a group, or the rows of a table."""
        name, _, member = key.partition(".")
        known = self.spec.fields.get(name)
        if known is None:
            self.faults.append(f'fields: there is no field "{key}"; {meant(key, self._paths())}')
        elif known.type is FieldType.TABLE:
            self._add_table(key, known, value)
        elif member:
            self._add_member(key, known, member, value)
        elif known.type in STRUCTURED:
            self._add_group(name, known, value)
        else:
            self._add_value(name, known, value)

    def add_alternatives(self, key: str, others: list[object]) -> None:
        """Add other right values to one that is shown."""
        path, column = self._plain(key)
        wanted = self.values.get(path)
        if column is None or wanted is None or not wanted.accepted:
            self.faults.append(
                f'alternatives: "{key}" has no plain value in "fields" that they could replace'
            )
            return
        accepted = [self._text(f"alternatives.{key}", column, other) for other in others]
        more = tuple(text for text in accepted if text is not None)
        self.values[path] = replace(wanted, accepted=wanted.accepted + more)

    def add_implied(self, key: str, value: object) -> None:
        """Add a value that is true but not printed."""
        path, column = self._plain(key)
        if column is None:
            self.faults.append(f'implied: there is no plain field "{key}"; {meant(key, self._paths())}')
        elif path in self.values:
            self.faults.append(f'implied: "{key}" stands in "fields", too: keep the one that holds')
        elif (text := self._text(f"implied.{key}", column, value)) is not None:
            self.values[path] = Wanted(kind=column.type, accepted=(text,), is_implied=True)

    def open_table(self, name: str) -> None:
        """Note that a table has more rows than are given."""
        if name not in self.tables:
            self.faults.append(f'incomplete: "{name}" is no table in "fields"')
            return
        self.tables[name] = replace(self.tables[name], is_whole=False)

    def close(self, *, is_named: set[str]) -> None:
        """Take every field that the record does not name for one that the document does not show."""
        for name, known in self.spec.fields.items():
            if name in is_named:
                continue
            if known.type is FieldType.TABLE:
                self.tables[name] = WantedTable(kinds=_kinds(known), rows=())
            for path, column in _leaves(name, known):
                self.values.setdefault(path, Wanted(kind=column.type, accepted=()))

    def _add_value(self, path: str, column: ColumnSpec, value: object) -> None:
        text = None if value is None else self._text(f"fields.{path}", column, value)
        if value is None or text is not None:
            self.values[path] = Wanted(kind=column.type, accepted=() if text is None else (text,))

    def _add_member(self, key: str, known: FieldSpec, member: str, value: object) -> None:
        column = known.columns.get(member)
        if column is None:
            self.faults.append(f'fields: there is no field "{key}"; {meant(key, self._paths())}')
        elif key in self.values:
            self.faults.append(f"fields.{key}: is given twice")
        else:
            self._add_value(key, column, value)

    def _add_group(self, name: str, known: FieldSpec, value: object) -> None:
        if value is None:
            value = dict.fromkeys(known.columns)
        elif known.type is FieldType.ACCOUNT and isinstance(value, str) and _ACCOUNT in known.columns:
            value = {_ACCOUNT: value}
        if not isinstance(value, dict):
            members = ", ".join(f'"{member}": …' for member in known.columns)
            self.faults.append(f"fields.{name}: write an object {{{members}}}, or null")
            return
        for member, text in value.items():
            self._add_member(f"{name}.{member}", known, str(member), text)

    def _add_table(self, key: str, known: FieldSpec, value: object) -> None:
        rows = [] if value is None else value
        if key not in self.spec.fields or not isinstance(rows, list):
            self.faults.append(f"fields.{key}: a table is a list of rows, each an object of its columns")
            return
        self.tables[key] = WantedTable(
            kinds=_kinds(known),
            rows=tuple(self._row(f"fields.{key}[{number}]", known, row) for number, row in enumerate(rows)),
        )

    def _row(self, place: str, known: FieldSpec, row: object) -> Row:
        if not isinstance(row, dict):
            self.faults.append(f"{place}: a row is an object such as {{{', '.join(known.columns)}}}")
            return {}
        cells: dict[str, str | None] = {}
        for column, value in row.items():
            if column not in known.columns:
                self.faults.append(f'{place}: there is no column "{column}"; {meant(column, known.columns)}')
            else:
                cells[column] = (
                    None if value is None else self._text(f"{place}.{column}", known.columns[column], value)
                )
        return cells

    def _text(self, place: str, column: ColumnSpec, value: object) -> str | None:
        """Return a value in normal form; note what is wrong with it, and return None."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.faults.append(f"{place}: write a text in quotes{_example(column)}")
            return None
        if not isinstance(value, str):
            self.faults.append(f'{place}: {value} is a JSON number; write it as a string: "{value}"')
            return None
        text = value.strip()
        if self.decimal_mark is not None:
            text = from_spreadsheet(text, column, decimal_mark=self.decimal_mark)
        fault = fault_of(text, column)
        if fault is not None:
            self.faults.append(f"{place}: {fault}")
            return None
        return text

    def _plain(self, key: str) -> tuple[str, ColumnSpec | None]:
        """Return the path and type of a plain value; a bank account stands for its number."""
        name, _, member = key.partition(".")
        known = self.spec.fields.get(name)
        if known is not None and known.type is FieldType.ACCOUNT and not member:
            key, member = f"{name}.{_ACCOUNT}", _ACCOUNT
        if known is None or known.type is FieldType.TABLE:
            return key, None
        if known.type in STRUCTURED:
            return key, known.columns.get(member)
        return key, None if member else known

    def _paths(self) -> Iterator[str]:
        for name, known in self.spec.fields.items():
            yield name
            if known.type in STRUCTURED and known.type is not FieldType.TABLE:
                yield from (path for path, _ in _leaves(name, known))


def _leaves(name: str, known: FieldSpec) -> Iterator[tuple[str, ColumnSpec]]:
    """Yield the paths of a field's plain values; a table has none."""
    if known.type not in STRUCTURED:
        yield name, known
    elif known.type is not FieldType.TABLE:
        yield from ((f"{name}.{member}", column) for member, column in known.columns.items())


def _kinds(known: FieldSpec) -> dict[str, FieldType]:
    return {name: column.type for name, column in known.columns.items()}


def _example(column: ColumnSpec) -> str:
    example = {FieldType.DATE: "2025-12-31", FieldType.AMOUNT: "1234.56"}.get(column.type)
    return "" if example is None else f' such as "{example}"'
