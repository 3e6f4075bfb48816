"""Invented companies: names that no register has, tax ids and accounts with valid check digits."""

from dataclasses import dataclass
from random import Random

from stdnum import iban
from stdnum.cn import uscc
from stdnum.fr import siren, tva
from stdnum.iso7064 import mod_11_10

from synthesis.record import Account, Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of a deal."""

    name: str
    tax_id: str
    address: Address
    account: Account
    phone: str = ""
    email: str = ""


_WORDS = {
    "en": {
        "first": "Harrowgate Pellworth Quillmere Brindlewick Osterby Tamsel Vexbridge Calloway Drumlea Fennick Marlstone Rusholt",
        "second": "Controls Fasteners Instruments Packaging Catering Lighting Software Joinery Textiles Optics Metrology Logistics",
        "form": "Ltd|Limited|LLP|Inc.|LLC|plc|Corp.",
        "street": "Tannery Row|Cobbler's Yard|Larkspur Avenue|Station Approach|Mill Lane|Foundry Street|Quayside|Beacon Hill",
        "city": "Leeds LS1 4AP|Bristol BS1 5TR|Norwich NR2 1TF|Sheffield S1 2HE|Exeter EX1 1EE|Dundee DD1 4BG",
        "bank": "Halbrook Bank|Northmere Savings Bank|Castle & Tyne Bank|Ardley Commercial Bank",
    },
    "de": {
        "first": "Wendelstein Kressbach Brunnholz Ottenau Falkenried Mörsinger Tannhaupt Lindwerder Strölin Hagenbuch Quentlin Aumer",
        "second": "Fördertechnik Messgeräte Büromöbel Verpackungen Lichtplanung Werkzeugbau Gartenbau Elektronik Druckerei Feinkost",
        "form": "GmbH|AG|GmbH & Co. KG|OHG|KG|UG (haftungsbeschränkt)|e. K.",
        "street": "Lindenstraße|Am Güterbahnhof|Rosenweg|Hafenallee|Industriering|Schmiedegasse|Untere Brückenstraße|Marktplatz",
        "city": "90402 Nürnberg|28195 Bremen|04109 Leipzig|70173 Stuttgart|24103 Kiel|99084 Erfurt",
        "bank": "Handelsbank Oberland|Volkskasse Weserbogen eG|Sparbank Mittelheide|Bankhaus Torwald",
    },
    "fr": {
        "first": "Valbrunel Morissac Tessandier Aubrelle Coudrange Lespinoy Ferrandel Bressuire-Lanot Quillan Montreval",
        "second": "Menuiserie Électricité Emballages Instruments Imprimerie Logistique Traiteur Informatique Textiles Éclairage",
        "form": "SARL|SAS|S.A.|SASU|EURL|SNC",
        "street": "rue des Tanneurs|avenue du Parc|quai de la Fonderie|place du Marché|chemin des Vignes|boulevard Carnot",
        "city": "69002 Lyon|35000 Rennes|31000 Toulouse|59000 Lille|44000 Nantes|67000 Strasbourg",
        "bank": "Banque du Lubréon|Caisse Commerciale du Ponant|Crédit Armorin|Banque Vauquelin",
    },
    "zh": {
        "first": "蓝岑 禾屿 砺川 昕陌 澄棠 樾启 岫云 铎芯 霁原 泓垚 榕砚 瀚樨",
        "second": "机电设备 办公用品 精密仪器 信息技术 建筑材料 包装制品 照明科技 食品 物流 医疗器械 环保科技 印务",
        "form": "有限公司|股份有限公司|有限责任公司",
        "street": "建业路|云栖大道|滨江东路|创新三路|学府街|金融一街|兴园路|望湖路",
        "city": "南京市 320100 江苏|苏州市 320500 江苏|杭州市 330100 浙江|武汉市 420100 湖北|成都市 510100 四川|青岛市 370200 山东|长沙市 430100 湖南",
        "bank": "江湾商业银行|禾城农村商业银行|东屿银行|云岭商业银行",
    },
}
COUNTRY_OF = {"en": "GB", "de": "DE", "fr": "FR", "zh": "CN"}


def random_party(rng: Random, language: str) -> Party:
    """Return a company of the language's country."""
    words = _WORDS[language]
    first, second = (rng.choice(words[part].split()) for part in ("first", "second"))
    form, street, city, bank = (
        rng.choice(words[part].split("|")) for part in ("form", "street", "city", "bank")
    )
    if language == "zh":
        place, region, _province = city.split()
        name = f"{place[:-1]}{first}{second}{form}"
        address = Address(
            lines=(f"{place}{rng.choice('东西南北')}区{street}{rng.randint(1, 399)}号",),
        )
        branch = f"{bank}{place[:-1]}{rng.choice('东南西北新')}{rng.choice('城湖江山')}支行"
        account = Account(account=random_digits(rng, rng.choice((12, 16, 17, 19))), bank=branch)
        phone = f"0{rng.randint(21, 29)}-{rng.randint(20_000_000, 89_999_999)}"
        return Party(
            name=name,
            tax_id=chinese_tax_id(rng, region=region),
            address=address,
            account=account,
            phone=phone,
        )
    number = rng.randint(1, 140)
    if language == "en":
        town, _, postcode = city.partition(" ")
        address = Address(lines=(f"{number} {street}",), postcode=postcode, city=town, country="GB")
    else:
        postcode, _, town = city.partition(" ")
        line = f"{number} {street}" if language == "fr" else f"{street} {number}"
        address = Address(lines=(line,), postcode=postcode, city=town, country=COUNTRY_OF[language])
    host = "".join(letter for letter in first.casefold() if letter.isascii() and letter.isalpha())
    return Party(
        name=f"{first} {second} {form}",
        tax_id=vat_id(rng, language),
        address=address,
        account=Account(
            account=random_iban(rng, COUNTRY_OF[language]),
            bank=bank,
            bic=random_bic(rng, COUNTRY_OF[language]),
        ),
        phone=f"+{ {'en': 44, 'de': 49, 'fr': 33}[language] } {rng.randint(20, 999)} {rng.randint(100_000, 9_999_999)}",
        email=f"{ {'en': 'accounts', 'de': 'rechnung', 'fr': 'compta'}[language] }@{host}.example",
    )


def random_digits(rng: Random, count: int) -> str:
    """Return `count` digits, the first not 0."""
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(count - 1))


def chinese_tax_id(rng: Random, *, region: str = "320100") -> str:
    """Return a unified social credit code of 18 characters."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    body = "MA" + "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(6))
    rest = (
        11
        - sum(weight * alphabet.index(character) for weight, character in zip(weights, body, strict=True))
        % 11
    )
    first = f"91{region}{body}{'0' if rest == 11 else 'X' if rest == 10 else rest}"  # noqa: PLR2004 - of the standard
    return first + str(uscc.calc_check_digit(first))


def vat_id(rng: Random, language: str) -> str:
    """Return a VAT number of the language's country."""
    if language == "de":
        body = random_digits(rng, 8)
        return f"DE{body}{mod_11_10.calc_check_digit(body)}"
    if language == "fr":
        stem = random_digits(rng, 8)
        number = next(stem + str(last) for last in range(10) if siren.is_valid(stem + str(last)))
        return f"FR{tva.calc_check_digits(number) if hasattr(tva, 'calc_check_digits') else _french_key(number)}{number}"
    body = random_digits(rng, 7)
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), body, strict=True))
    return f"GB{body}{97 - total % 97:02}"


def _french_key(number: str) -> str:
    return f"{(12 + 3 * (int(number) % 97)) % 97:02}"


def random_iban(rng: Random, country: str) -> str:
    """Return an IBAN with right check digits (its bank code is invented)."""
    bodies = {
        "DE": lambda: random_digits(rng, 18),
        "GB": lambda: "HBKX" + random_digits(rng, 14),
        "FR": lambda: _french_account(rng),
    }
    body = bodies[country]()
    return f"{country}{iban.calc_check_digits(country + '00' + body)}{body}"


def _french_account(rng: Random) -> str:
    bank, branch, account = random_digits(rng, 5), random_digits(rng, 5), random_digits(rng, 11)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    return f"{bank}{branch}{account}{key:02}"


def random_bic(rng: Random, country: str) -> str:
    """Return a BIC of eight or eleven characters."""
    letters = "".join(rng.choice("ABCDEFGHKLMNPRSTVWXZ") for _ in range(4))
    return f"{letters}{country}{rng.choice('2M')}{rng.choice('ABCX')}{rng.choice(('', 'XXX'))}"
