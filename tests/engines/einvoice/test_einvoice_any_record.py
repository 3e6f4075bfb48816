"""Property: any record, whatever its texts and numbers, is read back exactly."""

from einvoice_records import records
from einvoice_values import assert_reads, blank_page, published_schema
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from synthesis.cii import write
from synthesis.cii_embedding import embed
from synthesis.cii_profiles import Profile, carried
from synthesis.record import InvoiceRecord


@given(record=records, profile=st.sampled_from(Profile))
@settings(max_examples=150, deadline=None)
def test_any_record_is_read_back(record: InvoiceRecord, profile: Profile) -> None:
    assert_reads(write(record, profile), carried(record, profile))


@given(record=records, profile=st.sampled_from(Profile))
@settings(max_examples=50, deadline=None)
def test_any_record_follows_the_published_schema(record: InvoiceRecord, profile: Profile) -> None:
    published_schema(profile).assertValid(etree.fromstring(write(record, profile)))


@given(record=records, profile=st.sampled_from(Profile))
@settings(max_examples=10, deadline=None)
def test_any_record_is_read_back_from_a_pdf(record: InvoiceRecord, profile: Profile) -> None:
    assert_reads(embed(blank_page(), write(record, profile), profile), carried(record, profile))
