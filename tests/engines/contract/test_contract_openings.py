"""Who contracts with whom, in the manners in which contracts begin."""

from collections.abc import Callable
from datetime import date

import pytest

from extractor.engines.reading import Reading

Read = Callable[..., Reading]

_OPENINGS: tuple[tuple[tuple[str, ...], dict[str, object]], ...] = (
    (
        (
            "MASTER SUPPLY AGREEMENT",
            "Agreement No. MSA-2025-0417",
            (
                'This Master Supply Agreement (the "Agreement") is entered into as of March 3, 2025 by'
                " and between Larkfield"
                " Components, Inc., a Delaware corporation with offices at 40 Mill Street, Dover "
                '("Supplier"), and Tarn &'
                ' Vale Machinery LLC, an Ohio limited liability company ("Customer").'
            ),
        ),
        {
            "contract_number": "MSA-2025-0417",
            "title": "MASTER SUPPLY AGREEMENT",
            "seller_name": "Larkfield Components, Inc.",
            "buyer_name": "Tarn & Vale Machinery LLC",
            "signing_date": date(2025, 3, 3),
        },
    ),
    (
        (
            "Services Contract",
            "Contract reference: SC/118/24",
            "Dated 7 October 2024",
            "BETWEEN",
            (
                "(1) Brackendale Parks Trust, whose registered office is at 2 Orchard Way, Kelso (the "
                "Client); and"
            ),
            (
                "(2) Hollin Grounds Care Limited, company number 0812345, VAT number GB 724 1190 36 "
                "(the Contractor)."
            ),
        ),
        {
            "contract_number": "SC/118/24",
            "title": "Services Contract",
            "seller_name": "Hollin Grounds Care Limited",
            "seller_tax_id": "GB724119036",
            "buyer_name": "Brackendale Parks Trust",
            "signing_date": date(2024, 10, 7),
        },
    ),
    (
        (
            "Framework Purchase Agreement",
            "Reference no.: FPA 2024-88",
            "Purchaser: Wyre Foods plc",
            "Address: 9 Quay Road, Hull HU1 2AA",
            "VAT ID: GB118220034",
            "Vendor: Ottershaw Packaging Ltd.",
            "Address: 3 Canal Side, Goole DN14 5TB",
            "VAT ID: GB660931275",
            "Date of agreement: 12/02/2024",
        ),
        {
            "seller_name": "Ottershaw Packaging Ltd.",
            "seller_tax_id": "GB660931275",
            "buyer_name": "Wyre Foods plc",
            "buyer_tax_id": "GB118220034",
            "signing_date": date(2024, 2, 12),
        },
    ),
    (
        (
            "WORKS AGREEMENT",
            (
                "This Agreement is made on the 4th day of June 2024 between Pendle Housing Association"
                " (hereinafter called"
                ' "the Employer") of the one part and J. Rowan Builders Ltd (hereinafter called "the '
                'Contractor") of the'
                " other part."
            ),
        ),
        {
            "seller_name": "J. Rowan Builders Ltd",
            "buyer_name": "Pendle Housing Association",
            "signing_date": date(2024, 6, 4),
        },
    ),
    (
        (
            "Licence and Support Agreement",
            "between Nimbusworks Software GmbH and Corrib Logistics Ltd",
            "1. Scope",
            (
                "1.1 Nimbusworks Software GmbH grants the licences and provides support; Corrib "
                "Logistics Ltd pays the fees."
            ),
        ),
        {},
    ),
    (
        (
            "Rahmenvertrag über Wartungsleistungen",
            "Vertragsnummer: RV-2025/311",
            "zwischen",
            "der Talblick Kliniken gGmbH, Am Anger 4, 99084 Erfurt, USt-IdNr. DE813992525",
            '- nachfolgend "Auftraggeber" genannt -',
            "und",
            "der Hebewerk Aufzüge GmbH & Co. KG, Werkstraße 12, 04103 Leipzig, USt-IdNr. DE266149708",
            '- nachfolgend "Auftragnehmer" genannt -',
        ),
        {
            "contract_number": "RV-2025/311",
            "title": "Rahmenvertrag über Wartungsleistungen",
            "seller_name": "Hebewerk Aufzüge GmbH & Co. KG",
            "seller_tax_id": "DE266149708",
            "buyer_name": "Talblick Kliniken gGmbH",
            "buyer_tax_id": "DE813992525",
        },
    ),
    (
        (
            "Liefervertrag Nr. LV 4471-24",
            (
                "Zwischen der Müller & Söhne Feinkost OHG, Marktplatz 1, 37073 Göttingen (im Folgenden:"
                " Besteller) und der"
                " Kisten-Kontor AG, Hafenallee 8, 28195 Bremen (im Folgenden: Lieferant), wird am 14. "
                "Februar 2024"
                " folgender Vertrag geschlossen:"
            ),
        ),
        {
            "seller_name": "Kisten-Kontor AG",
            "buyer_name": "Müller & Söhne Feinkost OHG",
            "signing_date": date(2024, 2, 14),
        },
    ),
    (
        (
            "Werkvertrag",
            "Auftraggeber: Stadtwerke Nebelstein AöR, Ring 3, 36037 Fulda",
            "Auftragnehmer: Rohrbau Eder GmbH, Gartenweg 20, 34117 Kassel",
            "USt-IdNr. des Auftragnehmers: DE309127744",
            "Fulda, den 3. Mai 2025",
        ),
        {
            "seller_name": "Rohrbau Eder GmbH",
            "seller_tax_id": "DE309127744",
            "buyer_name": "Stadtwerke Nebelstein AöR",
            "signing_date": date(2025, 5, 3),
        },
    ),
    (
        (
            "设备采购合同",
            "合同编号：SBCG-2025-018",
            "甲方（买方）：江陵云岫酒店有限公司",
            "统一社会信用代码：91421000MA4KX1Y20C",
            "地址：湖北省江陵县滨河路9号",
            "乙方（卖方）：襄城瑞禾厨具有限公司",
            "统一社会信用代码：91420600MA49B7XJ3R",
            "签订日期：2025年2月18日",
        ),
        {
            "contract_number": "SBCG-2025-018",
            "title": "设备采购合同",
            "seller_name": "襄城瑞禾厨具有限公司",
            "seller_tax_id": "91420600MA49B7XJ3R",
            "buyer_name": "江陵云岫酒店有限公司",
            "buyer_tax_id": "91421000MA4KX1Y20C",
            "signing_date": date(2025, 2, 18),
        },
    ),
    (
        (
            "技术服务合同",
            "编号：JSFW（2024）第107号",
            "委托方：南屿海洋研究院（以下简称“甲方”）",
            "受托方：北渚数据科技有限公司（以下简称“乙方”）",
            "签订时间：二〇二四年九月一日",
        ),
        {
            "seller_name": "北渚数据科技有限公司",
            "buyer_name": "南屿海洋研究院",
            "signing_date": date(2024, 9, 1),
        },
    ),
    (
        (
            "建设工程施工合同",
            "发包人：桐溪镇人民政府",
            "承包人：宁泰路桥工程有限公司",
            "根据有关法律规定，双方于2024年11月5日签订本合同。",
        ),
        {
            "seller_name": "宁泰路桥工程有限公司",
            "buyer_name": "桐溪镇人民政府",
            "signing_date": date(2024, 11, 5),
        },
    ),
    (
        (
            "货物买卖合同",
            "需方：沐川茶业有限公司\t\t供方：安岭包装制品厂",
            "合同编号：MC-2024-56\t\t签订地点：沐川",
        ),
        {
            "contract_number": "MC-2024-56",
            "seller_name": "安岭包装制品厂",
            "buyer_name": "沐川茶业有限公司",
        },
    ),
    (
        (
            "供货协议",
            "甲方：云杉电子（苏南）有限公司",
            "乙方：海棠塑胶有限公司",
            "一、乙方负责向甲方供应外壳，甲方向乙方支付货款。",
        ),
        {"seller_name": "海棠塑胶有限公司", "buyer_name": "云杉电子（苏南）有限公司"},
    ),
    (
        (
            "委托加工协议",
            "甲方：云杉电子（苏南）有限公司",
            "乙方：海棠塑胶有限公司",
            "一、甲方向乙方交付成品，乙方向甲方支付加工费。",
        ),
        {"seller_name": "云杉电子（苏南）有限公司", "buyer_name": "海棠塑胶有限公司"},
    ),
)


@pytest.mark.parametrize(("paragraphs", "expected"), _OPENINGS)
def test_an_opening_names_parties_number_and_date(
    read: Read, paragraphs: tuple[str, ...], expected: dict[str, object]
) -> None:
    reading = read(*paragraphs, "1. Scope", "1.1 Details follow.")
    found = {}
    for term in expected:
        best = reading.candidates[term][0] if term in reading.candidates else None
        value = None if best is None else best.value if best.value is not None else best.text
        found[term] = value
    assert found == expected


def test_every_party_is_listed_with_its_defined_term(read: Read) -> None:
    reading = read(*_OPENINGS[0][0])
    rows = [
        (row.cells["name"].text, row.cells["defined_term"].value, row.cells["role"].value)
        for row in reading.tables["parties"]
    ]
    assert rows == [
        ("Larkfield Components, Inc.", "Supplier", "seller"),
        ("Tarn & Vale Machinery LLC", "Customer", "buyer"),
    ]


def test_two_names_without_terms_are_parties_of_no_known_role(read: Read) -> None:
    reading = read("Co-operation Agreement", "between Alder Works Ltd and Birch Works Ltd")
    rows = [(row.cells["name"].text, row.cells["role"].value) for row in reading.tables["parties"]]
    assert rows == [("Alder Works Ltd", "other"), ("Birch Works Ltd", "other")]
    assert "seller_name" not in reading.candidates


def test_a_notice_address_adds_no_party(read: Read) -> None:
    reading = read(
        *_OPENINGS[0][0],
        "1. Notices",
        "1.1 Notices to the Supplier are sent to Quillon Legal LLP, 5 Court Lane, Dover.",
    )
    assert len(reading.tables["parties"]) == 2


def test_nothing_is_invented_on_an_empty_page(read: Read) -> None:
    reading = read("")
    assert not reading.candidates
    assert not reading.tables
