"""Of documents that were given as the contract: which is the contract, and which amend it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.assessment.assessment import Assessment
from extractor.errors import ForeignAmendment
from extractor.extraction.extraction import Amending, Change, Table
from extractor.reconciliation.amending import amended, first_day, in_order, title_of
from extractor.reconciliation.belonging import belonging
from extractor.reconciliation.choosing import contract_for
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.rule import finding


def agreed_by(billed: Sequence[Assessment], documents: Sequence[Assessment]) -> Assessment:
    """Return the contract that invoices are for, with its amendments laid on, whatever the order given.

    What is not clear of an amendment becomes a finding of the contract, which is asked about.

    Raises:
        SeveralContracts: there are several contracts, and the invoices do not tell which is meant.
        ForeignAmendment: an amendment is one to none of the contracts.
    """
    given = list(
        {(each.extraction.document.id, each.extraction.part.index): each for each in documents}.values()
    )
    contracts = [each for each in given if each.extraction.amendment is None]
    amendments = in_order([each for each in given if each.extraction.amendment is not None])
    if not contracts:
        first, *others = amendments
        return _joined(replace(first, findings=(*first.findings, _alone(first))), others)
    chosen = contract_for(billed, contracts)
    others = [each for each in contracts if each is not chosen]
    own = [each for each in amendments if not _is_of_another(each, chosen, others)]
    return _joined(chosen, own)


def with_amendments(
    documents: Sequence[Assessment],
) -> tuple[list[Assessment], list[tuple[Assessment, str]]]:
    """Return the contracts, each with its amendments laid on, and the amendments without one, and why."""
    contracts = [each for each in documents if each.extraction.amendment is None]
    own: dict[int, list[Assessment]] = {place: [] for place in range(len(contracts))}
    loose: list[tuple[Assessment, str]] = []
    for amendment in documents:
        if amendment.extraction.amendment is None:
            continue
        fitting = [
            place for place, contract in enumerate(contracts) if belonging(amendment, contract).is_sure
        ]
        if len(fitting) == 1:
            own[fitting[0]].append(amendment)
        elif fitting:
            names = ", ".join(contracts[place].source for place in fitting)
            loose.append((amendment, f"it may amend several contracts: {names}"))
        else:
            loose.append((amendment, "it amends a contract that is not among the documents"))
    return [_joined(contract, own[place]) for place, contract in enumerate(contracts)], loose


def _is_of_another(amendment: Assessment, chosen: Assessment, others: Sequence[Assessment]) -> bool:
    if belonging(amendment, chosen).is_sure:
        return False
    return any(belonging(amendment, each).is_sure for each in others)


def _joined(contract: Assessment, amendments: Sequence[Assessment]) -> Assessment:
    laid_on: list[Assessment] = []
    findings: list[Finding] = []
    for amendment in amendments:
        told = belonging(amendment, contract)
        if told.is_foreign:
            raise ForeignAmendment(f"{_named(amendment)} is no amendment to {contract.source}: {told.reason}")
        if told.is_sure:
            laid_on.append(amendment)
            findings.extend(_unsaid(amendment, contract))
        else:
            findings.append(
                _unclear(
                    f"{_named(amendment)} was left out: is it one to this contract? As read, {told.reason}."
                )
            )
    if not laid_on and not findings:
        return contract
    joined = amended(contract, laid_on)
    findings += [_unplaced(each, change) for each in joined.extraction.amended_by for change in each.unplaced]
    return replace(joined, findings=(*joined.findings, *findings))


def _unsaid(amendment: Assessment, contract: Assessment) -> Iterator[Finding]:
    """Yield what an amendment leaves open of itself."""
    if first_day(amendment) is None:
        yield _unclear(f"{_named(amendment)} does not say from when it holds.")
    said = amendment.extraction.amendment
    for quote in said.unread if said is not None else ():
        yield _unclear(f"{_named(amendment)} says “{quote}”, which was not understood.")
    for name, table in amendment.fields.items():
        if isinstance(table, Table) and table.place is not None and contract.extraction.rows(name):
            told = name.replace("_", " ")
            yield _unclear(f"{_named(amendment)} rules out {told}, and the contract has some: do they end?")


def _unplaced(amending: Amending, change: Change) -> Finding:
    quote = change.after.quote or change.after.text
    return _unclear(
        f"{amending.title} ({amending.source}) says “{quote}”, and nothing like it was read in the contract."
    )


def _alone(amendment: Assessment) -> Finding:
    return _unclear(
        f"{_named(amendment)} changes a contract that was not given: what it leaves unchanged is not known."
    )


def _named(amendment: Assessment) -> str:
    return f"{title_of(amendment)} ({amendment.source})"


def _unclear(message: str) -> Finding:
    return finding(FindingCode.AMENDMENT_UNCLEAR, None, message)
