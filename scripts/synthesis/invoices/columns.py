"""The columns of an invoice's table: which there are, what their cells say, and how wide they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from synthesis.canvas import BOLD_OF, text_width, wrap
from synthesis.chance import happens
from synthesis.invoices.blocks import words_of
from synthesis.invoices.markets import Market
from synthesis.record import Line

if TYPE_CHECKING:  # a layout holds the table's layout, which is fitted to it here
    from synthesis.invoices.layout import Layout

NUMERIC = frozenset(
    {"quantity", "unit_price", "price_base", "discount", "tax_rate", "tax_amount", "net_amount", "line_gross"}
)
AMOUNTS = frozenset({"unit_price", "tax_amount", "net_amount", "line_gross"})
RULINGS = ("grid", "grid", "rows", "header_rule", "header_rule", "bare", "striped", "outer", "columns")
HEADERS = ("bold", "bold", "plain", "light", "light", "dark", "caps", "none")
_DROPPED_FIRST = ("tax_amount", "line_gross", "specification", "tax_rate", "position", "unit", "product_code")
_LEAST_DESCRIPTION = 80.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """The appearance of the table. `columns` are named as in the spec, and position, discount, price_base."""

    columns: tuple[str, ...]
    ruling: str
    header: str
    are_numbers_right: bool
    wraps_header: bool
    has_currency_in_header: bool
    repeats_header: bool
    carries_over: bool
    has_unit_in_quantity: bool
    is_code_in_details: bool
    has_group_totals: bool
    has_bare_rates: bool  # "19" under "VAT %"
    position_form: str  # "{}", "{:02}", "{}.", tens
    quantity_places: int | None
    pad: float
    gap: float
    smaller: float  # points smaller than the body

    @property
    def structure(self) -> str:
        """Return the structure: ruling, header, and the order of the columns."""
        initials = {"line_gross": "g", "price_base": "b", "unit_price": "p", "unit": "u", "product_code": "c"}
        order = "".join(initials.get(name, name[0] if name != "position" else "#") for name in self.columns)
        return f"{self.ruling}-{self.header}-{order}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a fitted table, in points from the left edge of the page."""

    name: str
    header: tuple[str, ...]
    left: float
    right: float
    align: str


def random_table_layout(
    rng: Random, market: Market, *, has_discounts: bool, is_gross: bool, has_price_base: bool
) -> TableLayout:
    """Choose columns and rules."""
    unit_in_quantity = happens(rng, 0.22)
    return TableLayout(
        columns=_random_columns(
            rng,
            has_discounts=has_discounts,
            is_gross=is_gross,
            has_price_base=has_price_base,
            has_unit=not unit_in_quantity,
            has_rates=bool(market.rates) and not is_gross,
        ),
        ruling=rng.choice(RULINGS),
        header=rng.choice(HEADERS),
        are_numbers_right=happens(rng, 0.85),
        wraps_header=happens(rng, 0.5),
        has_currency_in_header=happens(rng, 0.22),
        repeats_header=happens(rng, 0.75),
        carries_over=happens(rng, 0.35),
        has_unit_in_quantity=unit_in_quantity,
        is_code_in_details=happens(rng, 0.12),
        has_group_totals=happens(rng, 0.5),
        has_bare_rates=happens(rng, 0.4),
        position_form=rng.choice(("{}", "{}", "{:02}", "{}.", "{}0", "{:03}")),
        quantity_places=rng.choice((None, None, None, 2, 3)),
        pad=rng.choice((1.0, 2.0, 3.0, 4.5)),
        gap=rng.choice((8.0, 10.0, 12.0)),
        smaller=rng.choice((0.0, 0.0, 0.5, 1.0)),
    )


def fitted(layout: "Layout", lines: Sequence[Line], width: float) -> "Layout":
    """Leave out columns until the description has room enough."""
    while True:
        used = sum(_width(layout, name, lines) for name in layout.table.columns if name != "description")
        if width - used >= _least_description(layout, lines):
            return layout
        droppable = [name for name in _DROPPED_FIRST if name in layout.table.columns]
        if not droppable:
            return replace(layout, size=layout.size - 0.5)
        kept = tuple(name for name in layout.table.columns if name != droppable[0])
        layout = replace(layout, table=replace(layout.table, columns=kept))


def placed(layout: "Layout", lines: Sequence[Line], left: float, right: float) -> tuple[Column, ...]:
    """Return the columns in their places, the description with all the room that is left."""
    names = layout.table.columns
    widths = {name: _width(layout, name, lines) for name in names if name != "description"}
    widths["description"] = right - left - sum(widths.values())
    found = []
    for name in names:
        right_edge = left + widths[name]
        is_right = name in NUMERIC and layout.table.are_numbers_right
        found.append(
            Column(
                name=name,
                header=tuple(_header(layout, name, widths[name] - layout.table.gap)),
                left=left,
                right=right_edge,
                align="right" if is_right else "left",
            )
        )
        left = right_edge
    return tuple(found)


def cell(layout: "Layout", name: str, entry: Line, index: int) -> str:
    """Return what a line's cell says, without the details under a description."""
    pen, table = layout.pen, layout.table
    if name == "quantity":
        count = pen.count(entry.quantity, places=_quantity_places(layout, entry))
        return f"{count} {entry.unit}" if table.has_unit_in_quantity and entry.unit else count
    amounts = {
        "unit_price": entry.unit_price,
        "net_amount": entry.net_amount,
        "tax_amount": entry.tax_amount,
        "line_gross": entry.gross_amount,
    }
    if (amount := amounts.get(name)) is not None:
        return pen.price(amount) if name == "unit_price" else pen.cell(amount)
    is_bare = table.has_bare_rates and "%" in layout.wording["tax_rate"]
    texts = {
        "position": table.position_form.format(index + 1),
        "product_code": entry.product_code,
        "description": entry.description,
        "specification": entry.specification,
        "unit": entry.unit,
        "price_base": f"{entry.price_base:f}",
        "discount": pen.rate(entry.discount) if entry.discount else None,
        "tax_rate": pen.count(entry.tax_rate, places=None) if is_bare else pen.rate(entry.tax_rate),
    }
    return texts.get(name) or ""


def details(layout: "Layout", entry: Line) -> tuple[str, ...]:
    """Return what stands in smaller print under the description."""
    if layout.table.is_code_in_details and "product_code" not in layout.table.columns and entry.product_code:
        return (layout.wording["detail_code"].format(code=entry.product_code), *entry.details)
    return entry.details


def table_size(layout: "Layout") -> float:
    """Return the size of print in the table."""
    return max(5.5, layout.size - layout.table.smaller)


def _quantity_places(layout: "Layout", entry: Line) -> int | None:
    places = layout.table.quantity_places
    exponent = entry.quantity.normalize().as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) else 0
    return None if places is None or needed > places else places


def _header(layout: "Layout", name: str, width: float) -> list[str]:
    text = layout.label(name, end=False)
    if layout.table.has_currency_in_header and name in AMOUNTS:
        text = f"{text} ({layout.pen.currency})"
    if layout.table.header == "caps":
        text = text.upper()
    size = table_size(layout)
    return wrap(text, width=width, size=size, face=BOLD_OF[layout.face])


def _least_description(layout: "Layout", lines: Sequence[Line]) -> float:
    """Return the width in which no word of a description need be broken."""
    words = {
        word
        for entry in lines
        for text in (entry.description, *details(layout, entry))
        for word in words_of(text)
    }
    widest = max((text_width(word, size=table_size(layout), face=layout.face) for word in words), default=0.0)
    least = max(_LEAST_DESCRIPTION, widest, _longest_word(layout, "description"))
    return least + layout.table.gap


def _longest_word(layout: "Layout", name: str) -> float:
    """Return the width of the longest word of a column's header."""
    words = " ".join(_header(layout, name, 10_000.0)).split()
    return max(text_width(word, size=table_size(layout), face=BOLD_OF[layout.face]) for word in words)


def _width(layout: "Layout", name: str, lines: Sequence[Line]) -> float:
    size, face = table_size(layout), BOLD_OF[layout.face]
    widest = max(text_width(cell(layout, name, entry, 98), size=size, face=face) for entry in lines)
    named = 0.0
    if layout.table.header != "none":
        whole = text_width(_header(layout, name, 10_000.0)[0], size=size, face=face)
        named = _longest_word(layout, name) if layout.table.wraps_header else whole
    limit = max(92.0, named) if name == "specification" else 10_000.0
    return min(limit, max(widest, named)) + layout.table.gap + 1


def _random_columns(
    rng: Random, *, has_discounts: bool, is_gross: bool, has_price_base: bool, has_unit: bool, has_rates: bool
) -> tuple[str, ...]:
    total = "line_gross" if is_gross else "net_amount"
    if happens(rng, 0.06) and not has_discounts and not has_price_base:
        return ("description", total)
    chances = {
        "position": 0.45,
        "product_code": 0.42,
        "specification": 0.3,
        "unit": 0.55 if has_unit else 0.0,
    }
    shown = {name for name, share in chances.items() if happens(rng, share)}
    counted = ["quantity", *(["unit"] if "unit" in shown else [])]
    if happens(rng, 0.1) and "unit" in shown:
        counted.reverse()
    priced = [
        "unit_price",
        *(["price_base"] if has_price_base else []),
        *(["discount"] if has_discounts else []),
    ]
    taxes = [
        name
        for name, share in (("tax_rate", 0.42), ("tax_amount", 0.12))
        if has_rates and happens(rng, share)
    ]
    totals = [total, *(["line_gross"] if has_rates and happens(rng, 0.06) and not is_gross else [])]
    named = ["description", *(["specification"] if "specification" in shown else [])]
    code = ["product_code"] if "product_code" in shown else []
    named = [*named, *code] if happens(rng, 0.12) else [*code, *named]
    closing = [*totals, *taxes] if happens(rng, 0.25) else [*taxes, *totals]
    body = [*counted, *named, *priced] if happens(rng, 0.14) else [*named, *counted, *priced]
    if happens(rng, 0.06):
        body = [*named, *priced, *counted]
    return (*(["position"] if "position" in shown else []), *body, *closing)
