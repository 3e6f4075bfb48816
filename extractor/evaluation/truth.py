"""The truth about one document: what a person says that it shows, by path and type."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractor.field_specs.spec import FieldType

Row = Mapping[str, str | None]  # by column; None: the cell is empty on the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One value in normal form: the first of `accepted`, or any other of them.

    None accepted: the document shows nothing there. An implied value is true but not
    printed: to read nothing there is as right as to read it.
    """

    kind: FieldType
    accepted: tuple[str, ...]
    is_implied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedTable:
    """The rows of a table, in any order. A row says nothing of the columns that it leaves out.

    Where not all rows are given, a row more than these is not wrong.
    """

    kinds: Mapping[str, FieldType]
    rows: tuple[Row, ...]
    is_whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What one document shows. Fields that are in neither mapping are not judged.

    `file` is as the manifest names it, `spec` what to read it as (None: as the command
    says), `pages` the document's pages where the file holds several documents.
    """

    file: str
    spec: str | None = None
    group: str | None = None
    pages: tuple[int, ...] = ()
    values: Mapping[str, Wanted] = field(default_factory=dict)  # by path: `seller_bank_account.account`
    tables: Mapping[str, WantedTable] = field(default_factory=dict)
