"""How an invoice is laid out and worded: every choice that a drawing makes, in one record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from synthesis.canvas import A4, LETTER, Colour, Face, Paper
from synthesis.chance import happens
from synthesis.notation import NumberStyle
from synthesis.wording import LABELS

_EUROPEAN = NumberStyle(decimal_mark=",", group_mark=".")
NUMBER_STYLES = {
    "en": (NumberStyle(), NumberStyle(currency="sign_before"), NumberStyle(currency="code_before")),
    "de": (
        NumberStyle(decimal_mark=",", group_mark="."),
        NumberStyle(decimal_mark=",", group_mark=".", currency="sign_after"),
        NumberStyle(decimal_mark=",", group_mark=" ", currency="code_after"),
        NumberStyle(decimal_mark=".", group_mark="'", currency="code_before"),
    ),
    "fr": (
        NumberStyle(decimal_mark=",", group_mark=" ", currency="sign_after"),
        NumberStyle(decimal_mark=",", group_mark=" "),
        NumberStyle(decimal_mark=",", group_mark=".", currency="code_after"),
    ),
    "nl": (NumberStyle(decimal_mark=",", group_mark=".", currency="sign_before"), _EUROPEAN),
    "es": (NumberStyle(decimal_mark=",", group_mark=".", currency="sign_after"), _EUROPEAN),
    "it": (NumberStyle(decimal_mark=",", group_mark=".", currency="sign_before"), _EUROPEAN),
    "pt": (NumberStyle(decimal_mark=",", group_mark=" ", currency="sign_after"), _EUROPEAN),
    "zh": (NumberStyle(currency="sign_before"), NumberStyle(), NumberStyle(group_mark="")),
}
DATE_PATTERNS = {
    "en": ("d N Y", "D/M/Y", "d n Y", "Y-M-D", "N d, Y", "D.M.Y", "D-n-Y"),
    "de": ("D.M.Y", "d. N Y", "D.M.y", "Y-M-D"),
    "fr": ("D/M/Y", "d N Y", "D.M.Y", "D-M-Y"),
    "nl": ("D-M-Y", "d N Y", "D/M/Y"),
    "es": ("D/M/Y", "d de N de Y", "D-M-Y"),
    "it": ("D/M/Y", "d N Y", "D.M.Y"),
    "pt": ("D/M/Y", "d de N de Y", "D-M-Y"),
    "zh": ("Y年m月d日", "Y-M-D", "Y/M/D", "Y年M月D日"),
}
OPTIONAL_COLUMNS = ("position", "product_code", "specification", "unit", "tax_rate", "tax_amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One layout. `columns` are the table's, left to right, under the names of the spec."""

    language: str
    labels: Mapping[str, str]
    columns: tuple[str, ...]
    numbers: NumberStyle = field(default_factory=NumberStyle)
    date_pattern: str = "Y-M-D"
    paper: Paper = A4
    face: Face = Face.SANS
    size: float = 9.0
    accent: Colour = (0.12, 0.22, 0.42)
    head: str = "left"  # left, right, centre: where the seller stands
    meta: str = "rows"  # rows, colon, above, boxed: number, dates and references
    is_meta_beside_buyer: bool = True
    table: str = "header_rule"  # grid, header_rule, bare, striped
    totals: str = "right"  # right, boxed, full_width
    bank: str = "footer"  # footer, lines, sentence
    label_end: str = ":"
    tax_id_in: str = "head"  # head, meta, footer
    repeats_header: bool = True
    is_currency_in_cells: bool = False
    are_optionals_shown: bool = True  # customer number, phone and the like: there to be passed over

    def label(self, name: str) -> str:
        """Return the label as worded here, without its colon."""
        return self.labels[name]


def random_style(rng: Random, language: str) -> Style:
    """Choose a layout at random."""
    labels = {name: rng.choice(spellings) for name, spellings in LABELS[language].items()}
    if labels["gross_total"] == labels["net_amount"] or labels["tax_total"] == labels["tax_rate"]:
        labels["gross_total"] = LABELS[language]["gross_total"][1]
    shown = [name for name in OPTIONAL_COLUMNS if happens(rng, 0.6)]
    face = (
        Face.CJK if language == "zh" else rng.choice((Face.SANS, Face.SANS, Face.FIRA, Face.FIRA, Face.MONO))
    )
    return Style(
        language=language,
        labels=labels,
        columns=_ordered_columns(rng, shown),
        numbers=rng.choice(NUMBER_STYLES[language]),
        date_pattern=rng.choice(DATE_PATTERNS[language]),
        paper=LETTER if language == "en" and happens(rng, 0.3) else A4,
        face=face,
        size=rng.choice((7.0, 7.5)) if face is Face.MONO else rng.choice((8.0, 8.5, 9.0, 9.5)),
        accent=rng.choice(((0.0, 0.0, 0.0), (0.12, 0.22, 0.42), (0.5, 0.1, 0.1), (0.1, 0.4, 0.3))),
        head=rng.choice(("left", "right", "centre")),
        meta=rng.choice(("rows", "rows", "colon", "above", "boxed")),
        is_meta_beside_buyer=happens(rng, 0.6),
        table=rng.choice(("grid", "header_rule", "bare", "striped")),
        totals=rng.choice(("right", "right", "boxed", "full_width")),
        bank=rng.choice(("footer", "lines", "sentence")),
        label_end=rng.choice(("：", ":"))
        if language == "zh"
        else rng.choice((":", ":", "", " :" if language == "fr" else ":")),
        tax_id_in=rng.choice(("head", "meta", "footer")),
        repeats_header=happens(rng, 0.8),
        is_currency_in_cells=happens(rng, 0.3),
        are_optionals_shown=happens(rng, 0.6),
    )


def _ordered_columns(rng: Random, shown: list[str]) -> tuple[str, ...]:
    before: list[str] = [name for name in ("position", "product_code") if name in shown]
    if happens(rng, 0.15):
        before = ["quantity", *(["unit"] if "unit" in shown else []), *before]
    middle = [name for name in ("specification",) if name in shown]
    counted = [] if "quantity" in before else ["quantity", *(["unit"] if "unit" in shown else [])]
    rates = [name for name in ("tax_rate", "tax_amount") if name in shown]
    closing = ["net_amount", *rates] if happens(rng, 0.3) else [*rates, "net_amount"]
    return (*before, "description", *middle, *counted, "unit_price", *closing)
