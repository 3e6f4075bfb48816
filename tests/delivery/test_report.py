"""The report of a reconciliation: what must be in it, in both languages, as HTML and PDF."""

import string
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from extractor.delivery.report.language import Language, wording
from extractor.delivery.report.page import report_html, report_pdf
from extractor.delivery.report.report import Report
from extractor.delivery.report.sentences import amount_text, sentence
from extractor.delivery.report.writing import report_of
from extractor.documents.opening import open_document
from extractor.pages.reading import read_pages
from extractor.pipeline import reconcile
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation, Side
from extractor.reconciliation.effect import money_differences
from extractor.reconciliation.policy_file import load_policy
from extractor.reconciliation.reason import Reason
from extractor.validation.finding import FindingCode, Severity

FIXTURES = Path(__file__).parents[2] / "fixtures"
HOSTILE = "<script>alert(1)</script><!--block-->\"'&{x}"


@cache
def compared(name: str) -> tuple[Reconciliation, dict[str, bytes]]:
    paths = [FIXTURES / f"{name}_{kind}.pdf" for kind in ("invoice", "contract")]
    return reconcile([paths[0]], paths[1]), {str(path): path.read_bytes() for path in paths}


def report(what: Reconciliation, contents: dict[str, bytes], language: Language) -> Report:
    return report_of(
        what,
        contents,
        policy=load_policy(None),
        language=language,
        made_on=date(2026, 3, 5),
        version="0.1.0",
    )


def said(node: Any) -> str:  # noqa: ANN401 - lxml is untyped here
    return " ".join(node.text_content().split())


def test_the_page_shows_both_places_of_every_mismatch() -> None:
    page = html.document_fromstring(report_html(report(*compared("en_deviating"), Language.ENGLISH)))
    entries = page.findall(".//article")
    assert [said(entry.find(".//h3"))[:6] for entry in entries] == ["1Unit ", "2Payme", "3Bank "]
    assert all(len(entry.findall(".//img")) == 2 for entry in entries)
    told = said(entries[0])
    assert "Annex A, 1, page 3" in told
    assert "“Double-wall carton 400 × 300 × 250 piece 1.12”" in told
    assert "+240.00 GBP" in told  # 1,500 at 0.16
    assert "Do not pay as billed: 3 mismatches; payment is blocked by Unit price, Bank account." in said(page)
    assert len(page.findall(".//figure")) == 3  # pages 1 and 3 of the contract, the invoice


def test_the_page_needs_no_script_and_no_network() -> None:
    page = html.document_fromstring(report_html(report(*compared("en_deviating"), Language.ENGLISH)))
    assert not page.findall(".//script")
    assert not page.findall(".//link")
    assert all(
        image.get("src", "").startswith("data:image/jpeg;base64,") for image in page.iterfind(".//img")
    )


def test_the_chinese_page_words_its_own_sentences() -> None:
    page = html.document_fromstring(report_html(report(*compared("zh_deviating"), Language.CHINESE)))
    told = said(page)
    assert page.get("lang") == "zh"
    assert "开票单价 386，约定单价 372，每单位多 14。" in told
    assert "涉及金额：+700.00 CNY" in told
    assert "合同没有约定付款节点。" in told


@pytest.mark.parametrize("language", list(Language))
def test_the_pdf_says_what_the_page_says(language: Language) -> None:
    made = report_pdf(report(*compared("zh_deviating"), language))
    pages = read_pages(open_document(made), is_recognised=False)
    printed = "".join(word.text for page in pages for word in page.words)
    assert wording(language).say("verdict.word.block") in printed
    assert "TOTAL_EXCEEDED" in printed
    assert "91370200MA10HPU78B" in printed
    assert len(pages) >= 4


def test_an_approved_invoice_has_no_entries() -> None:
    made = report(*compared("en_clean"), Language.ENGLISH)
    assert (made.mismatches, made.questions, made.pages) == ((), (), ())
    assert made.verdict_word == "Approve"
    assert open_document(report_pdf(made)).page_count >= 1


def test_hostile_text_stays_text() -> None:
    what, contents = compared("en_deviating")
    first = replace(
        what.checks[0],
        state=CheckState.MISMATCH,
        severity=Severity.HIGH,
        message=HOSTILE,
        agreed=Side(value=HOSTILE, quote=HOSTILE, clause=HOSTILE),
        billed=Side(value=HOSTILE),
    )
    for language in Language:
        made = report(replace(what, checks=(first,)), contents, language)
        page = html.document_fromstring(report_html(made))
        assert not page.findall(".//script")
        assert said(page).count("alert(1)") >= 4
        assert report_pdf(made).startswith(b"%PDF")


def test_documents_without_contents_are_told_without_pictures() -> None:
    what, _ = compared("en_deviating")
    made = report(what, {}, Language.ENGLISH)
    assert len(made.mismatches) == 3
    assert all(entry.agreed.picture is None for entry in made.mismatches)
    assert made.pages == ()


@pytest.mark.parametrize(
    ("language", "asked"), [(Language.ENGLISH, "a person is asked"), (Language.CHINESE, "需人工确认")]
)
def test_every_line_is_shown_with_what_it_was_taken_for(language: Language, asked: str) -> None:
    what, contents = compared("en_clean")
    rows = report(what, contents, language).matches
    assert len(rows) == len(what.invoices[0].extraction.rows("line_items"))
    assert all(row.is_sure and row.price and row.told != asked for row in rows)
    unsure = replace(what, matches=(replace(what.matches[0], is_sure=False, score=0.71, factor=Decimal(12)),))
    (row,) = report(unsure, contents, language).matches
    assert (row.told, row.score, row.is_sure) == (asked, "0.71", False)
    assert row.price.endswith("× 12")
    nothing = replace(what, matches=(replace(what.matches[0], term=None, agreed=None, score=None),))
    (row,) = report(nothing, contents, language).matches
    assert (row.price, row.score) == ("", "")


@pytest.mark.parametrize("code", list(CheckCode))
@pytest.mark.parametrize("state", [CheckState.PASSED, CheckState.MISMATCH])
def test_every_check_has_a_chinese_sentence(code: CheckCode, state: CheckState) -> None:
    what, _ = compared("en_clean")
    check = checked(code, state)
    told = sentence(check, what, wording(Language.CHINESE))
    assert told.endswith(("。", "？"))
    assert "{" not in told
    assert sentence(replace(check, agreed=None, billed=None), what, wording(Language.CHINESE))


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("is_unsure", [False, True])
def test_every_question_and_every_gap_has_a_sentence_in_both_languages(
    reason: Reason, *, is_unsure: bool
) -> None:
    what, _ = compared("en_clean")
    check = replace(
        checked(CheckCode.UNIT_PRICE_MISMATCH, CheckState.NOT_CHECKABLE), reason=reason, is_unsure=is_unsure
    )
    for each in (check, replace(check, agreed=None, billed=None, field=None)):
        chinese = sentence(each, what, wording(Language.CHINESE))
        assert chinese.endswith(("。", "？"))
        assert "{" not in chinese
        assert sentence(each, what, wording(Language.ENGLISH)) == each.message


def test_the_sentences_of_reasons_are_those_of_the_rules() -> None:
    """Each is told apart, none is left over, and every rule that asks or cannot compare gives one."""
    chinese = wording(Language.CHINESE).texts
    told = {path.rpartition(".")[2]: text for path, text in chinese.items() if ".reason." in path}
    assert set(told) == {str(reason) for reason in Reason}
    assert len(set(told.values())) == len(told)
    sources = resources.files("extractor.reconciliation").iterdir()
    texts = [each.read_text("utf-8") for each in sources if each.name.endswith(".py")]
    rules = "".join(text for text in texts if "class Reason" not in text)
    assert [reason for reason in Reason if f"Reason.{reason.name}" not in rules] == []


def checked(code: CheckCode, state: CheckState) -> Check:
    side = Side(value=Decimal(12), clause="4.2", also=(Side(value=Decimal(13), clause="9"),))
    return Check(
        code=code, state=state, message="m", invoice=0, agreed=side, billed=side,
        difference=Decimal("-1.5"), field="line_items[0].unit_price",
    )  # fmt: skip


def test_the_languages_have_the_same_texts_with_the_same_words_to_fill_in() -> None:
    english, chinese = (wording(language).texts for language in Language)
    own = {path for path in chinese if path.startswith(("sentence.", "likeness.", "sign."))}
    assert set(chinese) - own == set(english)
    for path, text in english.items():
        if text:
            assert _names(text) == _names(chinese[path]), path
    for code in (*CheckCode, *FindingCode):
        assert f"code.{code}" in english


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("number", "text"), [("1500", "1,500"), ("12.50", "12.50"), ("372.00", "372"), ("0.125", "0.125")]
)
def test_amounts_are_written_for_people(number: str, text: str) -> None:
    assert amount_text(Decimal(number)) == text


def test_a_difference_in_price_is_told_in_money() -> None:
    what, _ = compared("en_deviating")
    money = {
        check.code: amount
        for check, amount in zip(what.checks, money_differences(what), strict=True)
        if check.state is CheckState.MISMATCH
    }
    assert money[CheckCode.UNIT_PRICE_MISMATCH] == Decimal("240.00")
    assert money[CheckCode.PAYMENT_TERM_MISMATCH] is None
    assert what.reasons == (CheckCode.UNIT_PRICE_MISMATCH, CheckCode.BANK_ACCOUNT_CHANGED)
