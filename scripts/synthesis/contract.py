"""Draw contracts: numbered clauses in English, German and Chinese, with the truth of every term."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from synthesis.canvas import BOLD_OF, text_width
from synthesis.contract_record import ContractRecord
from synthesis.contract_sheet import MARGIN, ContractStyle, Sheet, TermTruth
from synthesis.contract_tables import NUMBERS, draw_milestones, draw_prices
from synthesis.contract_wording import HEADS, TRIGGERS, Provision, Section, further_sections, sections
from synthesis.invoice_drawing import address_lines, grouped_iban
from synthesis.notation import chinese_amount, number, written_date
from synthesis.parties import Party

_CURRENCY_NAMES = {
    "en": {"GBP": "pounds sterling", "EUR": "euro", "USD": "US dollars"},
    "de": {"EUR": "Euro", "CHF": "Schweizer Franken"},
    "zh": {"CNY": "人民币"},
}
_TAX_CLAUSES = {
    "en": ("exclude value added tax", "include value added tax"),
    "de": ("zuzüglich Umsatzsteuer", "einschließlich Umsatzsteuer"),
    "zh": ("不含增值税", "含增值税"),
}
_TOTAL_TAX = {
    "en": ("excluding VAT", "including VAT"),
    "de": ("ohne Umsatzsteuer", "einschließlich Umsatzsteuer"),
    "zh": ("不含税", "含税"),
}
_COUNTS = {
    "en": {
        7: "seven",
        10: "ten",
        14: "fourteen",
        15: "fifteen",
        20: "twenty",
        30: "thirty",
        45: "forty-five",
        60: "sixty",
    },
    "de": {
        7: "sieben",
        10: "zehn",
        14: "vierzehn",
        15: "fünfzehn",
        20: "zwanzig",
        30: "dreißig",
        45: "fünfundvierzig",
        60: "sechzig",
    },
    "zh": {7: "七", 10: "十", 14: "十四", 15: "十五", 20: "二十", 30: "三十", 45: "四十五", 60: "六十"},
}
_DATE_PATTERNS = {"en": "d N Y", "de": "d. N Y", "zh": "Y年m月d日"}
_CHINESE_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnContract:
    """A contract as a file, with the place of each term."""

    content: bytes
    places: Mapping[str, TermTruth]


def draw_contract(record: ContractRecord, style: ContractStyle, *, further_clauses: int = 0) -> DrawnContract:
    """Return the contract as a PDF, with the clause and page of each term.

    `further_clauses` are so many clauses that fix nothing, among the others: some six a page.
    """
    sheet = Sheet(record, style)
    _draw_head(sheet)
    values = printed_values(record)
    number = 0
    for section in _sections(record.language, further_clauses):
        shown = [provision for provision in section.provisions if _applies(provision, record)]
        if not shown:
            continue
        number += 1
        sheet.y += 6
        sheet.make_room(60)
        sheet.write(
            _heading(style.numbering, number, section.headings[style.wording % len(section.headings)]),
            is_bold=True,
        )
        sheet.y += 2
        for index, provision in enumerate(shown, start=1):
            terms = provision.terms
            text = provision.wordings[style.wording % len(provision.wordings)].format_map(values)
            label, clause = _provision_number(style.numbering, number, index)
            sheet.make_room(2 * style.size)
            sheet.note(terms, clause, sentence=text)
            sheet.canvas.text(MARGIN, sheet.y, label, size=style.size)
            indent = max(34.0, text_width(label, size=style.size, face=style.face) + 8)
            sheet.write(text, x=MARGIN + indent)
            sheet.y += 4
            if "price_list" in terms and not record.is_list_annexed:
                draw_prices(sheet)
            if "milestones" in terms:
                draw_milestones(sheet)
    _draw_signatures(sheet)
    if record.is_list_annexed:
        _draw_annex(sheet)
    return DrawnContract(content=sheet.canvas.content(title=record.title), places=sheet.places)


def _sections(language: str, further_clauses: int) -> Iterator[Section]:
    """Yield the clauses in order, the further ones spread evenly behind them."""
    regular, further = sections(language), further_sections(language)
    added = 0
    for count, section in enumerate(regular, start=1):
        yield section
        while added < further_clauses * count // len(regular):
            yield further[added % len(further)]
            added += 1


def _draw_head(sheet: Sheet) -> None:
    record, heads, size = sheet.record, HEADS[sheet.record.language], sheet.style.size
    middle = sheet.canvas.paper.width / 2
    sheet.canvas.text(
        middle, sheet.y, record.title, size=size + 7, face=BOLD_OF[sheet.style.face], align="centre"
    )
    sheet.y += size + 20
    mark = "：" if record.language == "zh" else ": " if record.language == "de" else " "
    sheet.canvas.text(
        middle, sheet.y, f"{heads['number']}{mark}{record.contract_number}", size=size, align="centre"
    )
    sheet.y += 28
    sheet.note(
        ("title", "contract_number", "parties", "seller_name", "seller_tax_id", "buyer_name", "buyer_tax_id"),
        None,
    )
    if record.language == "zh":
        for role, party in (("buyer", record.buyer), ("seller", record.seller)):
            sheet.write(f"{heads[role]}：{party.name}")
            sheet.write(f"{heads['tax_id']}：{party.tax_id}")
            sheet.write(f"地址：{'、'.join(party.address.lines)}")
            sheet.y += 6
        return
    sheet.write(heads["between"])
    for index, (role, party) in enumerate((("seller", record.seller), ("buyer", record.buyer))):
        if index:
            sheet.write("and" if record.language == "en" else "und")
        sheet.write(party.name, is_bold=True)
        sheet.write(f"{', '.join(address_lines(party.address))}, {heads['tax_id']} {party.tax_id}")
        sheet.write(f"({heads[role]})" if record.language == "en" else f"– {heads[role]} –")
    sheet.y += 6


def _applies(provision: Provision, record: ContractRecord) -> bool:
    present: dict[str, object] = {
        "bank_account": record.shows_bank_account,
        "no_fees": not record.allowed_fees,
        "price_list": record.price_list,
    }
    terms = provision.terms
    return not terms or bool(present.get(terms[0], getattr(record, terms[0], None)))


def printed_values(record: ContractRecord) -> dict[str, str]:
    """Return what the {} fields of the provisions are filled with."""
    language, numbers, heads = record.language, NUMBERS[record.language], HEADS[record.language]
    total = record.total_amount or Decimal(0)
    amount = number(total, numbers)
    forms = {
        "en": f"{record.currency} {amount}",
        "de": f"{amount} {record.currency}",
        "zh": f"人民币{amount}元",
    }
    account = record.seller.account
    early = record.early_discount or (Decimal(0), 0)

    def percent(value: Decimal | None) -> str:
        return number(value or Decimal(0), numbers, places=None)

    return {
        "list_place": heads["annex"] if record.is_list_annexed else heads["here"],
        "currency": record.currency,
        "currency_name": _CURRENCY_NAMES[language][record.currency],
        "tax_clause": _TAX_CLAUSES[language][record.prices_include_tax],
        "total": forms[language],
        "total_words": chinese_amount(total, yuan="元"),
        "total_tax": _TOTAL_TAX[language][record.total_includes_tax],
        "tax_rate": percent(record.tax_rate),
        "agreed_discount": percent(record.agreed_discount),
        "fees": ("、" if language == "zh" else ", ").join(record.allowed_fees),
        "invoice_type": record.invoice_type_required or "",
        "days": str(record.payment_days),
        "days_words": _COUNTS[language].get(record.payment_days, str(record.payment_days)),
        "trigger": TRIGGERS[language][record.payment_trigger],
        "bank": account.bank or "",
        "account": grouped_iban(account.account),
        "early_percent": percent(early[0]),
        "early_days": str(early[1]),
        "late_fee": record.late_fee_rate or "",
        "retention": percent(record.retention_rate),
        "effective": _written(record.effective_date, language),
        "expiry": _written(record.expiry_date, language),
        "renewal": str(record.renewal_months),
        "notice": str(record.notice_days),
        "law": record.governing_law or "",
    }


def _written(day: date, language: str) -> str:
    return written_date(day, _DATE_PATTERNS[language], language=language)


def _heading(numbering: str, count: int, heading: str) -> str:
    forms: dict[str, Callable[[], str]] = {
        "decimal": lambda: f"{count}. {heading}",
        "article": lambda: f"Article {count}  {heading}",
        "paragraph": lambda: f"§ {count} {heading}",
        "clause": lambda: f"第{_chinese(count)}条 {heading}",
        "chinese": lambda: f"{_chinese(count)}、{heading}",
    }
    return forms[numbering]()


def _provision_number(numbering: str, count: int, index: int) -> tuple[str, str]:
    """Return the label in the margin, and how the clause is cited."""
    if numbering == "paragraph":
        return f"({index})", f"§ {count} Abs. {index}"
    if numbering == "chinese":
        return f"（{_CHINESE_DIGITS[index]}）", f"{_chinese(count)}、（{_CHINESE_DIGITS[index]}）"
    return f"{count}.{index}", f"{count}.{index}"


def _chinese(count: int) -> str:
    """Return a number below 200 as Chinese contracts count: 十二, 一百零五."""
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    lead = "一百" if hundreds else ""
    if tens:
        lead += "十" if tens == 1 and not hundreds else f"{_CHINESE_DIGITS[tens]}十"
    elif hundreds and ones:
        lead += "零"
    return lead + (_CHINESE_DIGITS[ones] if ones or not lead else "")


def _draw_signatures(sheet: Sheet) -> None:
    record, heads = sheet.record, HEADS[sheet.record.language]
    sheet.y += 12
    sheet.make_room(90)
    sheet.note(("signing_date",), None)
    sheet.write(heads["signed"].format(date=_written(record.signing_date, record.language)))
    sheet.y += 30
    parties: tuple[Party, Party] = (record.seller, record.buyer)
    for x, party in zip((MARGIN, MARGIN + sheet.width / 2 + 10), parties, strict=True):
        sheet.canvas.line(x, sheet.y, x + sheet.width / 2 - 30, sheet.y)
        sheet.canvas.text(x, sheet.y + 4, party.name, size=sheet.style.size - 1)
    sheet.y += 30


def _draw_annex(sheet: Sheet) -> None:
    heads = HEADS[sheet.record.language]
    sheet.canvas.new_page()
    sheet.y = MARGIN
    sheet.note(("price_list",), heads["annex"])
    sheet.write(f"{heads['annex']}  {heads['annex_title']}", is_bold=True)
    sheet.y += 6
    draw_prices(sheet)
