"""The Chinese fixtures: a clean pair whose agreed prices include tax, and one with three deviations."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from synthesis.canvas import FAPIAO_FORM, Face
from synthesis.contract_record import ContractRecord, PriceRow
from synthesis.contract_sheet import ContractStyle
from synthesis.fapiao import truth_of_fapiao
from synthesis.fapiao_drawing import draw_fapiao
from synthesis.fapiao_record import Fapiao, fapiao_line
from synthesis.fapiao_style import FapiaoStyle
from synthesis.parties import Party
from synthesis.record import Account, Address
from synthesis.shipped import Deviation, ShippedInvoice, ShippedPair

_LATE_FEE = "应付未付金额每日万分之三"
_LAW = "中华人民共和国"

_HEYU = Party(
    name="杭州禾屿精密仪器有限公司",
    tax_id="91330100MA3NUAUC30",
    address=Address(lines=("杭州市东区云栖大道218号",)),
    account=Account(account="1964382930670665941", bank="禾城农村商业银行杭州东湖支行"),
    phone="021-38806217",
)
_CHENGTANG = Party(
    name="成都澄棠食品股份有限公司",
    tax_id="91510100MA0KUT1Y2A",
    address=Address(lines=("成都市南区创新三路9号",)),
    account=Account(account="2174355437825285590", bank="江湾商业银行成都南城支行"),
    phone="028-61127340",
)
_CLEAN_INVOICE = Fapiao(
    invoice_type="e_vat_special",
    invoice_number="25332000000071840263",
    issue_date=date(2025, 5, 14),
    seller=_HEYU,
    buyer=_CHENGTANG,
    lines=(
        fapiao_line(
            "*仪器仪表*数字压力变送器",
            specification="0-1.6MPa 4-20mA",
            unit="台",
            quantity="20",
            unit_price="486",
            net_amount="9720.00",
            tax_rate="13%",
        ),
        fapiao_line(
            "*通用设备*不锈钢球阀",
            specification="DN25 PN16",
            unit="个",
            quantity="60",
            unit_price="64",
            net_amount="3840.00",
            tax_rate="13%",
        ),
    ),
    net_amount=Decimal("13560.00"),
    tax_amount=Decimal("1762.80"),
    gross_amount=Decimal("15322.80"),
    remarks=(
        "合同编号：HY-CG-2025-036",
        "销方开户银行：禾城农村商业银行杭州东湖支行；银行账号：1964382930670665941",
    ),
    contract_number="HY-CG-2025-036",
    is_account_in_remarks=True,
    drawer="池小墨",
)
CLEAN = ShippedPair(
    name="zh_clean",
    title="Chinese: everything as agreed; the contract's prices include tax, the fapiao's do not",
    contract=ContractRecord(
        language="zh",
        contract_number="HY-CG-2025-036",
        title="采购合同",
        seller=_HEYU,
        buyer=_CHENGTANG,
        signing_date=date(2025, 1, 6),
        effective_date=date(2025, 1, 10),
        expiry_date=date(2025, 12, 31),
        currency="CNY",
        tax_rate=Decimal(13),
        prices_include_tax=True,
        price_list=(
            PriceRow(
                description="数字压力变送器",
                specification="0-1.6MPa 4-20mA",
                unit="台",
                quantity=Decimal(40),
                unit_price=Decimal("549.18"),
            ),
            PriceRow(
                description="不锈钢球阀",
                specification="DN25 PN16",
                unit="个",
                quantity=Decimal(100),
                unit_price=Decimal("72.32"),
            ),
        ),
        total_amount=Decimal("29199.20"),
        total_includes_tax=True,
        invoice_type_required="增值税专用发票",
        payment_days=30,
        payment_trigger="invoice_receipt",
        late_fee_rate=_LATE_FEE,
        governing_law=_LAW,
    ),
    contract_style=ContractStyle(numbering="clause", wording=0, face=Face.CJK),
    invoices=(
        ShippedInvoice(
            content=draw_fapiao(_CLEAN_INVOICE, FapiaoStyle()),
            truth=truth_of_fapiao(_CLEAN_INVOICE),
        ),
    ),
)

_LICHUAN = Party(
    name="武汉砺川办公用品有限公司",
    tax_id="91420100MA5D4DCR2G",
    address=Address(lines=("武汉市北区望湖路77号",)),
    account=Account(account="7209818962398226128", bank="云岭商业银行武汉新江支行"),
    phone="027-58430916",
)
_XINMO = Party(
    name="长沙昕陌物流有限责任公司",
    tax_id="91430100MA0NB6LQ0N",
    address=Address(lines=("长沙市西区兴园路151号",)),
    account=Account(account="4600977877109427400", bank="东屿银行长沙西城支行"),
    phone="0731-82265108",
)
_DEVIATING_INVOICE = Fapiao(
    invoice_type="e_vat_special",
    invoice_number="25422000000158300947",
    issue_date=date(2025, 8, 22),
    seller=replace(_LICHUAN, tax_id="91370200MA10HPU78B"),
    buyer=_XINMO,
    lines=(
        fapiao_line(
            "*纸制品*复印纸",
            specification="A4 70g 500张/包",
            unit="包",
            quantity="1200",
            unit_price="17.5",
            net_amount="21000.00",
            tax_rate="13%",
        ),
        fapiao_line(
            "*家具*办公椅",
            specification="网布 带头枕",
            unit="把",
            quantity="50",
            unit_price="386",
            net_amount="19300.00",
            tax_rate="13%",
        ),
        fapiao_line(
            "*计算机外部设备*多功能激光打印一体机（双面打印、自动输稿、无线网络）",
            specification="HL-2840DW 标配",
            unit="台",
            quantity="5",
            unit_price="2034.6",
            net_amount="10173.00",
            tax_rate="13%",
        ),
    ),
    net_amount=Decimal("50473.00"),
    tax_amount=Decimal("6561.49"),
    gross_amount=Decimal("57034.49"),
    remarks=("合同号:LC2025-0712", "订单号:PO20250819"),
    contract_number="LC2025-0712",
    purchase_order_number="PO20250819",
    drawer="季小满",
    payee="苏禾",
    reviewer="方一舟",
)
DEVIATING = ShippedPair(
    name="zh_deviating",
    title="Chinese: another unit price and tax number than agreed, and more than the total",
    contract=ContractRecord(
        language="zh",
        contract_number="LC2025-0712",
        title="办公用品供货合同",
        seller=_LICHUAN,
        buyer=_XINMO,
        signing_date=date(2025, 7, 12),
        effective_date=date(2025, 7, 15),
        expiry_date=date(2026, 7, 14),
        currency="CNY",
        tax_rate=Decimal(13),
        price_list=(
            PriceRow(
                description="复印纸", specification="A4 70g 500张/包", unit="包", unit_price=Decimal("17.50")
            ),
            PriceRow(
                description="办公椅", specification="网布 带头枕", unit="把", unit_price=Decimal("372.00")
            ),
            PriceRow(
                description="多功能激光打印一体机（双面打印、自动输稿、无线网络）",
                specification="HL-2840DW 标配",
                unit="台",
                unit_price=Decimal("2034.60"),
            ),
        ),
        total_amount=Decimal("50000.00"),
        total_includes_tax=True,
        invoice_type_required="增值税专用发票",
        payment_days=45,
        payment_trigger="invoice_receipt",
        governing_law=_LAW,
        notice_days=30,
    ),
    contract_style=ContractStyle(numbering="chinese", wording=1, face=Face.CJK),
    invoices=(
        ShippedInvoice(
            content=draw_fapiao(
                _DEVIATING_INVOICE,
                FapiaoStyle(
                    paper=FAPIAO_FORM,
                    size=8.5,
                    colon=":",
                    name_label="名 称",
                    total_label="合 计",
                    value_gap=4.0,
                    has_column_rules=True,
                ),
            ),
            truth=truth_of_fapiao(_DEVIATING_INVOICE),
        ),
    ),
    deviations=(
        Deviation(
            code="UNIT_PRICE_MISMATCH",
            clause="二、（一）",
            field="line_items[1].unit_price",
            agreed="372.00",
            billed="386",
        ),
        Deviation(
            code="TAX_ID_MISMATCH",
            field="seller_tax_id",
            agreed="91420100MA5D4DCR2G",
            billed="91370200MA10HPU78B",
        ),
        Deviation(
            code="TOTAL_EXCEEDED",
            clause="二、（二）",
            field="gross_amount",
            agreed="50000.00",
            billed="57034.49",
        ),
    ),
)
