"""How a fapiao is laid out and worded."""

from dataclasses import dataclass
from random import Random

from synthesis.canvas import A4, FAPIAO_FORM, FAPIAO_WIDE, Paper
from synthesis.chance import happens

COLUMNS = (
    "description",
    "specification",
    "unit",
    "quantity",
    "unit_price",
    "net_amount",
    "tax_rate",
    "tax_amount",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FapiaoStyle:
    """One layout of the form. `shares` are the widths of the table's columns, in percent."""

    paper: Paper = FAPIAO_WIDE
    size: float = 8.0
    colon: str = "："
    are_parentheses_wide: bool = True
    number_label: str = "发票号码"
    date_label: str = "开票日期"
    date_pattern: str = "Y年M月D日"
    name_label: str = "名称"
    tax_id_label: str = "统一社会信用代码/纳税人识别号"
    headings: tuple[str, ...] = (
        "项目名称",
        "规格型号",
        "单位",
        "数量",
        "单价",
        "金额",
        "税率/征收率",
        "税额",
    )
    total_label: str = "合        计"
    words_label: str = "价税合计（大写）"
    figures_label: str = "（小写）"
    words_mark: str = "ⓧ"
    yen: str = "¥"
    seller_caption: str = "销售方信息"
    buyer_caption: str = "购买方信息"
    value_gap: float = 0.0  # points between a label and its value
    shares: tuple[float, ...] = (25.0, 14.0, 7.0, 10.0, 13.5, 11.5, 9.0, 10.0)
    has_column_rules: bool = False
    has_rules: bool = True
    are_headings_centred: bool = True
    row_gap: float = 3.0
    table_height: float = 120.0
    margin: float = 22.0
    has_code: bool = False  # the QR code in the upper left corner

    @property
    def width(self) -> float:
        """Return the width of the form inside its margins."""
        return self.paper.width - 2 * self.margin

    def parenthesised(self, text: str) -> str:
        """Write the parentheses in the width of this form."""
        return text if self.are_parentheses_wide else text.replace("（", "(").replace("）", ")")


def random_fapiao_style(rng: Random, *, is_older_form: bool) -> FapiaoStyle:
    """Choose wording and geometry at random."""
    paper = (
        rng.choice((FAPIAO_FORM, FAPIAO_FORM, A4))
        if is_older_form
        else rng.choice((FAPIAO_WIDE, FAPIAO_FORM, A4))
    )
    size = rng.choice((7.5, 8.0, 8.5)) if paper is not FAPIAO_FORM else rng.choice((8.0, 8.5, 9.0))
    shares = [share * rng.uniform(0.94, 1.06) for share in FapiaoStyle().shares]
    table_height = rng.choice((110.0, 130.0)) if paper is not A4 else rng.choice((120.0, 200.0, 330.0))
    return FapiaoStyle(
        paper=paper,
        size=size,
        colon=rng.choice(("：", "：", ":")),
        are_parentheses_wide=happens(rng, 0.75),
        number_label=rng.choice(("发票号码", "发票号码", "发 票 号 码")),
        date_label=rng.choice(("开票日期", "开票日期", "开 票 日 期")),
        date_pattern=rng.choice(("Y年M月D日", "Y年M月D日", "Y年m月d日", "Y-M-D", "Y 年 M 月 D 日")),
        name_label=rng.choice(("名称", "名称", "名 称", "名    称")),
        tax_id_label=_tax_id_label(rng, is_older_form=is_older_form),
        headings=_headings(rng, is_older_form=is_older_form),
        total_label=rng.choice(("合        计", "合计", "合 计", "合   计")),
        words_label=rng.choice(("价税合计（大写）", "价税合计（大写）", "价税合计 （大写）")),
        words_mark=rng.choice(("ⓧ", "⊗", "")),
        yen=rng.choice(("¥", "¥", "￥")),
        buyer_caption=rng.choice(("购买方", "购货方"))
        if is_older_form
        else rng.choice(("购买方信息", "购买方信息", "购买方")),
        seller_caption=rng.choice(("销售方", "销货方"))
        if is_older_form
        else rng.choice(("销售方信息", "销售方信息", "销售方")),
        value_gap=rng.choice((0.0, 0.0, 4.0, 9.0)),
        shares=tuple(100 * share / sum(shares) for share in shares),
        has_column_rules=is_older_form or happens(rng, 0.3),
        has_rules=happens(rng, 0.85),
        are_headings_centred=happens(rng, 0.6),
        row_gap=rng.choice((2.0, 3.0, 5.0)),
        table_height=table_height,
        margin=rng.choice((16.0, 22.0, 30.0)),
    )


def _tax_id_label(rng: Random, *, is_older_form: bool) -> str:
    if is_older_form:
        return rng.choice(("纳税人识别号", "纳税人识别号", "统一社会信用代码"))
    return rng.choice(
        (
            "统一社会信用代码/纳税人识别号",
            "统一社会信用代码/纳税人识别号",
            "统一社会信用代码 / 纳税人识别号",
            "纳税人识别号",
        ),
    )


def _headings(rng: Random, *, is_older_form: bool) -> tuple[str, ...]:
    gap = rng.choice(("", "", " ", "  "))
    older = ("货物或应税劳务、服务名称", "货物或应税劳务名称", "货物、应税劳务及服务")
    return (
        rng.choice(older) if is_older_form else rng.choice(("项目名称", "项目名称", "货物或应税劳务名称")),
        "规格型号",
        f"单{gap}位",
        f"数{gap}量",
        f"单{gap}价",
        f"金{gap}额",
        "税率" if is_older_form else rng.choice(("税率/征收率", "税率/征收率", "税率", "征收率")),
        f"税{gap}额",
    )
