"""What is kept back, up to how much and until when: as contracts of three languages say it."""

from collections.abc import Callable

import pytest

from extractor.engines.reading import Reading

Read = Callable[..., Reading]

_FRAMES = {
    "en": ("Works Contract", "4. Retention", "4.1 {}", "4.2 Changes are made in writing."),
    "de": ("Bauvertrag", "§ 4 Vergütung", "(1) {}", "(2) Nebenabreden bestehen nicht."),
    "zh": ("施工合同", "四、价款与期限", "（一）{}", "（二）本合同一式两份。"),
}
_RELEASES: tuple[tuple[str, str, list[dict[str, str]]], ...] = (
    (
        "en",
        "Half of the retention is released on practical completion, the rest on expiry of the defect period.",
        [{"event": "practical completion", "share": "50"}, {"event": "expiry of the defect period"}],
    ),
    (
        "en",
        "50% of the retention is released on completion, and the balance 12 months thereafter.",
        [{"event": "completion", "share": "50"}, {"months": "12"}],
    ),
    (
        "en",
        "The Employer retains 5% of each payment until final acceptance.",
        [{"event": "final acceptance"}],
    ),
    (
        "en",
        "Retention money: 5% of the value invoiced, released when the warranty has run out.",
        [{"event": "warranty has run out"}],
    ),
    (
        "en",
        "The retention is released 24 months after acceptance.",
        [{"event": "acceptance", "months": "24"}],
    ),
    ("en", "The retention is repaid within 30 days of acceptance.", [{"event": "acceptance"}]),
    ("en", "The retention money falls due on 30 June 2026.", [{"due": "2026-06-30"}]),
    (
        "en",
        "5% of each invoice shall be held back as retention and paid out after 24 months.",
        [{"months": "24"}],
    ),
    (
        "de",
        "Der Sicherheitseinbehalt wird 24 Monate nach der Schlussabnahme ausgezahlt.",
        [{"event": "Schlussabnahme", "months": "24"}],
    ),
    (
        "de",
        "Von jeder Rechnung werden 5 % als Sicherheit bis zum Ablauf der Gewährleistungsfrist einbehalten.",
        [{"event": "Ablauf der Gewährleistungsfrist"}],
    ),
    ("de", "Der Einbehalt ist am 30.06.2026 zur Zahlung fällig.", [{"due": "2026-06-30"}]),
    (
        "de",
        "Die Hälfte des Einbehalts wird mit der Abnahme ausgezahlt, der Rest nach Ablauf der Gewährleistung.",
        [{"event": "Abnahme", "share": "50"}, {"event": "Ablauf der Gewährleistung"}],
    ),
    (
        "zh",
        "甲方从每期付款中扣留5%作为质保金，验收合格满24个月后无息退还。",
        [{"event": "验收合格", "months": "24"}],
    ),
    ("zh", "质保金在质保期满后30日内支付。", [{"event": "质保期满"}]),
    ("zh", "质保金于2026年6月30日返还。", [{"due": "2026-06-30"}]),
    (
        "zh",
        "质保金的50%在竣工验收后返还，余款在质保期满后付清。",
        [{"event": "竣工验收", "share": "50"}, {"event": "质保期满"}],
    ),
    ("en", "The Employer retains 5% of each payment.", []),
    ("en", "Invoices are payable within 30 days of acceptance.", []),
)


@pytest.mark.parametrize(("language", "sentence", "rows"), _RELEASES)
def test_a_release_is_read_with_its_event_time_and_share(
    read: Read, language: str, sentence: str, rows: list[dict[str, str]]
) -> None:
    title, heading, clause, last = _FRAMES[language]
    heading = heading if "retention" in sentence.casefold() or language != "en" else "4. Payment"
    reading = read(title, heading, clause.format(sentence), last)
    told = [
        {name: str(cell.text if cell.value is None else cell.value) for name, cell in row.cells.items()}
        for row in reading.tables.get("retention_release", ())
    ]
    assert told == rows
    assert all(
        cell.quote for row in reading.tables.get("retention_release", ()) for cell in row.cells.values()
    )


def test_a_sentence_that_goes_on_about_the_retention_says_when_it_is_paid_out(read: Read) -> None:
    reading = read(
        "Works Contract",
        "4. Payment",
        "4.1 The Employer keeps back 5% of each invoice. It is released upon final acceptance.",
    )
    (row,) = reading.tables["retention_release"]
    assert row.cells["event"].text == "final acceptance"


def test_a_cap_is_no_second_rate(read: Read) -> None:
    reading = read(
        "Works Contract",
        "4. Retention",
        "4.1 A retention of 10% is deducted from every payment.",
        "4.2 The total retention shall not exceed 5% of the Contract Price.",
    )
    assert [str(each.value) for each in reading.candidates["retention_rate"]] == ["10"]
    assert [str(each.value) for each in reading.candidates["retention_cap"]] == ["5"]
