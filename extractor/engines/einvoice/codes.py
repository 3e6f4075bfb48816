"""What the codes in e-invoices mean. Facts of UNTDID 1001 and UN/ECE Recommendation 20 and 21."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_COMMERCIAL: Final = (
    "71 80 82 84 102 130 202 203 204 218 219 295 331 380 382 383 384 385 387 388 389 390 393 394 395 "
    "456 457 471 472 473 527 553 575 623 633 751 780 817 870 877 935"
)  # debit notes, corrected, consolidated, hire, self-billed, factored, final construction, freight ...
_PARTIAL: Final = "211 326 875 876"  # interim application, partial, (partial final) construction
_CREDIT_NOTES: Final = "81 83 261 262 296 308 381 396 420 458 502 503 532"
_PREPAYMENTS: Final = "386 500 501"
_PROFORMA: Final = "325"


def _by_code(meanings: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({code: meaning for meaning, codes in meanings.items() for code in codes.split()})


INVOICE_TYPES: Final = _by_code(
    {
        "commercial": _COMMERCIAL,
        "partial": _PARTIAL,
        "credit_note": _CREDIT_NOTES,
        "prepayment": _PREPAYMENTS,
        "proforma": _PROFORMA,
    }
)
"""Document type code (BT-3) -> choice of the field `invoice_type`."""

UNITS: Final = _by_code(
    {
        # counted
        "piece": "H87 C62 EA PCE NMB XPP",
        "pair": "PR NPR",
        "dozen": "DZN DPC",
        "hundred": "CEN",
        "thousand": "MIL T3",
        "set": "SET KT XKI",
        "lump sum": "LS E51",
        "activity": "ACT",
        "group": "10",
        "person": "IE",
        "percent": "P1",
        # packed
        "pack": "XPK XPA XPC PK PA",
        "box": "XBX BX XCT CT",
        "case": "XCS CS",
        "crate": "XCR",
        "pallet": "XPX PF",
        "bag": "XBG BG XSA SA",
        "bottle": "XBO BO XBQ",
        "can": "XCA XCX CA",
        "roll": "XRO RO RL",
        "bundle": "XBE BE",
        "drum": "XDR DR",
        "barrel": "XBA BLL",
        "tube": "XTU TU",
        "tray": "XPU",
        "sheet": "ST XST LEF",
        "container": "XCN",
        "basket": "XBK",
        "jar": "XJR",
        "envelope": "XEN",
        # time
        "second": "SEC",
        "minute": "MIN",
        "hour": "HUR LH",
        "day": "DAY",
        "week": "WEE",
        "month": "MON",
        "quarter": "QAN",
        "half year": "SAN",
        "year": "ANN",
        # length
        "millimetre": "MMT",
        "centimetre": "CMT",
        "decimetre": "DMT",
        "metre": "MTR LM",
        "kilometre": "KMT KTM",
        "inch": "INH",
        "foot": "FOT",
        "yard": "YRD",
        "mile": "SMI",
        # area
        "square millimetre": "MMK",
        "square centimetre": "CMK",
        "square decimetre": "DMK",
        "square metre": "MTK",
        "square kilometre": "KMK",
        "hectare": "HAR",
        "acre": "ACR",
        "square foot": "FTK",
        "square yard": "YDK",
        # volume
        "cubic millimetre": "MMQ",
        "cubic centimetre": "CMQ",
        "cubic decimetre": "DMQ",
        "cubic metre": "MTQ",
        "millilitre": "MLT",
        "centilitre": "CLT",
        "decilitre": "DLT",
        "litre": "LTR",
        "hectolitre": "HLT",
        "gallon": "GLL GLI",
        "cubic foot": "FTQ",
        # mass
        "milligram": "MGM",
        "gram": "GRM",
        "kilogram": "KGM",
        "tonne": "TNE",
        "pound": "LBR",
        "ounce": "ONZ",
        # energy, power, and the rest
        "watt hour": "WHR",
        "kilowatt hour": "KWH",
        "megawatt hour": "MWH",
        "gigawatt hour": "GWH",
        "watt": "WTT",
        "kilowatt": "KWT",
        "kilovolt ampere": "KVA",
        "joule": "JOU",
        "kilojoule": "KJO",
        "megajoule": "3B",
        "gigajoule": "GV",
        "volt": "VLT",
        "ampere": "AMP",
        "megabyte": "4L",
        "gigabyte": "E34",
        "terabyte": "E35",
        "page": "ZP",
        "mutually defined": "ZZ",
    }
)
"""Unit code of a quantity (BT-130) -> readable unit; the letter X marks packaging (Recommendation 21)."""
