"""Contents that tests draw: random ones, and ones with a choice of the layout set."""

from dataclasses import replace
from typing import Any

from synthesis.chance import seeded
from synthesis.invoices.content import Content
from synthesis.invoices.generate import random_content
from synthesis.invoices.layout import head_plans


def some_content(seed: int, language: str = "en", *, tax_case: str = "taxed", rates: int = 1) -> Content:
    """Return the first content from the seed on that is taxed so, and at so many rates of one tax."""
    while True:
        content = random_content(seeded(f"{language}-{seed}"), language)
        taxes = content.bill.record.tax_breakdown
        is_one_tax = all(row.name is None for row in taxes)
        if content.bill.tax_case == tax_case and len(taxes) == rates and is_one_tax:
            return content
        seed += 1


def with_choices(content: Content, *, head: str | None = None, **choices: Any) -> Content:  # noqa: ANN401 - as replace takes them
    """Return the content in another layout."""
    plan = head_plans()[head] if head else content.layout.head
    return replace(content, layout=replace(content.layout, head=plan, **choices))


def with_table(content: Content, **choices: Any) -> Content:  # noqa: ANN401 - as replace takes them
    """Return the content with another table."""
    return with_choices(content, table=replace(content.layout.table, **choices))


def with_record(content: Content, **values: Any) -> Content:  # noqa: ANN401 - as replace takes them
    """Return the content with other values."""
    record = replace(content.bill.record, **values)
    return replace(content, bill=replace(content.bill, record=record))
