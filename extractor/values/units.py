"""Units of quantity: one canonical name for all spellings in English, German, French, Chinese."""

import re
from functools import lru_cache
from typing import Final

from extractor.values.text import fold

_SPELLINGS: Final = {
    "piece": """pc pcs pce pces piece pieces ea each unit units un u no nos nr item
        items stk stck stück stücke
        st pièce pièces pza pz pezzi unité unités unidad unidades stuk stuks c62 h87 xpp
        个 個 件 只 台 支 把 块 条 部 枚 颗 根""",
    "hour": """h hr hrs hour hours std stde stdn stunde stunden heure heures hora horas ora ore uur uren hur
        labor-hour man-hour manhour 小时 小時 工时 时""",
    "day": """d day days tag tage tagen jour jours día días dia dias giorno giorni dag dagen man-day
        manday mandays man-days personentag personentage pt 天 日 人天 人日 工日""",
    "week": "wk week weeks woche wochen semaine semaines wee 周 星期",
    "month": """mo mon mth mths month months monat monate mois mes meses mese mesi maand maanden
        月 个月 人月 月份""",
    "quarter": "quarter quarters quartal quartale trimestre trimestres 季 季度",
    "year": "y yr yrs year years jahr jahre an ans année années pa p.a a ann 年",
    "minute": "min mins minute minutes minuten 分钟",
    "kilogram": "kg kgs kilo kilos kilogram kilograms kilogramm kilogramme kilogrammes kgm 公斤 千克",
    "gram": "g gr gram grams gramm gramme grammes grm 克",
    "tonne": "t mt to ton tons tonne tonnes tonnen tne 吨 公吨",
    "pound": "lb lbs lbr",
    "foot": "ft foot feet",
    "metre": "m mtr mtrs meter meters metre metres mètre mètres lfm lfdm lfd.m 米 公尺",
    "kilometre": "km kilometer kilometers kilometre kilometres kmt 公里 千米",
    "centimetre": "cm cmt 厘米",
    "millimetre": "mm mmt 毫米",
    "square metre": "m2 qm sqm sq.m m^2 quadratmeter mtk 平方米 平方 平米",
    "cubic metre": "m3 cbm cum m^3 kubikmeter mtq 立方米 立方 方",
    "litre": "l ltr liter liters litre litres 升 公升",
    "kilowatt hour": "kwh kilowattstunde kilowattstunden 千瓦时 度",
    "set": "set sets satz sätze jeu jeux kit kits 套 组",
    "pair": "pair pairs paar paare paire paires pr 双 对",
    "box": "box boxes bx ctn ctns carton cartons karton kartons kiste kisten boîte boîtes 箱 盒",
    "pack": """pack packs pk pkg package packages pkt packet packets packung packungen paket pakete vpe
        paquet paquets 包 袋""",
    "bag": "bag bags sack säcke sac sacs",
    "pallet": "pallet pallets palette paletten 托 托盘 栈板",
    "roll": "roll rolls rolle rollen rouleau rouleaux 卷",
    "sheet": "sheet sheets blatt bogen feuille feuilles 张",
    "bottle": "bottle bottles flasche flaschen bouteille bouteilles 瓶",
    "page": "page pages seite seiten 页",
    "copy": "copy copies exemplar exemplare exemplaire exemplaires 本 册 份",
    "word": "word words wort wörter mot mots 字",
    "dozen": "dozen doz dz dutzend douzaine douzaines 打",
    "thousand": "thousand tsd mille ths 千",
    "licence": "licence licences license licenses lizenz lizenzen 许可 许可证 授权",
    "user": "user users seat seats nutzer benutzer utilisateur utilisateurs 用户",
    "lump sum": """ls lump lumpsum lump-sum pauschal pauschale psch psl pau forfait fixed flat flatrate
        lot lots job jobs 项 批 式 次性 一次性""",
    "time": "time times occurrence visit visits mal einsatz einsätze fois 次 趟",
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
    "metre": ("lfd m", "laufender meter", "laufmeter", "running metre", "mètre linéaire"),
    "day": (
        "man day",
        "man days",
        "person day",
        "person days",
        "working day",
        "working days",
        "calendar day",
    ),
    "hour": ("man hour", "man hours", "working hour", "working hours", "labor hour", "labour hour"),
    "month": ("calendar month", "person month"),
    "kilowatt hour": ("kilowatt hours",),
}
_AROUND = re.compile(r"^(?:(?:per|pro|je|par|每)\b\s*|每|/\s*)+|\(s\)\.?$|[.,;:]+$")


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
