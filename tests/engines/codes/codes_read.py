"""What a code with a payload claims, for tests of the standards."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from extractor.engines.codes.claim import HINT, Claim
from extractor.pages.codes.code import PageCode, Symbology
from extractor.pages.geometry import Box


def code(payload: str | bytes) -> PageCode:
    content = payload.encode() if isinstance(payload, str) else payload
    text = content.decode(errors="replace")
    return PageCode(content=content, text=text, symbology=Symbology.QR, box=Box(10, 20, 60, 70))


def sure(
    read: Callable[[PageCode], Iterator[Claim]], payload: str | bytes
) -> dict[str, str | Decimal | date | None]:
    """Return what the code says of each field for certain, as values; of a kind of invoice its name."""
    claims = (claim for claim in read(code(payload)) if claim.certainty > HINT)
    return {claim.field: claim.text if claim.value is None else claim.value for claim in claims}


def hints(read: Callable[[PageCode], Iterator[Claim]], payload: str | bytes) -> dict[str, str]:
    """Return what the code says of something that is mostly the field."""
    return {claim.field: claim.text for claim in read(code(payload)) if claim.certainty <= HINT}


NO_INVOICE = (
    "",
    " ",
    "https://example.org/i/01,31,,2",
    "https://pay.example.org/?amount=119.00&iban=DE59186194180528590961",
    "00340434161234567890",  # a parcel's label
    "(01)04012345678901(17)260305(10)A118",
    "BEGIN:VCARD\nVERSION:3.0\nN:Tannwald;Ida\nEND:VCARD",
    "WIFI:T:WPA;S:Tannwald;P:secret;;",
    "01,02,03,04,05,06",
    "A:1*B:2*C:3",
    "one.two.three",
    "SPD",
    "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9w",  # base64 of other things
    "\x00\x01\x02\x1d\x1e\x04",
    "7" * 7089,
)
