"""Every choice about one invoice's appearance, in one record; a family is what layouts have in common."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from synthesis.canvas import A4, BLACK, BOLD_OF, GREY, LETTER, Colour, Face, Paper
from synthesis.chance import happens
from synthesis.invoices.blocks import Ink
from synthesis.invoices.columns import TableLayout, random_table_layout
from synthesis.invoices.finish import Finish, random_finish
from synthesis.invoices.markets import Market
from synthesis.invoices.pen import Pen
from synthesis.invoices.words import Wording

_FACES = (
    *(Face.SANS,) * 4,
    *(Face.FIRA,) * 3,
    *(Face.HELVETICA,) * 4,
    *(Face.UBUNTU,) * 2,
    *(Face.TIMES,) * 3,
    Face.UBUNTU_MONO,
    Face.COURIER,
    Face.MONO,
    Face.CASCADIA,
)
_WITHOUT_RUPEE = frozenset({Face.HELVETICA, Face.TIMES, Face.COURIER})
_WIDE = frozenset({Face.UBUNTU_MONO, Face.COURIER, Face.MONO, Face.CASCADIA})
ACCENTS: tuple[Colour, ...] = (
    BLACK,
    (0.12, 0.22, 0.42),
    (0.5, 0.1, 0.1),
    (0.1, 0.4, 0.3),
    (0.0, 0.38, 0.62),
    (0.75, 0.33, 0.05),
    (0.32, 0.2, 0.48),
    (0.25, 0.25, 0.28),
)
META_NARROW = ("rows", "rows_right", "rows_outer", "colon", "colon", "stacked", "grid_rows")
META_WIDE = ("strip", "strip_ruled", "boxes", "boxes", "inline", "table", "colon", "rows", "two_columns")
TOTALS_FORMS = (
    "right",
    "right",
    "right_ruled",
    "boxed",
    "grid",
    "full",
    "left",
    "strip",
    "in_table",
    "dotted",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadPlan:
    """How the upper part of the page is divided: rows of columns of parts, with their shares."""

    name: str
    rows: tuple[tuple[tuple[tuple[str, ...], float], ...], ...]
    seller: frozenset[str]  # head, sender, footer, party, side: where name and address stand
    align: str
    is_boxed: bool

    @property
    def has_narrow_meta(self) -> bool:
        """Say whether the invoice's data share their row with others."""
        return any(len(row) > 1 for row in self.rows for parts, _ in row if "meta" in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One layout. Words and notations are part of it; what is not a choice is in the bill."""

    wording: Wording
    pen: Pen
    market: Market
    paper: Paper
    margin: float
    face: Face
    size: float
    accent: Colour
    head: HeadPlan
    meta: str
    across: int  # cells in a row of the meta forms that have cells
    label_form: str  # plain, bold, grey, caps
    label_end: str
    is_bilingual: bool
    title_form: str  # plain, number, number_date
    title_size: float
    title_case: str  # plain, upper
    is_title_small: bool  # in the size of the text
    date_form: str  # fact: among the invoice's data; town: beside the town, as in a letter; alone
    logo: str  # name, mark, trade, trade_mark, none
    buyer_form: str  # under_label, bare, beside_label, lines
    tax_id_at: str  # head, meta, footer, closing
    account_at: str  # closing, footer, sentence, slip, table
    terms_at: str  # closing, meta, sentence
    table: TableLayout
    totals: str
    tax_table: str  # none, before, after: a table of rates, bases and taxes
    shows_base: bool
    footer: str  # none, columns, centred, lines
    page_numbers: str  # none, bottom_right, bottom_centre, top_right, footer
    has_contacts: bool
    has_sender_line: bool
    has_signature: bool
    has_thanks: bool
    has_legal: bool
    has_intro: bool
    has_country_lines: bool
    has_unlabelled_sentences: bool
    has_grouped_iban: bool
    shows_amount_due: bool
    has_code: bool
    is_closing_beside_totals: bool
    has_tax_sum_only: bool  # without rates: one line has them, or the table of taxes
    has_tax_sum_too: bool  # under the taxes of several rates
    shows_net_of_gross: bool  # where prices are with tax
    finish: Finish

    @property
    def structure(self) -> str:
        """Return what makes the layout another than others: head, data, table, totals, foot."""
        return f"{self.head.name}/{self.meta}/{self.table.structure}/{self.totals}/{self.footer}"

    @property
    def body(self) -> Ink:
        """Return the ink of running text."""
        return Ink(face=self.face, size=self.size)

    @property
    def bold(self) -> Ink:
        """Return the ink of what stands out."""
        return Ink(face=BOLD_OF[self.face], size=self.size)

    @property
    def small(self) -> Ink:
        """Return the ink of what matters less."""
        return Ink(face=self.face, size=max(5.5, self.size - 1.5))

    @property
    def faint(self) -> Ink:
        """Return the ink of captions and sender lines."""
        return Ink(face=self.face, size=max(5.5, self.size - 1.5), colour=GREY)

    @property
    def caption(self) -> Ink:
        """Return the ink of labels."""
        return {
            "plain": self.body,
            "bold": self.bold,
            "grey": Ink(face=self.face, size=self.size - 0.5, colour=GREY),
            "caps": Ink(face=self.face, size=max(5.5, self.size - 1.5), colour=self.accent),
        }[self.label_form]

    def large(self, size: float) -> Ink:
        """Return bold ink in the accent colour."""
        return Ink(face=BOLD_OF[self.face], size=size, colour=self.accent, leading=1.25)

    def label(self, name: str, *, end: bool = True) -> str:
        """Return a label as it is worded and written here."""
        text = self.wording[name]
        if self.label_form == "caps":
            text = text.upper()
        return text if not end or text.endswith((":", "：", "?")) else text + self.label_end


def random_layout(
    rng: Random,
    market: Market,
    pen: Pen,
    wording: Wording,
    *,
    has_discounts: bool,
    is_gross: bool,
    has_price_base: bool,
) -> Layout:
    """Choose a layout that is at home in the market."""
    plan = _random_plan(rng)
    face = Face.CJK if market.language == "zh" else rng.choice(_FACES)
    while market.needs_rupee and face in _WITHOUT_RUPEE:
        face = rng.choice(_FACES)
    sizes = (6.5, 7.0, 7.5) if face in _WIDE else (7.5, 8.0, 8.5, 9.0, 9.0, 9.5, 10.0, 11.0)
    footer = _random_footer(rng, plan)
    title_form = rng.choices(("plain", "number", "number_date"), (72, 18, 10))[0]
    is_closing_beside_totals = happens(rng, 0.3)
    places = (
        "closing",
        "closing",
        "footer",
        "sentence",
        "slip",
        "closing" if is_closing_beside_totals else "table",
    )
    account_at = rng.choice(places)
    return Layout(
        wording=wording,
        pen=pen,
        market=market,
        paper=LETTER if market.is_on_letter_paper else A4,
        margin=rng.choice((34.0, 42.0, 48.0, 56.0, 64.0)),
        face=face,
        size=rng.choice(sizes),
        accent=rng.choice(ACCENTS),
        head=plan,
        meta=rng.choice(META_NARROW if plan.has_narrow_meta else META_WIDE),
        across=rng.choice((3, 4, 4, 5)),
        label_form=rng.choice(("plain", "plain", "plain", "bold", "grey", "caps")),
        label_end=_label_end(rng, market.language),
        is_bilingual=happens(rng, 0.06) and market.language != "en",
        title_form=title_form,
        is_title_small=happens(rng, 0.12),
        date_form=_date_form(rng, plan, title_form),
        title_size=rng.choice((12.0, 14.0, 16.0, 18.0, 20.0, 24.0)),
        title_case=rng.choice(("plain", "plain", "plain", "upper")),
        logo=rng.choice(("name", "name", "mark", "trade", "trade_mark", "none")),
        buyer_form=rng.choice(("under_label", "under_label", "under_label", "bare", "beside_label", "lines")),
        tax_id_at=rng.choice(
            ("head", "head", "meta", "footer" if footer != "none" else "closing", "closing")
        ),
        account_at=account_at if account_at != "footer" or footer != "none" else "closing",
        terms_at=rng.choice(("closing", "sentence", "sentence", "meta")),
        table=random_table_layout(
            rng, market, has_discounts=has_discounts, is_gross=is_gross, has_price_base=has_price_base
        ),
        totals=rng.choice(TOTALS_FORMS),
        tax_table=rng.choices(("none", "before", "after"), (74, 12, 14))[0],
        shows_base=happens(rng, 0.4),
        footer=footer,
        page_numbers=rng.choice(("none", "bottom_right", "bottom_centre", "top_right", "bottom_right")),
        has_contacts=happens(rng, 0.7),
        has_sender_line="sender" in plan.seller or happens(rng, 0.15),
        has_signature=happens(rng, 0.15),
        has_thanks=happens(rng, 0.35),
        has_legal=happens(rng, 0.4),
        has_intro=happens(rng, 0.25),
        has_country_lines=happens(rng, 0.2),
        has_unlabelled_sentences=happens(rng, 0.35),
        has_grouped_iban=happens(rng, 0.7),
        shows_amount_due=happens(rng, 0.2),
        has_code=happens(rng, 0.12),
        is_closing_beside_totals=is_closing_beside_totals,
        has_tax_sum_only=happens(rng, 0.25),
        has_tax_sum_too=happens(rng, 0.4),
        shows_net_of_gross=happens(rng, 0.25),
        finish=random_finish(rng),
    )


@cache
def head_plans() -> Mapping[str, HeadPlan]:
    """Return the ways of dividing a head, by name."""
    written = tomllib.loads(Path(__file__).with_name("heads.toml").read_text(encoding="utf-8"))
    return {
        name: HeadPlan(
            name=name,
            rows=tuple(tuple(_column(column) for column in row) for row in entry["rows"]),
            seller=frozenset(entry["seller"]),
            align=entry.get("align", "left"),
            is_boxed=entry.get("is_boxed", False),
        )
        for name, entry in written.items()
    }


def _column(written: str) -> tuple[tuple[str, ...], float]:
    parts, share = written.split()
    return tuple(parts.split("+")), float(share)


def _random_plan(rng: Random) -> HeadPlan:
    return rng.choice(list(head_plans().values()))


def _date_form(rng: Random, plan: HeadPlan, title_form: str) -> str:
    has_title = any("title" in parts for row in plan.rows for parts, _ in row)
    if title_form == "number_date" or not has_title:
        return "fact"
    return rng.choices(("fact", "town", "alone"), (82, 10, 8))[0]


def _random_footer(rng: Random, plan: HeadPlan) -> str:
    if "footer" in plan.seller:
        return rng.choice(("columns", "centred", "lines"))
    return rng.choice(("none", "none", "columns", "centred", "lines"))


def _label_end(rng: Random, language: str) -> str:
    if language == "zh":
        return rng.choice(("：", "：", ":", ""))
    return rng.choice((":", ":", ":", "", " :" if language == "fr" else ":", ""))
