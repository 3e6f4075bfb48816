"""How much was found, and the verdict in one sentence."""

from extractor.delivery.report.language import Wording
from extractor.reconciliation.check import Check, CheckState, Reconciliation


def verdict_sentence(compared: Reconciliation, words: Wording) -> str:
    """Return the verdict with what was counted and the reasons, in one sentence."""
    reasons = words.say("verdict.sentence.between").join(
        words.name("code", code) for code in compared.reasons
    )
    return words.say(
        f"verdict.sentence.{compared.verdict}", counts=counts(compared, None, words), reasons=reasons
    )


def counts(compared: Reconciliation, invoice: int | None, words: Wording) -> str:
    """Return how much was found in one invoice, or in all."""
    checks = [check for check in compared.checks if invoice is None or check.invoice == invoice]
    invoices = compared.invoices if invoice is None else (compared.invoices[invoice],)
    numbers = {
        "mismatches": sum(check.state is CheckState.MISMATCH for check in checks),
        "questions": sum(is_question(check) for check in checks),
        "findings": sum(len(each.findings) for each in invoices),
    }
    told = [words.count(f"counts.{what}", number) for what, number in numbers.items() if number]
    return words.say("verdict.sentence.comma").join(told) or words.say("counts.nothing")


def is_question(check: Check) -> bool:
    """Say whether a check asks a person instead of flagging."""
    return check.is_unsure and check.state is not CheckState.MISMATCH
