"""Units of quantity: one canonical name for all spellings in English, German, French, Chinese."""

import re
from functools import lru_cache
from typing import Final

from extractor.values.text import fold

_SPELLINGS: Final = {
    "piece": """pc pcs pce pces piece pieces ea each unit units un u no nos nr item
        items stk stck stück stücke
        stückzahl st pièce pièces pza pz pezzi unité unités unidad unidades stuk stuks c62 h87 xpp
        个 個 件 只 台 支 把 块 条 部 枚 颗 根 片 隻 塊 條 座 辆 樘 株 具 顶 盏""",
    "hour": """h hr hrs hour hours std stde stdn stunde stunden heure heures hora horas ora ore uur uren hur
        labor-hour man-hour manhour man-hours manhours person-hour person-hours labour-hour hourly
        arbeitsstunde arbeitsstunden arbeitsstd ingenieurstunde ingenieurstunden mannstunde mannstunden
        personenstunde personenstunden stundensatz 小时 小時 工时 时 人时 人工时 钟头""",
    "day": """d day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen man-day
        manday mandays man-days person-day person-days pd md workday workdays daily
        personentag personentage personentagen manntag manntage arbeitstag arbeitstage werktag werktage
        kalendertag kalendertage beratertag beratertage tagewerk tagewerke tagessatz pt
        天 日 人天 人日 工日 人工日 工作日 人工天""",
    "week": "wk wks week weeks weekly woche wochen wöchentlich semaine semaines wee 周 星期 礼拜",
    "month": """mo mos mon mth mths month months monthly pcm person-month person-months man-month man-months
        monat monate monaten monatlich mtl personenmonat personenmonate mannmonat mannmonate
        kalendermonat kalendermonate mois mes meses mese mesi maand maanden 月 个月 個月 人月 月份""",
    "quarter": """quarter quarters quarterly quartal quartale vierteljahr vierteljährlich
        trimestre trimestres 季 季度""",
    "year": """y yr yrs year years yearly annual annually annum jahr jahre jährlich jährl an ans année années
        pa p.a a ann 年 年度""",
    "minute": "min mins minute minutes minuten 分钟",
    "kilogram": "kg kgs kilo kilos kilogram kilograms kilogramm kilogramme kilogrammes kgm 公斤 千克",
    "gram": "g gr gram grams gramm gramme grammes grm 克",
    "tonne": "t mt to ton tons tonne tonnes tonnen tne metric-ton metric-tons 吨 公吨 噸",
    "pound": "lb lbs lbr",
    "foot": "ft foot feet",
    "metre": """m mtr mtrs meter meters metre metres mètre mètres lfm lfdm lfd.m lm rm meterware
        米 公尺 延米""",
    "kilometre": "km kilometer kilometers kilometre kilometres kmt 公里 千米",
    "centimetre": "cm cmt 厘米",
    "millimetre": "mm mmt 毫米",
    "square metre": "m2 qm sqm sq.m m^2 quadratmeter mtk 平方米 平方 平米",
    "cubic metre": "m3 cbm cum m^3 kubikmeter mtq 立方米 立方 方",
    "litre": "l ltr liter liters litre litres 升 公升",
    "millilitre": "ml milliliter milliliters millilitre millilitres mlt 毫升",
    "hectare": "ha hectare hectares hektar har 公顷",
    "kilowatt hour": "kwh kilowattstunde kilowattstunden 千瓦时 度",
    "megawatt hour": "mwh megawattstunde megawattstunden 兆瓦时",
    "gigabyte": "gb gigabyte gigabytes",
    "terabyte": "tb terabyte terabytes",
    "set": "set sets satz sätze jeu jeux kit kits 套 组",
    "pair": "pair pairs paar paare paire paires pr prs 双 雙 对 副",
    "box": """box boxes bx ctn ctns carton cartons karton kartons kiste kisten ktn kt schachtel
        schachteln boîte boîtes 箱 盒 紙箱 纸箱""",
    "pack": """pack packs pk pkg package packages pkt packet packets packung packungen paket pakete
        vpe ve gebinde paquet paquets 包 袋""",
    "bag": "bag bags sack säcke sac sacs zak zakken sacco sacchi saco sacos bolsa bolsas",
    "pallet": "pallet pallets palette paletten 托 托盘 栈板",
    "roll": "roll rolls rolle rollen rl rouleau rouleaux 卷",
    "sheet": "sheet sheets blatt bogen feuille feuilles 张",
    "bottle": "bottle bottles flasche flaschen fl btl bouteille bouteilles 瓶",
    "page": "page pages seite seiten 页",
    "copy": "copy copies exemplar exemplare exemplaire exemplaires 本 册 份",
    "word": "word words wort wörter mot mots 字",
    "bucket": "bucket buckets pail pails eimer 桶",
    "drum": "drum drums fass fässer",
    "dozen": "dozen doz dz dutzend douzaine douzaines 打",
    "hundred": "hundred hundert cen 百",
    "thousand": "thousand tsd mille mil ths 千",
    "ten thousand": "万 萬",
    "licence": "licence licences license licenses lizenz lizenzen 许可 许可证 授权",
    "user": "user users seat seats nutzer benutzer utilisateur utilisateurs 用户",
    "lump sum": """ls lump lumpsum lump-sum pauschal pauschale pausch psch psl pau forfait fixed flat flatrate
        lot lots job jobs 项 批 式 次性 一次性""",
    "time": "time times event events call calls occurrence visit visits mal einsatz einsätze fois 次 趟 人次",
    "trip": "trip trips fahrt fahrten trajet trajets 车 车次",
    "percent": "% percent prozent",
}
_PHRASES: Final = {
    "lump sum": ("lump sum", "l s", "fixed price", "flat rate", "flat fee", "au forfait"),
    "square metre": (
        "sq m",
        "square meter",
        "square meters",
        "square metres",
        "mètre carré",
        "mètres carrés",
    ),
    "cubic metre": ("cu m", "cubic meter", "cubic meters", "cubic metres", "mètre cube", "mètres cubes"),
    "metre": (
        "lfd m",
        "laufender meter",
        "laufmeter",
        "running metre",
        "lin m",
        "linear metre",
        "linear metres",
        "mètre linéaire",
    ),
    "day": (
        "man day",
        "man days",
        "person day",
        "person days",
        "work day",
        "work days",
        "working day",
        "working days",
        "calendar day",
    ),
    "hour": ("man hour", "man hours", "working hour", "working hours", "labor hour", "labour hour"),
    "month": ("calendar month", "calendar months", "person month", "person months", "man month", "p m"),
    "tonne": ("metric ton", "metric tons", "metric tonne", "metric tonnes"),
    "kilowatt hour": ("kilowatt hours",),
    "licence": ("user licence", "user licences", "user license", "user licenses"),
}
_AROUND = re.compile(
    r"^(?:(?:(?:eur|usd|gbp|chf|cny|rmb)\b|[€$£¥元])\s*(?=/|per\b|pro\b|je\b|每))?"
    r"(?:(?:per|pro|je|par|每)\b\s*|每|/\s*)+|\((?:e?s|n|en|e|r)\)\.?$|[.,;:]+$"
)


def canonical_unit(text: str) -> str:
    """Return one name for all spellings of a unit: "Stk.", "pcs" and "个" are "piece".

    A price's "per" or "/" before the unit does not matter. An unknown unit is its
    folded text.
    """
    folded = fold(text)
    bare = _AROUND.sub("", folded)
    units = _units()
    for spelling in (folded, bare, bare.rstrip("s"), bare.replace(".", ""), bare.replace(". ", " ")):
        if spelling in units:
            return units[spelling]
    return bare or folded


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    units: dict[str, str] = {}
    for canonical, spellings in _SPELLINGS.items():
        for spelling in (canonical, *spellings.split(), *_PHRASES.get(canonical, ())):
            units.setdefault(fold(spelling), canonical)
    return units


def is_known_unit(text: str) -> bool:
    """Say whether a text is a spelling of a unit that has a name here."""
    return canonical_unit(text) in _SPELLINGS
