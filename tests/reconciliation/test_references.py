"""What an invoice's free text tells of its delivery."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from extractor.assessment.assessment import Assessment
from extractor.reconciliation.bill import bill_of
from extractor.reconciliation.references import Period, references_of, service_period

MakeAssessment = Callable[..., Assessment]


@pytest.mark.parametrize(
    ("remarks", "first", "last"),
    [
        ("Leistungsdatum: 26.12.2023", date(2023, 12, 26), date(2023, 12, 26)),
        ("Lieferdatum 26.12.2023", date(2023, 12, 26), date(2023, 12, 26)),
        ("Leistungszeitraum: 01.03.2025 - 31.03.2025", date(2025, 3, 1), date(2025, 3, 31)),
        ("Abrechnungszeitraum: Oktober 2025", date(2025, 10, 1), date(2025, 10, 31)),
        ("Delivery or service date: 31 May 2023", date(2023, 5, 31), date(2023, 5, 31)),
        ("Delivered on 2024-02-05", date(2024, 2, 5), date(2024, 2, 5)),
        ("Billing period: February 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("Service period 1 March 2025 to 31 March 2025", date(2025, 3, 1), date(2025, 3, 31)),
        ("Date of supply: 14 June 2024", date(2024, 6, 14), date(2024, 6, 14)),
        ("送货日期：2024年3月5日", date(2024, 3, 5), date(2024, 3, 5)),
        ("服务期间：2025年3月1日至2025年3月31日", date(2025, 3, 1), date(2025, 3, 31)),
        ("服务期间：2025年10月", date(2025, 10, 1), date(2025, 10, 31)),
        ("Période de prestation : mars 2025", date(2025, 3, 1), date(2025, 3, 31)),
    ],
)
def test_service_dates_and_periods_are_found(
    bill: MakeAssessment, remarks: str, first: date, last: date
) -> None:
    found = service_period(bill_of(bill(remarks=remarks), position=0))
    assert found == Period(first=first, last=last)


@pytest.mark.parametrize(
    "remarks", ["Order date: 12.03.2024", "合同编号：XY20240305", "Thank you for your business.", None]
)
def test_other_dates_are_no_service_dates(bill: MakeAssessment, remarks: str | None) -> None:
    assert service_period(bill_of(bill(remarks=remarks), position=0)) is None


@pytest.mark.parametrize(
    ("remarks", "note"),
    [
        ("送货单号 961435", "961435"),
        ("Lieferschein Nr. LS-2025/118", "ls-2025/118"),
        ("Lieferscheinnummer: 70021", "70021"),
        ("Delivery note no. DN-4471", "dn-4471"),
        ("Delivery note: 55120", "55120"),
        ("交货单：JH-2231", "jh-2231"),
        ("Bon de livraison n° BL8801", "bl8801"),
    ],
)
def test_delivery_notes_are_found(bill: MakeAssessment, remarks: str, note: str) -> None:
    assert references_of(bill_of(bill(remarks=remarks), position=0)).notes == {note}


@pytest.mark.parametrize(
    ("unit", "description", "found"),
    [
        ("Monat", "Wartungspauschale Mai 2025", Period(first=date(2025, 5, 1), last=date(2025, 5, 31))),
        ("个月", "设备租金2025年6月", Period(first=date(2025, 6, 1), last=date(2025, 6, 30))),
        ("Stk", "Wandkalender Mai 2025", None),
        ("Monat", "Wartungspauschale", None),
    ],
)
def test_a_fee_for_a_month_tells_which(
    bill: MakeAssessment, unit: str, description: str, found: Period | None
) -> None:
    line = {"description": description, "unit": unit, "net_amount": Decimal("90.00")}
    made = bill(remarks=None, line_items=[line])
    assert service_period(bill_of(made, position=0)) == found
