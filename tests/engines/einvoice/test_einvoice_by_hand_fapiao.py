"""数电票 XML written by hand: every value that it states is read, and no other."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from einvoice_values import Values, read_values

from extractor.pipeline import extract

_FOLDER = Path(__file__).parent / "data"
_NAMES = ("fapiao_special", "fapiao_general", "fapiao_exempt", "fapiao_red")


def _read(name: str) -> Values:
    return read_values((_FOLDER / f"{name}.xml").read_bytes())


@pytest.mark.parametrize("name", _NAMES)
def test_what_is_right_goes_straight_through(name: str) -> None:
    (assessment,) = extract(_FOLDER / f"{name}.xml")
    assert assessment.findings == ()
    assert not assessment.review.required
    assert assessment.extraction.spec == "invoice"


def test_a_special_invoice_with_a_discount_and_two_rates() -> None:
    read = _read("fapiao_special")
    assert read.fields == {
        "invoice_type": "e_vat_special",
        "invoice_number": "26312000000041177305",
        "issue_date": date(2026, 3, 16),
        "currency": "CNY",
        "seller_name": "上海杜撰管件有限公司",
        "seller_tax_id": "91310115MA1K47QX21",
        "seller_address": "上海市浦东新区虚构路88号",
        "seller_bank_account": {"bank": "臆造银行上海分行", "account": "6210000012345678"},
        "buyer_name": "深圳市假设科技有限公司",
        "buyer_tax_id": "91440300MA5F83NT65",
        "purchase_order_number": "PO20260033",
        "contract_number": "HT-2026-0217",
        "net_amount": Decimal("7518.00"),
        "tax_amount": Decimal("767.34"),
        "gross_amount": Decimal("8285.34"),
        "amount_in_words": "捌仟贰佰捌拾伍圆叁角肆分",
        "remarks": "合同编号：HT-2026-0217；采购订单号：PO20260033；送货地址：虚构路1号",
    }
    assert read.taxes == []
    assert read.lines == [
        {
            "description": "*金属制品*不锈钢法兰",
            "specification": "DN80 PN16",
            "quantity": Decimal(40),
            "unit": "个",
            "unit_price": Decimal("125.5"),
            "net_amount": Decimal(5020),
            "tax_rate": Decimal(13),
            "tax_amount": Decimal("652.60"),
        },
        {
            "description": "*金属制品*不锈钢法兰",
            "net_amount": Decimal(-502),
            "tax_rate": Decimal(13),
            "tax_amount": Decimal("-65.26"),
        },
        {
            "description": "*现代服务*技术咨询费",
            "quantity": Decimal(1),
            "unit": "项",
            "unit_price": Decimal(3000),
            "net_amount": Decimal(3000),
            "tax_rate": Decimal(6),
            "tax_amount": Decimal(180),
        },
    ]


def test_a_general_invoice_in_another_order_namespace_and_encoding() -> None:
    read = _read("fapiao_general")
    assert read.fields == {
        "invoice_type": "e_vat_general",
        "invoice_number": "26512000000009130446",
        "issue_date": date(2026, 5, 8),
        "currency": "CNY",
        "seller_name": "成都市想象餐饮店",
        "seller_tax_id": "91510100MA6C25RW7R",
        "buyer_name": "个人",
        "net_amount": Decimal("495.05"),
        "tax_amount": Decimal("4.95"),
        "gross_amount": Decimal(500),
        "amount_in_words": "伍佰圆整",
    }
    assert read.lines == [
        {
            "description": "*餐饮服务*餐饮服务",
            "quantity": Decimal(1),
            "unit_price": Decimal("495.05"),
            "net_amount": Decimal("495.05"),
            "tax_rate": Decimal(1),
            "tax_amount": Decimal("4.95"),
        }
    ]


def test_a_general_invoice_without_tax() -> None:
    read = _read("fapiao_exempt")
    assert read.fields == {
        "invoice_type": "e_vat_general",
        "invoice_number": "26332000000021500718",
        "issue_date": date(2026, 6, 1),
        "currency": "CNY",
        "seller_name": "杭州虚拟果蔬有限公司",
        "seller_tax_id": "91330106MA2H91EB4F",
        "buyer_name": "上海杜撰管件有限公司",
        "buyer_tax_id": "91310115MA1K47QX21",
        "net_amount": Decimal(1640),
        "gross_amount": Decimal(1640),
        "amount_in_words": "壹仟陆佰肆拾圆整",
    }
    assert read.lines == [
        {
            "description": "*蔬菜*鲜白菜",
            "quantity": Decimal(200),
            "unit": "千克",
            "unit_price": Decimal("3.2"),
            "net_amount": Decimal(640),
            "tax_rate": Decimal(0),
        },
        {"description": "*预付卡销售*储值卡", "net_amount": Decimal(1000), "tax_rate": Decimal(0)},
    ]


def test_a_red_letter_invoice_is_negative_throughout() -> None:
    read = _read("fapiao_red")
    assert read.fields == {
        "invoice_type": "e_vat_special",
        "invoice_number": "26442000000077219930",
        "issue_date": date(2026, 1, 15),
        "currency": "CNY",
        "seller_name": "深圳市假设科技有限公司",
        "seller_tax_id": "91440300MA5F83NT65",
        "buyer_name": "成都市想象餐饮店",
        "buyer_tax_id": "91510100MA6C25RW7R",
        "net_amount": Decimal("-2300.88"),
        "tax_amount": Decimal("-299.12"),
        "gross_amount": Decimal(-2600),
        "amount_in_words": "（负数）贰仟陆佰圆整",
        "remarks": "被红冲蓝字数电票号码：26442000000070000011 红字发票信息确认单编号：44030026010001",
    }
    assert read.lines == [
        {
            "description": "*计算机外部设备*扫描仪",
            "specification": "SX-2",
            "quantity": Decimal(-2),
            "unit": "台",
            "unit_price": Decimal("1150.442477876106"),
            "net_amount": Decimal("-2300.88"),
            "tax_rate": Decimal(13),
            "tax_amount": Decimal("-299.12"),
        }
    ]
