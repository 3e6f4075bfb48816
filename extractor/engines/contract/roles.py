"""What contracts call their sides, and which side that is."""

import re
from enum import StrEnum

from extractor.engines.contract.passages import casefolded


class Role(StrEnum):
    """Who sells and who buys."""

    SELLER = "seller"
    BUYER = "buyer"
    OTHER = "other"


_SELLER_WORDS = (
    r"seller|vendor|supplier|(?:sub-?|main\s+|general\s+|prime\s+|independent\s+)?contractor|"
    r"(?:service|solution|hosting|software|content)?\s*provider|licen[sc]or|lessor|landlord|consultant|"
    r"adviser|advisor|manufacturer|producer|carrier|franchisor|agency|publisher|installer|builder|"
    r"developer|haulier|freelancer|fabricator|printer"
    r"|verkäufer(?:in)?|lieferant(?:in)?|(?:sub|nach|haupt|general)?(?:auftragnehmer|"
    r"unternehmer)(?:in)?|dienstleister(?:in)?|anbieter(?:in)?|vermieter(?:in)?|lizenzgeber(?:in)?|"
    r"werkunternehmer(?:in)?|berater(?:in)?|hersteller(?:in)?|leistungserbringer(?:in)?|agentur|"
    r"bauunternehmen|betreiber|(?:wartungs|instandhaltungs|montage|reinigungs|fach|bau|service|liefer|"
    r"handwerks|installations|planungs|spezial|sicherheits|umzugs|transport)(?:firma|betrieb|unternehmen)|"
    r"(?:maintenance|service|cleaning|security|catering|construction|building|training)\s+"
    r"(?:company|firm|contractor)"
    r"|卖方|卖受人|出卖人|出卖方|供方|供应方|供应商|供货方|供货商|供货单位|供应单位|销售方|销方|售方|承包人|承包方|承包商|承揽人|承揽方|承接方|受托方|受托人|服务方|服务商|"
    r"服务提供方|提供方|出租方|出租人|施工方|施工单位|承建方|许可方|开发方|加工方|承印方|印刷方|制作方|设计方|承办方|承运人|承运方|保管方|受委托方|中标人|中标方|咨询方|乙方"
)
_BUYER_WORDS = (
    r"buyer|purchaser|customer|client|employer|principal|licen[sc]ee|lessee|tenant|owner|shipper|"
    r"charterer|recipient|orderer|ordering\s+party|procuring\s+(?:entity|party)|franchisee|hirer|"
    r"reseller|distributor|dealer|company|end[- ]user|subscriber|purchasing\s+party|"
    r"commissioning\s+party"
    r"|käufer(?:in)?|(?:haupt)?auftraggeber(?:in)?|besteller(?:in)?|kunde|kundin|abnehmer(?:in)?|"
    r"mieter(?:in)?|lizenznehmer(?:in)?|bauherr(?:in)?|erwerber(?:in)?|bezieher|"
    r"leistungsempfänger(?:in)?"
    r"|买方|买受人|买受方|需方|需求方|采购方|采购人|采购单位|购买方|购方|购货方|订货方|订购方|订货人|发包人|发包方|委托方|委托人|委托单位|定作人|定作方|定制方|承租方|承租人|"
    r"客户|用户|建设单位|业主|使用方|被许可方|招标人|托运人|寄存方|接受方|甲方"
)
SELLER = re.compile(rf"(?<![\w])(?:{_SELLER_WORDS})(?![a-zäöüß])")
BUYER = re.compile(rf"(?<![\w])(?:{_BUYER_WORDS})(?![a-zäöüß])")
WEAK_BUYERS = frozenset(
    {"company", "distributor", "reseller", "dealer", "recipient", "principal", "owner", "甲方"}
)
WEAK_SELLERS = frozenset(
    {"乙方", "betreiber", "developer", "publisher", "agency", "manufacturer", "producer", "content provider"}
)
_CHINESE_SIDES = (
    (
        re.compile(r"买方|需方|采购|购买方|发包|(?<!受)委托|定作|承租|被许可方|订货方|建设单位|业主|客户"),
        Role.BUYER,
    ),
    (re.compile(r"卖方|供方|销售方|承包|受托|服务方|供应商|出租|施工|许可方|供货"), Role.SELLER),
)
_LETTERED_SIDES = (
    (re.compile(r"乙方|party\s+b|partei\s+b|second\s+party"), Role.SELLER),
    (re.compile(r"甲方|party\s+a|partei\s+a|first\s+party"), Role.BUYER),
    (re.compile(r"guarantor|bürge|担保|丙方|agent"), Role.OTHER),
)
PARTY_WORD = re.compile(
    rf"(?:(?:the|der|die|das|den|dem)\s+)?(?:{_SELLER_WORDS}|{_BUYER_WORDS}|party\s+[a-c1-3]|(?:first|"
    rf"second|other)\s+party|partei\s+[a-c1-3]|[甲乙丙丁]方)"
)


def role_of(term: str) -> tuple[Role, bool] | None:
    """Return the side a defined term names and whether that is certain; None if it tells nothing."""
    low = re.sub(r"^(?:the|der|die|das)\s+", "", casefolded(term).strip(" \"'.,:;()"))
    for pattern, role in _CHINESE_SIDES:
        if pattern.search(low):
            return role, True
    if SELLER.fullmatch(low):
        return Role.SELLER, low not in WEAK_SELLERS
    if BUYER.fullmatch(low):
        return Role.BUYER, low not in WEAK_BUYERS
    for pattern, role in _LETTERED_SIDES:
        if pattern.search(low):
            return role, role is Role.OTHER
    return None


_SELLING = (
    r"(?:shall|will|agrees?\s+to|undertakes\s+to|hereby)?\s*(?:\w+ly\s+)?(?:sells?|suppl(?:y|ies)|"
    r"provides?|delivers?|performs?|manufactures?|licen[sc]es?|grants?|leases?|furnish(?:es)?|"
    r"invoices?|renders?|carry\s+out|carries\s+out|executes?|develops?|hosts?|issues?)"
)
_BUYING = (
    r"(?:shall|will|agrees?\s+to|undertakes\s+to|hereby)?\s*(?:\w+ly\s+)?(?:pays?|purchases?|buys?|"
    r"orders?|engages?|retains?|appoints?|compensates?|commissions?|reimburses?)"
)
_DE_SELLING = (
    r"(?:liefert|verkauft|erbringt|leistet|verpflichtet\s+sich\s+zur\s+lieferung|übernimmt|stellt|"
    r"führt|vermietet|errichtet)"
)
_DE_BUYING = r"(?:zahlt|kauft|bestellt|beauftragt|vergütet|mietet|erwirbt|überweist|nimmt\s+ab)"
_ZH_SELLING = (
    r"(?:应|须|将|负责|同意|按\S{0,6}|向\S{1,8})?(?:向\S{1,8})?"
    r"(?:供货|交货|提供|交付|销售|开具|出售|供应|施工|承揽|承接|完成)"
)
_ZH_BUYING = (
    r"(?:应|须|将|同意|按\S{0,6}|向\S{1,8})?(?:向\S{1,8}?)?(?:支付|付款|购买|采购|委托|订购|验收|付清|承租)"
)


def acting_role(term: str, text: str) -> Role | None:
    """Return the side that the party's deeds show: who delivers, who pays. `text` is casefolded."""
    name = rf"(?<![向对给为由]){re.escape(casefolded(term).strip())}"  # behind these it is acted upon
    is_chinese = bool(re.search(r"[\u4e00-\u9fff]", term))
    selling = _ZH_SELLING if is_chinese else rf"\s+(?:{_SELLING}|{_DE_SELLING})\b"
    buying = _ZH_BUYING if is_chinese else rf"\s+(?:{_BUYING}|{_DE_BUYING})\b"
    sold = len(re.findall(f"{name}{selling}", text))
    bought = len(re.findall(f"{name}{buying}", text))
    if sold == bought:
        return None
    return Role.SELLER if sold > bought else Role.BUYER
