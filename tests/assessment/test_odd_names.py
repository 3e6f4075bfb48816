"""Names that are odd for a party, and those that are not."""

import pytest
from invoice_record import extraction, leaf

from extractor.assessment.misfits import misfits
from extractor.assessment.odd_names import odd_names
from extractor.extraction.extraction import Extraction


def paths(made: Extraction) -> list[str]:
    return [path for path, _ in odd_names(made)]


@pytest.mark.parametrize(
    ("name", "is_odd"),
    [
        ("EUR", True),
        ("Transporteur TNT Express", True),
        ("Carriers United Ltd", False),
        ("Carrier Kältetechnik Deutschland GmbH", False),
        ("Quast", True),
        ("Quast GmbH", False),
        ("3M Deutschland", False),
        ("Veldhorst (Handel", True),
        ("Veldhorst (Handel)", False),
        ("(Veldhorst) Handel", True),
        ("杭州岫云物流", True),
        ("杭州市岫云区税务局", False),
        ("欧阳若溪", False),
        ("欧阳若溪某", True),
        ("秦若溪", False),
        ("Veldhorst+ Veldhorst+", True),
        ("Veldhorst Handel", False),
        ("Beneficiary Veldhorst Handel", True),
        ("Faturar a Quintarra Lamas", True),
        ("Payeeling Trading Ltd", False),
        ("杭州岫云物流（集团）有", True),
        ("杭州岫云物流有限公司", False),
        ("Veldhorst Handel Veldhorst Handel BV", True),
        ("Veldhorst Handel de de Meer", True),
        ("Condomínio Largo do", True),
        ("Van Beek en Van Dam", False),
        ("Titular Veldhorst Handel", True),
        ("Zu Rechnung 4711", True),
        ("Veldhorst RECHNUNG Handel KG", True),
        ("Invoicery Trading Ltd", False),
        ("70 Esplanade", True),
        ("Ihre Nachricht / Your reference", True),
        ("Your order of", True),
        ("Gedruckt am", True),
        ("Ns. rif", True),
        ("V/ REF", True),
        ("N. Stoutjes Verlichting", True),  # an initial looks the same
        ("Nota di accredito", True),
        ("Registro Mercantil de Valencia", True),
        ("BEHANDELD DOOR", True),
        ("Obere Mühle 69", True),
        ("Frau Lemmering", True),
        ("J. Estler", True),
        ("Impresso em", True),
        ("Comunidad de Propietarios", True),
        ("Comunidad de Propietarios Tejedores 14", False),
        ("Yourland Trading", False),
        ("FCA (Incoterms 2020)", True),
        ("FCA Trading Ltd", True),
        ("TORINO (TO)", True),
        ("Veldhorst Handel (UK) Ltd", False),
        ("UG (haftungsbeschränkt)", True),
        ("Empfänger Veldhorst Handel eG", True),
        ("Guia n.º", True),
        ("Gebr. Stoutjes Verlichting V.O.F.", False),
        ("Strölin Sanitär und Heizung Ges.m.b.H.", False),
        ("Project K-3808", True),
        ("Lampen GmbH", True),  # a part of the seller's name
        ("Abt. Einkauf", True),
        ("Beanstandungen bitte innerhalb von acht Tagen.", True),
        ("Veldhorst Import Export Ltd.", False),
    ],
)
def test_a_name_is_not_short_cut_off_or_said_twice(name: str, *, is_odd: bool) -> None:
    assert paths(extraction(buyer_name=leaf(name))) == (["buyer_name"] if is_odd else [])


def test_odd_names_are_among_what_does_not_fit() -> None:
    made = extraction(buyer_name=leaf("Abt. Einkauf"))
    assert "buyer_name" in [path for path, _ in misfits(made)]


@pytest.mark.parametrize(
    ("buyer", "is_odd"), [("Providencia, Santiago", True), ("Providencia Sur SA", False)]
)
def test_a_buyer_is_no_part_of_the_sellers_address(buyer: str, *, is_odd: bool) -> None:
    address = leaf("Calle 9 Providencia Santiago")
    made = extraction(buyer_name=leaf(buyer), seller_address=address)
    assert ("buyer_name" in paths(made)) is is_odd
