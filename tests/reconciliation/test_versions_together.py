"""Amendments, the ledger and several invoices at once: what counts, whatever version it was billed under."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import Group, Leaf, State, Table
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation
from extractor.reconciliation.ledger import Ledger, MemoryLedger
from extractor.reconciliation.policy_file import load_policy
from extractor.reconciliation.reconcile import reconcile

MakeAssessment = Callable[..., Assessment]

_SINCE = date(2025, 6, 1)
_RECORDED = datetime(2025, 3, 4, tzinfo=UTC)
_POLICY = load_policy(None)


def changed(before: Decimal, after: Decimal) -> Leaf:
    """Return a term that an amendment changed on the first of June."""
    first = Leaf(value=before, state=State.FOUND, text=str(before), clause="4.2", quote="before", score=0.9)
    return replace(first, value=after, text=str(after), clause="Nachtrag, 1", since=_SINCE, earlier=(first,))


def plain(value: str | Decimal, *, since: date | None = None) -> Leaf:
    return Leaf(value=value, state=State.FOUND, text=str(value), clause="4.2", quote="…", since=since)


def priced(contract: Assessment, **cells: Leaf) -> Assessment:
    """Return the contract with cells of its first price changed."""
    rows = contract.extraction.rows("price_list")
    first = Group(members={**rows[0].members, **cells}, state=State.FOUND)
    fields = {**contract.fields, "price_list": Table(rows=(first, *rows[1:]), state=State.FOUND)}
    return replace(contract, extraction=replace(contract.extraction, fields=fields))


def lamps(bill: MakeAssessment, number: int, count: int, price: Decimal, day: date) -> Assessment:
    net = count * price
    tax = net * Decimal("0.19")
    row = {
        "description": "Pendelleuchte", "specification": "E27, 400 mm", "quantity": Decimal(count),
        "unit": "Stk.", "unit_price": price, "net_amount": net, "tax_rate": Decimal(19),
    }  # fmt: skip
    return replace(
        bill(
            invoice_number=f"R-{number}", issue_date=day, due_date=None, remarks=f"Lieferschein L-{number}",
            line_items=[row], net_amount=net, tax_amount=tax, gross_amount=net + tax, amount_due=net + tax,
        ),
        findings=(),
    )  # fmt: skip


def step(bill: MakeAssessment, number: int, name: str, net: Decimal, day: date) -> Assessment:
    row = {"description": name, "net_amount": net, "tax_rate": Decimal(19)}
    tax = net * Decimal("0.19")
    return replace(
        bill(
            invoice_number=f"R-{number}", issue_date=day, due_date=None, remarks=f"Lieferschein L-{number}",
            line_items=[row], net_amount=net, tax_amount=tax, gross_amount=net + tax, amount_due=net + tax,
        ),
        findings=(),
    )  # fmt: skip


def staged(contract: MakeAssessment) -> Assessment:
    """Return a contract of one milestone, half of a total that an amendment raises."""
    members = {"name": plain("Rohbau"), "share": plain(Decimal(50))}
    stages = Table(rows=(Group(members=members, state=State.FOUND),), state=State.FOUND)
    return contract(
        price_list=[], milestones=stages, total_amount=changed(Decimal("1000.00"), Decimal("1600.00"))
    )


def of(outcome: Reconciliation, code: CheckCode) -> list[Check]:
    return [check for check in outcome.checks if check.code is code]


def flagged(outcome: Reconciliation) -> list[tuple[CheckCode, int | None, Decimal | None]]:
    return [
        (check.code, check.invoice, check.difference)
        for check in outcome.checks
        if check.state is CheckState.MISMATCH
    ]


def approved(bills: Sequence[Assessment], contract: Assessment) -> Ledger:
    """Return a ledger that has the bills, whatever is said of them."""
    ledger = MemoryLedger()
    for each in bills:
        outcome = reconcile([each], contract, policy=_POLICY, ledger=ledger)
        entries = [replace(entry, recorded=_RECORDED) for entry in outcome.entries]
        ledger.append(entries, at=ledger.revision())
    return ledger


def test_a_milestone_billed_by_amount_before_the_change_is_not_billed_again_after_it(
    bill: MakeAssessment, contract: MakeAssessment
) -> None:
    """Under another name, only its amount tells the milestone: and the amount has changed since."""
    terms = staged(contract)
    early = step(bill, 1, "Erste Zahlung", Decimal("500.00"), date(2025, 4, 1))
    late = step(bill, 2, "Weitere Zahlung", Decimal("800.00"), date(2025, 7, 1))
    together = reconcile([early, late], terms, policy=_POLICY)
    (_, again) = of(together, CheckCode.MILESTONE_AMOUNT_MISMATCH)
    assert (again.state, again.difference) == (CheckState.MISMATCH, Decimal("500.00"))
    remembered = reconcile([late], terms, policy=_POLICY, ledger=approved([early], terms))
    (again,) = of(remembered, CheckCode.MILESTONE_AMOUNT_MISMATCH)
    assert (again.state, again.difference) == (CheckState.MISMATCH, Decimal("500.00"))


def test_nothing_follows_from_a_deviation_that_there_is_not(
    bill: MakeAssessment, contract: MakeAssessment
) -> None:
    """What was billed at the price of its day is too dear only under the later price."""
    terms = priced(
        contract(total_amount=Decimal("900.00")), unit_price=changed(Decimal("50.00"), Decimal("40.00"))
    )
    bills = [
        lamps(bill, 1, 12, Decimal("50.00"), date(2025, 4, 1)),
        lamps(bill, 2, 10, Decimal("40.00"), date(2025, 7, 1)),
    ]
    outcome = reconcile(bills, terms, policy=_POLICY)
    assert flagged(outcome) == [(CheckCode.TOTAL_EXCEEDED, 1, Decimal("100.00"))]
    assert of(outcome, CheckCode.TOTAL_EXCEEDED)[1].consequence_of is None


def test_an_item_that_an_amendment_adds_is_not_agreed_before_it(
    bill: MakeAssessment, contract: MakeAssessment
) -> None:
    terms = contract()
    row = {
        "description": plain("Stehleuchte", since=_SINCE),
        "unit_price": plain(Decimal("90.00"), since=_SINCE),
    }
    rows = (*terms.extraction.rows("price_list"), Group(members=row, state=State.FOUND))
    fields = {**terms.fields, "price_list": Table(rows=rows, state=State.FOUND)}
    terms = replace(terms, extraction=replace(terms.extraction, fields=fields))

    def standing(number: int, day: date) -> Assessment:
        made = lamps(bill, number, 2, Decimal("90.00"), day)
        cells = made.extraction.rows("line_items")[0].members
        named = Group(
            members={
                **{name: cells[name] for name in cells if name != "specification"},
                "description": plain("Stehleuchte"),
            },
            state=State.FOUND,
        )
        changed_fields = {**made.fields, "line_items": Table(rows=(named,), state=State.FOUND)}
        return replace(made, extraction=replace(made.extraction, fields=changed_fields))

    outcome = reconcile(
        [standing(1, date(2025, 5, 31)), standing(2, date(2025, 6, 1))], terms, policy=_POLICY
    )
    assert [(code, invoice) for code, invoice, _ in flagged(outcome)] == [(CheckCode.ITEM_NOT_IN_CONTRACT, 0)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    counts=st.lists(st.integers(1, 12), min_size=2, max_size=5),
    months=st.lists(st.integers(2, 11), min_size=5, max_size=5, unique=True),
    held=st.integers(0, 4),
    prices=st.tuples(st.integers(10, 60), st.integers(10, 60)).filter(lambda pair: pair[0] != pair[1]),
    shuffled=st.randoms(use_true_random=False),
)
def test_caps_count_the_same_whichever_version_and_whether_given_or_remembered(
    bill: MakeAssessment,
    contract: MakeAssessment,
    *,
    counts: list[int],
    months: list[int],
    held: int,
    prices: tuple[int, int],
    shuffled: object,
) -> None:
    """In order of date, 20 lamps are agreed until June and 30 from then on."""
    terms = priced(
        contract(total_amount=None, payment_days=None),
        unit_price=changed(Decimal(prices[0]), Decimal(prices[1])),
        quantity=changed(Decimal(20), Decimal(30)),
    )
    days = sorted(date(2025, month, 15) for month in months[: len(counts)])
    bills = [
        lamps(bill, number, count, Decimal(prices[day >= _SINCE]), day)
        for number, (count, day) in enumerate(zip(counts, days, strict=True))
    ]
    expected, billed = [], 0
    for number, (count, day) in enumerate(zip(counts, days, strict=True)):
        billed += count
        cap = 30 if day >= _SINCE else 20
        if billed > cap:
            expected.append((CheckCode.QUANTITY_EXCEEDED, f"R-{number}", Decimal(billed - cap)))
    held = min(held, len(bills) - 1)
    given_now = bills[held:]
    shuffled.shuffle(given_now)  # type: ignore[attr-defined]  # a random.Random
    outcome = reconcile(given_now, terms, policy=_POLICY, ledger=approved(bills[:held], terms))
    told = sorted(
        (code, str(given_now[invoice or 0].extraction.leaf("invoice_number").value), difference)
        for code, invoice, difference in flagged(outcome)
    )
    assert told == [each for each in expected if int(each[1].removeprefix("R-")) >= held]


def test_what_was_approved_before_the_change_is_recorded_as_it_was(
    bill: MakeAssessment, contract: MakeAssessment
) -> None:
    terms = staged(contract)
    ledger = MemoryLedger()
    early = step(bill, 1, "Erste Zahlung", Decimal("500.00"), date(2025, 4, 1))
    outcome = reconcile([early], terms, policy=_POLICY, ledger=ledger)
    assert [line.step for line in outcome.entries[0].lines] == ["Rohbau"]
