"""Whatever was not read, or was read wrongly, every check is reported and nothing fails."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import Leaf, State
from extractor.reconciliation.check import CheckCode, CheckState, Reconciliation

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]

UNREADABLE = Leaf(value=None, state=State.UNREADABLE, text="???")
TEXTS = ("invoice_type", "invoice_number", "seller_name", "seller_tax_id", "buyer_name", "contract_number",
         "currency", "payment_terms", "remarks")  # fmt: skip
AMOUNTS = ("net_amount", "tax_amount", "gross_amount", "amount_due")
DATES = ("issue_date", "due_date")
TERM_TEXTS = ("contract_number", "seller_name", "buyer_name", "seller_tax_id", "currency", "payment_trigger",
              "invoice_type_required", "renewal_term")  # fmt: skip
TERM_NUMBERS = ("total_amount", "tax_rate", "payment_days", "retention_rate", "agreed_discount")

texts = st.sampled_from(
    ["", "-", "30", "EUR", "某公司", "Harrow Ltd", "net 30 days", "Lieferdatum: 31.12.9999"]
)
numbers = st.decimals(min_value=Decimal("-1e14"), max_value=Decimal("1e14"), places=2)
days = st.dates(min_value=date(1, 1, 1))


def either(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | st.just(UNREADABLE) | values


def some(names: tuple[str, ...], values: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(st.sampled_from(names), either(values), max_size=len(names))


@st.composite
def rows(draw: st.DrawFn, numeric: tuple[str, ...]) -> list[dict[str, object]]:
    def row() -> dict[str, object]:
        cells: dict[str, object] = draw(st.dictionaries(st.sampled_from(numeric), numbers))
        names = ("description", "name", "specification", "unit", "tax_included")
        return {**cells, **draw(st.dictionaries(st.sampled_from(names), texts))}

    return [row() for _ in range(draw(st.integers(min_value=0, max_value=4)))]


@settings(deadline=None)  # the first call loads what later ones share
@given(data=st.data())
def test_every_check_is_reported_and_nothing_fails(
    data: st.DataObject, bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    def invoice() -> Assessment:
        changes = (
            data.draw(some(TEXTS, texts)) | data.draw(some(AMOUNTS, numbers)) | data.draw(some(DATES, days))
        )
        if data.draw(st.booleans()):
            changes["line_items"] = data.draw(rows(("quantity", "unit_price", "net_amount", "tax_rate")))
        return bill(**changes)

    terms = data.draw(some(TERM_TEXTS, texts)) | data.draw(some(TERM_NUMBERS, numbers))
    terms |= data.draw(some(("effective_date", "expiry_date"), days))
    for table, numeric in (
        ("price_list", ("unit_price", "quantity", "tax_rate")),
        ("milestones", ("amount", "share")),
        ("allowed_fees", ("amount",)),
    ):
        if data.draw(st.booleans()):
            terms[table] = data.draw(rows(numeric))
    invoices = [invoice() for _ in range(data.draw(st.integers(min_value=1, max_value=3)))]
    outcome = compare(*invoices, contract=contract(**terms))
    for position in range(len(invoices)):
        assert {check.code for check in outcome.checks if check.invoice == position} == set(CheckCode)
    for check in outcome.checks:
        assert check.message
        assert (check.severity is not None) is (check.state is CheckState.MISMATCH)
        assert not (check.is_unsure and check.state is CheckState.MISMATCH)
