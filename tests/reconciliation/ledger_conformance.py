"""What every ledger must do, whatever it keeps its entries in.

A test module of a ledger subclasses `LedgerConformance` and has a fixture `ledger` of an empty one.
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from extractor.errors import Conflict
from extractor.reconciliation.ledger import Ledger
from extractor.reconciliation.ledger_contract import ContractIdentity
from extractor.reconciliation.ledger_entry import LedgerEntry, LedgerLine, LedgerPeriod

CONTRACT = ContractIdentity(
    document="sha256:k1",
    number="K-2041/25",
    title="Rahmenvertrag",
    seller_name="Quendelmoor Lampen GmbH",
    seller_tax_id="DE136695976",
    buyer_name="Ostrach Hotelbetriebe AG",
    day=date(2025, 1, 1),
)


def entry(number: str = "R-7001", **changes: object) -> LedgerEntry:
    """Return an entry with every member set, and the given ones changed."""
    members: dict[str, object] = {
        "contract": CONTRACT,
        "source": f"{number}.pdf",
        "document": f"sha256:{number}",
        "part": 1,
        "paper": ("00", "2025", "7001"),
        "recorded": datetime(2025, 3, 4, 9, 30, 0, 125, tzinfo=UTC),
        "invoice_type": "commercial",
        "number": number,
        "seller_name": "Quendelmoor Lampen GmbH",
        "seller_tax_id": "DE136695976",
        "currency": "EUR",
        "issue_date": date(2025, 3, 3),
        "net_amount": Decimal("700.00"),
        "tax_amount": Decimal("133.00"),
        "gross_amount": Decimal("833.00"),
        "amount_due": Decimal("833.00"),
        "undoes": ("r-6999",),
        "remarks": "Lieferschein LS-5512\nmit „Zeilen“",
        "notes": ("ls-5512",),
        "periods": (LedgerPeriod(first=date(2025, 2, 1), last=date(2025, 2, 28)),),
        "lines": (
            LedgerLine(
                description="Pendelleuchte",
                specification="E27",
                code="PL-1",
                unit="Stk.",
                quantity=Decimal("10.000"),
                unit_price=Decimal("70.0000000000000000000000000001"),
                net_amount=Decimal("700.00"),
                tax_rate=Decimal(19),
                row="Pendelleuchte E27",
                agreed_quantity=Decimal(10),
                agreed_unit="Stück",
                step="Schlussabnahme",
            ),
        ),
    }
    return LedgerEntry(**{**members, **changes})  # type: ignore[arg-type]  # the members are named above


class LedgerConformance:
    """Tests of a ledger; the fixture `ledger` gives an empty one."""

    def test_an_empty_ledger_has_nothing(self, ledger: Ledger) -> None:
        assert list(ledger.invoices(CONTRACT)) == []
        assert list(ledger.look_alikes(entry())) == []

    def test_what_was_appended_comes_back_equal_and_in_order(self, ledger: Ledger) -> None:
        first, second, third = entry("R-3"), entry("R-1"), entry("R-2", sign=-1, counts=False)
        ledger.append([first], at=ledger.revision())
        ledger.append([second, third], at=ledger.revision())
        assert list(ledger.invoices(CONTRACT)) == [first, second, third]

    def test_every_digit_and_zero_is_kept(self, ledger: Ledger) -> None:
        ledger.append([entry(gross_amount=Decimal("1E+3"))], at=ledger.revision())
        (kept,) = ledger.invoices(CONTRACT)
        assert kept.gross_amount == 1000
        assert str(kept.lines[0].unit_price) == "70.0000000000000000000000000001"
        assert str(kept.lines[0].quantity) == "10.000"

    def test_absent_values_stay_absent(self, ledger: Ledger) -> None:
        bare = LedgerEntry(contract=ContractIdentity(document="sha256:k2"), source="x", document="sha256:x")
        ledger.append([bare], at=ledger.revision())
        assert list(ledger.invoices(bare.contract)) == [bare]

    def test_another_contract_has_none_of_them(self, ledger: Ledger) -> None:
        ledger.append([entry()], at=ledger.revision())
        other = ContractIdentity(document="sha256:k9", number="K-2042/25", seller_tax_id="DE136695976")
        assert list(ledger.invoices(other)) == []

    def test_a_contract_is_known_again_in_another_file(self, ledger: Ledger) -> None:
        ledger.append([entry()], at=ledger.revision())
        scanned = ContractIdentity(document="sha256:scan", number="k 2041/25")
        assert len(ledger.invoices(scanned)) == 1

    @pytest.mark.parametrize(("before", "count"), [(date(2025, 3, 3), 0), (date(2025, 3, 4), 1), (None, 1)])
    def test_before_a_day_leaves_out_that_day(self, ledger: Ledger, before: date | None, count: int) -> None:
        ledger.append([entry()], at=ledger.revision())
        assert len(ledger.invoices(CONTRACT, before=before)) == count

    def test_an_entry_without_a_date_is_before_every_day(self, ledger: Ledger) -> None:
        ledger.append([entry(issue_date=None)], at=ledger.revision())
        assert len(ledger.invoices(CONTRACT, before=date(1900, 1, 1))) == 1

    @pytest.mark.parametrize(
        "changes",
        [
            {"document": "sha256:R-7001"},
            {"seller_tax_id": "DE 136 695 976"},
            {"seller_name": "QUENDELMOOR LAMPEN GmbH"},
            {"number": "r 7001"},
            {"gross_amount": Decimal("833.0")},
            {"paper": ("7001", "1")},
        ],
    )
    def test_whatever_shares_a_key_looks_alike_under_any_contract(
        self, ledger: Ledger, changes: dict[str, object]
    ) -> None:
        kept = entry(contract=ContractIdentity(document="sha256:other"))
        ledger.append([kept], at=ledger.revision())
        strange = LedgerEntry(contract=CONTRACT, source="y", document="sha256:y")
        assert list(ledger.look_alikes(strange)) == []
        alike = LedgerEntry(**{"contract": CONTRACT, "source": "y", "document": "sha256:y", **changes})  # type: ignore[arg-type]  # as above
        assert list(ledger.look_alikes(alike)) == [kept]

    def test_every_append_raises_the_revision(self, ledger: Ledger) -> None:
        revisions = [ledger.revision()]
        for number in ("R-1", "R-2"):
            ledger.append([entry(number)], at=revisions[-1])
            revisions.append(ledger.revision())
        assert revisions == sorted(set(revisions))

    def test_appending_nothing_changes_nothing(self, ledger: Ledger) -> None:
        before = ledger.revision()
        ledger.append([], at=before)
        assert ledger.revision() == before

    def test_of_two_who_compared_with_the_same_revision_one_must_compare_again(self, ledger: Ledger) -> None:
        at = ledger.revision()
        ledger.append([entry("R-1")], at=at)
        with pytest.raises(Conflict, match="compare again"):
            ledger.append([entry("R-2")], at=at)
        assert [kept.number for kept in ledger.invoices(CONTRACT)] == ["R-1"]
