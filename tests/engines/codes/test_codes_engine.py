from engines.codes.test_codes_atcud import INVOICE as PORTUGUESE
from engines.codes.test_codes_epc import IBAN, payload
from engines.codes.test_codes_fapiao import DIGITAL
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.document import Document, MediaType
from extractor.engines.codes.engine import CodesEngine, has_invoice_code
from extractor.engines.reading import Reading
from extractor.field_specs.load import load_spec
from extractor.pages.codes.code import PageCode, Symbology
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Origin, Word

INVOICE, CONTRACT = load_spec("invoice"), load_spec("contract")
DOCUMENT = Document(id="sha256:7", source="a.pdf", media_type=MediaType.PDF, page_count=1, content=b"")
PLACE = Box(400, 560, 490, 650)


def page(*payloads: str | bytes, words: str = "", number: int = 1) -> Page:
    contents = [each.encode() if isinstance(each, str) else each for each in payloads]
    codes = tuple(
        PageCode(
            content=content,
            text=content.decode(errors="replace"),
            symbology=Symbology.QR,
            box=Box(PLACE.x0, PLACE.y0 - 100 * index, PLACE.x1, PLACE.y1 - 100 * index),
        )
        for index, content in enumerate(contents)
    )
    printed = tuple(
        Word(text=word, box=Box(60 + 70 * index, 100, 120 + 70 * index, 112))
        for index, word in enumerate(words.split())
    )
    return Page(number=number, width=595, height=842, words=printed, codes=codes)


def read(*pages: Page) -> Reading:
    return CodesEngine().read(DOCUMENT, pages, INVOICE)


def test_each_claim_is_a_candidate_at_the_place_of_its_code() -> None:
    reading = read(page(number=1), page(DIGITAL, number=2))
    (number,) = reading.candidates["invoice_number"]
    assert (number.text, number.value) == ("26312000000012345678", "26312000000012345678")
    assert (number.evidence.page, number.evidence.boxes) == (2, (PLACE,))
    assert number.evidence.origin is Origin.CODE


def test_an_account_has_parts() -> None:
    (account,) = read(page(payload(bic="STLEDE2LXXX"))).candidates["seller_bank_account"]
    assert {name: part.text for name, part in account.parts.items()} == {
        "account": IBAN,
        "bic": "STLEDE2LXXX",
    }


def test_an_id_that_a_page_prints_comes_a_second_time_where_it_is_printed() -> None:
    words = "IBAN: DE59 1861 9418 0528 5909 61 Stadtbank"
    _, printed = read(page(payload(), words=words)).candidates["seller_bank_account"]
    assert printed.text == "DE59 1861 9418 0528 5909 61"
    assert printed.evidence.origin is Origin.TEXT_LAYER
    assert printed.evidence.boxes == (Box(130, 100, 120 + 70 * 6, 112),)


def test_part_of_a_longer_number_is_no_place() -> None:
    candidates = read(page(DIGITAL, words="26312000000012345678901 126312000000012345678")).candidates
    assert len(candidates["invoice_number"]) == 1


def test_a_number_that_is_glued_to_its_label_is_a_place() -> None:
    candidates = read(page(DIGITAL, words="发票号码：26312000000012345678")).candidates
    assert len(candidates["invoice_number"]) == 2


def test_two_codes_that_say_the_same_say_it_once_and_others_side_by_side() -> None:
    same = read(page(payload(), payload()))
    other = read(page(payload(), payload(amount="EUR100.00")))
    assert [each.text for each in same.candidates["amount_due"]] == ["119.00"]
    assert [each.text for each in other.candidates["amount_due"]] == ["119.00", "100.00"]


def test_the_surest_claims_come_first() -> None:
    remitted = payload(remittance="FT-A2026/999")
    numbers = read(page(remitted, PORTUGUESE)).candidates["invoice_number"]
    assert [each.text for each in numbers] == ["FT A2026/118", "FT-A2026/999"]


def test_other_codes_and_contracts_have_no_candidates() -> None:
    assert not read(page("https://example.org/i/118", b"\x00\xff", "7" * 7089)).candidates
    assert not CodesEngine().read(DOCUMENT, [page(payload())], CONTRACT).candidates


def test_codes_of_invoices_are_told_from_codes_of_payments() -> None:
    assert has_invoice_code([page(), page(DIGITAL, number=2)])
    assert not has_invoice_code([page(payload(), "https://example.org")])
    assert not has_invoice_code([page(PORTUGUESE.replace("D:FT", "D:GR"))])


@given(st.lists(st.binary() | st.text(), max_size=4))
def test_no_code_makes_it_fail(payloads: list[bytes | str]) -> None:
    contents = [each if isinstance(each, bytes) else each.encode(errors="surrogatepass") for each in payloads]
    assert read(page(*contents)).engine == "codes"
