"""Whether an amendment is one to a contract: by the number and day that it names, and by the parties."""

from dataclasses import dataclass
from datetime import date

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import State
from extractor.values.identifiers import normal_tax_id
from extractor.values.names import comparable_name, name_similarity
from extractor.values.text import letters_and_digits

_FEWEST_SIGNS = 4  # of a contract's number that an amendment's own may begin with: K-2041/25-N1
_MISREAD = 0.9  # names this similar are one name read twice
_ROLES = ("seller", "buyer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """`is_sure`: it is one to the contract; `is_foreign`: it is none. Else nobody knows, for the reason."""

    is_sure: bool = False
    is_foreign: bool = False
    reason: str = ""


def belonging(amendment: Assessment, contract: Assessment) -> Belonging:
    """Say whether an amendment changes this contract.

    The contract's number decides, unless a party is another. Without it both parties must be the
    contract's, and where it names another number, the contract's day as well. Of other parties it is foreign.
    """
    others = [role for role in _ROLES if _is_same_party(amendment, contract, role) is False]
    numbers = _named_numbers(amendment)
    own = letters_and_digits(_text(contract, "contract_number"))
    is_numbered = bool(own) and any(_is_number(each, own) for each in numbers)
    if is_numbered and not others:
        return Belonging(is_sure=True)
    if len(others) == len(_ROLES) or (others and not is_numbered):
        return Belonging(is_foreign=True, reason=_parties_told(amendment, contract, others))
    if others:
        return Belonging(reason=_parties_told(amendment, contract, others))
    is_between = all(_is_same_party(amendment, contract, role) for role in _ROLES)
    is_dated = bool(_days(contract) & set(_said_days(amendment)))
    if is_between and (is_dated or not own or not numbers):
        return Belonging(is_sure=True)
    if own and numbers:
        named = _text(amendment, "contract_number") or ", ".join(_said_numbers(amendment))
        return Belonging(reason=f"it names {named}, and the contract is {_text(contract, 'contract_number')}")
    return Belonging(reason="neither the contract's number nor both of its parties are named in it")


def _parties_told(amendment: Assessment, contract: Assessment, roles: list[str]) -> str:
    return " and ".join(
        f"its {role} is {_text(amendment, f'{role}_name')}, and the contract's "
        f"{_text(contract, f'{role}_name')}"
        for role in roles
    )


def _is_same_party(one: Assessment, other: Assessment, role: str) -> bool | None:
    """Say whether both documents have one seller, or buyer; None where nothing can be compared."""
    ids = [normal_tax_id(_text(each, f"{role}_tax_id")) for each in (one, other)]
    if all(ids) and ids[0] == ids[1]:
        return True
    names = [_text(each, f"{role}_name") for each in (one, other)]
    if all(names):
        is_same = comparable_name(names[0]) == comparable_name(names[1])
        return is_same or name_similarity(*names) >= _MISREAD
    return None


def _named_numbers(amendment: Assessment) -> set[str]:
    texts = (*_said_numbers(amendment), _text(amendment, "contract_number"))
    return {signs for text in texts if (signs := letters_and_digits(text))}


def _said_numbers(amendment: Assessment) -> tuple[str, ...]:
    said = amendment.extraction.amendment
    return said.contract_numbers if said is not None else ()


def _is_number(named: str, own: str) -> bool:
    return named == own or (len(own) >= _FEWEST_SIGNS and named.startswith(own))


def _said_days(amendment: Assessment) -> tuple[date, ...]:
    said = amendment.extraction.amendment
    return said.contract_days if said is not None else ()


def _days(contract: Assessment) -> set[date]:
    values = (contract.extraction.leaf(name).value for name in ("signing_date", "effective_date"))
    return {value for value in values if isinstance(value, date)}


def _text(document: Assessment, name: str) -> str:
    leaf = document.extraction.leaf(name)
    return "" if leaf.value is None or leaf.state is State.UNREADABLE else str(leaf.value)
