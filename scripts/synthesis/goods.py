"""Invented wares: what is sold, in which unit, for about how much."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Ware:
    """One thing to sell. `category` is the tax category that a fapiao prints before the name."""

    name: str
    specification: str | None
    unit: str
    price: Decimal
    category: str | None = None


_WARES = {
    "en": (
        "Stainless worm-drive hose clips|25–40 mm|box|14.20",
        "Pallet wrap, clear, hand rolls|400 mm × 250 m|roll|6.35",
        "Calibration of pressure transmitter on site, incl. certificate and travel in the county||hour|88.00",
        "Oak veneer desk screen with cable tray|1600 × 400|pc|129.50",
        "Annual licence, stock-taking module||seat|240.00",
        "Nitrile gloves, powder free|L|case|41.75",
        "LED high-bay luminaire|150 W, 4000 K|pc|96.40",
        "Translation of operating manual, technical||page|32.50",
        "Refurbished label printer|203 dpi|pc|310.00",
        "Machined bracket to drawing 4471-C, rev. 3, deburred and zinc plated|4471-C|pc|7.85",
        "Site survey||day|540.00",
        "Cotton canvas, unbleached|1.5 m wide|metre|5.20",
    ),
    "de": (
        "Kabelverschraubung Messing vernickelt|M20 × 1,5|Stück|3,18",
        "Wartung der Förderanlage einschließlich Anfahrt, Prüfprotokoll und Kleinmaterial||Std.|92,00",
        "Faltkarton zweiwellig|600 × 400 × 300|Stück|1,94",
        "Schreibtischlampe mit Klemmfuß|8 W|Stück|57,90",
        "Softwarepflege Lagerverwaltung||Monat|185,00",
        "Präzisionswaage|0–3 kg|Stück|438,00",
        "Arbeitshandschuhe, Leder|Gr. 10|Paar|4,65",
        "Druck Broschüre, 24 Seiten, Rückendrahtheftung|A5|Stück|0,87",
        "Hydraulikschlauch mit Armaturen|DN 12, 1200 mm|Stück|26,40",
        "Beratung vor Ort||Tag|960,00",
    ),
    "fr": (
        "Plan de travail en hêtre massif|2000 × 650 mm|pièce|214,00",
        "Câble électrique souple|3G1,5|m|0,92",
        "Prestation de nettoyage des locaux, matériel et déplacement compris||heure|29,50",
        "Étiquettes adhésives repositionnables|70 × 37 mm|boîte|11,80",
        "Lampe baladeuse étanche|IP65|pièce|38,60",
        "Maintenance du parc informatique||mois|320,00",
        "Cartons double cannelure|400 × 300 × 250|lot|24,90",
        "Traduction assermentée||page|45,00",
    ),
    "zh": (
        "数字压力变送器|0-1.6MPa 4-20mA|台|486.00|仪器仪表",
        "复印纸|A4 70g 500张/包|包|17.52|纸制品",
        "不锈钢球阀|DN25 PN16|个|63.28|通用设备",
        "系统运维服务||月|3773.58|信息技术服务",
        "瓦楞纸箱|400*300*250mm 五层|只|4.37|纸制品",
        "LED投光灯|100W 5000K IP66|盏|158.41|照明装置",
        "现场技术咨询及培训服务（含差旅）||人天|1886.79|研发和技术服务",
        "医用外科口罩|17.5cm×9.5cm 50只/盒|盒|12.39|医疗仪器器械",
        "硅酸盐水泥|P.O 42.5|吨|398.23|水泥",
        "多功能激光打印一体机（双面打印、自动输稿、无线网络）|HL-2840DW 标配|台|2034.51|计算机外部设备",
        "货物运输服务||次|917.43|运输服务",
        "热镀锌角钢|∠50×50×5 L=6m|根|132.74|黑色金属冶炼压延品",
        "会议室租赁||小时|285.71|经营租赁",
        "办公椅|网布 带头枕|把|371.68|家具",
        "交换机|S5735-L24T4S-A|台|1769.91|计算机网络设备",
    ),
}


def wares(language: str) -> tuple[Ware, ...]:
    """Return everything that is sold in the language."""
    found = []
    for row in _WARES[language]:
        name, specification, unit, price, *category = row.split("|")
        found.append(
            Ware(
                name=name,
                specification=specification or None,
                unit=unit,
                price=Decimal(price.replace(",", ".")),
                category=category[0] if category else None,
            ),
        )
    return tuple(found)


def random_price(rng: Random, ware: Ware) -> Decimal:
    """Return a price within a third of the usual one, to the cent."""
    return (ware.price * rng.randint(67, 133) / 100).quantize(Decimal("0.01"))
