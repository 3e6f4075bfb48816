"""Tax ids, IBANs and BICs, right and wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values.identifiers import (
    CheckDigit,
    check_iban,
    check_tax_id,
    country_of_tax_id,
    find_bics,
    find_ibans,
    find_tax_ids,
    normal_tax_id,
)


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("USt-IdNr.: DE 136 695 976", ["DE136695976"]),
        ("UID ATU13585627", ["ATU13585627"]),
        ("VAT No. GB980780684", ["GB980780684"]),
        ("BTW-nr. NL004495445B01", ["NL004495445B01"]),
        ("CHE-100.155.212 MWST", ["CHE100155212"]),
        ("N° TVA FR 40 303 265 045", ["FR40303265045"]),
        ("Steuernummer 201/113/40209", ["20111340209"]),
        ("GST/TPS 105182174 RT0001", ["105182174RT0001"]),
        ("737 409 318 RT 0001", ["737409318RT0001"]),
        ("BR No. 14881365-000-04-26-6", ["1488136500004266"]),
        ("R.U.T. 76.123.456-K", ["76123456K"]),
        ("CUIT 30-12345678-9", ["30123456789"]),
        ("PGL090401I41", ["PGL090401I41"]),
        ("NIPC 559742916", ["559742916"]),
        ("统一社会信用代码：91110000600037341L", ["91110000600037341L"]),
        ("纳税人识别号 110108123456789", ["110108123456789"]),
        ("税号：11010812345678901234", ["11010812345678901234"]),
        ("EIN 12-3456789", ["123456789"]),
        ("ABN 51 824 753 556", ["51824753556"]),
        ("GSTIN: 27AAPFU0939F1ZV", ["27AAPFU0939F1ZV"]),
        ("CNPJ 16.727.230/0001-97", ["16727230000197"]),
        ("GST Reg. No: 001234567890", ["001234567890"]),
        ("ATU13585627 und DE136695976", ["ATU13585627", "DE136695976"]),
    ],
)
def test_tax_ids_are_found(line: str, ids: list[str]) -> None:
    assert [one.text for one in find_tax_ids(line)] == ids


@pytest.mark.parametrize(
    "line",
    [
        *("VAT 1,234.56", "Tax 1234567.00", "Invoice 20240105-001", "IBAN DE89 3704 0044 0532 0130 00"),
        *(
            "发票号码 24312000000012345678",
            "Tel. 030/12345678",
            "12/05/2024",
            "DESK123456789",
            "total 12 345 678",
        ),
    ],
)
def test_other_numbers_are_no_tax_ids(line: str) -> None:
    assert find_tax_ids(line) == []


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("DE136695976", CheckDigit.VALID),
        ("DE 136 695 976", CheckDigit.VALID),
        ("DE136695978", CheckDigit.INVALID),
        ("DE13669597", CheckDigit.UNKNOWN),
        ("ATU13585627", CheckDigit.VALID),
        ("ATU13585626", CheckDigit.INVALID),
        ("CHE-100.155.212 MWST", CheckDigit.VALID),
        ("CHE-100.155.213", CheckDigit.INVALID),
        ("GB980780684", CheckDigit.VALID),
        ("GB802311781", CheckDigit.INVALID),
        ("91110000600037341L", CheckDigit.VALID),
        ("91110000600037342L", CheckDigit.INVALID),
        ("110108123456789", CheckDigit.UNKNOWN),
        ("201/113/40209", CheckDigit.UNKNOWN),
        ("12-3456789", CheckDigit.UNKNOWN),
        ("NO 995 525 828 MVA", CheckDigit.VALID),
        ("NO 995 525 829 MVA", CheckDigit.INVALID),
        ("27AAPFU0939F1ZV", CheckDigit.VALID),
        ("27AAPFU0939F1ZO", CheckDigit.INVALID),
        ("", CheckDigit.UNKNOWN),
        ("n/a", CheckDigit.UNKNOWN),
    ],
)
def test_a_check_digit_is_wrong_only_where_the_form_is_certain(text: str, outcome: CheckDigit) -> None:
    assert check_tax_id(text) is outcome


def test_the_country_helps_where_there_is_no_prefix() -> None:
    assert check_tax_id("51824753556") is CheckDigit.UNKNOWN
    assert check_tax_id("51824753556", country="AU") is CheckDigit.VALID
    assert check_tax_id("51824753557", country="AU") is CheckDigit.INVALID


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("DE136695976", "DE"),
        ("GR 094259216", "GR"),
        ("EL094259216", "GR"),
        ("201/113/40209", "DE"),
        ("12-3456789", "US"),
        ("105182174 RT0001", "CA"),
        ("14881365-000-04-26-6", "HK"),
        ("PGL090401I41", "MX"),
        ("GRT080311O80", "MX"),  # no Greek one
        ("76.123.456-K", "CL"),
        ("30-12345678-9", "AR"),
        ("91110000600037341L", "CN"),
        ("123456789", None),
        ("CHE-100.155.212", "CH"),
    ],
)
def test_the_country_is_told_by_prefix_or_form(text: str, country: str | None) -> None:
    assert country_of_tax_id(text) == country


def test_ids_are_compared_without_separators_and_suffixes() -> None:
    assert normal_tax_id("CHE-100.155.212 TVA") == normal_tax_id("che100155212")
    assert normal_tax_id("ＤＥ１３６ ６９５ ９７６") == "DE136695976"
    assert normal_tax_id("NO 995 525 828 MVA") == "NO995525828"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("DE89 3704 0044 0532 0130 00", CheckDigit.VALID),
        ("de89370400440532013000", CheckDigit.VALID),
        ("DE89 3704 0044 0532 0130 01", CheckDigit.INVALID),
        ("DE89 3704 0044 0532 0130 0", CheckDigit.INVALID),
        ("GB82 WEST 1234 5698 7654 32", CheckDigit.VALID),
        ("DE89 **** **** **** **30 00", CheckDigit.UNKNOWN),
        ("XX12 3456 7890 1234", CheckDigit.UNKNOWN),
        ("4200 1234", CheckDigit.UNKNOWN),
        ("", CheckDigit.UNKNOWN),
    ],
)
def test_ibans_are_checked(text: str, outcome: CheckDigit) -> None:
    assert check_iban(text) is outcome


@pytest.mark.parametrize(
    ("line", "ibans"),
    [
        ("IBAN: GB82 WEST 1234 5698 7654 32 Ref 12", ["GB82WEST12345698765432"]),
        ("DE89 3704 0044 0532 0130 01 is wrong and found", ["DE89370400440532013001"]),
        ("DE89370400440532013000 AT611904300234573201", ["DE89370400440532013000", "AT611904300234573201"]),
        ("FR76 3000 6000 0112 3456 7890 189 BIC AGRIFRPP", ["FR7630006000011234567890189"]),
        ("DE89 3704 0044 0532 0130", []),
        ("XX89 3704 0044 0532 0130 00", []),
        ("RE12 345", []),
    ],
)
def test_an_iban_ends_where_its_country_says(line: str, ibans: list[str]) -> None:
    assert [one.text for one in find_ibans(line)] == ibans


def test_a_bic_needs_a_cue_or_an_iban_before_it() -> None:
    assert [one.text for one in find_bics("BIC: COBADEFFXXX")] == ["COBADEFFXXX"]
    assert [one.text for one in find_bics("SWIFT-Code COBADEFF")] == ["COBADEFF"]
    assert [one.text for one in find_bics("DE89370400440532013000 / COBADEFF")] == ["COBADEFF"]
    assert find_bics("RECHNUNG COBADEFF") == []
    assert [one.text for one in find_bics("COBADEFF", needs_cue=False)] == ["COBADEFF"]
    assert find_bics("BIC: COBAD3FF") == []
    assert find_bics("BIC: QUANTITY") == []


_digits = st.text("0123456789", min_size=18, max_size=18)


@given(account=_digits, gaps=st.booleans())
def test_every_iban_with_right_check_digits_is_found_and_valid(account: str, *, gaps: bool) -> None:
    check = 98 - int(account + "131400") % 97
    iban = f"DE{check:02}{account}"
    printed = " ".join(iban[index : index + 4] for index in range(0, len(iban), 4)) if gaps else iban
    found = find_ibans(f"Konto {printed}, Bank")
    assert [(one.text, check_iban(one.text)) for one in found] == [(iban, CheckDigit.VALID)]


@given(account=_digits, place=st.integers(4, 21), step=st.integers(1, 9))
def test_one_wrong_digit_makes_an_iban_invalid(account: str, place: int, step: int) -> None:
    check = 98 - int(account + "131400") % 97
    iban = f"DE{check:02}{account}"
    wrong = iban[:place] + str((int(iban[place]) + step) % 10) + iban[place + 1 :]
    assert check_iban(wrong) is CheckDigit.INVALID


_fragments = st.sampled_from(
    [*"0123456789ABEDU ./-", "DE", "CHE", "ATU", "IBAN", "BIC", "VAT No", "税号", "FR"]
)


@given(st.one_of(st.text(), st.lists(_fragments, max_size=30).map("".join)))
def test_no_text_makes_a_finder_fail(line: str) -> None:
    check_tax_id(line)
    check_iban(line)
    country_of_tax_id(line)
    for one in (*find_tax_ids(line), *find_ibans(line), *find_bics(line)):
        assert 0 <= one.start < one.end <= len(line)


@given(
    text=st.text("ABDEGU0123456789-. /", max_size=22),
    country=st.sampled_from(["AT", "CN", "ES", "IE", "GB", "IN", "XX"]),
)
def test_no_id_of_any_country_makes_the_check_fail(text: str, country: str) -> None:
    assert check_tax_id(text, country=country) in CheckDigit


def test_no_tax_id_begins_inside_a_word() -> None:
    assert find_tax_ids("NUMÉRO 2024/08/750") == []
    assert [each.text for each in find_tax_ids("税号DE136695976")] == ["DE136695976"]


@pytest.mark.parametrize(
    ("text", "normal"), [("GR 094259216", "EL094259216"), ("GRT080311O80", "GRT080311O80")]
)
def test_only_greek_ids_are_given_the_prefix_of_the_law(text: str, normal: str) -> None:
    assert normal_tax_id(text) == normal
