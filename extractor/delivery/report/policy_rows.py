"""The policy in force as rows of short tables."""

from decimal import Decimal

from extractor.delivery.report.language import Wording
from extractor.delivery.report.report import LimitsRow
from extractor.reconciliation.policy import Policy


def limits_rows(policy: Policy, words: Wording) -> tuple[LimitsRow, ...]:
    """Return a row for every check, in the order of the policy."""
    return tuple(
        LimitsRow(
            title=words.name("code", code),
            severity=words.name("severity", limits.severity),
            blocks=words.say("tag.yes" if policy.blocks(code) else "tag.no"),
            over=_bounds(limits.absolute_over, limits.relative_over),
            under=_bounds(limits.absolute_under, limits.relative_under),
        )
        for code, limits in policy.checks.items()
    )


def settings_rows(policy: Policy, words: Wording) -> tuple[tuple[str, str], ...]:
    """Return what holds for all checks, each with its value."""
    values: dict[str, object] = {
        "line_rounding": policy.line_rounding,
        "matching_sure": f"{policy.matching.sure:.2f}",
        "matching_unsure": f"{policy.matching.unsure:.2f}",
        "names_unsure": f"{policy.names.unsure:.2f}",
        "days_over": policy.payment.days_over,
        "days_under": policy.payment.days_under,
        "receipt_days": policy.payment.receipt_days,
    }
    return tuple((words.say(f"setting.{name}"), str(value)) for name, value in values.items())


def _bounds(absolute: Decimal, relative: Decimal) -> str:
    told = [f"{absolute:f}"] if absolute or not relative else []
    if relative:
        told.append(f"{relative:f} %")
    return " / ".join(told)
