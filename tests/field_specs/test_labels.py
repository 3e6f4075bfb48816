import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.field_specs.labels import choice_in, label_key
from extractor.field_specs.load import load_spec

KINDS = load_spec("invoice").fields["invoice_type"].choices


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("Rechnungs-Nr.:", "rechnungs nr"),
        ("INVOICE NO", "invoice no"),
        ("开 票 日 期：", "开票日期"),
        ("Ｔｏｔａｌ", "total"),
        ("DATE D'ÉCHÉANCE", "date d echeance"),
        ("", ""),
    ],
)
def test_case_width_accents_and_punctuation_do_not_matter(printed: str, key: str) -> None:
    assert label_key(printed) == key


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(text: str) -> None:
    assert label_key(label_key(text)) == label_key(text)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("INVOICE", "commercial"),
        ("Tax Invoice", "commercial"),
        ("Pro Forma Invoice No. 12", "proforma"),
        ("Handwerkerrechnung", "commercial"),
        ("2. Abschlagsrechnung", "partial"),
        ("Gutschrift zur Rechnung 4711", "credit_note"),
        ("Facture d'acompte", "prepayment"),
        ("电子发票（增值税专用发票）", "e_vat_special"),
        ("电 子 发 票 (普 通 发 票)", "e_vat_general"),
        ("江苏增值税专用发票", "vat_special"),
        ("Quittung", "receipt"),
        ("Lieferschein", None),
        ("Abonnement", None),
        ("", None),
    ],
)
def test_the_longest_spelling_in_a_title_decides(title: str, kind: str | None) -> None:
    assert choice_in(title, KINDS) == kind
