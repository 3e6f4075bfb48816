"""Terms with a history: what is agreed later is laid on what was agreed before, and both are kept."""

from dataclasses import replace
from datetime import date

from extractor.extraction.extraction import ABSENT, Group, Leaf, State
from extractor.values.text import squeeze

_ACCOUNT = "account"  # two accounts are one where this member is the same


def with_version(before: Leaf, later: Leaf) -> Leaf:
    """Return a term with another version of it, whichever is the later one.

    `later.since` is the day from which it holds; without one, nobody knows which of the two holds,
    so they contradict each other. What says the same as the version before it is none.
    """
    readable = _readable(before, later)
    if readable is None:
        return before
    if readable.since is None:
        return replace(before, state=State.CONTRADICTORY, also=(*before.also, readable))
    versions = [*reversed(before.earlier), replace(before, earlier=())]
    place = sum(each.since is None or each.since <= readable.since for each in versions)
    chain: list[Leaf] = []
    for each in (*versions[:place], readable, *versions[place:]):
        if not chain or not _says_same(chain[-1], each):
            chain.append(each)
    *earlier, last = chain
    return replace(last, earlier=tuple(reversed(earlier)))


def group_with_version(before: Group, later: Group, *, since: date | None) -> Group:
    """Return a structured term with another version of all its members: an account is changed as a whole."""
    shared = before.members.keys() & later.members.keys()
    told = {_ACCOUNT} & shared or shared
    if told and all(_says_same(before.members[name], later.members[name]) for name in told):
        return before
    gone = replace(ABSENT, since=since)
    names = dict.fromkeys((*before.members, *later.members))
    members = {
        name: _member(before.members.get(name, ABSENT), later.members.get(name, gone)) for name in names
    }
    return Group(members=members, state=State.FOUND)


def _member(before: Leaf, later: Leaf) -> Leaf:
    if later.state is State.ABSENT and later.since is not None:
        return replace(later, earlier=(replace(before, earlier=()), *before.earlier))
    return with_version(before, later)


def _readable(before: Leaf, later: Leaf) -> Leaf | None:
    """Return what a later document says that is not what was agreed before; None: nothing.

    It may repeat the term that it changes: then the other reading is the new one.
    """
    if later.state is State.ABSENT:
        return None
    told = [each for each in (later, *later.also) if not _says_same(before, each)]
    if not told:
        return None
    first, *others = (replace(each, also=(), since=later.since) for each in told)
    if not others:
        return replace(first, state=State.FOUND) if first.state is State.CONTRADICTORY else first
    return replace(first, state=State.CONTRADICTORY, also=tuple(others))


def _says_same(one: Leaf, other: Leaf) -> bool:
    if isinstance(one.value, str) and isinstance(other.value, str):
        return squeeze(one.value) == squeeze(other.value)
    if one.value is None and other.value is None:
        return one.state is other.state
    return one.value == other.value
