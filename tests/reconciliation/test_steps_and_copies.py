"""Milestones, retention and duplicates."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from extractor.assessment.assessment import Assessment
from extractor.reconciliation.check import CheckCode, CheckState, Reconciliation, Verdict

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]

STEPS = [
    {"name": "Rohbau fertig", "share": Decimal(40), "amount": Decimal("40000.00")},
    {"name": "Schlussabnahme", "share": Decimal(60), "amount": Decimal("60000.00")},
]


def flagged(outcome: Reconciliation) -> list[tuple[int | None, CheckCode, object]]:
    return [
        (check.invoice, check.code, check.consequence_of)
        for check in outcome.checks
        if check.state is CheckState.MISMATCH
    ]


def step_bill(
    bill: MakeAssessment, net: str, *, name: str = "Rohbau fertig", due: str | None = None, **changes: object
) -> Assessment:
    amount = Decimal(net)
    tax = (amount * Decimal("0.19")).quantize(Decimal("0.01"))
    row = {
        "description": name, "quantity": Decimal(1), "unit": "psch.", "unit_price": amount,
        "net_amount": amount, "tax_rate": Decimal(19),
    }  # fmt: skip
    fields = {
        "line_items": [row], "net_amount": amount, "tax_amount": tax, "gross_amount": amount + tax,
        "amount_due": amount + tax if due is None else Decimal(due), "remarks": None, "due_date": None,
    }  # fmt: skip
    return bill(**{**fields, **changes})


@pytest.fixture
def works(contract: MakeAssessment) -> MakeAssessment:
    def make(**changes: object) -> Assessment:
        terms: dict[str, object] = {
            "price_list": [],
            "milestones": STEPS,
            "total_amount": Decimal("100000.00"),
        }
        return contract(**{**terms, **changes})

    return make


@pytest.mark.parametrize(
    ("net", "is_flagged"),
    [("40000.00", False), ("40000.01", False), ("40000.02", True), ("39999.99", False), ("39999.98", True)],
)
def test_a_milestone_is_billed_at_its_amount(
    bill: MakeAssessment, works: MakeAssessment, compare: Compare, *, net: str, is_flagged: bool
) -> None:
    outcome = compare(step_bill(bill, net), contract=works())
    assert flagged(outcome) == ([(0, CheckCode.MILESTONE_AMOUNT_MISMATCH, None)] if is_flagged else [])


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("路基验收合格后", "路基验收进度款"),
        ("屋面防水完工后", "屋面防水完工进度款"),
        ("主体封顶后10个工作日内", "主体封顶工程款"),
    ],
)
def test_a_milestone_is_known_by_its_event(
    bill: MakeAssessment, works: MakeAssessment, compare: Compare, *, step: str, name: str
) -> None:
    steps = [{"name": step, "amount": Decimal("40000.00")}, {"name": "验收后", "amount": Decimal("60000.00")}]
    outcome = compare(step_bill(bill, "41000.00", name=name), contract=works(milestones=steps))
    (wrong,) = (check for check in outcome.checks if check.state is CheckState.MISMATCH)
    assert wrong.code is CheckCode.MILESTONE_AMOUNT_MISMATCH
    assert step in wrong.message


@pytest.mark.parametrize("name", ["Rohbau fertig", "1. Rate: Rohbau fertig", "ROHBAU FERTIG gemäß § 3"])
def test_milestones_are_known_by_name(
    bill: MakeAssessment, works: MakeAssessment, compare: Compare, name: str
) -> None:
    outcome = compare(step_bill(bill, "41000.00", name=name), contract=works())
    assert flagged(outcome) == [(0, CheckCode.MILESTONE_AMOUNT_MISMATCH, None)]


def test_a_milestone_billed_under_another_name_is_known_by_its_amount(
    works: MakeAssessment, bill: MakeAssessment, compare: Compare
) -> None:
    billed = step_bill(bill, "60000.00", name="Servicepauschale Netzumbau")
    outcome = compare(billed, contract=works())
    assert not flagged(outcome)
    more = step_bill(bill, "60000.02", name="Servicepauschale Netzumbau")
    assert flagged(compare(more, contract=works()))


def test_a_milestone_without_an_amount_is_its_share_of_the_total(
    bill: MakeAssessment, works: MakeAssessment, compare: Compare
) -> None:
    shares = [
        {"name": "Rohbau fertig", "share": Decimal(40)},
        {"name": "Schlussabnahme", "share": Decimal(60)},
    ]
    assert flagged(compare(step_bill(bill, "40000.00"), contract=works(milestones=shares))) == []


def test_a_milestone_may_be_billed_in_parts_but_not_twice(
    bill: MakeAssessment, works: MakeAssessment, compare: Compare
) -> None:
    first = step_bill(bill, "40000.00")
    again = step_bill(bill, "40000.00", invoice_number="R-7009", issue_date=date(2025, 6, 2))
    outcome = compare(first, again, contract=works())
    assert flagged(outcome) == [
        (1, CheckCode.MILESTONE_AMOUNT_MISMATCH, CheckCode.DUPLICATE_INVOICE),
        (1, CheckCode.DUPLICATE_INVOICE, None),
    ]


@pytest.mark.parametrize(
    ("due", "is_flagged"),
    [
        ("47600.00", True),  # all of it
        ("45220.00", True),  # 5 % kept back
        ("42840.00", False),  # 10 % of the gross amount kept back
        ("43600.00", False),  # 10 % of the net amount kept back
        ("43600.02", False),  # the bound, inclusive
        ("43600.03", True),
    ],
)
def test_the_agreed_share_is_kept_back(
    bill: MakeAssessment, works: MakeAssessment, compare: Compare, *, due: str, is_flagged: bool
) -> None:
    outcome = compare(step_bill(bill, "40000.00", due=due), contract=works(retention_rate=Decimal(10)))
    assert flagged(outcome) == ([(0, CheckCode.RETENTION_NOT_HELD, None)] if is_flagged else [])


def test_a_share_taken_off_in_the_lines_is_kept_back(
    bill: MakeAssessment, works: MakeAssessment, compare: Compare
) -> None:
    outcome = compare(step_bill(bill, "36000.00"), contract=works(retention_rate=Decimal(10)))
    assert flagged(outcome) == []


def test_a_fapiao_without_an_amount_due_cannot_show_what_is_kept_back(
    bill: MakeAssessment, works: MakeAssessment, compare: Compare
) -> None:
    invoice = step_bill(bill, "40000.00", invoice_type="e_vat_special", amount_due=None)
    terms = works(retention_rate=Decimal(10), invoice_type_required="vat_special")
    outcome = compare(invoice, contract=terms)
    assert flagged(outcome) == []


@pytest.mark.parametrize(
    ("changes", "is_duplicate"),
    [
        ({"invoice_number": "R-7001", "remarks": "Lieferschein LS-9"}, True),  # the same number
        ({"invoice_number": "r 7001"}, True),
        ({"invoice_number": "R-7044"}, True),  # the same delivery note
        ({"invoice_number": "R-7044", "remarks": "Lieferschein LS-5513"}, False),
        ({"invoice_number": "R-7044", "remarks": "Leistungszeitraum: April 2025"}, False),
    ],
)
def test_a_copy_is_told_from_a_second_delivery(
    bill: MakeAssessment,
    contract: MakeAssessment,
    compare: Compare,
    *,
    changes: dict[str, object],
    is_duplicate: bool,
) -> None:
    first = bill()
    second = bill(**{"issue_date": date(2025, 3, 20), "due_date": None, "payment_terms": None, **changes})
    outcome = compare(first, second, contract=contract())
    codes = [(position, code) for position, code, cause in flagged(outcome) if cause is None]
    assert codes == ([(1, CheckCode.DUPLICATE_INVOICE)] if is_duplicate else [])


def test_equal_invoices_that_name_no_delivery_are_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    first = bill(remarks=None)
    second = bill(
        remarks=None, invoice_number="R-7044", issue_date=date(2025, 4, 3), due_date=date(2025, 5, 3)
    )
    outcome = compare(first, second, contract=contract())
    assert flagged(outcome) == []
    assert [check.code for check in outcome.checks if check.is_unsure] == [CheckCode.DUPLICATE_INVOICE]
    assert outcome.verdict is Verdict.REVIEW


def test_a_cap_that_only_the_copy_breaks_is_the_copys_consequence(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    copy = bill(invoice_number="R-7044", issue_date=date(2025, 3, 20), due_date=None)
    third = bill(
        invoice_number="R-7050", issue_date=date(2025, 4, 3), due_date=None, remarks="Lieferschein LS-2"
    )
    outcome = compare(bill(), copy, third, contract=contract(total_amount=Decimal("1400.00")))
    assert flagged(outcome) == [
        (1, CheckCode.DUPLICATE_INVOICE, None),
    ]
    tight = compare(bill(), copy, contract=contract(total_amount=Decimal("1000.00")))
    assert flagged(tight) == [
        (1, CheckCode.TOTAL_EXCEEDED, CheckCode.DUPLICATE_INVOICE),
        (1, CheckCode.DUPLICATE_INVOICE, None),
    ]


@pytest.mark.parametrize(
    ("net", "expected"),
    [
        ("33613.45", [CheckCode.RETENTION_NOT_HELD, CheckCode.DISCOUNT_MISSING]),  # 40,000 with tax
        ("31932.77", [CheckCode.RETENTION_NOT_HELD]),  # less the discount
        ("30252.10", [CheckCode.DISCOUNT_MISSING]),  # less the retention
        ("28739.50", []),  # less both
    ],
)
def test_a_milestone_with_tax_shows_whether_discount_and_retention_are_kept(
    bill: MakeAssessment, works: MakeAssessment, compare: Compare, *, net: str, expected: list[CheckCode]
) -> None:
    steps = [{**step, "tax_included": "true"} for step in STEPS]
    terms = works(milestones=steps, agreed_discount={"percent": Decimal(5)}, retention_rate=Decimal(10))
    assert {code for _, code, _ in flagged(compare(step_bill(bill, net), contract=terms))} == set(expected)
