"""By which titles a document is an amendment, and by which it is a contract."""

import pytest

from extractor.engines.contract.amendment_titles import amendment_title


@pytest.mark.parametrize(
    ("line", "text", "number"),
    [
        ("First Amendment to the Master Supply Agreement", "First Amendment", 1),
        ("AMENDMENT NO. 2 TO AGREEMENT NO. K-2041/25", "AMENDMENT NO. 2", 2),
        ("Amendment II", "Amendment II", 2),
        ("Amendment Agreement dated 12 June 2025", "Amendment Agreement", None),
        ("Supplemental Agreement No. 3 to Contract 88/2024", "Supplemental Agreement No. 3", 3),
        ("Addendum", "Addendum", None),
        ("Deed of Variation", "Deed of Variation", None),
        ("Nachtrag Nr. 1 zum Rahmenvertrag", "Nachtrag Nr. 1", 1),
        ("2. Nachtrag zum Liefervertrag vom 3. März 2025", "2. Nachtrag", 2),
        ("Zweiter Nachtrag", "Zweiter Nachtrag", 2),
        ("Änderungsvereinbarung", "Änderungsvereinbarung", None),
        ("补 充 协 议", "补充协议", None),
        ("《采购合同》补充协议（二）", "《采购合同》补充协议(二)", 2),
        ("设备采购合同变更协议", "设备采购合同变更协议", None),
        ("第三次补充协议", "第三次补充协议", 3),
    ],
)
def test_the_title_of_an_amendment_is_known_with_its_number(line: str, text: str, number: int | None) -> None:
    found = amendment_title(["Exhibit 10.2", line])
    assert found is not None
    assert (found.text, found.number) == (text, number)


@pytest.mark.parametrize(
    "line",
    [
        "Amended and Restated Supply Agreement",
        "Amendment and Restatement Agreement",
        "Amendments",
        "Amendment .......... 12",
        "Nachtragsangebot",
        "Master Supply Agreement",
        "This First Amendment to the Agreement is made on 12 June 2025",
        "甲乙双方达成如下补充协议：",
        "采购合同",
        f"Amendment to {'the Agreement ' * 10}",
    ],
)
def test_other_lines_are_no_title_of_an_amendment(line: str) -> None:
    assert amendment_title([line]) is None
