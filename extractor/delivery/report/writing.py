"""Write the report's records from a reconciliation: words, places, and the policy in force."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import PurePath

from extractor.assessment.assessment import Assessment
from extractor.delivery.annotate import AMBER, RED, marks_round
from extractor.delivery.report.counting import counts, is_question, verdict_sentence
from extractor.delivery.report.language import Language, Wording, wording
from extractor.delivery.report.matched import match_rows
from extractor.delivery.report.pictures import Pages
from extractor.delivery.report.policy_rows import limits_rows, settings_rows
from extractor.delivery.report.report import Entry, InvoiceRow, Place, PlainRow, Report, WholePage
from extractor.delivery.report.sentences import (
    amount_text,
    field_name,
    invoice_name,
    line_name,
    original,
    sentence,
    shortened,
)
from extractor.delivery.wording import value_text
from extractor.documents.drawing import Mark
from extractor.reconciliation.check import Check, CheckState, Reconciliation, Side, Verdict
from extractor.reconciliation.effect import money_differences, told_difference
from extractor.reconciliation.policy import Policy

_LONGEST_QUOTE = 600  # characters
_CONTRACT_FACTS = ("contract_number", "seller_name", "buyer_name", "effective_date", "expiry_date")


def report_of(
    compared: Reconciliation,
    contents: Mapping[str, bytes],
    *,
    policy: Policy,
    language: Language,
    made_on: date,
    version: str,
) -> Report:
    """Return the report. `contents` holds each document's bytes by its source.

    What is not among them, or has no pages (XML), is told without pictures.
    """
    words = wording(language)
    with Pages(contents) as pages:
        writer = _Writer(compared, words, pages)
        mismatches, questions = writer.mismatches(), writer.questions()
        return Report(
            language=language,
            title=words.say("head.title"),
            made=words.say("note.made", version=version, date=made_on.isoformat()),
            verdict=compared.verdict,
            verdict_word=words.say(f"verdict.word.{compared.verdict}"),
            sentence=verdict_sentence(compared, words),
            contract=writer.contract(),
            invoices=tuple(writer.invoices()),
            mismatches=mismatches,
            questions=questions,
            findings=tuple(writer.findings()),
            passed=tuple(writer.rows(CheckState.PASSED)),
            not_checkable=tuple(writer.rows(CheckState.NOT_CHECKABLE)),
            matches=tuple(match_rows(compared, words)),
            limits=limits_rows(policy, words),
            settings=settings_rows(policy, words),
            pages=tuple(writer.pages()),
        )


class _Writer:
    """One reconciliation, the words of one language and the pages. Entries are numbered through."""

    def __init__(self, compared: Reconciliation, words: Wording, pages: Pages) -> None:
        self._compared, self._words, self._pages = compared, words, pages
        money = money_differences(compared)
        pairs = list(zip(compared.checks, money, strict=True))
        listed = [pair for pair in pairs if pair[0].state is CheckState.MISMATCH]
        listed += [pair for pair in pairs if is_question(pair[0])]
        self._listed = [(number, *pair) for number, pair in enumerate(listed, 1)]

    def mismatches(self) -> tuple[Entry, ...]:
        return tuple(self._entry(*each) for each in self._listed if each[1].state is CheckState.MISMATCH)

    def questions(self) -> tuple[Entry, ...]:
        return tuple(self._entry(*each) for each in self._listed if each[1].state is not CheckState.MISMATCH)

    def contract(self) -> tuple[tuple[str, str], ...]:
        words, contract = self._words, self._compared.contract
        facts = [
            (words.name("field", name), value_text(leaf.value))
            for name in _CONTRACT_FACTS
            if (leaf := contract.extraction.leaf(name)).value is not None
        ]
        amendments = [
            (each.title, f"{_file_name(each.source)} ({value_text(each.since)})")
            for each in contract.extraction.amended_by
        ]
        return ((words.say("column.file"), _file_name(contract.source)), *facts, *amendments)

    def invoices(self) -> Iterator[InvoiceRow]:
        for position, invoice in enumerate(self._compared.invoices):
            number, issued, seller = (
                invoice.extraction.leaf(name) for name in ("invoice_number", "issue_date", "seller_name")
            )
            found = counts(self._compared, position, self._words)
            yield InvoiceRow(
                position=position + 1,
                number=value_text(number.value),
                issued=value_text(issued.value),
                seller=value_text(seller.value),
                gross=_money(invoice.extraction.leaf("gross_amount").value, invoice),
                file=self._file(invoice),
                found=found,
                is_flagged=found != self._words.say("counts.nothing"),
            )

    def findings(self) -> Iterator[PlainRow]:
        for position, invoice in enumerate(self._compared.invoices):
            for finding in invoice.findings:
                yield PlainRow(
                    invoice=invoice_name(invoice, position, self._words),
                    title=self._words.name("code", finding.code),
                    where=self._where(finding.field, invoice),
                    told=finding.message,
                )

    def rows(self, state: CheckState) -> Iterator[PlainRow]:
        for check in self._compared.checks:
            if check.state is state and not is_question(check):
                yield PlainRow(
                    invoice=self._invoice_name(check),
                    title=self._words.name("code", check.code),
                    where=self._agreed_where(check),
                    told=sentence(check, self._compared, self._words),
                    original=original(check, self._words),
                )

    def pages(self) -> Iterator[WholePage]:
        """Yield the contract's pages, then the invoices', each file once."""
        marks: dict[str, list[Mark]] = {source: [] for source in self._compared.contract_sources}
        for number, check, _ in self._listed:
            for source, side in ((self._source_of_agreed(check), check.agreed), (None, check.billed)):
                place = source or self._source_of_billed(check)
                if side is not None and place is not None:
                    drawn = marks_round(side.evidence, str(number), colour=_colour(check))
                    marks.setdefault(place, []).extend(drawn)
        for source, drawn_there in marks.items():
            for number, picture in self._pages.whole(source, _numbered(drawn_there)):
                title = f"{_file_name(source)}, {self._words.say('side.page', page=number)}"
                yield WholePage(title=title, picture=picture)

    def _entry(self, number: int, check: Check, money: Decimal | None) -> Entry:
        words = self._words
        invoice = None if check.invoice is None else self._compared.invoices[check.invoice]
        blocks = (
            check.state is CheckState.MISMATCH
            and self._compared.verdict is Verdict.BLOCK
            and check.code in self._compared.reasons
        )
        tags = [self._invoice_name(check), self._where(check.field, invoice)]
        if check.severity is not None:
            tags.append(words.name("severity", check.severity))
        if check.consequence_of is not None:
            tags.append(words.say("tag.follows", cause=words.name("code", check.consequence_of)))
        difference = told_difference(check, self._compared)
        return Entry(
            number=number,
            title=words.name("code", check.code),
            code=check.code,
            is_question=is_question(check),
            blocks=blocks,
            tags=tuple(tag for tag in tags if tag),
            sentence=sentence(check, self._compared, words),
            original=original(check, words),
            agreed=self._agreed(check),
            billed=self._billed(check),
            difference="" if difference is None else _signed(difference),
            money="" if money is None else _money(money, invoice, is_signed=True),
        )

    def _agreed(self, check: Check) -> Place:
        is_elsewhere = self._source_of_agreed(check) not in self._compared.contract_sources
        heading = self._words.say("side.agreed_elsewhere" if is_elsewhere else "side.agreed")
        return self._place(check, check.agreed, heading, source=self._source_of_agreed(check))

    def _billed(self, check: Check) -> Place:
        heading = self._words.say("side.billed")
        return self._place(check, check.billed, heading, source=self._source_of_billed(check))

    def _place(self, check: Check, side: Side | None, heading: str, *, source: str | None) -> Place:
        if side is None:
            none = self._words.say("note.not_agreed" if check.agreed is None else "note.none")
            return Place(heading=heading, value=none, where="", quote="", picture=None)
        quote = "" if side.quote is None else shortened(side.quote, _LONGEST_QUOTE)
        return Place(
            heading=heading,
            value=_value(side),
            where=self._told_place(side, source),
            quote=self._words.say("side.quote", quote=quote) if quote else "",
            picture=None if source is None else self._pages.cutting(source, side.evidence, _colour(check)),
        )

    def _told_place(self, side: Side, source: str | None) -> str:
        told = [_file_name(source)] if source else []
        if side.clause:
            is_number = side.clause[0].isdigit()
            told.append(self._words.say(f"side.clause{'' if is_number else '_plain'}", clause=side.clause))
        if side.evidence is not None:
            page = side.evidence.page
            is_data = page is None
            told.append(self._words.say("side.data") if is_data else self._words.say("side.page", page=page))
        return self._words.say("verdict.sentence.comma").join(told)

    def _agreed_where(self, check: Check) -> str:
        return "" if check.agreed is None else self._told_place(check.agreed, None)

    def _where(self, path: str | None, invoice: Assessment | None) -> str:
        named = [line_name(path, invoice, self._words), field_name(path, self._words)]
        return self._words.say("verdict.sentence.comma").join(name for name in named if name)

    def _invoice_name(self, check: Check) -> str:
        if check.invoice is None:
            return ""
        return invoice_name(self._compared.invoices[check.invoice], check.invoice, self._words)

    def _source_of_agreed(self, check: Check) -> str | None:
        if check.agreed is not None and check.agreed.source is not None:
            return check.agreed.source
        return self._compared.contract.source

    def _source_of_billed(self, check: Check) -> str | None:
        if check.billed is not None and check.billed.source is not None:
            return check.billed.source
        return None if check.invoice is None else self._compared.invoices[check.invoice].source

    def _file(self, invoice: Assessment) -> str:
        part = invoice.extraction.part
        name = _file_name(invoice.source)
        if part.of == 1:
            return name
        return f"{name}, {self._words.say('side.page', page=', '.join(map(str, part.pages)))}"


def _numbered(marks: Iterable[Mark]) -> list[Mark]:
    """Join marks on one place, with the numbers of all; where colours differ, the first's holds."""
    by_place: dict[tuple[object, ...], Mark] = {}
    for mark in marks:
        key = mark.page, mark.box
        first = by_place.get(key)
        if first is None:
            by_place[key] = mark
        elif mark.label and mark.label not in first.label.split(", "):
            by_place[key] = replace(first, label=", ".join(filter(None, [first.label, mark.label])))
    return list(by_place.values())


def _colour(check: Check) -> tuple[float, float, float]:
    return AMBER if check.is_unsure else RED


def _value(side: Side) -> str:
    if isinstance(side.value, Decimal):
        return amount_text(side.value)
    return (side.text or "") if side.value is None else value_text(side.value)


def _signed(number: Decimal) -> str:
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{amount_text(abs(number))}"


def _money(value: object, invoice: Assessment | None, *, is_signed: bool = False) -> str:
    """Return an amount with its currency, thousands parted."""
    if not isinstance(value, Decimal):
        return "-"
    currency = None if invoice is None else invoice.extraction.leaf("currency").value
    amount = f"{abs(value):,f}"
    sign = "−" if value < 0 else "+" if is_signed and value > 0 else ""
    return f"{sign}{amount} {currency}" if currency else f"{sign}{amount}"


def _file_name(source: str) -> str:
    return PurePath(source).name or source
