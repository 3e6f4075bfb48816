"""Generate contracts with an invoice billed under them, and the deviations that were put in."""

from dataclasses import dataclass, replace
from random import Random

from synthesis.chance import happens, seeded
from synthesis.contract import draw_contract
from synthesis.contract_random import random_contract, random_contract_style
from synthesis.contract_record import ContractRecord
from synthesis.pair_bill import Bill, conforming_bill, with_terms_kept
from synthesis.pair_deviations import DEVIATIONS, FOLLOWS
from synthesis.pair_drawing import draw_bill
from synthesis.pair_near_misses import NEAR_MISSES


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedPair:
    """A contract and an invoice as files. `expected` are codes; `allowed` may follow from them."""

    name: str
    contract: bytes
    invoice: bytes
    expected: tuple[str, ...]
    near_misses: tuple[str, ...]  # what is said otherwise, without deviating
    allowed: frozenset[str]
    bill: Bill


def generate_pair(seed: int, *, language: str) -> GeneratedPair:
    """Make the pair that belongs to the seed; a third of the pairs have no deviation.

    Every pair says some things otherwise than the contract does, without deviating from it.
    """
    rng = seeded(f"pair-{language}-{seed}")
    contract = _contract(rng, language)
    expected = []
    if not happens(rng, 1 / 3):
        possible = [code for code, (applies, _) in DEVIATIONS.items() if applies(contract)]
        expected = rng.sample(possible, k=min(len(possible), rng.choice((1, 1, 2, 3))))
    bill = conforming_bill(rng, contract)
    near_misses = []
    for name in rng.sample(list(NEAR_MISSES), k=rng.choice((0, 2, 4, 6))):
        applies, change = NEAR_MISSES[name]
        if applies(bill):
            bill = change(rng, bill)
            near_misses.append(name)
    for code in expected:
        bill = DEVIATIONS[code][1](rng, bill)
    bill = with_terms_kept(rng, bill, withheld=frozenset(expected))
    return GeneratedPair(
        name=f"pair-{language}-{seed:04}",
        contract=draw_contract(contract, random_contract_style(rng, language)).content,
        invoice=draw_bill(rng, bill),
        expected=tuple(expected),
        near_misses=tuple(near_misses),
        allowed=frozenset(code for cause in expected for code in FOLLOWS.get(cause, ())),
        bill=bill,
    )


def _contract(rng: Random, language: str) -> ContractRecord:
    contract = random_contract(rng, language)
    contract = replace(contract, payment_trigger=rng.choice(("invoice_date", "invoice_receipt")))
    if language == "zh":
        return replace(contract, retention_rate=None)  # a fapiao states the whole amount
    return replace(contract, prices_include_tax=False)
