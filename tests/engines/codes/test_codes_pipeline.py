"""From a file with a code on it to fields and findings."""

import base64
from collections.abc import Sequence
from decimal import Decimal
from math import cos, radians, sin

import pytest
from drawn_codes import Way, draws_code
from drawn_pdf import Draw, both, drawn_pdf, says
from engines.codes.test_codes_epc import IBAN, payload
from engines.codes.test_codes_fapiao import DIGITAL
from pages.scans.pictures import picture_of, png, skewed

import extractor
from extractor.delivery.annotate import annotate_assessments
from extractor.documents.pdf import PdfFile
from extractor.extraction.extraction import Leaf
from extractor.pages.scans.upright import turned
from extractor.pages.word import Origin
from extractor.validation.finding import FindingCode

LINES = (
    "Tannwald Möbel GmbH",
    "Mühlgasse 4, 04109 Leipzig",
    "USt-IdNr. DE136695976",
    "",
    "Rechnung",
    "Rechnungsnummer: RE-2026-118",
    "Rechnungsdatum: 05.03.2026",
    "Kunde: Seeblick GmbH, Hafenweg 1, 20457 Hamburg",
    "",
    "Nettobetrag 100,00 EUR",
    "MwSt. 19 % 19,00 EUR",
    "Gesamtbetrag 119,00 EUR",
    "",
    "Stadtbank Leipzig  IBAN DE59 1861 9418 0528 5909 61  BIC STLEDE2LXXX",
)
OTHER_IBAN = "GB51NGFP64662264555919"


def invoice(*draws: Draw, lines: Sequence[str] = LINES) -> bytes:
    written = [says(line, 60, 80 + 22 * index, fontsize=11) for index, line in enumerate(lines) if line]
    return drawn_pdf(both(*written, *draws))


def assessed(content: bytes, *, engine: str = "auto") -> extractor.Assessment:
    (assessment,) = extractor.extract(content, engine=engine)
    return assessment


def leaf(assessment: extractor.Assessment, name: str) -> Leaf:
    return assessment.extraction.leaf(name)


def mismatches(assessment: extractor.Assessment) -> list[str | None]:
    return [each.field for each in assessment.findings if each.code is FindingCode.WITNESS_MISMATCH]


@pytest.mark.parametrize("way", ["bars", "path", "image"])
def test_a_code_that_agrees_makes_the_printed_values_surer(way: Way) -> None:
    plain, coded = assessed(invoice()), assessed(invoice(draws_code(payload(), way=way)))
    assert mismatches(coded) == []
    assert set(coded.review.reasons) <= set(plain.review.reasons)
    assert coded.extraction.engine == "layout"
    seller = leaf(coded, "seller_name")
    assert seller.evidence == leaf(plain, "seller_name").evidence
    assert seller.score > leaf(plain, "seller_name").score
    due = leaf(coded, "amount_due")
    assert (due.value, due.text, due.evidence) == (
        Decimal("119.00"),
        "119,00 EUR",
        leaf(plain, "gross_amount").evidence,
    )


def test_a_data_matrix_says_the_same_as_a_qr_code() -> None:
    coded = assessed(invoice(draws_code(payload(), is_data_matrix=True)))
    assert leaf(coded, "amount_due").value == Decimal("119.00")


def test_a_code_that_asks_for_another_amount_is_a_finding() -> None:
    coded = assessed(invoice(draws_code(payload(amount="EUR911.00"))))
    assert mismatches(coded) == ["amount_due"]
    assert leaf(coded, "gross_amount").value == Decimal("119.00")
    assert coded.review.required


def test_a_prepayment_explains_that_less_is_asked_for() -> None:
    lines = [*LINES[:12], "Abzüglich Anzahlung -50,00 EUR", *LINES[12:]]
    coded = assessed(invoice(draws_code(payload(amount="EUR69.00")), lines=lines))
    assert mismatches(coded) == []
    assert leaf(coded, "amount_due").value == Decimal("69.00")


def test_a_code_that_pays_another_account_is_a_finding_and_is_not_taken() -> None:
    coded = assessed(invoice(draws_code(payload(iban=OTHER_IBAN, name="Alpstein Factoring AG"))))
    assert mismatches(coded) == ["seller_bank_account"]
    assert coded.extraction.group("seller_bank_account")["account"].value == IBAN
    (finding,) = (each for each in coded.findings if each.code is FindingCode.WITNESS_MISMATCH)
    assert OTHER_IBAN in finding.message
    assert "code on page 1" in finding.message


def test_two_payment_codes_that_contradict_each_other_are_a_finding() -> None:
    coded = assessed(invoice(draws_code(payload(), 60, 600), draws_code(payload(iban=OTHER_IBAN), 300, 600)))
    assert mismatches(coded) == ["seller_bank_account"]


def test_a_code_that_is_none_of_an_invoice_changes_nothing() -> None:
    plain = assessed(invoice())
    coded = assessed(
        invoice(
            draws_code("https://example.org/i/118"), draws_code("7" * 3000, 40, 560, side=250, way="path")
        )
    )
    assert coded.fields == plain.fields


def test_what_is_not_printed_is_taken_from_the_code_and_drawn_there() -> None:
    content = invoice(draws_code(payload()), lines=LINES[:12])
    coded = assessed(content)
    account = coded.extraction.group("seller_bank_account")["account"]
    assert (account.value, account.evidence and account.evidence.origin) == (IBAN, Origin.CODE)
    with PdfFile(annotate_assessments(content, [coded])) as drawn:
        label = next(word for word in drawn.layer(1).words if "seller_bank_account.account" in word.text)
    assert 380 < label.x0 < 500
    assert 540 < label.y0 < 660


def test_the_engine_reads_alone_too() -> None:
    alone = assessed(invoice(draws_code(payload())), engine="codes")
    assert alone.extraction.engine == "codes"
    assert leaf(alone, "amount_due").value == Decimal("119.00")
    assert alone.extraction.group("seller_bank_account")["account"].text == "DE59 1861 9418 0528 5909 61"


def test_what_a_code_only_hints_at_is_no_surer_than_a_hint() -> None:
    alone = assessed(invoice(draws_code(payload())), engine="codes")
    hinted, said = leaf(alone, "invoice_number"), leaf(alone, "amount_due")
    assert hinted.value == "RE-2026-118"
    assert 0 < (hinted.confidence or 0) <= 0.45
    assert (said.confidence or 0) >= 0.95


def test_an_invoice_is_recognised_by_its_code() -> None:
    lines = ("Danke", "Bis bald")
    assert assessed(invoice(lines=lines)).extraction.spec == "other"
    assert assessed(invoice(draws_code(payload()), lines=lines)).extraction.spec == "other"  # a donation, say
    coded = assessed(invoice(draws_code(DIGITAL), lines=lines))
    assert coded.extraction.spec == "invoice"
    assert leaf(coded, "gross_amount").value == Decimal("1130.00")


def test_codes_of_several_pages_are_read() -> None:
    first = [says(line, 60, 80 + 22 * index) for index, line in enumerate(LINES) if line]
    content = drawn_pdf(both(*first), both(says("Zahlung", 60, 80), draws_code(payload(amount="EUR911.00"))))
    coded = assessed(content)
    assert mismatches(coded) == ["amount_due"]
    evidence = leaf(coded, "amount_due").evidence
    assert evidence is not None
    assert evidence.page == 2


@pytest.mark.parametrize("spoil", ["turned", "skewed"])
def test_a_scan_that_lies_on_its_side_or_slants_is_read_with_its_code(spoil: str) -> None:
    picture = picture_of(invoice(draws_code(payload(amount="EUR911.00"))), dpi=130)
    spoiled = turned(picture, 1) if spoil == "turned" else skewed(picture, 5)
    height, width = picture.shape[:2]
    x, y = 445 / 595 * width, 605 / 842 * height
    angle, middle = radians(5), (height - y, x)
    if spoil == "skewed":  # about the picture's middle, to nine tenths of its size
        across, down = 0.9 * (x - width / 2), 0.9 * (y - height / 2)
        middle = (
            width / 2 + across * cos(angle) - down * sin(angle),
            height / 2 + across * sin(angle) + down * cos(angle),
        )
    coded = assessed(png(spoiled))
    assert leaf(coded, "gross_amount").value == Decimal("119.00")
    assert mismatches(coded) == ["amount_due"]
    due = leaf(coded, "amount_due")
    assert due.evidence is not None
    assert due.evidence.origin is Origin.CODE
    (box,) = due.evidence.boxes
    points = 72 / 96  # of a pixel
    assert (box.centre_x, box.centre_y) == pytest.approx((points * middle[0], points * middle[1]), abs=6)


@pytest.mark.parametrize(
    "hostile",
    [
        b"\x00" * 800,
        bytes(range(256)) * 3,
        b"BCD\n002\n1\nSCT\n" + b"\xff" * 400,
        b"SPC\n0200\n1\n" + b"\n" * 400,
        base64.b64encode(b"\x01\xff" + b"\x00" * 300),
        b"SPD*1.0*" + b"ACC:*" * 100,
        "A:" + "*B:" * 200,
        "\x1b[31m\x07\x08" * 40,
    ],
)
def test_hostile_codes_change_nothing(hostile: bytes | str) -> None:
    coded = assessed(invoice(draws_code(hostile, 300, 500, side=200, way="path")))
    assert coded.fields == assessed(invoice()).fields
