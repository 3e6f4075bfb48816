"""What the headings of a contract's tables mean."""

import re
from enum import StrEnum

from extractor.engines.contract.passages import plain

_MAX_HEADING = 45  # characters


class Kind(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    DESCRIPTION = "description"
    SPECIFICATION = "specification"
    CODE = "code"
    UNIT = "unit"
    QUANTITY = "quantity"
    UNIT_PRICE = "unit_price"
    TAX_RATE = "tax_rate"
    AMOUNT = "amount"
    STAGE = "stage"
    SHARE = "share"
    DUE = "due"
    REMARKS = "remarks"


MONEY = frozenset({Kind.UNIT_PRICE, Kind.AMOUNT})
TEXT = frozenset(
    {Kind.DESCRIPTION, Kind.SPECIFICATION, Kind.CODE, Kind.UNIT, Kind.STAGE, Kind.DUE, Kind.REMARKS}
)

_ENDINGS = (
    r"(?:\s*[(/,\-:\[]\s*.*|(?:\s+(?:each|per\s+unit))?\s+(?:in\s+)?(?:eur|usd|gbp|chf|cny|rmb|€|\$|£|¥|%)\s*.*|\s+(?:net|gross|"
    r"netto|brutto|excl\.?.*|incl\.?.*|zzgl\.?.*|inkl\.?.*|per\s+unit|each|je\s+\w+|pro\s+\w+))?\.?"
)
_WORDINGS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.NUMBER,
        (
            r"no|nos|nr|#|pos|pos(?:ition)?s?[-\s]?nr|lfd\.?\s*nr|item\s*(?:no|#)|line|ln|ref|s/?n|"
            r"sl\.?\s*no|s\.?\s*no|序|序\s*号|编\s*号|项\s*号|项次|行号|lot"
        ),
    ),
    (
        Kind.CODE,
        (
            r"(?:product|item|article|part|material|service|stock)\s*(?:code|number|no|id)|sku|code|"
            r"part\s*#|art(?:ikel)?\.?[-\s]*(?:nr|nummer|no)|material(?:nummer|[-\s]?nr)|bestell[-\s]?nr|"
            r"编码|货号|物料(?:号|编码|编号)|产品(?:编号|代码|编码)|商品(?:编码|编号)"
        ),
    ),
    (
        Kind.SHARE,
        (
            r"%|share|percent(?:age)?|percent\s+of\s+.*|portion|proportion|anteil(?:\s+in\s*%)?|"
            r"prozent(?:satz)?|quote|比\s*例|占\s*比|百分比|"
            r"付款比例|支付比例|% of (?:the\s+)?(?:contract|total|"
            r"price).*|"
            r"share\s+of\s+.*"
        ),
    ),
    (
        Kind.TAX_RATE,
        (
            r"(?:vat|gst|tax|sales\s*tax)\s*(?:rate|%|in\s*%)?|mwst\.?(?:[-\s]*satz)?|"
            r"ust\.?(?:[-\s]*satz)?|steuersatz|税\s*率|增值税率"
        ),
    ),
    (
        Kind.STAGE,
        (
            r"stages?|milestones?|phases?|instal?lments?|payment\s+(?:stage|milestone|event)|deliverable|"
            r"event|trigger|abschnitte?|bauabschnitt|meilensteine?|phase|teilleistung|zahlungsabschnitt|"
            r"leistungsstand|baufortschritt|阶\s*段|节\s*点|里程碑|期\s*次|期\s*数|付款(?:阶段|节点|期次|批次)|支付(?:阶段|节点|条件)|"
            r"工程(?:进度|节点)|进度节点"
        ),
    ),
    (
        Kind.DUE,
        (
            r"due(?:\s*date)?|due\s+(?:on|by|upon)|payable(?:\s+(?:on|upon|when))?|"
            r"fällig(?:keit)?(?:\s*(?:am|bei))?|termin|zieltermin|date|datum|付款(?:时间|日期|条件)|支付(?:时间|日期)|"
            r"时\s*间|日\s*期|完成时间"
        ),
    ),
    (
        Kind.UNIT_PRICE,
        (
            r"(?:agreed\s+|contract\s+|net\s+)?(?:unit|list|contract|agreed)\s*(?:price|rate|cost)s?|"
            r"prices?|rates?|price\s*(?:per|/)\s*.*|rate\s*(?:per|/)\s*.*|(?:hourly|daily|day)\s+rate|"
            r"unit\s*charge|fee|charge|tariff|cost\s+(?:per|/)\s*.*|(?:net|gross)\s+(?:unit\s+)?price|u/?p|"
            r"(?:vereinbarter\s+)?(?:einzel|stück|einheits|netto|listen)[-\s]?preis|preis|preise|"
            r"e[-\s]?preis|ep|e\.?p|preis\s*(?:/|je|pro)\s*.*|stundensatz|tagessatz|satz|vergütung|"
            r"verrechnungssatz|(?:agreed\s+|hire\s+|rental\s+)?(?:charge|rent|rental|hire|fee)s?\s+(?:per|a)\s+\w+|"
            r"(?:basic|standard|normal|regular|overtime|night|evening|weekend|saturday|sunday|holiday)\s+"
            r"(?:rate|charge|price)s?(?:\s+(?:per|an?)\s+\w+)?|(?:平\s*时|正常|加\s*班|夜\s*班|白\s*班|周末|双休日|节假日|工作日)\s*"
            r"(?:单\s*价|价\s*格|费\s*率|费用)|"
            r"(?:hourly|daily|weekly|monthly|annual|yearly|hire|rental)\s+(?:rate|charge|fee|rent|price|hire)s?|"
            r"(?:monats|tages|wochen|jahres)?(?:miete|mietpreis|mietzins|pauschale|rate)n?(?:\s+(?:je|pro)\s+\w+.*)?|"
            r"(?:月|年|日|季)?\s*(?:租\s*金|租\s*费|服务费|费\s*用)\s*(?:标准|单价)?|"
            r"einzel|(?:含税|不含税|未税|合同|综合|协议|采购|供货|结算)?\s*单\s*价|价\s*格|运\s*价|费\s*率|费用标准|收费标准|(?:含税|"
            r"不含税|未税)价(?:格)?"
        ),
    ),
    (
        Kind.AMOUNT,
        (
            r"(?:sum|amount|total)s?\s+(?:payable|due|to\s+be\s+paid)|amounts?|values?|(?:line|net|gross|sub)?\s*total(?:\s*(?:price|amount|value))?|"
            r"extended\s*(?:price|amount)|extension|sum|contract\s+value|payment|instal?ment\s+amount|wert|"
            r"(?:gesamt|netto|brutto|zeilen|positions)?[-\s]?(?:preis|betrag|wert|summe)|gesamt|gp|g\.?p|"
            r"betrag|summe|zahlung|teilbetrag|(?:含税|不含税|未税|付款|支付|应付)?\s*(?:金\s*额|总\s*价|合\s*价|价\s*款|款\s*项)|"
            r"小\s*计|合\s*计|总\s*额|(?:价税|含税)合计"
        ),
    ),
    (
        Kind.QUANTITY,
        (
            r"qty|number|quantity|quantities|(?:est|max|estimated|maximum|agreed|annual|contract)\.?\s*(?:qty|"
            r"quantity|volume)|volume|number\s+of\s+units|units|pieces|menge|mengen|anzahl|stückzahl|"
            r"(?:höchst|max\.?|geschätzte|vereinbarte)[-\s]?menge|abnahmemenge|(?:合同|采购|预计|最大|暂定|租赁)?\s*数\s*量|台\s*数|件\s*数|"
            r"工程量|用量"
        ),
    ),
    (
        Kind.UNIT,
        (
            r"unit|units?\s*of\s*measure|uom|u\.?o\.?m|measure|per|basis|billing\s+unit|einheit|einh|"
            r"mengeneinheit|me|abrechnungseinheit|vpe|je|单\s*位|计\s*量\s*单\s*位|计价单位"
        ),
    ),
    (
        Kind.SPECIFICATION,
        (
            r"spec|specs|specifications?|type|model|variant|size|grade|details?|configuration|format|typ|"
            r"ausführung|spezifikation|modell|größe|variante|merkmale?|details|规\s*格|型\s*号|"
            r"规\s*格\s*[/、及和与]?\s*型\s*号|型\s*号\s*[/、]?\s*规\s*格|吨\s*位|尺\s*寸|配\s*置|技术参数|规格参数|规格要求|参数"
        ),
    ),
    (Kind.REMARKS, r"remarks?|notes?|comments?|bemerkung(?:en)?|anmerkung(?:en)?|hinweise?|备\s*注|说\s*明"),
    (
        Kind.DESCRIPTION,
        (
            r"lane|route|relation|strecke|(?:运输)?(?:线路|路线)|(?:equipment|plant|machine|machinery|vehicle|device|meal|"
            r"item|product|goods|service|article|work|works|material|position|activity|task|role|"
            r"resource)s?(?:\s*(?:&|and|or|/)\s*(?:item|product|goods|service|article|work|"
            r"material)s?)*(?:\s*(?:description|name))?|descriptions?(?:\s+of\s+.*)?|description|"
            r"designation|subject|supplies|bezeichnung(?:\s+(?:der|des)\s+\w+)?|beschreibung(?:\s+(?:der|"
            r"des)\s+\w+)?|leistung(?:en|sbeschreibung|sart|sposition)?|artikel(?:bezeichnung|"
            r"beschreibung)?|waren?(?:bezeichnung)?|gegenstand|produkt(?:bezeichnung|name)?|position|"
            r"gerät(?:e|etyp|ebezeichnung)?|mietgegenstand|mietsache|maschine|fahrzeug|material|leistung\s*/\s*.*|ware\s*/\s*.*|tätigkeit|gewerk|品\s*名|名\s*称|(?:货物|产品|商品|服务|物资|物料|"
            r"设备|项目|材料|标的|标的物|工程|印刷品|费用|品目)\s*(?:名\s*称|内\s*容|项\s*目)?|品名及规格|内\s*容|项\s*目|服务项目|机\s*型|机械(?:名称)?|车\s*型|租赁物(?:名称)?|工种|岗位|职级|分项|分项工程"
        ),
    ),
)
_KINDS = tuple(
    (kind, re.compile(f"(?:{wording})\\.?{_ENDINGS}", re.IGNORECASE)) for kind, wording in _WORDINGS
)
_RATE_CLASS = re.compile(  # one service at several prices, by when it is done
    r"basic|standard|normal|regular|overtime|night|evening|weekend|weekday|saturday|sunday|(?:public\s+)?holiday|"
    r"(?:über|nacht|normal|regel)(?:stunde|zeit|arbeit|zuschlag)\w*|samstag|sonntag|feiertag|wochenende|werktag|"
    r"平\s*时|正常|加\s*班|夜\s*班|白\s*班|周末|双休日|节假日|工作日",
    re.IGNORECASE,
)
_TAXED = re.compile(
    r"incl(?:ud(?:e|es|ed|ing)|usive|"
    r"\.)?\s*(?:of\s*)?(?:any\s+)?(?:the\s+)?(?:applicable\s+)?(?:\d+(?:[.,]\d+)?\s*%\s*)?(?:vat|gst|"
    r"(?:sales\s+)?tax|value[- ]added|ust|mwst)|(?:vat|tax|gst)[-\s]*incl|gross\b|brutto"
    r"|ink(?:l(?:usive)?\.?|lusive)\s*(?:der\s+|"
    r"der\s+gesetzlichen\s+)?(?:\d+(?:[.,]\d+)?\s*%\s*)?(?:gesetzl\w*\.?\s*)?(?:ust|mwst|umsatz|"
    r"mehrwert)|einschließlich\s+(?:\w+\s+){0,3}(?:ust|mwst|umsatz|mehrwert)"
    r"|(?<![不未])含\s*(?:增值)?税|(?<![不未])含\s*\d+(?:\.\d+)?\s*%\s*(?:的)?\s*(?:增值)?税|价税合计",
    re.IGNORECASE,
)
_UNTAXED = re.compile(
    r"exc(?:l(?:ud(?:e|es|ed|ing)|usive|\.)?|ept)\s*(?:of\s*)?(?:any\s+)?(?:the\s+)?(?:applicable\s+|"
    r"statutory\s+)?(?:vat|gst|(?:sales\s+)?tax|value[- ]added|ust|mwst)|(?:vat|tax|gst)[-\s]*excl|"
    r"net\s+of\s+(?:vat|tax|gst)|before\s+(?:vat|tax|sales\s+tax|gst)|without\s+(?:vat|tax)|"
    r"plus\s+(?:\w+\s+){0,3}(?:vat|sales\s+tax|gst|value)|\bnet\s+(?:prices?|amounts?|values?|sum|"
    r"total|unit|contract)|\((?:net)\)|\bnetto|exkl|zzgl|zuzüglich|ohne\s+(?:ust|mwst|umsatz|mehrwert)|"
    r"ausschließlich\s+(?:\w+\s+){0,2}(?:ust|mwst|umsatz|mehrwert)|(?:不|未)\s*含\s*(?:增值)?税|未税|除税|税前|"
    r"不包含?(?:增值)?税",
    re.IGNORECASE,
)


def kind_of(text: str) -> Kind | None:
    """Return what a heading announces; None if it is no heading known here."""
    heading = plain(text).strip()
    if not heading or len(heading) > _MAX_HEADING:
        return None
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(heading)), None)


def is_rate_class(text: str) -> bool:
    """Say whether a heading of prices tells when the service is done: "Overtime rate per hour"."""
    return bool(_RATE_CLASS.search(plain(text)))


def is_tax_included(text: str) -> bool | None:
    """Say whether the wording counts prices with tax; None if it says nothing, or both."""
    readable = plain(text)
    untaxed = bool(_UNTAXED.search(readable))
    taxed = bool(_TAXED.search(readable))
    return None if taxed == untaxed else taxed
