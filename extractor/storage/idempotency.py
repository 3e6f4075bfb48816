"""Answers to requests that carried an Idempotency-Key, for when they come again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.storage.tables import IdempotentAnswer

_KEPT = timedelta(days=1)
_GIVEN_UP = timedelta(minutes=10)  # a first request that has not ended by then died with its process


class Claim(StrEnum):
    """What a request with a key may do."""

    FIRST = "first"  # go on, and keep the answer
    REPEATED = "repeated"  # the answer is there
    RUNNING = "running"  # the first one has not ended
    DIFFERENT = "different"  # the key was used for another request


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What a request may do, and the answer where there is one."""

    claim: Claim
    answer: "Answer | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the first request was answered: `headers` are those that belong to the body."""

    status: int
    headers: dict[str, str]
    body: bytes


def claim_key(session: Session, tenant_id: str, key: str, *, fingerprint: str, now: datetime) -> Claimed:
    """Say what a request with a key may do; the first one keeps the others out until it ends."""
    forget_old(session, now=now)
    row = IdempotentAnswer(tenant_id=tenant_id, key=key, fingerprint=fingerprint, created_at=now)
    try:
        with session.begin_nested():
            session.add(row)
    except sa.exc.IntegrityError:
        session.expunge_all()
        return _known(session, tenant_id, key, fingerprint, now)
    return Claimed(claim=Claim.FIRST)


def keep_answer(session: Session, tenant_id: str, key: str, answer: Answer) -> None:
    """Keep the first request's answer."""
    row = session.get(IdempotentAnswer, (tenant_id, key))
    if row is not None:
        row.status, row.headers, row.body = answer.status, answer.headers, answer.body


def release_key(session: Session, tenant_id: str, key: str) -> None:
    """Let the key be used again: its request was refused, or failed, and may be repeated."""
    session.execute(
        sa.delete(IdempotentAnswer).where(
            IdempotentAnswer.tenant_id == tenant_id, IdempotentAnswer.key == key
        )
    )


def forget_old(session: Session, *, now: datetime) -> None:
    """Delete answers that are kept no longer."""
    session.execute(sa.delete(IdempotentAnswer).where(IdempotentAnswer.created_at < now - _KEPT))


def forget_answers_about(session: Session, tenant_id: str, ids: Collection[str]) -> None:
    """Delete a tenant's answers that name one of these ids: they say what is about to be deleted."""
    query = sa.select(IdempotentAnswer.key, IdempotentAnswer.body)
    answers = session.execute(
        query.where(IdempotentAnswer.tenant_id == tenant_id).execution_options(yield_per=50)
    )
    named = [key for key, body in answers if body and any(one.encode() in body for one in ids)]
    for key in named:
        release_key(session, tenant_id, key)


def _known(session: Session, tenant_id: str, key: str, fingerprint: str, now: datetime) -> Claimed:
    row = session.get(IdempotentAnswer, (tenant_id, key), with_for_update=True)
    if row is None:
        return Claimed(claim=Claim.RUNNING)  # just released: the client asks again
    if row.fingerprint != fingerprint:
        return Claimed(claim=Claim.DIFFERENT)
    if row.status is not None:
        answer = Answer(status=row.status, headers=dict(row.headers or {}), body=row.body or b"")
        return Claimed(claim=Claim.REPEATED, answer=answer)
    if row.created_at < now - _GIVEN_UP:
        row.created_at = now
        return Claimed(claim=Claim.FIRST)
    return Claimed(claim=Claim.RUNNING)
