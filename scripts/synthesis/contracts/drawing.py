"""Draw a varied contract: its head, its clauses, its annex and its signatures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from synthesis.canvas import BOLD_OF, Face, text_width
from synthesis.contract import DrawnContract, printed_values
from synthesis.contract_record import ContractRecord
from synthesis.contract_tables import NUMBERS
from synthesis.contract_wording import Provision, further_sections
from synthesis.contracts.numbering import heading_of, label_of
from synthesis.contracts.sheet import Sheet
from synthesis.contracts.tables import TableStyle, draw_milestones, draw_prices
from synthesis.contracts.wording import Lines, Wording, wording
from synthesis.invoice_drawing import address_lines
from synthesis.notation import number, written_date

_SIGNS = {"GBP": "£", "EUR": "€", "USD": "US$", "CNY": "￥"}
_LABEL_WIDTH = 110.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How one contract is set: everything but what it fixes and the choice of words."""

    plan: str  # prose, columns, letter
    numbering: str
    face: Face
    size: float
    margin: float
    has_running_lines: bool
    has_contents: bool
    is_ruled: bool
    is_numbered: bool  # the rows of its tables


def draw(record: ContractRecord, manner: Manner, rng: Random, *, further_clauses: int = 0) -> DrawnContract:
    """Return the contract as a PDF, with the clause and page of each term. `rng` chooses the words.

    `further_clauses` that fix nothing are spread among the others.
    """
    return _Drawing(record, manner, rng, further_clauses).drawn()


class _Drawing:
    def __init__(self, record: ContractRecord, manner: Manner, rng: Random, further_clauses: int) -> None:
        self.record, self.manner, self.rng = record, manner, rng
        self.further_clauses = further_clauses
        self.words: Wording = wording(record.language)
        self.sheet = Sheet(face=manner.face, size=manner.size, margin=manner.margin, columns=1)
        self.date_pattern = self._phrase("dates")
        self.values = self._values()
        titles = {name: rng.choice(choices) for name, choices in self.words.columns.items()}
        self.tables = TableStyle(titles=titles, is_ruled=manner.is_ruled, is_numbered=manner.is_numbered)

    def drawn(self) -> DrawnContract:
        sheet, record = self.sheet, self.record
        heads = [
            head for head in self.words.heads if (head.plan == "letter") == (self.manner.plan == "letter")
        ]
        sheet.note(
            (
                "title",
                "contract_number",
                "seller_name",
                "seller_tax_id",
                "buyer_name",
                "buyer_tax_id",
                "signing_date",
            ),
            None,
        )
        self._lines(self.rng.choice(heads))
        sheet.y += 8
        self._clauses()
        sheet.end_columns()
        sheet.y += 14
        sheet.make_room(90)
        self._lines(self.rng.choice(self.words.signatures))
        if record.is_list_annexed:
            sheet.new_page()
            sheet.note(("price_list",), self.values["list_place"])
            title = f"{self.values['list_place']}  {self._phrase('annex_titles')}"
            sheet.write(title, is_bold=True)
            sheet.y += 6
            draw_prices(sheet, record, self.tables)
        if self.manner.has_running_lines:
            self._running_lines()
        return DrawnContract(content=sheet.canvas.content(title=record.title), places=sheet.places)

    def _phrase(self, name: str) -> str:
        return self.rng.choice(self.words.phrases[name])

    def _values(self) -> Mapping[str, str]:
        record, language = self.record, self.record.language
        seller_word, buyer_word = self._phrase("sides").split("|")
        short = [re.sub(r"（.*", "", word) for word in (seller_word, buyer_word)]
        articles = {"en": "the ", "de": "der ", "zh": ""}[language]
        amount = number(record.total_amount or Decimal(0), NUMBERS[language])
        trigger = self._phrase(record.payment_trigger)
        values = dict(printed_values(record))
        values["seller"], values["buyer"] = (articles + word for word in short)
        values |= {
            "seller_word": seller_word,
            "buyer_word": buyer_word,
            "buyer_acc": f"den {short[1]}n" if short[1] == "Kunde" else f"den {short[1]}",
            "title": record.title,
            "contract_number": record.contract_number,
            "signed": self._date(record.signing_date),
            "effective": self._date(record.effective_date),
            "expiry": self._date(record.expiry_date),
            "list_place": self._phrase("annexes" if record.is_list_annexed else "here"),
            "tax_clause": self._phrase("taxed" if record.prices_include_tax else "untaxed"),
            "total_tax": self._phrase("taxed_total" if record.total_includes_tax else "untaxed_total"),
            "total": self._phrase("totals").format(
                amount=amount, currency=record.currency, sign=_SIGNS[record.currency]
            ),
            "total_figures": amount,
            "trigger": trigger,
            "trigger_bare": re.sub(r"之日起|后$", "", trigger),
            "tax_rate_words": {"13": "十三", "9": "九", "6": "六"}.get(str(record.tax_rate), ""),
        }
        for side, party in (("seller", record.seller), ("buyer", record.buyer)):
            values |= {
                f"{side}_name": party.name,
                f"{side}_tax_id": party.tax_id,
                f"{side}_address": ", ".join(address_lines(party.address)),
            }
        return values

    def _date(self, day: date) -> str:
        return written_date(day, self.date_pattern, language=self.record.language)

    def _lines(self, chosen: Lines) -> None:
        sheet = self.sheet
        for line in chosen.lines:
            text = line.format_map(self.values)
            if text == "-":
                sheet.y += 9
            elif text.startswith("#"):
                middle = sheet.canvas.paper.width / 2
                size = sheet.size + 6
                sheet.canvas.text(
                    middle, sheet.y, text[1:], size=size, face=BOLD_OF[sheet.face], align="centre"
                )
                sheet.y += size * 1.6
            elif "|" in line:
                label, value = text.split("|")
                sheet.canvas.text(sheet.left, sheet.y, label, size=sheet.size, face=BOLD_OF[sheet.face])
                sheet.write(value, indent=_LABEL_WIDTH)
                sheet.y += 2
            elif "        " in text:
                left, right = re.split(r"\s{8,}", text)
                sheet.make_room(sheet.size * 4)
                sheet.canvas.text(sheet.left + sheet.width / 2 + 10, sheet.y, right, size=sheet.size)
                sheet.write(left)
                sheet.y += 24
            else:
                sheet.write(text.removeprefix("*"), is_bold=text.startswith("*"))

    def _clauses(self) -> None:
        sections = [
            (self.rng.choice(section.headings), shown)
            for section in self.words.sections
            if (shown := [each for each in section.provisions if self._applies(each)])
        ]
        further = further_sections(self.record.language)
        for count in range(self.further_clauses):
            section = further[count % len(further)]
            place = 1 + (count + 1) * len(sections) // (self.further_clauses + 1)
            sections.insert(min(place, len(sections)), (section.headings[0], list(section.provisions)))
        if self.manner.has_contents:
            self._contents([heading for heading, _ in sections])
        if self.manner.plan == "columns":
            self.sheet.begin_columns(2)
        for count, (heading, provisions) in enumerate(sections, 1):
            self.sheet.y += 5
            self.sheet.make_room(60)
            self.sheet.write(
                heading_of(self.record.language, self.manner.numbering, count, heading), is_bold=True
            )
            self.sheet.y += 2
            for index, provision in enumerate(provisions, 1):
                self._provision(provision, count, index)

    def _provision(self, provision: Provision, count: int, index: int) -> None:
        sheet, terms = self.sheet, provision.terms
        text = self.rng.choice(provision.wordings).format_map(self.values)
        text = text[0].upper() + text[1:]
        label, clause = label_of(self.record.language, self.manner.numbering, count, index)
        sheet.make_room(2 * sheet.size)
        sheet.note(terms, clause, sentence=text)
        sheet.canvas.text(sheet.left, sheet.y, label, size=sheet.size)
        sheet.write(text, indent=max(26.0, text_width(label, size=sheet.size, face=sheet.face) + 8))
        sheet.y += 4
        if "price_list" in terms and not self.record.is_list_annexed:
            draw_prices(sheet, self.record, self.tables)
        if "milestones" in terms:
            draw_milestones(sheet, self.record, self.tables)

    def _applies(self, provision: Provision) -> bool:
        record = self.record
        present: dict[str, object] = {
            "bank_account": record.shows_bank_account,
            "early_discount": record.early_discount,
            "no_fees": not record.allowed_fees,
        }
        terms = provision.terms
        return not terms or bool(present.get(terms[0], getattr(record, terms[0], None)))

    def _contents(self, headings: list[str]) -> None:
        sheet = self.sheet
        sheet.write(self._phrase("contents"), is_bold=True)
        has_leaders = self.rng.random() < 0.5  # noqa: PLR2004
        for count, heading in enumerate(headings, 1):
            entry = heading_of(self.record.language, self.manner.numbering, count, heading)
            right = sheet.left + sheet.width
            sheet.make_room(sheet.size * 1.5)
            sheet.canvas.text(right, sheet.y, str(1 + count // 4), size=sheet.size, align="right")
            if has_leaders:
                start = sheet.left + text_width(entry, size=sheet.size, face=sheet.face) + 6
                dots = "." * int((right - 16 - start) / text_width(".", size=sheet.size, face=sheet.face))
                sheet.canvas.text(start, sheet.y, dots, size=sheet.size)
            sheet.write(entry)
        sheet.new_page()

    def _running_lines(self) -> None:
        canvas, head, foot = self.sheet.canvas, self._phrase("running"), self._phrase("pages")
        middle = canvas.paper.width / 2
        canvas.on_every_page(
            self.sheet.margin, 26, lambda _page, _count: head.format_map(self.values), size=7.5
        )
        canvas.on_every_page(
            middle,
            canvas.paper.height - 32,
            lambda page, count: foot.format(page=page, count=count),
            size=7.5,
            align="centre",
        )
