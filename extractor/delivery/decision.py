"""Write the answer to a question as a plain JSON object."""

from extractor.asking.decision import Decision, Objection, Said
from extractor.asking.given import Printed
from extractor.asking.policy import PolicyClause
from extractor.delivery.encoding import Json, encode_evidence, encode_scalar

ANSWERED, NEEDS_PERSON = "answered", "needs_person"

_PROBABILITY_DIGITS = 4


def encode_decision(decision: Decision) -> dict[str, Json]:
    """Return a decision as `ask --json` shows it.

    `answer` is null where a person must decide: what the model says is then the `proposal`.
    """
    said: dict[str, Json] = {name: _said(each) for name, each in decision.answer.items()}
    encoded: dict[str, Json] = {
        "spec": decision.spec,
        "engine": decision.engine,
        "files": list(decision.files),
        "policy": decision.policy,
        "question": decision.question,
        "status": NEEDS_PERSON if decision.needs_person else ANSWERED,
        "reasons": [_objection(objection) for objection in decision.objections],
        "answer": None if decision.needs_person else said,
    }
    return encoded | {"proposal": said} if decision.needs_person else encoded


def _said(said: Said | None) -> Json:
    if said is None:
        return {"value": None}
    encoded: dict[str, Json] = {
        "value": encode_scalar(said.value),
        "text": said.text,
        "probability": round(said.probability, _PROBABILITY_DIGITS),
    }
    if said.places:
        encoded["places"] = [_place(place) for place in said.places]
    if said.clause is not None:
        encoded["clause"] = _clause(said.clause)
    return encoded


def _place(place: Printed) -> Json:
    where: dict[str, Json] = {"source": str(place.source), "name": place.name}
    return where if place.evidence is None else where | encode_evidence(place.evidence)


def _clause(clause: PolicyClause) -> Json:
    encoded: dict[str, Json] = {"number": clause.number, "quote": clause.text}
    return encoded if clause.evidence is None else encoded | encode_evidence(clause.evidence)


def _objection(objection: Objection) -> Json:
    return {"code": str(objection.code), "field": objection.field, "message": objection.message}
