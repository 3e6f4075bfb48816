"""Chinese clauses, each wording invented: what they fix, and what they must not be taken for."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from extractor.engines.reading import Reading

Read = Callable[..., Reading]

_FOUND: tuple[tuple[str, str, object], ...] = (
    ("payment_days", "甲方应在收到乙方开具的发票后30日内支付货款。", 30),
    ("payment_days", "买方自开票之日起四十五天内付清全部款项。", 45),
    ("payment_days", "账期为60天，自发票开具之日起算。", 60),
    ("payment_days", "货到验收合格后15个工作日内付款。", 15),
    ("payment_days", "需方收到合格发票之日起20个自然日内结清。", 20),
    ("payment_days", "付款期限：发票日期后九十日。", 90),
    ("payment_days", "委托方应于验收合格之日起十（10）日内向受托方付款。", 10),
    ("payment_trigger", "甲方应在收到乙方开具的发票后30日内支付货款。", "invoice_receipt"),
    ("payment_trigger", "买方自开票之日起四十五天内付清全部款项。", "invoice_date"),
    ("payment_trigger", "账期为60天，自发票开具之日起算。", "invoice_date"),
    ("payment_trigger", "货到验收合格后15个工作日内付款。", "acceptance"),
    ("payment_trigger", "到货后20日内支付全部货款。", "delivery"),
    ("payment_trigger", "合同签订后7日内付款。", "signing"),
    ("total_amount", "合同总价为人民币48,250.00元（含税）。", "48250.00"),
    ("total_amount", "本合同价款总额：¥120000.00（大写：壹拾贰万元整）。", "120000.00"),
    ("total_amount", "合同总金额为人民币叁拾万元整。", "300000"),
    ("total_amount", "全年累计采购金额不超过250,000元。", "250000"),
    ("total_amount", "服务费总额上限为64,000.00元，不含税。", "64000.00"),
    ("total_amount", "工程总造价（不含税）37,400.00元。", "37400.00"),
    ("currency", "本合同以人民币计价和结算。", "CNY"),
    ("currency", "结算货币：美元。", "USD"),
    ("currency", "币种为欧元（EUR）。", "EUR"),
    ("tax_rate", "增值税税率为13%。", 13),
    ("tax_rate", "上述价格含9%增值税。", 9),
    ("tax_rate", "适用税率：6％。", 6),
    ("invoice_type_required", "乙方应向甲方开具增值税专用发票。", "vat_special"),
    ("invoice_type_required", "供方提供增值税普通发票作为付款凭证。", "vat_general"),
    ("invoice_type_required", "凭乙方开具的商业发票付款。", "commercial"),
    ("agreed_discount", "乙方就每张发票给予甲方5%的折扣。", 5),
    ("agreed_discount", "每笔订单按九五折结算。", 5),
    ("agreed_discount", "供方对所有订单让利3%。", 3),
    ("early_payment_discount", "甲方在10日内付款的，可享受2%的折扣。", 2),
    ("early_payment_discount", "提前付款优惠：收到发票后7天内付清，减免1.5%。", "1.5"),
    ("early_payment_discount", "买方于发票日后五日内支付的，卖方给予3%现金折扣。", 3),
    ("retention_rate", "每期付款扣留5%作为质保金。", 5),
    ("retention_rate", "质量保证金为合同价款的百分之三。", 3),
    ("retention_rate", "甲方从每笔进度款中预留10%的保留金。", 10),
    ("effective_date", "本合同自2025年3月1日起生效。", date(2025, 3, 1)),
    ("effective_date", "合同期限：2024年4月15日至2026年4月14日。", date(2024, 4, 15)),
    ("effective_date", "服务期自2025年7月1日起至2026年6月30日止。", date(2025, 7, 1)),
    ("expiry_date", "合同期限：2024年4月15日至2026年4月14日。", date(2026, 4, 14)),
    ("expiry_date", "本协议有效期至2025年12月31日止。", date(2025, 12, 31)),
    ("expiry_date", "本合同于二〇二六年六月三十日终止。", date(2026, 6, 30)),
    ("expiry_date", "本合同有效期两年，自2025年3月1日起计算。", date(2027, 2, 28)),
    ("bank_account", "乙方收款账户：开户行江畔银行东湖支行，账号6222021234567890123。", "6222021234567890123"),
    ("bank_account", "货款汇入卖方账户，户名略，开户银行：山海农商银行，帐号：3301040160001234567。", "3301040160001234567"),
    ("governing_law", "本合同适用中华人民共和国法律。", "中华人民共和国"),
    ("governing_law", "本协议的订立、解释及争议解决均适用中国法律。", "中国"),
    ("late_fee_rate", "逾期付款的，按应付金额每日万分之五支付违约金。", "应付金额每日万分之五"),
    ("late_fee_rate", "甲方迟延付款，每逾期一日按未付款项的0.05%支付滞纳金。", "每逾期一日按未付款项的0.05%"),
    ("renewal_term", "期满后双方无异议的，本合同自动顺延一年。", "一年"),
    ("termination_notice", "任何一方可提前三十日书面通知对方解除本合同。", "三十日"),
)  # fmt: skip

_ABSENT: tuple[tuple[str, str], ...] = (
    ("payment_days", "质保期为验收合格后12个月。"),
    ("payment_days", "买方应在收货后3日内提出异议。"),
    ("payment_days", "卖方应在合同签订后20日内交货。"),
    ("payment_days", "甲方在10日内付款的，可享受2%的折扣。"),
    ("payment_days", "任何一方可提前三十日书面通知对方解除本合同。"),
    ("payment_days", "质保金在质保期满后30日内返还。"),
    ("total_amount", "乙方赔偿责任以人民币500,000元为上限。"),
    ("total_amount", "乙方注册资本为1,000,000元。"),
    ("tax_rate", "逾期付款的，按每日0.05%支付违约金。"),
    ("agreed_discount", "甲方在10日内付款的，可享受2%的折扣。"),
    ("retention_rate", "乙方就每张发票给予甲方5%的折扣。"),
    ("expiry_date", "报价有效至2025年12月31日。"),
    ("expiry_date", "卖方应于2025年6月30日前交货。"),
    ("invoice_type_required", "甲方在收到发票后30日内付款。"),
    ("late_fee_rate", "逾期交货的，每日按合同总价的0.1%支付违约金。"),
)  # fmt: skip


@pytest.mark.parametrize(("term", "sentence", "value"), _FOUND)
def test_a_term_is_read_from_its_clause(read: Read, term: str, sentence: str, value: object) -> None:
    reading = read("供货合同", "四、价款与期限", f"（一）{sentence}", "（二）本合同一式两份。")
    best = reading.candidates[term][0]
    expected = Decimal(value) if isinstance(value, int) or str(value).replace(".", "").isdigit() else value
    found = best.value if best.value is not None else best.text
    if isinstance(expected, Decimal) and term == "bank_account":
        expected = str(value)
    assert found == expected
    assert best.clause == "四、（一）"


@pytest.mark.parametrize(("term", "sentence"), _ABSENT)
def test_a_near_miss_is_no_term(read: Read, term: str, sentence: str) -> None:
    reading = read("供货合同", "四、其他约定", f"（一）{sentence}", "（二）本合同一式两份。")
    assert term not in reading.candidates
