"""What codes say of the account to pay to, beside the accounts that the page shows.

A code picks among the accounts that are printed. An account that is not printed is never
taken instead of one that is: that is how payments are led astray, so it accuses.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractor.extraction.agreement import is_same_account
from extractor.extraction.coded import surer
from extractor.extraction.extraction import Group, Leaf
from extractor.extraction.options import DOUBTED
from extractor.pages.word import Origin

_ACCOUNT = "account"


def account_beside_codes(
    chosen: Group, read: Sequence[Group], coded: Sequence[Group], printed: Sequence[Group]
) -> tuple[Group, tuple[Leaf, ...]]:
    """Return the account that holds, and what codes say besides: for it or against it.

    `chosen` is what holds without the codes, one of those `read`; `printed` are the
    places where a page prints a code's account.
    """
    claims = [group for group in coded if _number(group) is not None]
    settled = next(
        (held for claim in claims if (held := _held(chosen, read, claim, printed)) is not None), None
    )
    if settled is None:
        settled = claims[0] if _number(chosen) is None and claims else chosen
    others = tuple(claim.members[_ACCOUNT] for claim in claims if claim is not settled)
    if claims and not any(_is_same(settled, claim) for claim in claims):
        settled = _doubted(settled)
    return settled, others


def _held(chosen: Group, read: Sequence[Group], claim: Group, printed: Iterable[Group]) -> Group | None:
    if _is_same(chosen, claim):
        return _with_members(chosen, claim)
    account = chosen.members.get(_ACCOUNT)
    if account is not None and account.evidence is not None and account.evidence.origin is Origin.XML:
        return None
    shown = next((group for group in [*read, *printed] if _is_same(group, claim)), None)
    return None if shown is None else _with_members(shown, claim)


def _with_members(shown: Group, claim: Group) -> Group:
    """Return the printed account, surer, with the members that only the code has."""
    account = surer(shown.members[_ACCOUNT], claim.members[_ACCOUNT])
    added = {name: leaf for name, leaf in claim.members.items() if name not in shown.members}
    return replace(shown, members={**shown.members, _ACCOUNT: account, **added})


def _doubted(group: Group) -> Group:
    account = group.members[_ACCOUNT]
    doubted = replace(account, score=account.score * DOUBTED)
    return replace(group, members={**group.members, _ACCOUNT: doubted})


def _number(group: Group) -> str | None:
    leaf = group.members.get(_ACCOUNT)
    return None if leaf is None or leaf.value is None else str(leaf.value)


def _is_same(group: Group, claim: Group) -> bool:
    mine, theirs = _number(group), _number(claim)
    return mine is not None and theirs is not None and is_same_account(mine, theirs)
