"""What the versions of CII call the elements whose names have changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The element names of one version; paths start at the root, a line or the parent named."""

    document: str
    agreement: str
    settlement: str
    totals: str  # below the settlement
    line: str
    line_agreement: str  # these below the line
    line_delivery: str
    line_settlement: str
    line_totals: str  # below the line's settlement
    reference_id: str  # below a referenced document
    rate: str  # below a trade tax


_ZUGFERD_1: Final = Names(
    document="HeaderExchangedDocument",
    agreement="SpecifiedSupplyChainTradeTransaction/ApplicableSupplyChainTradeAgreement",
    settlement="SpecifiedSupplyChainTradeTransaction/ApplicableSupplyChainTradeSettlement",
    totals="SpecifiedTradeSettlementMonetarySummation",
    line="SpecifiedSupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem",
    line_agreement="SpecifiedSupplyChainTradeAgreement",
    line_delivery="SpecifiedSupplyChainTradeDelivery",
    line_settlement="SpecifiedSupplyChainTradeSettlement",
    line_totals="SpecifiedTradeSettlementMonetarySummation",
    reference_id="ID",
    rate="ApplicablePercent",
)
_D16B: Final = Names(
    document="ExchangedDocument",
    agreement="SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement",
    settlement="SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement",
    totals="SpecifiedTradeSettlementHeaderMonetarySummation",
    line="SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem",
    line_agreement="SpecifiedLineTradeAgreement",
    line_delivery="SpecifiedLineTradeDelivery",
    line_settlement="SpecifiedLineTradeSettlement",
    line_totals="SpecifiedTradeSettlementLineMonetarySummation",
    reference_id="IssuerAssignedID",
    rate="RateApplicablePercent",
)

VERSIONS: Final[Mapping[str, Names]] = MappingProxyType(
    {
        "{urn:ferd:CrossIndustryDocument:invoice:1p0}CrossIndustryDocument": _ZUGFERD_1,
        "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice": _D16B,
    }
)
"""Root element -> names."""
