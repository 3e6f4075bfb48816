"""Make the content that belongs to a seed."""

from decimal import Decimal
from random import Random

from synthesis.chance import happens
from synthesis.invoices.bill import random_bill
from synthesis.invoices.columns import fitted
from synthesis.invoices.content import Content
from synthesis.invoices.layout import random_layout
from synthesis.invoices.markets import random_market
from synthesis.invoices.pen import random_pen
from synthesis.invoices.surroundings import random_surroundings
from synthesis.invoices.words import random_wording

_SIDE = 128.0  # a column at the side takes so much from the table


def random_content(rng: Random, language: str) -> Content:
    """Choose market, notations, values and layout, in this order."""
    market = random_market(rng, language)
    pen = random_pen(rng, market)
    has_parts = happens(rng, market.parts_share)
    tax_name = market.joint_tax if has_parts else rng.choice(market.tax)
    wording = random_wording(rng, market, tax=tax_name)
    bill = random_bill(rng, market, pen, wording, tax_name=tax_name, has_parts=has_parts)
    lines = bill.record.line_items
    layout = random_layout(
        rng,
        market,
        pen,
        wording,
        has_discounts=any(entry.discount for entry in lines),
        is_gross=bill.tax_case == "gross_prices",
        has_price_base=any(entry.price_base != Decimal(1) for entry in lines),
    )
    width = layout.paper.width - 2 * layout.margin - (_SIDE if "side" in layout.head.seller else 0.0)
    layout = fitted(layout, lines, width)
    return Content(bill=bill, layout=layout, around=random_surroundings(rng, bill, layout))
