"""The account to pay to, as the page shows it and as a code says it."""

from extractor.documents.document import Document, MediaType
from extractor.engines.reading import Candidate, Evidence, Reading
from extractor.extraction.agreement import is_same_account
from extractor.extraction.combine import combine
from extractor.extraction.extraction import Extraction, Part
from extractor.field_specs.load import load_spec
from extractor.pages.geometry import Box
from extractor.pages.word import Origin

INVOICE = load_spec("invoice")
DOCUMENT = Document(id="sha256:7", source="a.pdf", media_type=MediaType.PDF, page_count=1, content=b"")
PLACE = Evidence(page=1, boxes=(Box(1, 2, 3, 4),))
ELSEWHERE = Evidence(page=1, boxes=(Box(5, 6, 7, 8),))
XML = Evidence(page=None, origin=Origin.XML)
CODE = Evidence(page=1, boxes=(Box(50, 50, 90, 90),), origin=Origin.CODE)
FIELD = "seller_bank_account"
OURS, THEIRS = "DE59186194180528590961", "GB51NGFP64662264555919"


def account(number: str, score: float, evidence: Evidence = PLACE, **parts: str) -> Candidate:
    members = {name: Candidate(text=text, evidence=evidence, score=score) for name, text in parts.items()}
    members["account"] = Candidate(text=number, evidence=evidence, score=score)
    return Candidate(text=number, evidence=evidence, score=score, parts=members)


def page(*candidates: Candidate, engine: str = "layout") -> Reading:
    return Reading(engine=engine, candidates={FIELD: candidates})


def codes(*candidates: Candidate) -> Reading:
    return page(*candidates, engine="codes")


def combined(*readings: Reading) -> Extraction:
    return combine(readings, document=DOCUMENT, part=Part(pages=(1,)), spec=INVOICE, engine="layout")


def witnesses(extraction: Extraction, *, agreeing: bool = False) -> list[object]:
    """Return what codes say besides that is against the account, or for it."""
    account = extraction.group(FIELD)["account"]
    others = extraction.witnesses.get(FIELD, ())
    return [leaf.value for leaf in others if is_same_account(str(account.value), str(leaf.value)) is agreeing]


def test_an_account_that_the_page_shows_too_keeps_its_place_and_gains_the_bic() -> None:
    extraction = combined(
        page(account(OURS, 0.8, bank="Stadtbank")), codes(account(OURS, 0.95, CODE, bic="STLEDE2LXXX"))
    )
    group = extraction.group(FIELD)
    assert {name: leaf.value for name, leaf in group.items()} == {
        "bank": "Stadtbank",
        "account": OURS,
        "bic": "STLEDE2LXXX",
    }
    assert group["account"].evidence == PLACE
    assert group["account"].score > 0.8
    assert witnesses(extraction) == []
    assert witnesses(extraction, agreeing=True) == [OURS]


def test_a_code_picks_among_the_accounts_that_the_page_shows() -> None:
    extraction = combined(
        page(account(THEIRS, 0.9), account(OURS, 0.3, ELSEWHERE)), codes(account(OURS, 0.95, CODE))
    )
    assert (extraction.group(FIELD)["account"].value, witnesses(extraction)) == (OURS, [])
    assert extraction.group(FIELD)["account"].evidence == ELSEWHERE


def test_an_account_that_is_printed_where_nothing_says_so_is_picked_too() -> None:
    extraction = combined(
        page(account(THEIRS, 0.9)), codes(account(OURS, 0.95, CODE), account(OURS, 0.95, ELSEWHERE))
    )
    assert (extraction.group(FIELD)["account"].evidence, witnesses(extraction)) == (ELSEWHERE, [])


def test_the_account_of_another_payee_is_never_taken_and_accuses() -> None:
    extraction = combined(page(account(OURS, 0.4, bank="Stadtbank")), codes(account(THEIRS, 0.95, CODE)))
    group = extraction.group(FIELD)
    assert (group["account"].value, group["bank"].value) == (OURS, "Stadtbank")
    assert group["account"].score < 0.4
    assert witnesses(extraction) == [THEIRS]


def test_an_account_that_no_page_shows_is_taken_from_the_code() -> None:
    group = combined(codes(account(OURS, 0.95, CODE))).group(FIELD)
    assert (group["account"].value, group["account"].evidence) == (OURS, CODE)


def test_a_printed_number_may_be_part_of_the_codes_iban() -> None:
    extraction = combined(page(account("0528590961", 0.8)), codes(account(OURS, 0.95, CODE)))
    assert (extraction.group(FIELD)["account"].value, witnesses(extraction)) == ("0528590961", [])


def test_xml_holds_and_a_code_of_another_account_accuses() -> None:
    extraction = combined(
        page(account(OURS, 1.0, XML), engine="einvoice"),
        page(account(THEIRS, 0.9)),
        codes(account(THEIRS, 0.95, CODE)),
    )
    assert extraction.group(FIELD)["account"].value == OURS
    assert witnesses(extraction) == [THEIRS]


def test_of_two_codes_the_one_that_the_page_agrees_with_counts_and_the_other_accuses() -> None:
    extraction = combined(
        page(account(OURS, 0.8)), codes(account(THEIRS, 0.95, CODE), account(OURS, 0.95, CODE))
    )
    assert (extraction.group(FIELD)["account"].value, witnesses(extraction)) == (OURS, [THEIRS])
    assert extraction.group(FIELD)["account"].score > 0.8


def test_two_codes_of_different_payees_are_told_where_the_page_shows_none() -> None:
    extraction = combined(codes(account(OURS, 0.95, CODE), account(THEIRS, 0.95, CODE)))
    assert (extraction.group(FIELD)["account"].value, witnesses(extraction)) == (OURS, [THEIRS])
