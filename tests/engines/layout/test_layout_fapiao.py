"""Fapiao set by hand: the fully digital form, over pages and in red, and the older form."""

from engines.layout.pages import grid, page, read, table_column, table_texts, text_of, value_of

from extractor.engines.reading import Reading

COLUMNS = "40 |150 |205 >260 >330 >400 |440 >545"
HEAD = "项目名称 | 规格型号 | 单位 | 数量 | 单价 | 金额 | 税率 | 税额"
PARTIES = {
    "seller_name": "云岭照明有限公司",
    "seller_tax_id": "91440300MA5EQ3XC2B",
    "buyer_name": "青禾五金有限公司",
    "buyer_tax_id": "91310000MA1FL0XK5T",
}


def digital_head(number: int, of: int) -> list[str]:
    return [
        "电子发票（增值税专用发票） @|297,30,16",
        "发票号码：25312000000123456789 @400,60",
        "开票日期：2026年03月05日 @400,76",
        f"共{of}页 第{number}页 @450,90,7",
        "购买方信息 @v30,100",
        "名称：青禾五金有限公司 @50,105",
        "统一社会信用代码/纳税人识别号：91310000MA1FL0XK5T @50,135,7",
        "销售方信息 @v310,100",
        "名称：云岭照明有限公司 @330,105",
        "统一社会信用代码/纳税人识别号：91440300MA5EQ3XC2B @330,135,7",
    ]


def table(*rows: str, total: str) -> list[str]:
    return [*grid(COLUMNS, HEAD, *rows, top=190), *grid(COLUMNS, total, top=300)]


def closing(words: str, figures: str, *remarks: str) -> list[str]:
    lines = [f"{remark} @60,{375 + 14 * number}" for number, remark in enumerate(remarks)]
    return [
        *("价税合计（大写） @40,340", f"{words} @150,340", f"（小写）{figures} @420,340"),
        *("备 @30,370", "注 @30,400", *lines, "开票人：林某 @60,450"),
    ]


def texts(reading: Reading, *names: str) -> dict[str, str | None]:
    return {name: text_of(reading, name) for name in names}


def test_a_digital_fapiao_of_two_pages_is_one_document() -> None:
    reading = read(
        page(
            digital_head(1, 2),
            table(
                "*五金*螺栓 | M8 | 个 | 10 | 10.00 | 100.00 | 13% | 13.00",
                "*照明*灯 | L2 | 台 | 2 | 25.00 | 50.00 | 13% | 6.50",
                total="小 计 |  |  |  |  | ¥150.00 |  | ¥19.50",
            ),
        ),
        page(
            digital_head(2, 2),
            table(
                "*五金*垫圈 | D8 | 个 | 20 | 5.00 | 100.00 | 13% | 13.00",
                "*五金*垫圈 |  |  |  |  | -10.00 | 13% | -1.30",
                total="小 计 |  |  |  |  | ¥90.00 |  | ¥11.70",
            ),
            grid(COLUMNS, "合 计 |  |  |  |  | ¥240.00 |  | ¥31.20", top=318),
            closing("贰佰柒拾壹圆贰角", "¥271.20", "合同编号：HT-2026-08"),
            number=2,
        ),
    )
    assert texts(reading, *PARTIES) == PARTIES
    assert texts(reading, "net_amount", "tax_amount", "gross_amount", "amount_in_words") == {
        "net_amount": "¥240.00",
        "tax_amount": "¥31.20",
        "gross_amount": "¥271.20",
        "amount_in_words": "贰佰柒拾壹圆贰角",
    }
    assert texts(reading, "contract_number", "remarks") == {
        "contract_number": "HT-2026-08",
        "remarks": "合同编号：HT-2026-08",
    }
    assert value_of(reading, "invoice_type") == "e_vat_special"
    assert value_of(reading, "issue_date") == "2026-03-05"
    assert value_of(reading, "currency") == "CNY"
    assert table_column(reading, "net_amount") == ["100.00", "50.00", "100.00", "-10.00"]
    assert table_texts(reading, "tax_breakdown") == [{"rate": "13%", "base": "¥240.00", "tax": "¥31.20"}]


def test_a_red_fapiao_is_negative_throughout_and_keeps_its_own_number() -> None:
    reading = read(
        page(
            digital_head(1, 1),
            table(
                "*五金*螺栓 | M8 | 个 | -10 | 10.00 | -100.00 | 13% | -13.00",
                total="合 计 |  |  |  |  | ¥-100.00 |  | ¥-13.00",
            ),
            closing("（负数）壹佰壹拾叁圆整", "¥-113.00", "被红冲蓝字数电票号码：25312000000999999999"),
        )
    )
    assert texts(reading, "invoice_number", "net_amount", "tax_amount", "gross_amount") == {
        "invoice_number": "25312000000123456789",
        "net_amount": "¥-100.00",
        "tax_amount": "¥-13.00",
        "gross_amount": "¥-113.00",
    }
    assert table_column(reading, "quantity") == ["-10"]


def test_an_item_free_of_tax_has_no_tax_amount() -> None:
    reading = read(
        page(
            digital_head(1, 1),
            table(
                "*农产品*苗木 |  | 株 | 10 | 10.00 | 100.00 | 免税 | ***",
                total="合 计 |  |  |  |  | ¥100.00 |  | ***",
            ),
            closing("壹佰圆整", "¥100.00"),
        )
    )
    assert texts(reading, "net_amount", "tax_amount", "gross_amount") == {
        "net_amount": "¥100.00",
        "tax_amount": None,
        "gross_amount": "¥100.00",
    }
    assert table_column(reading, "tax_rate") == ["免税"]


def test_a_name_that_wraps_in_its_narrow_column_is_one() -> None:
    reading = read(
        page(
            digital_head(1, 1),
            table(
                "*信息技术* | A1 | 项 | 1 | 100.00 | 100.00 | 6% | 6.00",
                total="合 计 |  |  |  |  | ¥100.00 |  | ¥6.00",
            ),
            "服务费 @40,219",
            closing("壹佰零陆圆整", "¥106.00"),
        )
    )
    (description,) = table_column(reading, "description")
    assert description is not None
    assert description.replace(" ", "") == "*信息技术*服务费"


def test_the_older_form_has_its_parties_above_and_below_the_items() -> None:
    reading = read(
        page(
            *("增值税专用发票 @|297,30,16", "No 01234567 @450,35", "开票日期：2020年03月05日 @430,60"),
            *("购 @30,100", "买 @30,113", "方 @30,126", "名 @50,100", "称：青禾五金有限公司 @85,100"),
            "纳税人识别号：91310000MA1FL0XK5T @50,115",
            "地址、电话：杭州市文三路1号 0571-88880000 @50,130",
            "开户行及账号：青禾村镇银行 3100987654321098 @50,145",
            table(
                "螺栓 | M8 | 个 | 10 | 10.00 | 100.00 | 13% | 13.00",
                total="合 计 |  |  |  |  | ¥100.00 |  | ¥13.00",
            ),
            *("价税合计（大写） @40,340", "壹佰壹拾叁圆整 @150,340", "（小写）¥113.00 @420,340"),
            *("销 @30,370", "售 @30,383", "方 @30,396", "名 @50,370", "称：云岭照明有限公司 @85,370"),
            "纳税人识别号：91440300MA5EQ3XC2B @50,385",
            "地址、电话：深圳市南山区科技路2号 0755-26000000 @50,400",
            "开户行及账号：云岭农商银行城南支行 4400123456789012 @50,415",
        )
    )
    assert texts(reading, *PARTIES) == PARTIES
    assert texts(reading, "invoice_number", "seller_address", "seller_bank_account") == {
        "invoice_number": "01234567",
        "seller_address": "深圳市南山区科技路2号 0755-26000000",
        "seller_bank_account": "4400123456789012",
    }
    assert value_of(reading, "invoice_type") == "vat_special"


def test_sums_that_stand_between_the_columns_are_amount_and_tax_in_order() -> None:
    row = "*照明*吊灯 | L-1 | 只 | 2 | 1000.00 | 2000.00 | 13% | 260.00"
    sums = ["合 计 @60,300", "¥2000.00 @>455,300", "¥260.00 @>545,300"]
    reading = read(
        page(
            digital_head(1, 1),
            grid(COLUMNS, HEAD, row, top=190),
            sums,
            closing("贰仟贰佰陆拾圆整", "¥2260.00"),
        )
    )
    assert value_of(reading, "net_amount") == "2000.00"
    assert value_of(reading, "tax_amount") == "260.00"


def test_a_quantity_before_the_sum_of_amounts_is_no_net_amount() -> None:
    row = "*照明*吊灯 | L-1 | 只 | 2 | 1000.00 | 2000.00 | 13% | 260.00"
    sums = ["合 计 @60,300", "2 @>260,300", "¥2000.00 @>400,300"]
    reading = read(
        page(
            digital_head(1, 1),
            grid(COLUMNS, HEAD, row, top=190),
            sums,
            closing("贰仟贰佰陆拾圆整", "¥2260.00"),
        )
    )
    assert value_of(reading, "net_amount") != "2"
