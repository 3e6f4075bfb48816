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
    (
        (
            "PURCHASE AGREEMENT",
            "This Purchase Agreement (No. PA-7731) is concluded on 5 May 2025 between:",
            (
                "Larch Hill Schools Trust, 4 Park Lane, Derby DE1 3QT, VAT ID GB 123 4567 82 – "
                "hereinafter the “Buyer” –"
            ),
            "and",
            (
                "Quillfeather Stationers Ltd, 77 High Street, Stafford ST16 2LP, VAT ID GB 902 3318 47 – "
                "hereinafter the “Seller” –."
            ),
        ),
        {
            "contract_number": "PA-7731",
            "signing_date": date(2025, 5, 5),
            "buyer_name": "Larch Hill Schools Trust",
            "seller_name": "Quillfeather Stationers Ltd",
            "buyer_tax_id": "GB123456782",
            "seller_tax_id": "GB902331847",
            "title": "PURCHASE AGREEMENT",
        },
    ),
    (
        (
            "Agreement for IT Services",
            "Reference: ITS/2024/09",
            "Client|Merriden Optics plc",
            "Registered office|1 Lens Way, Bath BA1 2ZZ",
            "VAT number|GB440118732",
            "Service Provider|Codewell Partners LLP",
            "Registered office|8 Byte Road, York YO1 7HH",
            "VAT number|GB551209843",
            "Date of contract|14 March 2024",
        ),
        {
            "contract_number": "ITS/2024/09",
            "signing_date": date(2024, 3, 14),
            "buyer_name": "Merriden Optics plc",
            "seller_name": "Codewell Partners LLP",
            "seller_tax_id": "GB551209843",
            "buyer_tax_id": "GB440118732",
        },
    ),
    (
        (
            "SUBCONTRACT",
            "made this 3rd day of February 2025",
            "by and between",
            "Hartwell Construction Inc. (“Contractor”)",
            "200 Lake Shore, Duluth, MN 55802",
            "EIN 41-7782910",
            "and",
            "Bluff City Roofing LLC (“Subcontractor”)",
            "15 Mill Road, Winona, MN 55987",
            "EIN 39-1120456",
        ),
        {
            "signing_date": date(2025, 2, 3),
            "seller_name": "Bluff City Roofing LLC",
            "buyer_name": "Hartwell Construction Inc.",
            "seller_tax_id": "391120456",
        },
    ),
    (
        (
            "Contract of Sale No. 2025/118",
            "Parties",
            "1. Seller: Orchard Vale Cider Ltd, Pomona Farm, Ledbury HR8 1AA",
            "2. Buyer: Castle Inns plc, 9 Market Place, Ludlow SY8 1BB.",
            "Concluded at Ludlow on 02.06.2025",
        ),
        {
            "contract_number": "2025/118",
            "seller_name": "Orchard Vale Cider Ltd",
            "buyer_name": "Castle Inns plc",
            "signing_date": date(2025, 6, 2),
        },
    ),
    (
        (
            "Rahmenliefervertrag",
            "Vertrags-Nr.: RLV-2024-0815",
            "geschlossen am 12. März 2024 zwischen",
            "1. der Nordlicht Apotheken GmbH, Hafenstraße 3, 24103 Kiel, USt-IdNr. DE 811 223 344",
            "(im Folgenden „Käuferin“)",
            "und",
            "2. der Weserpack Verpackungen KG, Am Deich 9, 28195 Bremen, USt-IdNr. DE 299 887 766",
            "(im Folgenden „Verkäuferin“).",
        ),
        {
            "contract_number": "RLV-2024-0815",
            "signing_date": date(2024, 3, 12),
            "buyer_name": "Nordlicht Apotheken GmbH",
            "seller_name": "Weserpack Verpackungen KG",
            "buyer_tax_id": "DE811223344",
            "seller_tax_id": "DE299887766",
        },
    ),
    (
        (
            "Dienstleistungsvertrag",
            "Nr. DL/77/2025",
            "Auftraggeber|Auftragnehmer",
            "Stiftung Burg Rabenfels|IT-Haus Lechner e. K.",
            "Burgweg 1|Schulstraße 14",
            "95028 Hof|80331 München",
            "USt-IdNr.: DE123123129|USt-IdNr.: DE987654321",
        ),
        {
            "contract_number": "DL/77/2025",
            "buyer_name": "Stiftung Burg Rabenfels",
            "seller_name": "IT-Haus Lechner e. K.",
            "buyer_tax_id": "DE123123129",
            "seller_tax_id": "DE987654321",
        },
    ),
    (
        (
            "Bauvertrag",
            "zwischen Wohnbau Seeblick eG, Uferallee 2, 78462 Konstanz – Auftraggeberin –",
            "und Zimmerei Holzmann GmbH, Sägeweg 5, 78315 Radolfzell – Auftragnehmerin –",
            "Vertragsdatum: 20.01.2025",
        ),
        {
            "buyer_name": "Wohnbau Seeblick eG",
            "seller_name": "Zimmerei Holzmann GmbH",
            "signing_date": date(2025, 1, 20),
        },
    ),
    (
        (
            "Kaufvertrag",
            (
                "Die Firma Kern & Stein Natursteine GmbH, Bruchweg 8, 97070 Würzburg (nachfolgend "
                "Verkäufer genannt) verkauft an die Gemeinde Altenried, Rathausplatz 1, 97753 Karlstadt "
                "(nachfolgend Käufer genannt) folgende Waren:"
            ),
        ),
        {
            "seller_name": "Kern & Stein Natursteine GmbH",
            "buyer_name": "Gemeinde Altenried",
        },
    ),
    (
        (
            "产品购销合同",
            "合同编号：GX2025-077",
            "签订地点：临海市",
            "签订时间：2025年3月6日",
            "供方：临海澄泓阀门有限公司",
            "需方：滨州恒沛化工有限公司",
            "纳税人识别号：91371600MA3C0K2W1X",
        ),
        {
            "contract_number": "GX2025-077",
            "seller_name": "临海澄泓阀门有限公司",
            "buyer_name": "滨州恒沛化工有限公司",
            "signing_date": date(2025, 3, 6),
            "buyer_tax_id": "91371600MA3C0K2W1X",
        },
    ),
    (
        (
            "软件开发合同",
            "甲方（委托方）：青川云桥传媒股份有限公司",
            "乙方（受托方）：雁栖智算科技（成都）有限公司",
            "签订日期：2024.08.12",
            "甲乙双方根据《中华人民共和国民法典》的规定，签订本合同。",
        ),
        {
            "buyer_name": "青川云桥传媒股份有限公司",
            "seller_name": "雁栖智算科技（成都）有限公司",
            "signing_date": date(2024, 8, 12),
            "title": "软件开发合同",
        },
    ),
    (
        (
            "框架采购协议",
            "本协议由以下双方于2024年11月20日签署：",
            "采购方：东麓食品集团有限公司（下称“甲方”），统一社会信用代码91510100MA6CXW1P2H；",
            "供应商：西屏包装印刷有限公司（下称“乙方”），统一社会信用代码91510700MA62T5QJ8N。",
        ),
        {
            "buyer_name": "东麓食品集团有限公司",
            "seller_name": "西屏包装印刷有限公司",
            "signing_date": date(2024, 11, 20),
        },
    ),
    (
        (
            "工程施工合同",
            "发包方（全称）：琼湖镇中心小学",
            "承包方（全称）：瑞丰建筑安装有限公司",
            "工程名称：操场改造",
            "合同签订日期：2025-04-18",
        ),
        {
            "buyer_name": "琼湖镇中心小学",
            "seller_name": "瑞丰建筑安装有限公司",
            "signing_date": date(2025, 4, 18),
        },
    ),
    (
        (
            "买卖合同",
            "卖方（乙方）：禾邦种业有限公司",
            "地址：齐河县农科路2号",
            "电话：0534-5551234",
            "买方（甲方）：绿野农场专业合作社",
            "地址：平原县东街7号",
            "合同号 NY-2024-009",
        ),
        {
            "seller_name": "禾邦种业有限公司",
            "buyer_name": "绿野农场专业合作社",
            "contract_number": "NY-2024-009",
        },
    ),
    (
        (
            "Instandhaltungsvertrag",
            (
                "Firma Rolltor Vesk e.K., Hafenweg 3, 99997 Teststadt (USt-ID DE136695976), im Folgenden "
                '"Montagefirma",'
            ),
            "und",
            'Firma Ostrach Lager gGmbH (USt-ID DE129273398), im Folgenden "Betreiber",',
            "§ 1 Die Montagefirma wartet die Tore. Der Betreiber zahlt die Rechnungen binnen 14 Tagen.",
        ),
        {
            "seller_name": "Rolltor Vesk e.K.",
            "seller_tax_id": "DE136695976",
            "buyer_name": "Ostrach Lager gGmbH",
            "buyer_tax_id": "DE129273398",
        },
    ),
    (
        (
            "Works Contract",
            "This deed is made between:",
            (
                "Ulverby Parish Council of The Old Mill, Ulverby ZZ9 0AA (VAT registration no. GB660291839) "
                '("the Employer"); and'
            ),
            (
                "Tarn & Vesk Roofers Ltd of 12 Sand Yard, Corrie ZZ2 9YY (VAT registration no. GB555720340) "
                '("the Contractor").'
            ),
        ),
        {
            "seller_name": "Tarn & Vesk Roofers Ltd",
            "buyer_name": "Ulverby Parish Council",
            "buyer_tax_id": "GB660291839",
        },
    ),
    (
        (
            "SOFTWARE LICENCE",
            "PARTIES",
            (
                "Halmer Systems Limited (company no. 99112233), 4 Quay Road, Ulverby ZZ2 8ZZ (Licensor). "
                "VAT: GB660291839."
            ),
            "Corrie Building Society, 8 High Cross, Corrie ZZ2 9QQ (Licensee). VAT: GB555720340.",
        ),
        {
            "seller_name": "Halmer Systems Limited",
            "seller_tax_id": "GB660291839",
            "buyer_name": "Corrie Building Society",
            "buyer_tax_id": "GB555720340",
        },
    ),
    (
        (
            "Bauvertrag",
            "Zwischen",
            "Stadtwerke Probeort Netz GmbH, Werkstraße 40, 99997 Probeort, USt-IdNr. DE136695976",
            "- Auftraggeber (AG) -",
            "und",
            "Vesk Tiefbau GmbH, Am Bruch 8, 99999 Teststadt, USt-IdNr. DE129273398",
            "- Auftragnehmer (AN) -",
            "wird folgender Vertrag geschlossen:",
        ),
        {
            "seller_name": "Vesk Tiefbau GmbH",
            "seller_tax_id": "DE129273398",
            "buyer_name": "Stadtwerke Probeort Netz GmbH",
            "buyer_tax_id": "DE136695976",
        },
    ),
    (
        (
            "Maintenance Agreement",
            (
                'This agreement is made between: Corrie Climate Limited ("CCL"), whose office is at '
                'Weir Lane, Corrie; and Tarnholm Hotels (North) Limited ("the Customer"), of Ulverby.'
            ),
        ),
        {"seller_name": "Corrie Climate Limited", "buyer_name": "Tarnholm Hotels (North) Limited"},
    ),
    (
        (
            "Halmer Engineering Ltd",
            "PURCHASE ORDER",
            "PO Number: 4711-22",
            "Supplier:",
            "Tarn Fasteners Limited",
            (
                "1. PAYEE. The Buyer pays only to the account kept for the Supplier: Corrie & Vale Bank, "
                "sort code 99-88-77, account 12345678."
            ),
        ),
        {"seller_name": "Tarn Fasteners Limited", "buyer_name": "Halmer Engineering Ltd"},
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


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Agreement No. MSA-2025-0417", "MSA-2025-0417"),
        ("Contract reference: SC/118/24", "SC/118/24"),
        ("Supply Agreement (No. PA-7731) of 5 May 2025", "PA-7731"),
        ("Vertragsnummer: LV 25/118", "LV 25/118"),
        ("Rahmenvertrag Nr. RV-2025/311", "RV-2025/311"),
        ("合同编号：SBCG-2025-018", "SBCG-2025-018"),
        ("协议编号: XY20240817", "XY20240817"),
        ("协议编号：【CG-2025-19】", "CG-2025-19"),
    ],
)
def test_a_contract_number_is_read_by_its_label(read: Read, line: str, number: str) -> None:
    reading = read("Contract", line, "1. Scope", "1.1 Details follow.")
    assert reading.candidates["contract_number"][0].text == number


@pytest.mark.parametrize(
    "line",
    ["VAT No. GB724119036", "Company number 08123451", "Phone no. 0534-5551234", "5 May 2025", "Nr. 12"],
)
def test_another_number_is_no_contract_number(read: Read, line: str) -> None:
    assert "contract_number" not in read("Contract", line, "1. Scope", "1.1 Details follow.").candidates


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


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("Teststadt, den 4. März 2025    Probeort, den 6. März 2025", date(2025, 3, 6)),
        ("Probeort, 25.09.2024", date(2024, 9, 25)),
        ("Probeort, den 2. Mai 2024    gez. Anke Sommer", date(2024, 5, 2)),
        ("Probeort, den 2. Mai 2024    Lieferung von 3 Kisten", None),
        ("日期：2024.11.08    日期：2024.11.08", date(2024, 11, 8)),
        ("Stand der Preisliste ist der 25.09.2024", None),
    ],
)
def test_a_line_of_place_and_date_is_when_it_was_signed(read: Read, line: str, signed: date | None) -> None:
    reading = read("Vertrag", "1. Umfang", "1.1 Weiteres folgt.", "2. Ende", "2.1 Weiteres folgt.", line)
    found = reading.candidates.get("signing_date", ())
    assert (found[0].value if found else None) == signed


_UNNUMBERED = (
    'This agreement is made between Corrie Kitchens Limited, company number 10293847 ("Supplier"),',
    'and Marrick School Trust, registered with company number 07564738 ("Customer").',
)


def test_a_company_number_is_no_tax_id(read: Read) -> None:
    reading = read("Contract", " ".join(_UNNUMBERED), "1. Scope", "1.1 Details follow.")
    assert reading.candidates["seller_name"][0].text == "Corrie Kitchens Limited"
    assert not {"seller_tax_id", "buyer_tax_id"} & set(reading.candidates)


def test_tax_ids_are_read_from_a_list_by_the_defined_terms(read: Read) -> None:
    listed = "VAT registration numbers: Supplier GB275031868; Customer GB816302752."
    reading = read("Contract", " ".join(_UNNUMBERED), "1. Scope", "1.1 Details follow.", f"1.2 {listed}")
    assert reading.candidates["seller_tax_id"][0].value == "GB275031868"
    assert reading.candidates["buyer_tax_id"][0].value == "GB816302752"


@pytest.mark.parametrize(
    "signing",
    [
        (
            "甲方：无锡榆川机械有限公司　　　　乙方：南通朔风租赁有限公司",
            "税号：91320211MA1X2Y3Z4A　　　　税号：91320602MA5B6C7D8E",
        ),
        (
            "甲方（盖章）：无锡榆川机械有限公司",
            "税号：91320211MA1X2Y3Z4A",
            "乙方（盖章）：南通朔风租赁有限公司",
            "税号：91320602MA5B6C7D8E",
        ),
    ],
)
def test_tax_ids_are_read_where_the_parties_sign(read: Read, signing: tuple[str, ...]) -> None:
    reading = read(
        "租赁合同",
        "承租方：无锡榆川机械有限公司（下称“甲方”）",
        "出租方：南通朔风租赁有限公司（下称“乙方”）",
        "一、租赁物",
        "叉车一台。",
        *signing,
    )
    assert reading.candidates["buyer_tax_id"][0].text == "91320211MA1X2Y3Z4A"
    assert reading.candidates["seller_tax_id"][0].text == "91320602MA5B6C7D8E"


def test_parties_may_stand_behind_the_word(read: Read) -> None:
    line = (
        'Parties: Tarn Interiors plc, VAT GB412883748 ("Supplier") and Kelso Borough Council ("Authority").'
    )
    reading = read("Framework", line, "1. Scope", "1.1 Details follow.")
    assert reading.candidates["seller_name"][0].text == "Tarn Interiors plc"
    assert reading.candidates["buyer_name"][0].text == "Kelso Borough Council"


def test_a_name_in_capitals_ends_before_the_address(read: Read) -> None:
    parties = (
        '(1) TARN LIFTS LIMITED of 1 Quay Road, Hull HU1 9ZZ ("the Contractor"); and',
        '(2) THE MARRICK ALMSHOUSE CHARITY of The Close, Kelso TD5 9ZZ ("the Employer").',
    )
    reading = read("Contract", "BETWEEN", *parties, "1. Scope", "1.1 Details follow.")
    assert reading.candidates["seller_name"][0].text == "TARN LIFTS LIMITED"
    assert reading.candidates["buyer_name"][0].text == "THE MARRICK ALMSHOUSE CHARITY"


def test_an_article_in_capitals_belongs_to_the_name(read: Read) -> None:
    parties = (
        '(1) TARN TOOLS LIMITED of 1 Quay Road, Hull (the "Vendor"); and',
        '(2) THE MARRICK RESEARCH TRUST, a charity with its office at 2 Court Lane, Kelso (the "Trust").',
    )
    reading = read("Contract", "BETWEEN", *parties, "1. Scope", "1.1 The Trust pays the Vendor.")
    assert reading.candidates["buyer_name"][0].text == "THE MARRICK RESEARCH TRUST"
