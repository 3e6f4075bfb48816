"""A second contract that nothing has parted from the first, and what only looks like one."""

from collections.abc import Sequence

import pytest
from lined_pages import lined_pages

from extractor.extraction.extraction import DocumentReference, Extraction, Leaf, Part, State
from extractor.field_specs.load import load_spec
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.validate import validate

_EN = (
    "Supply Agreement", "Contract No.: C-100", "between Brindle Ltd and Osterby plc",
    "1. Scope", "The Supplier delivers the goods that are listed, whenever they are ordered.",
    "Orders are confirmed within two days, and a delivery note goes with each of them.",
    "2. Price", "The prices that the annex lists are fixed, and the tax is added to them.",
    "Invoices are payable within thirty days of their date, without any deduction.",
    "3. Term", "The contract runs for a year, and ends on its last day without any notice.",
    "Changes are made in writing, and this clause is changed in writing as well.",
)  # fmt: skip
_DE = (
    "Liefervertrag", "Vertragsnummer: V-100", "zwischen der Brindel GmbH und der Osterby AG",
    "§ 1 Umfang", "Der Lieferant liefert die Waren, die hier genannt sind, nach jedem Abruf.",
    "Abrufe werden binnen zwei Tagen bestätigt, und jeder Lieferung liegt ein Schein bei.",
    "§ 2 Preise", "Die Preise der Anlage sind Festpreise, zu denen die Umsatzsteuer hinzukommt.",
    "Rechnungen sind binnen dreißig Tagen nach ihrem Datum zu bezahlen, ohne einen Abzug.",
    "§ 3 Dauer", "Der Vertrag läuft ein Jahr, und er endet an seinem letzten Tag ohne Kündigung.",
)  # fmt: skip
_ZH = (
    "供货合同", "合同编号：C-100", "甲方：杭州青禾贸易有限公司", "乙方：宁波远帆机电有限公司",
    "一、标的", "乙方按照甲方的订单供货，订单以书面形式发出。", "乙方应在收到订单后两日内确认，并附送货单。",
    "二、价格", "单价以附件为准，合同期内不作调整，含增值税。", "甲方收到发票后三十日内付款，不得扣减。",
    "三、期限", "合同期限为一年，期满自动终止，无需通知。",
)  # fmt: skip
_FIRSTS = {"en": _EN, "de": _DE, "zh": _ZH}
_SECONDS: dict[str, Sequence[str]] = {
    "other parties and number": (
        "Maintenance Contract", "Contract No.: C-200", "between Brindle Ltd and Tamsel plc", "1. Services",
    ),
    "no number": ("Maintenance Contract", "between Brindle Ltd and Tamsel plc", "1. Services"),
    "the same title": ("Supply Agreement", "between Brindle Ltd and Tamsel plc", "1. Services"),
    "no title": ("Contract No.: C-200", "between Brindle Ltd and Tamsel plc", "1. Services"),
    "German": ("Wartungsvertrag", "zwischen der Brindel GmbH und der Tamsel AG", "§ 1 Leistungen"),
    "Chinese": ("技术服务合同", "甲方：杭州青禾贸易有限公司", "乙方：苏州云桥软件有限公司", "一、服务内容"),
}  # fmt: skip
_NONE: dict[str, Sequence[str]] = {
    "an amendment": ("First Amendment to the Contract", "between Brindle Ltd and Osterby plc", "1. Price"),
    "an annex": ("Annex B", "Maintenance Contract", "between Brindle Ltd and Osterby plc", "1. Services"),
    "a supplement": ("补充协议", "甲方：杭州青禾贸易有限公司", "一、价格"),
    "a Nachtrag": ("Nachtrag zum Vertrag", "zwischen der Brindel GmbH und der Osterby AG", "§ 1 Preise"),
    "no parties": ("Maintenance Contract", "Contract No.: C-200", "1. Services"),
    "goes on counting": ("Maintenance Contract", "between Brindle Ltd and Tamsel plc", "4. Liability"),
    "a sentence": ("The Contract No. C-200 between Brindle Ltd and Tamsel plc stays in force.", "1. Scope"),
    "a running head": ("Supply Agreement", "Contract No.: C-100", "between Brindle Ltd and others", "1. A"),
}  # fmt: skip


def found(*texts: Sequence[str], number: str | None = "C-100", spec: str = "contract") -> list[Finding]:
    made = lined_pages(*texts)
    extraction = Extraction(
        source="k.pdf",
        document=DocumentReference(id="sha256:k", page_count=len(made), media_type="application/pdf"),
        part=Part(pages=tuple(page.number for page in made)),
        spec=spec,
        engine="layout",
        fields={"contract_number": Leaf(value=number, state=State.FOUND if number else State.ABSENT)},
        witnesses={},
    )
    findings = validate(extraction, spec=load_spec(spec), pages=made)
    return [each for each in findings if each.code is FindingCode.SECOND_CONTRACT]


@pytest.mark.parametrize("second", _SECONDS.values(), ids=list(_SECONDS))
@pytest.mark.parametrize("first", _FIRSTS.values(), ids=list(_FIRSTS))
def test_a_second_contract_is_found_below_the_first_and_on_a_page_of_its_own(
    first: Sequence[str], second: Sequence[str]
) -> None:
    (below,) = found((*first, *second))
    assert "On page 1 another contract begins" in below.message
    (apart,) = found(first, second)
    assert "On page 2" in apart.message
    number = next((text.partition(": ")[2] for text in second if text.startswith("Contract No.")), None)
    assert number is None or f"number {number}" in apart.message


@pytest.mark.parametrize("following", _NONE.values(), ids=list(_NONE))
def test_what_belongs_to_the_contract_begins_no_other(following: Sequence[str]) -> None:
    assert found((*_EN, *following)) == []
    assert found(_EN, following) == []


@pytest.mark.parametrize("first", _FIRSTS.values(), ids=list(_FIRSTS))
def test_one_contract_is_one(first: Sequence[str]) -> None:
    assert found(first) == []
    assert found(("Confidential", *first[:3]), first) == []


def test_a_table_of_contents_is_no_contract() -> None:
    contents = ("Supply Agreement", "Contents", "1. Scope and what the Parties agree to do 1", "2. Price 2")
    assert found(contents, _EN, number=None) == []


def test_an_invoice_holds_no_contracts() -> None:
    assert found((*_EN, *_SECONDS["no number"]), spec="invoice") == []
