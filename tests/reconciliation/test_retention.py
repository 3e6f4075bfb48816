"""Retention over all invoices of a contract: its share, its cap, and when it is paid out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.assessment.assessment import Assessment
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation, Verdict
from extractor.reconciliation.ledger import MemoryLedger
from extractor.reconciliation.policy_file import load_policy
from extractor.reconciliation.reconcile import reconcile

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]

PASSED, MISMATCH, ASKED = CheckState.PASSED, CheckState.MISMATCH, CheckState.NOT_CHECKABLE
_POLICY = load_policy(None)


@pytest.fixture
def works(contract: MakeAssessment) -> MakeAssessment:
    """Return a maker of contracts over 100,000 that keep back 10 % of each invoice."""

    def make(**changes: object) -> Assessment:
        prices = [{"description": "Bauleistung", "unit": "psch.", "tax_included": "false"}]
        terms: dict[str, object] = {
            "price_list": [{**prices[0], "unit_price": Decimal(1)}],
            "total_amount": Decimal("100000.00"),
            "retention_rate": Decimal(10),
            "signing_date": date(2025, 1, 1),
        }
        return contract(**{**terms, **changes})

    return make


@pytest.fixture
def stage(bill: MakeAssessment) -> MakeAssessment:
    """Return a maker of invoices over works, without tax, that keep back `kept` in one of two ways."""

    def make(
        number: int, net: str, kept: str = "0", *, in_lines: bool = False, name: str = "Bauleistung",
        released: str | None = None, day: date | None = None, **changes: object,
    ) -> Assessment:  # fmt: skip
        amount, less = Decimal(net), Decimal(kept)
        rows: list[dict[str, object]] = []
        if amount:
            rows.append(
                {"description": name, "quantity": amount, "unit_price": Decimal(1), "net_amount": amount}
            )
        if less and in_lines:
            rows.append({"description": "Sicherheitseinbehalt", "net_amount": -less})
        paid_out = Decimal(released or 0)
        if released is not None:
            rows.append({"description": "Auszahlung Sicherheitseinbehalt", "net_amount": paid_out})
        whole = amount + paid_out - (less if in_lines else 0)
        fields: dict[str, object] = {
            "invoice_number": f"R-{number}",
            "issue_date": day or date(2025, number, 15),
            "due_date": None,
            "payment_terms": None,
            "remarks": f"Lieferschein L-{number}",
            "line_items": rows,
            "net_amount": whole,
            "tax_amount": Decimal(0),
            "gross_amount": whole,
            "amount_due": whole if in_lines else whole - less,
        }
        return replace(bill(**{**fields, **changes}), findings=())

    return make


def of(outcome: Reconciliation) -> list[Check]:
    return [check for check in outcome.checks if check.code is CheckCode.RETENTION_NOT_HELD]


def told(outcome: Reconciliation) -> list[tuple[CheckState, bool, Decimal | None]]:
    return [(check.state, check.is_unsure, check.difference) for check in of(outcome)]


def remembered(bills: Sequence[Assessment], contract: Assessment, now: Assessment) -> Reconciliation:
    """Return the comparison of one invoice, the others in the ledger whatever was said of them."""
    ledger = MemoryLedger()
    for each in bills:
        entries = reconcile([each], contract, policy=_POLICY, ledger=ledger).entries
        recorded = [replace(entry, recorded=datetime(2025, 3, 4, tzinfo=UTC)) for entry in entries]
        ledger.append(recorded, at=ledger.revision())
    return reconcile([now], contract, policy=_POLICY, ledger=ledger)


@pytest.mark.parametrize("in_lines", [False, True])
@pytest.mark.parametrize(
    ("kept", "state", "difference"),
    [
        ("1000", PASSED, None),  # of 4,000 kept back, 1,000 are left of the 5 % of 100,000
        ("999.98", PASSED, None),
        ("999.97", MISMATCH, Decimal("0.03")),
        ("0", MISMATCH, Decimal("1000.00")),
    ],
)
def test_an_invoice_keeps_back_what_is_left_of_the_cap(
    works: MakeAssessment, stage: MakeAssessment, *, kept: str, state: CheckState, in_lines: bool,
    difference: Decimal | None,
) -> None:  # fmt: skip
    if in_lines and kept == "999.98":
        kept = "999.99"  # a line is right to the cent
    terms = works(retention_cap={"percent": Decimal(5)}, tax_rate=None)
    before = [stage(1, "20000", "2000", in_lines=in_lines), stage(2, "20000", "2000", in_lines=in_lines)]
    now = stage(3, "20000", kept, in_lines=in_lines)
    together = reconcile([*before, now], terms, policy=_POLICY)
    assert told(together)[-1] == (state, False, difference)
    assert told(remembered(before, terms, now)) == [(state, False, difference)]


def test_nothing_more_is_kept_back_once_the_cap_is_reached(
    works: MakeAssessment, stage: MakeAssessment
) -> None:
    terms = works(retention_cap={"amount": Decimal(4000)}, tax_rate=None)
    before = [stage(1, "20000", "2000"), stage(2, "20000", "2000")]
    (check,) = of(remembered(before, terms, stage(3, "20000")))
    assert check.state is PASSED
    assert "4,000.00" in check.message or "4000.00" in check.message
    (early,) = of(remembered(before[:1], terms, stage(3, "20000")))
    assert (early.state, early.difference) == (MISMATCH, Decimal(2000))


@pytest.mark.parametrize(
    ("kept", "is_asked"), [("2000", False), ("2000.02", False), ("2000.03", True), ("3000", True)]
)
def test_a_line_that_keeps_back_more_than_the_share_is_a_question(
    works: MakeAssessment, stage: MakeAssessment, compare: Compare, *, kept: str, is_asked: bool
) -> None:
    outcome = compare(stage(1, "20000", kept, in_lines=True), contract=works(tax_rate=None))
    assert [check.is_unsure for check in of(outcome)] == [is_asked]
    assert outcome.verdict is (Verdict.REVIEW if is_asked else Verdict.APPROVE)


def test_keeping_back_beyond_the_cap_is_a_question(works: MakeAssessment, stage: MakeAssessment) -> None:
    terms = works(retention_cap={"percent": Decimal(3)}, tax_rate=None)
    before = [stage(1, "20000", "2000", in_lines=True)]
    (check,) = of(remembered(before, terms, stage(2, "20000", "2000", in_lines=True)))
    assert check.is_unsure
    assert "4,000.00 so far" in check.message or "4000.00 so far" in check.message
    assert check.agreed is not None
    assert check.agreed.value == Decimal(3)


@pytest.mark.parametrize(("kept", "state"), [("1500", PASSED), ("1499.98", MISMATCH)])
def test_what_an_earlier_line_kept_back_too_much_makes_up_for_a_later_one(
    works: MakeAssessment, stage: MakeAssessment, *, kept: str, state: CheckState
) -> None:
    before = [stage(1, "20000", "2500", in_lines=True)]
    checks = of(remembered(before, works(tax_rate=None), stage(2, "20000", kept, in_lines=True)))
    assert [check.state for check in checks] == [state]


def test_what_an_earlier_invoice_did_not_ask_for_may_have_been_prepaid(
    works: MakeAssessment, stage: MakeAssessment
) -> None:
    """It makes up for nothing."""
    checks = of(remembered([stage(1, "20000", "2500")], works(tax_rate=None), stage(2, "20000", "1500")))
    assert [(check.state, check.difference) for check in checks] == [(MISMATCH, Decimal(500))]


def test_a_cap_without_a_share_is_a_question(
    works: MakeAssessment, stage: MakeAssessment, compare: Compare
) -> None:
    terms = works(retention_rate=None, retention_cap={"percent": Decimal(5)})
    assert [check.is_unsure for check in of(compare(stage(1, "20000"), contract=terms))] == [True]


JUNE = {"due": date(2026, 6, 30)}
AFTER_TWO_YEARS = {"event": "Abnahme", "months": Decimal(24)}


@pytest.mark.parametrize(
    ("released", "day", "state", "is_asked", "difference"),
    [
        ("2000", date(2026, 6, 30), PASSED, False, None),
        ("2000", date(2026, 6, 29), MISMATCH, False, Decimal(2000)),  # too early
        ("2000.02", date(2026, 6, 30), PASSED, False, None),  # a cent an invoice
        ("2000.03", date(2026, 6, 30), MISMATCH, False, Decimal("0.03")),  # more than is held
        ("1000", date(2026, 6, 30), PASSED, False, None),
    ],
)
def test_retention_is_paid_out_from_its_day_on_and_no_more_than_is_held(
    works: MakeAssessment, stage: MakeAssessment, *, released: str, day: date, state: CheckState,
    is_asked: bool, difference: Decimal | None,
) -> None:  # fmt: skip
    terms = works(retention_release=[JUNE], expiry_date=None, tax_rate=None)
    now = stage(9, "0", released=released, day=day)
    outcome = remembered([stage(1, "20000", "2000")], terms, now)
    assert told(outcome) == [(state, is_asked, difference)]
    assert CheckCode.ITEM_NOT_IN_CONTRACT not in {
        check.code for check in outcome.checks if check.state is MISMATCH
    }


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 12, 31), MISMATCH),  # not two years after the contract was made
        (date(2027, 1, 1), ASKED),  # of the acceptance nothing is known
    ],
)
def test_an_event_comes_after_the_contract_was_made(
    works: MakeAssessment, stage: MakeAssessment, *, day: date, state: CheckState
) -> None:
    terms = works(retention_release=[AFTER_TWO_YEARS], expiry_date=None, tax_rate=None)
    (check,) = of(remembered([stage(1, "20000", "2000")], terms, stage(9, "0", released="2000", day=day)))
    assert (check.state, check.is_unsure) == (state, state is ASKED)
    assert "24 months after Abnahme" in check.message


@pytest.mark.parametrize(
    ("day", "released", "state"),
    [
        (date(2025, 8, 1), "2000", ASKED),  # two years from a milestone that was billed in February
        (date(2027, 2, 15), "2000", PASSED),
        (date(2027, 2, 14), "2000", ASKED),
    ],
)
def test_a_milestone_that_was_billed_has_come(
    works: MakeAssessment, stage: MakeAssessment, *, day: date, released: str, state: CheckState
) -> None:
    steps = [
        {"name": "Rohbau", "amount": Decimal(10000)},
        {"name": "Abnahme der Werkleistung", "amount": Decimal(10000)},
    ]
    terms = works(
        milestones=steps, price_list=[], retention_release=[AFTER_TWO_YEARS], expiry_date=None,
        tax_rate=None, signing_date=None, effective_date=None,
    )  # fmt: skip
    before = [
        stage(1, "10000", "1000", name="Rohbau"),
        stage(2, "10000", "1000", name="Abnahme der Werkleistung"),
    ]
    (check,) = of(remembered(before, terms, stage(9, "0", released=released, day=day)))
    assert check.state is state
    (unbilled,) = of(remembered(before[:1], terms, stage(9, "0", released="1000", day=date(2029, 1, 1))))
    assert unbilled.is_unsure


@pytest.mark.parametrize(
    ("released", "state", "difference"),
    [("1000", PASSED, None), ("1500", MISMATCH, Decimal(500)), ("2000", MISMATCH, Decimal(1000))],
)
def test_of_two_parts_only_the_one_that_is_due_is_paid_out(
    works: MakeAssessment, stage: MakeAssessment, *, released: str, state: CheckState,
    difference: Decimal | None,
) -> None:  # fmt: skip
    parts = [{"share": Decimal(50), "due": date(2025, 6, 1)}, {"due": date(2027, 6, 1)}]
    terms = works(retention_release=parts, tax_rate=None)
    now = stage(9, "0", released=released)
    assert told(remembered([stage(1, "20000", "2000")], terms, now)) == [(state, False, difference)]


def test_the_second_part_is_not_paid_out_twice(works: MakeAssessment, stage: MakeAssessment) -> None:
    terms = works(retention_release=[JUNE], expiry_date=None, tax_rate=None)
    before = [stage(1, "20000", "2000"), stage(9, "0", released="2000", day=date(2026, 7, 1))]
    now = stage(10, "0", released="2000", day=date(2026, 8, 1))
    assert told(remembered(before, terms, now)) == [(MISMATCH, False, Decimal(2000))]


@pytest.mark.parametrize(
    ("release", "is_fapiao"), [(None, False), ([JUNE], False), ([JUNE], True)]
)  # the last: what was kept of a fapiao is not printed
def test_what_is_not_known_of_a_release_is_a_question(
    works: MakeAssessment, stage: MakeAssessment, *, release: list[dict[str, object]] | None, is_fapiao: bool
) -> None:
    terms = works(retention_release=release or [], expiry_date=None, tax_rate=None)
    now = stage(9, "0", released="2000", day=date(2026, 7, 1))
    kind = {"invoice_type": "e_vat_special", "amount_due": None} if is_fapiao else {}
    before = [stage(1, "20000", "2000", **kind)] if is_fapiao or release is None else []
    assert told(remembered(before, terms, now)) == [(ASKED, True, None)]


def test_paying_out_is_not_billed_again_against_the_total(
    works: MakeAssessment, stage: MakeAssessment
) -> None:
    """What invoices did not ask for is in their totals; what their lines take off is not."""
    terms = works(retention_release=[JUNE], total_amount=Decimal(20000), expiry_date=None, tax_rate=None)
    now = stage(9, "0", released="2000", day=date(2026, 7, 1))
    for in_lines in (False, True):
        outcome = remembered([stage(1, "20000", "2000", in_lines=in_lines)], terms, now)
        (total,) = (check for check in outcome.checks if check.code is CheckCode.TOTAL_EXCEEDED)
        assert total.state is PASSED
        assert outcome.verdict is Verdict.APPROVE


def test_without_a_retention_clause_a_release_is_no_item_of_the_contract(
    works: MakeAssessment, stage: MakeAssessment, compare: Compare
) -> None:
    outcome = compare(stage(9, "0", released="2000"), contract=works(retention_rate=None, tax_rate=None))
    codes = {check.code for check in outcome.checks if check.state is MISMATCH}
    assert codes == {CheckCode.ITEM_NOT_IN_CONTRACT}


def test_after_its_day_nothing_more_is_kept_back(
    works: MakeAssessment, stage: MakeAssessment, compare: Compare
) -> None:
    terms = works(retention_release=[{"due": date(2025, 6, 1)}], tax_rate=None)
    states = [check.state for check in of(compare(stage(5, "20000"), stage(6, "20000"), contract=terms))]
    assert states == [MISMATCH, ASKED]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    nets=st.lists(st.integers(1, 40), min_size=2, max_size=6),
    cap=st.integers(0, 10),
    split=st.integers(0, 5),
    in_lines=st.booleans(),
)
def test_whoever_keeps_back_the_share_up_to_the_cap_passes_and_a_cent_less_each_does_not(
    works: MakeAssessment, stage: MakeAssessment, *, nets: list[int], cap: int, split: int, in_lines: bool
) -> None:
    terms = works(retention_cap={"percent": Decimal(cap)}, tax_rate=None, total_amount=Decimal(1_000_000))
    room, bills, short = Decimal(10_000) * cap, [], []
    for number, thousands in enumerate(nets, 1):
        share = min(Decimal(100) * thousands, room)
        room -= share
        bills.append(stage(number, f"{thousands}000", f"{share}", in_lines=in_lines))
        short.append(stage(number, f"{thousands}000", f"{max(share - 1, 0)}", in_lines=in_lines))
    split = min(split, len(bills) - 1)
    outcome = remembered(bills[:split], terms, bills[split])
    assert not any(check.state is MISMATCH or check.is_unsure for check in of(outcome))
    assert all(check.state is PASSED for check in of(reconcile(bills, terms, policy=_POLICY)))
    first = of(reconcile(short, terms, policy=_POLICY))[0]
    assert first.state is (MISMATCH if cap else PASSED)


def test_retention_that_is_paid_out_is_not_taxed_again(works: MakeAssessment, stage: MakeAssessment) -> None:
    terms = works(retention_release=[JUNE], expiry_date=None)
    now = stage(9, "0", released="2000", day=date(2026, 7, 1))
    outcome = remembered([stage(1, "20000", "2000")], terms, now)
    (rate,) = (check for check in outcome.checks if check.code is CheckCode.TAX_RATE_MISMATCH)
    assert rate.state is ASKED
    assert not rate.is_unsure


def test_more_asked_for_than_a_total_of_nothing_is_no_share_of_it(
    works: MakeAssessment, stage: MakeAssessment
) -> None:
    nothing = {"net_amount": Decimal("0.00"), "gross_amount": Decimal("0.00")}
    now = stage(1, "20000", amount_due=Decimal("100.00"), **nothing)
    assert told(remembered([], works(tax_rate=None), now)) == [(MISMATCH, False, Decimal("100.00"))]


@pytest.mark.parametrize(
    "lasting", [{"months": Decimal(24)}, {"days": Decimal(730)}, {"months": Decimal(24), "days": Decimal(30)}]
)
def test_a_release_behind_the_last_day_there_is_has_not_come(
    works: MakeAssessment, stage: MakeAssessment, *, lasting: dict[str, Decimal]
) -> None:
    terms = works(
        retention_release=[lasting],
        signing_date=date(9998, 6, 1),
        effective_date=None,
        expiry_date=None,
        tax_rate=None,
    )
    before = [stage(1, "20000", "2000", day=date(9998, 6, 30))]
    now = stage(9, "0", released="2000", day=date(9999, 6, 30))
    ((state, is_unsure, _),) = told(remembered(before, terms, now))
    assert (state, is_unsure) == (MISMATCH, False)
