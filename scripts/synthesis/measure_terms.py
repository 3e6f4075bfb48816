"""Compare the terms that were read from a contract with those that were drawn."""

import re

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import Group, Leaf
from synthesis.contract_random import GeneratedContract
from synthesis.measure import Tally, is_same, squeezed, tables_of, written

_NUMBERS = frozenset({"total_amount", "payment_days", "retention_rate"})
_FREE_TEXT = frozenset({"late_fee_rate", "governing_law"})
_MEMBER = {"bank_account": "account", "agreed_discount": "percent"}
_CHINESE_DIGITS = {character: str(value) for value, character in enumerate("一二三四五六七八九", start=1)}


def compare_terms(tally: Tally, clauses: Tally, made: GeneratedContract, contract: Assessment) -> None:
    """Count every term and, where it was read right, whether its clause and page are right too."""
    for name, term in made.terms.items():
        wanted = term["value"]
        if isinstance(wanted, list):
            _compare_rows(tally, made, contract, name)
            continue
        leaf = term_leaf(contract, name)
        read = written(leaf.value) if leaf else None
        if wanted is not None and read is not None and agrees(name, str(wanted), read):
            tally.count(made.name, name, wanted="1", read="1")
            _compare_place(clauses, made, name, leaf)
        else:
            tally.count(made.name, name, wanted=str(wanted), read=read)
    for name in ("total_amount", "retention_rate", "late_fee_rate", "agreed_discount"):
        leaf = term_leaf(contract, name)
        if name not in made.terms and leaf and leaf.value is not None:
            tally.count(made.name, name, wanted=None, read=written(leaf.value))


def term_leaf(contract: Assessment, name: str) -> Leaf | None:
    """Return a term's leaf: of a structured term, the member that it is about."""
    value = contract.fields.get(name)
    if isinstance(value, Group):
        value = value.members.get(_MEMBER.get(name, ""))
    return value if isinstance(value, Leaf) else None


def agrees(name: str, wanted: str, read: str) -> bool:
    """Say whether a term was read right; free texts may begin or end elsewhere."""
    if name in _FREE_TEXT:
        return squeezed(read) in squeezed(wanted) or squeezed(wanted) in squeezed(read)
    return is_same("rate" if name in _NUMBERS or name == "agreed_discount" else name, wanted, read)


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


def _compare_place(clauses: Tally, made: GeneratedContract, name: str, leaf: Leaf | None) -> None:
    clause, page = made.terms[name]["clause"], made.terms[name]["page"]
    if not isinstance(clause, str) or leaf is None:
        return
    read_page = leaf.evidence.page if leaf.evidence else None
    is_right = read_page == page and cites(leaf.clause, clause)
    clauses.count(
        made.name, name, wanted=clause, read=clause if is_right else f"{leaf.clause}, page {read_page}"
    )


def _compare_rows(tally: Tally, made: GeneratedContract, contract: Assessment, name: str) -> None:
    wanted_rows = made.terms[name]["value"]
    rows = tables_of(contract, name)
    if not isinstance(wanted_rows, list):
        return
    for index in range(max(len(rows), len(wanted_rows))):
        wanted = wanted_rows[index] if index < len(wanted_rows) else {}
        read = rows[index] if index < len(rows) else {}
        for column in wanted or read:
            tally.count(made.name, f"{name}.{column}", wanted=wanted.get(column), read=read.get(column))
