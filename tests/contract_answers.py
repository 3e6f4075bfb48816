"""Answer questions about generated contracts as a model that reads without a fault would.

A term is answered by the window that shows its whole provision; what it says, its clause and its
sentence are the generator's own.
"""

import json
import re
from collections.abc import Sequence

from synthesis.contract import printed_values
from synthesis.contract_random import GeneratedContract
from synthesis.contract_tables import NUMBERS
from synthesis.notation import number

from extractor.engines.qwen.completion import Completion, PageQuestion
from extractor.engines.qwen.page_text import PageText
from extractor.engines.qwen.windows import overlapping_windows
from extractor.field_specs.spec import FieldSpec, FieldType, Spec
from extractor.pages.page import Page

_FIELD_OF = {
    "effective_date": "effective",
    "expiry_date": "expiry",
    "currency": "currency",
    "payment_days": "days",
    "invoice_type_required": "invoice_type",
    "late_fee_rate": "late_fee",
    "governing_law": "law",
}
_PRINTED_ORDER = ("description", "specification", "unit", "quantity", "unit_price")
_RATES = {"tax_rate": "tax_rate", "retention_rate": "retention", "agreed_discount": "agreed_discount"}


class TrueReader:
    """A completer that knows the contract. It answers one question after the other, a window each."""

    def __init__(self, made: GeneratedContract, pages: Sequence[Page], spec: Spec) -> None:
        self.made = made
        self.spec = spec
        self.questions: list[PageQuestion] = []
        self.answered: list[set[str]] = []  # the terms, by window
        self._windows = [window.text for window in overlapping_windows(pages)]

    def complete(self, questions: Sequence[PageQuestion], *, max_new_tokens: int) -> list[Completion]:
        del max_new_tokens
        return [Completion(text=self._answer(question)) for question in questions]

    def _answer(self, question: PageQuestion) -> str:
        text = self._windows[len(self.questions)]
        self.questions.append(question)
        said = {name: self._term(name, field, text) for name, field in self.spec.fields.items()}
        self.answered.append({name for name, term in said.items() if term})
        return json.dumps(said, ensure_ascii=False)

    def _term(self, name: str, field: FieldSpec, text: PageText) -> object:
        if field.type is FieldType.TABLE:
            return list(self._prices(field, text)) if name == "price_list" else []
        sentence = self.made.sentences.get(name)
        if sentence is None or not any(sentence in flow.text for flow in text.flows):
            return None
        members = self._value(name, field, sentence)
        return members and members | {"clause": self._printed_clause(name), "quote": sentence}

    def _value(self, name: str, field: FieldSpec, sentence: str) -> dict[str, str | None] | None:
        """Return the words of the sentence that are the value."""
        printed = printed_values(self.made.record)
        value: str | None = printed.get(_FIELD_OF.get(name, ""))
        if name == "total_amount" and self.made.record.total_amount:
            value = number(self.made.record.total_amount, NUMBERS[self.made.record.language])
        if name in _RATES:
            found = re.search(rf"{re.escape(printed[_RATES[name]])}\s?(?:%|per cent)", sentence)
            value = found.group() if found else None
        if name == "payment_trigger":
            spelled = field.choices[self.made.record.payment_trigger]
            value = next((each for each in spelled if each in sentence), None)
        if name == "bank_account":
            return {"bank": printed["bank"], "account": printed["account"], "bic": None}
        if value is None or value not in sentence:
            return None
        return {"percent": value} if name == "agreed_discount" else {"value": value}

    def _printed_clause(self, name: str) -> str:
        """Return the number as it stands before the provision: "(3)" of "§ 4 Abs. 3"."""
        clause = str(self.made.terms[name]["clause"])
        if "Abs." in clause:
            return f"({clause.rpartition(' ')[2]})"
        return clause.partition("、")[2] or clause

    def _prices(self, field: FieldSpec, text: PageText) -> list[dict[str, str | None]]:
        """Return the printed rows, each from its own line; of those that wrap only what stands in one."""
        numbers = NUMBERS[self.made.record.language]
        rows = []
        for priced in self.made.record.price_list:
            said = {
                "description": priced.description,
                "specification": priced.specification,
                "unit": priced.unit,
                "unit_price": number(priced.unit_price, numbers),
                "quantity": number(priced.quantity, numbers, places=None) if priced.quantity else None,
            }
            whole = " ".join(filter(None, (said[name] for name in _PRINTED_ORDER)))
            answer = dict.fromkeys(field.columns) | said | {"clause": None, "quote": whole}
            rows += [answer for row in text.rows if row.text == whole]
        return rows
