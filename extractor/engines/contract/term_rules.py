"""All rules that find a contract's terms in its sentences, in the order they run."""

from extractor.engines.contract.rules import Rule
from extractor.engines.contract.terms import (
    bank,
    dates,
    discounts,
    fees,
    identity,
    law,
    money,
    payment,
    price_sentences,
    regular_fees,
    retention,
    signing_lines,
    stage_sentences,
    tax,
    working_day,
)

RULES: tuple[Rule, ...] = (
    *identity.RULES,
    *dates.RULES,
    *signing_lines.RULES,
    *money.RULES,
    *price_sentences.RULES,
    *stage_sentences.RULES,
    *regular_fees.RULES,
    *tax.RULES,
    *payment.RULES,
    *discounts.RULES,
    *retention.RULES,
    *fees.RULES,
    *bank.RULES,
    *law.RULES,
    *working_day.RULES,
)
