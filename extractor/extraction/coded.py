"""What a code on the page says of a field, beside what was read there.

The rule, in the order it is tried:

1. The page is read to say the same: that reading holds, with its place, and is surer.
2. The page shows the same value, but another one was read first: a code picks among
   candidates. An id may be any of them, for it is not printed elsewhere by chance; an amount or a day
   only one that is nearly as likely as the first.
3. The page shows nothing for the field: the code's value holds, at the place of the code.
4. The page shows another value: that is a mismatch, always. What was read from a text layer
   and is not just guessed stays, for a person sees it and a code can be pasted over; else the
   code's value holds, for it proves its own bytes and recognised print does not.

Embedded XML is the invoice itself: a code only witnesses for or against it. Names, addresses and kinds
of invoice are worded in many ways, so they agree or they do not matter, and so do
hints: what a code says of something that is mostly the field (the payee, a remittance).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.extraction.agreement import says_same
from extractor.extraction.extraction import FieldValue, Leaf, State
from extractor.extraction.options import DOUBTED, SAME_PLACE, WITNESS, Choice, Option, is_coded
from extractor.field_specs.spec import ColumnSpec, FieldType
from extractor.pages.word import Origin

_IDS = frozenset({FieldType.IDENTIFIER, FieldType.TAX_ID})
_DUE, _GROSS = "amount_due", "gross_amount"
_WORDED = frozenset({FieldType.NAME, FieldType.ADDRESS, FieldType.TEXT})


def part_by_code(options: Sequence[Option]) -> tuple[list[Option], list[Option]]:
    """Return the options of engines that read the page, and those of engines that read codes."""
    engines = {option.engine for option in options if is_coded(option.leaf)}
    read = [option for option in options if option.engine not in engines]
    return read, [option for option in options if option.engine in engines]


def beside_codes(
    choice: Choice, read: Sequence[Option], by_code: Sequence[Option], column: ColumnSpec
) -> Choice:
    """Return what holds, given what holds without the codes and the options it was chosen from.

    `by_code` are the codes' values, and the places where a page prints them. Where codes
    disagree with each other, the first that the page agrees with counts; those that it
    does not agree with accuse.
    """
    claims = [one.leaf for one in by_code if one.leaf.value is not None and is_coded(one.leaf)]
    if not claims:
        return choice
    printed = [one.leaf for one in by_code if not is_coded(one.leaf)]
    held = [_held(choice.leaf, read, claim, printed, column) for claim in claims]
    settled = next((leaf for leaf in held if leaf is not None), None)
    disputed = choice.disputed
    if settled is not None:
        disputed = disputed if says_same(settled, choice.leaf, column) else ()
    elif choice.leaf.value is not None:
        settled, disputed = _mismatch(choice, claims, column)
    elif choice.leaf.state is State.ABSENT or gives_way(choice.leaf):
        settled = claims[0]
    else:
        settled = choice.leaf  # what is printed is no value: that is found, too
    same = [claim for claim in claims if says_same(settled, claim, column)]
    accusing = [claim for claim in claims if claim not in same and _accuses(claim, column)]
    return Choice(
        leaf=settled,
        disputed=(*disputed, *accusing),
        agreeing=tuple(claim for claim in same if claim.score >= WITNESS and claim is not settled),
    )


def due_as_gross(fields: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """Return what changes where a code alone tells the amount due, and the page shows it as the total.

    The amount of a payment code is what is to be paid. Where no amount due is printed, that
    is the gross amount: there it is shown, and two readings agree on it.
    """
    due, gross = fields.get(_DUE), fields.get(_GROSS)
    if not isinstance(due, Leaf) or not isinstance(gross, Leaf) or not is_coded(due) or is_coded(gross):
        return {}
    if not isinstance(due.value, Decimal) or due.value != gross.value:
        return {}
    shown = replace(due, text=gross.text, evidence=gross.evidence, state=gross.state)
    return {_DUE: shown, _GROSS: surer(gross, due)}


def surer(leaf: Leaf, claim: Leaf) -> Leaf:
    """Return a leaf that a code says the same of: two readings that do not depend on each other."""
    doubt = (1 - min(max(leaf.score, 0.0), 1.0)) * (1 - claim.score)
    return replace(leaf, score=1 - doubt, margin=max(leaf.margin, claim.score))


def gives_way(leaf: Leaf) -> bool:
    """Say whether a reading of the page is less sure than a code: guessed, or recognised."""
    origin = leaf.evidence.origin if leaf.evidence is not None else Origin.TEXT_LAYER
    return origin is not Origin.XML and (leaf.score < WITNESS or origin is Origin.OCR)


def _held(
    leaf: Leaf, read: Sequence[Option], claim: Leaf, printed: Sequence[Leaf], column: ColumnSpec
) -> Leaf | None:
    """Return the reading of the page that says what the code says, None where none counts."""
    if says_same(leaf, claim, column):
        return surer(leaf, claim)
    is_exact = leaf.evidence is not None and leaf.evidence.origin is Origin.XML
    if is_exact or claim.score < WITNESS:
        return None
    bound = 0.0 if column.type in _IDS else SAME_PLACE * max((one.leaf.score for one in read), default=0.0)
    same = [one.leaf for one in read if one.leaf.score >= bound and says_same(one.leaf, claim, column)]
    if same:
        return surer(max(same, key=lambda one: one.score), claim)
    return next((place for place in printed if says_same(place, claim, column)), None)


def _mismatch(choice: Choice, claims: Sequence[Leaf], column: ColumnSpec) -> tuple[Leaf, tuple[Leaf, ...]]:
    """Return what is shown where no code agrees with the page, and what the page says instead."""
    accusing = [claim for claim in claims if _accuses(claim, column)]
    if not accusing:
        return choice.leaf, choice.disputed
    if gives_way(choice.leaf):
        return replace(accusing[0], score=accusing[0].score * DOUBTED), (choice.leaf, *choice.disputed)
    return replace(choice.leaf, score=choice.leaf.score * DOUBTED), choice.disputed


def _accuses(claim: Leaf, column: ColumnSpec) -> bool:
    return claim.score >= WITNESS and column.type not in _WORDED and claim.state is not State.UNREADABLE
