"""One invoice before it is drawn: what it says, what stands around that, and how it looks."""

from dataclasses import dataclass

from synthesis.invoices.bill import Bill
from synthesis.invoices.layout import Layout
from synthesis.invoices.surroundings import Surroundings
from synthesis.invoices.tax_numbers import tax_id_label
from synthesis.invoices.words import spellings


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that a drawing needs."""

    bill: Bill
    layout: Layout
    around: Surroundings

    @property
    def is_seller_in_head(self) -> bool:
        """Say whether the seller's name and address stand in the head, as a block of their own."""
        return bool(self.layout.head.seller & {"head", "party", "side"})

    @property
    def tax_id_at(self) -> str:
        """Return where the seller's tax id is printed: head, meta, footer or closing."""
        wanted = self.layout.tax_id_at
        return "closing" if wanted == "head" and not self.is_seller_in_head else wanted

    @property
    def tax_id_line(self) -> str:
        """Return the seller's tax id with its label, empty if it is not printed."""
        number = self.bill.record.seller_tax_id
        return f"{self.layout.label(tax_id_label(number))} {number}" if number else ""

    @property
    def title(self) -> str:
        """Return the title, with number and date where they belong to it."""
        layout, record = self.layout, self.bill.record
        text = layout.wording[record.invoice_type]
        if layout.is_bilingual:
            text = f"{text} / {spellings('en')[record.invoice_type][0]}"
        if layout.title_case == "upper":
            text = text.upper()
        if layout.title_form == "plain":
            return text
        number = _NUMBER_WORD[layout.market.language]
        numbered = f"{text} {number}{record.invoice_number}"
        if layout.title_form == "number":
            return numbered
        return f"{numbered} {_DATE_WORD[layout.market.language]} {layout.pen.day(record.issue_date)}"

    @property
    def dateline(self) -> str:
        """Return the date of issue as a letter bears it, without a label."""
        day = self.layout.pen.day(self.bill.record.issue_date)
        if self.layout.date_form == "alone":
            return day
        mark = " " if self.layout.market.language == "zh" else ", "
        return f"{self.bill.seller.town}{mark}{day}"


_NUMBER_WORD = {
    "en": "No. ",
    "de": "Nr. ",
    "fr": "n° ",
    "nl": "nr. ",
    "es": "n.º ",
    "it": "n. ",
    "pt": "n.º ",
    "zh": "No. ",
}
_DATE_WORD = {
    "en": "of",
    "de": "vom",
    "fr": "du",
    "nl": "d.d.",
    "es": "de",
    "it": "del",
    "pt": "de",
    "zh": "日期",
}
