"""Generate varied contracts: terms, manner and words at random, with the exact truth."""

from dataclasses import replace
from random import Random

from synthesis.canvas import Face
from synthesis.chance import happens, seeded
from synthesis.contract_random import GeneratedContract, random_contract, random_contract_style
from synthesis.contract_truth import terms_of
from synthesis.contracts.drawing import Manner, draw
from synthesis.contracts.numbering import NUMBERINGS
from synthesis.contracts.wording import wording

_PLANS = ("prose", "prose", "columns", "letter")


def generate_varied_contract(seed: int, *, language: str, further_clauses: int = 0) -> GeneratedContract:
    """Make the contract that belongs to the seed: the same bytes every time."""
    rng = seeded(f"varied-contract-{language}-{seed}")
    record = random_contract(rng, language)
    record = replace(record, title=rng.choice(wording(language).phrases["titles"]))
    manner = random_manner(rng, language)
    if manner.plan == "columns":  # a column is too narrow for a table
        record = replace(record, is_list_annexed=True, milestones=())
    drawn = draw(record, manner, rng, further_clauses=further_clauses)
    return GeneratedContract(
        name=f"varied-{language}-{seed:04}.pdf",
        content=drawn.content,
        record=record,
        style=random_contract_style(rng, language),
        terms=terms_of(record, drawn),
        sentences={name: place.sentence for name, place in drawn.places.items() if place.sentence},
    )


def random_manner(rng: Random, language: str) -> Manner:
    """Choose how a contract is set."""
    plan = rng.choice(_PLANS)
    if plan == "letter" and language == "zh":
        plan = "prose"  # Chinese contracts are no letters
    return Manner(
        plan=plan,
        numbering=rng.choice(list(NUMBERINGS[language])),
        face=Face.CJK if language == "zh" else rng.choice((Face.SANS, Face.FIRA)),
        size=rng.choice((8.5, 9.5, 10.5)) - (1.0 if plan == "columns" else 0.0),
        margin=rng.choice((48.0, 60.0, 72.0)),
        has_running_lines=happens(rng, 0.5),
        has_contents=plan == "prose" and happens(rng, 0.2),
        is_ruled=happens(rng, 0.6),
        is_numbered=happens(rng, 0.4),
    )
