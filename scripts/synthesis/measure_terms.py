"""Compare the terms that were read from a contract with those that were drawn."""

import re
from collections.abc import Mapping

from extractor.assessment.assessment import Assessment
from extractor.evaluation.judging import Judgement, Outcome, judge
from synthesis.contract_random import GeneratedContract
from synthesis.contract_truth import Term
from synthesis.measure import Tally, typed_truth

_FREE_TEXT = frozenset({"late_fee_rate", "governing_law"})  # may begin or end elsewhere
_OFTEN_INVENTED = ("total_amount", "retention_rate", "late_fee_rate", "agreed_discount")
_CHINESE_DIGITS = {character: str(value) for value, character in enumerate("一二三四五六七八九", start=1)}


def compare_terms(tally: Tally, clauses: Tally, made: GeneratedContract, contract: Assessment) -> None:
    """Count every term and, where it was read right, whether its clause and page are right too."""
    for each in judge_terms(made.terms, contract):
        tally.add(made.name, [each])
        term = made.terms.get(each.field.partition(".")[0])
        if term is not None and each.outcome is Outcome.RIGHT and "[" not in each.path:
            _count_place(clauses, made.name, each, term)


def judge_terms(terms: Mapping[str, Term], contract: Assessment) -> tuple[Judgement, ...]:
    """Judge what was read for each term, and for those that are often invented where there are none."""
    fields: dict[str, object] = {name: term["value"] for name, term in terms.items()}
    if "agreed_discount" in fields:
        fields["agreed_discount"] = {"percent": fields["agreed_discount"]}
    fields = dict.fromkeys(_OFTEN_INVENTED) | fields
    free = {name: value for name, value in fields.items() if name in _FREE_TEXT}
    fixed = {name: value for name, value in fields.items() if name not in _FREE_TEXT}
    return (
        *judge(typed_truth("contract", fixed), contract, is_literal=True).all,
        *judge(typed_truth("contract", free), contract).all,
    )


def is_cited(judgement: Judgement, term: Term) -> bool:
    """Say whether the value that was read cites the clause and page of the term."""
    leaf = judgement.leaf
    if leaf is None or not isinstance(term["clause"], str):
        return False
    page = leaf.evidence.page if leaf.evidence else None
    return page == term["page"] and cites(leaf.clause, term["clause"])


def cites(clause: str | None, wanted: str) -> bool:
    """Say whether the clause is the one wanted, however it is written, or a place inside it."""
    path, wanted_path = clause_path(clause or ""), clause_path(wanted)
    if wanted_path[:1] == ("annex",):
        return path[:1] == ("annex",)
    return path[: len(wanted_path)] == wanted_path


def clause_path(clause: str) -> tuple[str, ...]:
    """Return "§ 4 Abs. 3", "4.3" and 四、（三） alike as ("4", "3")."""
    text = "".join(_CHINESE_DIGITS.get(character, character) for character in clause.casefold())
    text = re.sub(r"annex|anlage|附件", " annex ", text)
    return tuple(re.findall(r"annex|\d+", text))


def _count_place(clauses: Tally, document: str, judgement: Judgement, term: Term) -> None:
    wanted, leaf = term["clause"], judgement.leaf
    if isinstance(wanted, str) and leaf is not None:
        page = leaf.evidence.page if leaf.evidence else None
        read = f"{leaf.clause}, page {page}"
        is_right = is_cited(judgement, term)
        clauses.count(document, judgement.field, wanted=wanted, read=read, is_right=is_right)
