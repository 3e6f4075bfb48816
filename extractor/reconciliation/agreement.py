"""The agreed side: a contract's terms, as the checks need them, each with its clause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import ABSENT, FieldValue, Group, Leaf, State, Table
from extractor.reconciliation.check import Side
from extractor.reconciliation.wording import says_tax_included
from extractor.validation.figures import number_of
from extractor.values.working_day import find_working_day

_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedPrice:
    """One row of the price list. `index` counts from 0 in the order printed.

    `quantity` is the largest of those that clauses name which contradict each other.
    """

    index: int
    description: str
    specification: str
    unit: str | None
    price: Decimal
    other_prices: tuple[Decimal, ...] = ()  # where clauses contradict each other
    quantity: Decimal | None
    tax_rate: Decimal | None
    is_tax_included: bool | None
    price_side: Side
    quantity_side: Side

    @property
    def wording(self) -> str:
        """Return description and specification together."""
        return f"{self.description} {self.specification}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedStep:
    """One milestone with the amount that falls due with it."""

    index: int
    name: str
    amount: Decimal
    other_amounts: tuple[Decimal, ...] = ()  # where clauses contradict each other
    is_tax_included: bool | None
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedFee:
    """One fee that the contract allows; None for an amount means: as it falls."""

    index: int
    name: str
    amount: Decimal | None
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One contract's terms. `fees` is None where the contract says nothing of fees."""

    contract: Assessment
    prices: tuple[AgreedPrice, ...]
    steps: tuple[AgreedStep, ...]
    fees: tuple[AgreedFee, ...] | None
    tax_rate: Decimal | None
    is_total_with_tax: bool | None
    hours_per_day: Decimal | None

    def leaf(self, name: str) -> Leaf:
        """Return a plain term, or the first member of a structured one."""
        value = self.contract.fields.get(name)
        if isinstance(value, Group):
            return next(iter(value.members.values()), ABSENT)
        return value if isinstance(value, Leaf) else ABSENT

    def member(self, name: str, member: str) -> Leaf:
        """Return a member of a structured term; of a plain term, the term itself."""
        value = self.contract.fields.get(name)
        if isinstance(value, Group):
            return value.members.get(member, ABSENT)
        return value if isinstance(value, Leaf) else ABSENT

    def place(self, name: str) -> Side | None:
        """Return where a term stands, without a value: for what the term does not list."""
        value = self.contract.fields.get(name)
        for leaf in _leaves(value):
            if leaf.clause or leaf.quote:
                return Side(
                    value=None,
                    evidence=leaf.evidence,
                    clause=leaf.clause,
                    quote=leaf.quote,
                    source=leaf.source,
                )
        return None

    def has(self, name: str) -> bool:
        """Say whether the contract fixes a term."""
        value = self.contract.fields.get(name)
        return value is not None and value.state not in (State.ABSENT, State.UNREADABLE)


def agreement_of(contract: Assessment) -> Agreement:
    """Take the terms out of a contract that was read."""
    rate = number_of(_plain(contract, "tax_rate"))
    total = _plain(contract, "total_amount")
    prices = tuple(
        price
        for index, row in enumerate(contract.extraction.rows("price_list"))
        if (price := _price(index, row)) is not None
    )
    with_tax = _is_with_tax(total)
    if with_tax is None:
        flags = {price.is_tax_included for price in prices}
        with_tax = flags.pop() if len(flags) == 1 else None
    return Agreement(
        contract=contract,
        prices=prices,
        steps=_steps(contract, total, with_tax=with_tax),
        fees=_fees(contract.fields.get("allowed_fees")),
        tax_rate=rate,
        is_total_with_tax=with_tax,
        hours_per_day=_hours_per_day(contract, prices),
    )


def _hours_per_day(contract: Assessment, prices: Sequence[AgreedPrice]) -> Decimal | None:
    """Return how long a day is: as the contract says it, or beside a price; None if it says two."""
    term = _plain(contract, "hours_per_day")
    if term.state is State.CONTRADICTORY:
        return None
    said = number_of(term)
    if said is not None:
        return said
    beside = {
        day.hours
        for price in prices
        for text in (f"{price.unit or ''} {price.wording}", price.price_side.quote or "")
        if (day := find_working_day(text)) is not None
    }
    return beside.pop() if len(beside) == 1 else None


def side_of(leaf: Leaf, *, place: Leaf | None = None) -> Side:
    """Return a leaf as one side of a check; `place` lends the clause where it has none."""
    lender = place or leaf
    return Side(
        value=leaf.value,
        text=leaf.text,
        evidence=leaf.evidence or lender.evidence,
        clause=leaf.clause or lender.clause,
        quote=leaf.quote or lender.quote,
        source=leaf.source if leaf.evidence else lender.source,
        also=tuple(side_of(other) for other in leaf.also),
    )


def _price(index: int, row: Group) -> AgreedPrice | None:
    members = row.members
    price = number_of(members.get("unit_price"))
    description = _text(members, "description")
    if price is None or not (description or _text(members, "specification")):
        return None
    place = _place_of(row)
    return AgreedPrice(
        index=index,
        description=description,
        specification=_text(members, "specification"),
        unit=_text(members, "unit") or None,
        price=price,
        other_prices=tuple(_numbers(members["unit_price"])[1:]),
        quantity=_largest(members.get("quantity", ABSENT)),
        tax_rate=number_of(members.get("tax_rate")),
        is_tax_included=_row_is_with_tax(members),
        price_side=side_of(members["unit_price"], place=place),
        quantity_side=side_of(members.get("quantity", ABSENT), place=place),
    )


def _largest(leaf: Leaf) -> Decimal | None:
    return max(_numbers(leaf), default=None)


def _numbers(leaf: Leaf) -> list[Decimal]:
    """Return a term's number, then those of clauses that contradict it."""
    numbers = (number_of(each) for each in (leaf, *leaf.also))
    return [number for number in numbers if number is not None]


def _steps(contract: Assessment, total: Leaf, *, with_tax: bool | None) -> tuple[AgreedStep, ...]:
    steps = []
    for index, row in enumerate(contract.extraction.rows("milestones")):
        members = row.members
        leaf, amounts = members.get("amount", ABSENT), _numbers(members.get("amount", ABSENT))
        also: tuple[Side, ...] = ()
        if not amounts:
            leaf = members.get("share", members.get("percent", ABSENT))
            amounts = [whole * share / _PERCENT for share in _numbers(leaf) for whole in _numbers(total)]
            also = tuple(side_of(other) for other in total.also)
        if not amounts:
            continue
        own = _row_is_with_tax(members)
        side = side_of(leaf, place=_place_of(row))
        steps.append(
            AgreedStep(
                index=index,
                name=_text(members, "name") or _text(members, "description"),
                amount=amounts[0],
                other_amounts=tuple(amounts[1:]),
                is_tax_included=with_tax if own is None else own,
                side=replace(side, also=side.also or also),
            )
        )
    return tuple(steps)


def _fees(value: FieldValue | None) -> tuple[AgreedFee, ...] | None:
    if value is None or value.state in (State.ABSENT, State.UNREADABLE):
        return None
    rows = value.rows if isinstance(value, Table) else ()
    fees = []
    for index, row in enumerate(rows):
        name = _text(row.members, "name") or _text(row.members, "description")
        if name:
            amount = row.members.get("amount", ABSENT)
            fees.append(
                AgreedFee(
                    index=index,
                    name=name,
                    amount=_largest(amount),
                    side=side_of(amount, place=_place_of(row)),
                )
            )
    return tuple(fees)


def _plain(contract: Assessment, name: str) -> Leaf:
    return contract.extraction.leaf(name)


def _is_with_tax(leaf: Leaf) -> bool | None:
    said = says_tax_included(leaf.text)
    return says_tax_included(leaf.quote, near=leaf.text) if said is None else said


def _row_is_with_tax(members: Mapping[str, Leaf]) -> bool | None:
    flag = members.get("tax_included")
    if flag is None or flag.value is None:
        return None
    return says_tax_included(str(flag.value))


def _place_of(row: Group) -> Leaf | None:
    return next((leaf for leaf in row.members.values() if leaf.clause or leaf.quote), None)


def _text(members: Mapping[str, Leaf], name: str) -> str:
    leaf = members.get(name)
    if leaf is None or leaf.value is None:
        return ""
    return str(leaf.value)


def _leaves(value: FieldValue | None) -> list[Leaf]:
    if isinstance(value, Leaf):
        return [value]
    if isinstance(value, Group):
        return list(value.members.values())
    if isinstance(value, Table):
        places = [value.place] if value.place is not None else []
        return [*places, *(leaf for row in value.rows for leaf in row.members.values())]
    return []
