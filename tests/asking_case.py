"""A complaint to decide: a receipt, policies in three languages, a completer with a script."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from extractor.engines.qwen.completion import Completion, PageQuestion
from extractor.engines.qwen.engine import QwenEngine
from extractor.engines.qwen.settings import QwenSettings

PdfMaker = Callable[..., bytes]

RECEIPT = ("Harrow & Fenn Ltd.", "Receipt R-20817", "Kettle KT-40, steel", "Total 49.90 EUR", "3 March 2026")
QUESTION = "The kettle leaks at the spout since day two.\nI want my money back, 49.90 EUR."
POLICY = (
    "Returns policy",
    "1. Scope",
    "1.1 This policy applies to all goods bought in our shops.",
    "2. Faulty goods",
    "2.1 Goods that leak, break or fail within 30 days are refunded in full.",
    "2.2 Later they are repaired; a handling fee of 15.00 GBP is kept.",
    "3. Change of mind",
    "3.1 Unused goods are exchanged within 14 days.",
)
POLICY_ZH = (
    "售后服务政策",
    "第一条 适用范围",
    "本政策适用于本店售出的全部商品。",
    "第二条 质量问题",
    "第2.1条 商品在三十日内出现漏水、破裂或者无法使用的，全额退款。",
    "第2.2条 超过三十日的，予以维修。",
    "第三条 无理由退货",
    "未使用的商品可以在七日内更换。",
)
POLICY_DE = (
    "Rückgaberichtlinie",
    "§ 1 Geltung",
    "Diese Richtlinie gilt für alle Waren.",
    "§ 2 Mängel",
    "(1) Defekte Ware wird binnen 30 Tagen erstattet.",
    "(2) Danach wird sie repariert.",
)
ANSWER: dict[str, str | None] = {
    "action": "refund",
    "amount": "49.90",
    "currency": "EUR",
    "reason": "The kettle leaks two days after the purchase; faulty goods are refunded within 30 days.",
    "risk_level": "low",
    "evidence": "The kettle leaks at the spout since day two",
    "cited_clause": "2.1",
}


@dataclass
class Scripted:
    """A completer that answers with what it was given, and keeps what it was asked."""

    said: str
    questions: list[PageQuestion] = field(default_factory=list)

    def complete(self, questions: Sequence[PageQuestion], *, max_new_tokens: int) -> list[Completion]:
        del max_new_tokens
        self.questions.extend(questions)
        return [Completion(text=self.said) for _ in questions]


def engine_that_says(said: str | dict[str, str | None]) -> tuple[QwenEngine, Scripted]:
    completer = Scripted(said if isinstance(said, str) else json.dumps(said, ensure_ascii=False))
    return QwenEngine(QwenSettings(dpi=36), completer=completer), completer
