"""Which contract an invoice was approved under, however well that contract was read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import ClassVar

from pydantic import ConfigDict

from extractor.values.identifiers import normal_tax_id
from extractor.values.names import comparable_name, name_similarity
from extractor.values.text import letters_and_digits, squeeze

_MISREAD = 0.9  # names this similar, under one number, are one name read twice


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractIdentity:
    """What tells a contract from others. Texts as read, empty where they are not printed.

    `document` is the file's "sha256:" and hash. `day` is the day of signing, else the one
    from which it runs: it tells the contracts of two years apart where nothing else does.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    document: str
    number: str = ""
    title: str = ""
    seller_name: str = ""
    seller_tax_id: str = ""
    buyer_name: str = ""
    day: date | None = None

    @property
    def parties(self) -> str | None:
        """Return a hash of parties and title; None where one of them is not known."""
        known = comparable_name(self.seller_name), comparable_name(self.buyer_name), squeeze(self.title)
        return sha256("\n".join(known).encode()).hexdigest() if all(known) else None

    @property
    def keys(self) -> frozenset[str]:
        """Return keys to look the contract up by: the same contracts share at least one."""
        return frozenset(self._keys())

    def is_same_as(self, other: "ContractIdentity") -> bool:
        """Say whether both are one contract: the same file, number, or parties and title.

        Numbers are given by sellers, so that two sellers' "2025-1" are two contracts. Where one
        number or neither is printed, parties and title must be the same, and no day may differ.
        """
        if self.document == other.document:
            return True
        numbers = letters_and_digits(self.number), letters_and_digits(other.number)
        if all(numbers):
            return numbers[0] == numbers[1] and not self._is_of_another_seller(other)
        return self.parties is not None and self.parties == other.parties and self._may_be_of_same_day(other)

    def _keys(self) -> Iterator[str]:
        yield self.document
        if number := letters_and_digits(self.number):
            yield f"number:{number}"
        if self.parties is not None:
            yield f"parties:{self.parties}"

    def _is_of_another_seller(self, other: "ContractIdentity") -> bool:
        """Say whether nothing speaks for one seller, and something against it."""
        ids = normal_tax_id(self.seller_tax_id), normal_tax_id(other.seller_tax_id)
        if all(ids) and ids[0] == ids[1]:
            return False
        if self.seller_name and other.seller_name:
            return name_similarity(self.seller_name, other.seller_name) < _MISREAD
        return all(ids)

    def _may_be_of_same_day(self, other: "ContractIdentity") -> bool:
        return self.day is None or other.day is None or self.day == other.day
