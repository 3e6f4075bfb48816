import time

import pytest

from extractor.engines.einvoice.fapiao_remarks import references_in
from extractor.engines.reading import Scalar


def _found(remarks: str) -> tuple[list[Scalar | None], list[Scalar | None]]:
    found = references_in(remarks)
    contract, order = (
        [one.value for one in found[name]] for name in ("contract_number", "purchase_order_number")
    )
    return contract, order


@pytest.mark.parametrize(
    ("remarks", "contract", "order"),
    [
        ("合同编号：HT-2026-001", ["HT-2026-001"], []),
        ("合同号:HT/7;订单编号: PO 7", ["HT/7"], []),
        ("合同号:HT/7 采购订单号：4500012", ["HT/7"], ["4500012"]),
        ("协议编号 沪合[2026]第12号，采购单号A-1。", ["沪合[2026]第12号"], ["A-1"]),
        ("合同编号：A1；合同编号：A2", ["A1", "A2"], []),
        ("按合同执行，订单已完成", [], []),
        ("合同编号：详见附件", [], []),
        ("", [], []),
    ],
)
def test_references_stand_behind_their_labels(
    remarks: str, contract: list[object], order: list[object]
) -> None:
    assert _found(remarks) == (contract, order)


@pytest.mark.parametrize("part", ["合同号", "合同编号：a", "订单号     "])
def test_the_longest_remarks_take_no_time(part: str) -> None:
    started = time.monotonic()
    references_in(part * (100_000 // len(part)))
    assert time.monotonic() - started < 2
