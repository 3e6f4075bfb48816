"""What CII and UBL say of a party in other elements, but in the same way."""

from collections.abc import Iterable, Mapping


def address_text(
    lines: Iterable[str | None],
    *,
    postcode: str | None,
    city: str | None,
    region: str | None,
    country: str | None,
) -> list[str]:
    """Return one line, the parts in postal order; none where a country alone is known."""
    place = " ".join(part for part in (postcode, city) if part)
    known = [part for part in (*lines, place, region) if part]
    return [", ".join([*known, country] if country else known)] if known else []


def ranked_ids(found: Iterable[tuple[str, str]], ranks: Mapping[str, int]) -> list[str]:
    """Return the ids of (scheme, id) by the rank of their scheme, as written in each rank.

    Schemes that have no rank are 1.
    """
    return [text for _, text in sorted(found, key=lambda pair: ranks.get(pair[0], 1))]
