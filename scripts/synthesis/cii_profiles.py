"""The profiles of CII invoices: how each is named, and which values of a record it may carry."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal, TypeVar

from synthesis.record import Account, Address, InvoiceRecord, Line

_Value = TypeVar("_Value")


class Profile(StrEnum):
    """ZUGFeRD 1, then Factur-X (which is ZUGFeRD 2) and XRechnung, each from little to much."""

    ZUGFERD_1_BASIC = "zugferd-1-basic"
    ZUGFERD_1_COMFORT = "zugferd-1-comfort"
    ZUGFERD_1_EXTENDED = "zugferd-1-extended"
    MINIMUM = "minimum"
    BASIC_WL = "basic-wl"
    BASIC = "basic"
    EN16931 = "en16931"
    EXTENDED = "extended"
    XRECHNUNG = "xrechnung"


_TOTALS_ONLY: Final = frozenset(
    [
        "invoice_type",
        "invoice_number",
        "issue_date",
        "currency",
        "seller_name",
        "seller_tax_id",
        "buyer_name",
        "purchase_order_number",
        "net_amount",
        "tax_amount",
        "gross_amount",
        "amount_due",
        "buyer_reference",
    ]
)
_WITHOUT_LINES: Final = _TOTALS_ONLY | {
    "due_date",
    "seller_address",
    "seller_bank_account",
    "buyer_tax_id",
    "contract_number",
    "payment_terms",
    "tax_breakdown",
    "remarks",
    "prepaid_amount",
    "allowances",
    "buyer_address",
    "delivery_date",
}
_SHORT_LINES: Final = _WITHOUT_LINES | {
    f"line_items.{column}"
    for column in ("description", "quantity", "unit", "unit_price", "net_amount", "tax_rate")
}
_FULL: Final = _SHORT_LINES | {
    "line_items.product_code",
    "line_items.specification",
    "seller_bank_account.bic",
}
_ZUGFERD_1_FULL: Final = _FULL | {"seller_bank_account.bank"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFacts:
    """What sets a profile apart. `carries` names fields of the record, and parts of them."""

    version: Literal[1, 2]
    guideline: str  # BT-24
    conformance: str  # what the PDF's metadata call it
    file_name: str  # of the attachment
    carries: frozenset[str]

    def keep(self, name: str, value: _Value | None) -> _Value | None:
        """Return the value where the profile carries it, else None."""
        return value if name in self.carries else None


FACTS: Final[Mapping[Profile, ProfileFacts]] = MappingProxyType(
    {
        Profile.ZUGFERD_1_BASIC: ProfileFacts(
            version=1,
            guideline="urn:ferd:CrossIndustryDocument:invoice:1p0:basic",
            conformance="BASIC",
            file_name="ZUGFeRD-invoice.xml",
            carries=_WITHOUT_LINES - {"purchase_order_number", "contract_number"}
            | {"seller_bank_account.bic", "seller_bank_account.bank"},
        ),
        Profile.ZUGFERD_1_COMFORT: ProfileFacts(
            version=1,
            guideline="urn:ferd:CrossIndustryDocument:invoice:1p0:comfort",
            conformance="COMFORT",
            file_name="ZUGFeRD-invoice.xml",
            carries=_ZUGFERD_1_FULL,
        ),
        Profile.ZUGFERD_1_EXTENDED: ProfileFacts(
            version=1,
            guideline="urn:ferd:CrossIndustryDocument:invoice:1p0:extended",
            conformance="EXTENDED",
            file_name="ZUGFeRD-invoice.xml",
            carries=_ZUGFERD_1_FULL | {"line_items.tax_amount"},
        ),
        Profile.MINIMUM: ProfileFacts(
            version=2,
            guideline="urn:factur-x.eu:1p0:minimum",
            conformance="MINIMUM",
            file_name="factur-x.xml",
            carries=_TOTALS_ONLY,
        ),
        Profile.BASIC_WL: ProfileFacts(
            version=2,
            guideline="urn:factur-x.eu:1p0:basicwl",
            conformance="BASIC WL",
            file_name="factur-x.xml",
            carries=_WITHOUT_LINES,
        ),
        Profile.BASIC: ProfileFacts(
            version=2,
            guideline="urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic",
            conformance="BASIC",
            file_name="factur-x.xml",
            carries=_SHORT_LINES,
        ),
        Profile.EN16931: ProfileFacts(
            version=2,
            guideline="urn:cen.eu:en16931:2017",
            conformance="EN 16931",
            file_name="factur-x.xml",
            carries=_FULL,
        ),
        Profile.EXTENDED: ProfileFacts(
            version=2,
            guideline="urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended",
            conformance="EXTENDED",
            file_name="factur-x.xml",
            carries=_FULL | {"line_items.tax_amount"},
        ),
        Profile.XRECHNUNG: ProfileFacts(
            version=2,
            guideline="urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
            conformance="XRECHNUNG",
            file_name="xrechnung.xml",
            carries=_FULL,
        ),
    }
)
"""The one table of what a profile may carry."""

_ADDRESS_LINES: Final = MappingProxyType({1: 2, 2: 3})  # version -> how many lines an address has


def carried(record: InvoiceRecord, profile: Profile) -> InvoiceRecord:
    """Return what is left of the record when it is written in this profile."""
    facts = FACTS[profile]
    has_lines = "line_items.description" in facts.carries
    return replace(
        record,
        invoice_code=None,
        amount_in_words=None,
        due_date=facts.keep("due_date", record.due_date),
        seller_address=_address(facts.keep("seller_address", record.seller_address), facts),
        seller_bank_account=_account(facts.keep("seller_bank_account", record.seller_bank_account), facts),
        buyer_tax_id=facts.keep("buyer_tax_id", record.buyer_tax_id),
        purchase_order_number=facts.keep("purchase_order_number", record.purchase_order_number),
        contract_number=facts.keep("contract_number", record.contract_number),
        payment_terms=facts.keep("payment_terms", record.payment_terms),
        tax_breakdown=facts.keep("tax_breakdown", record.tax_breakdown) or (),
        remarks=facts.keep("remarks", record.remarks),
        line_items=tuple(_line(line, facts) for line in record.line_items) if has_lines else (),
        prepaid_amount=facts.keep("prepaid_amount", record.prepaid_amount),
        allowances=facts.keep("allowances", record.allowances) or (),
        buyer_address=_address(facts.keep("buyer_address", record.buyer_address), facts),
        delivery_date=facts.keep("delivery_date", record.delivery_date),
    )


def _address(address: Address | None, facts: ProfileFacts) -> Address | None:
    if address is None:
        return None
    return replace(address, lines=address.lines[: _ADDRESS_LINES[facts.version]])


def _account(account: Account | None, facts: ProfileFacts) -> Account | None:
    if account is None:
        return None
    return replace(
        account,
        bank=facts.keep("seller_bank_account.bank", account.bank),
        bic=facts.keep("seller_bank_account.bic", account.bic),
    )


def _line(line: Line, facts: ProfileFacts) -> Line:
    return replace(
        line,
        specification=facts.keep("line_items.specification", line.specification),
        product_code=facts.keep("line_items.product_code", line.product_code),
        tax_amount=facts.keep("line_items.tax_amount", line.tax_amount),
    )
