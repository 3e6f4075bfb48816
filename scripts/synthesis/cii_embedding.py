"""Embed an e-invoice in a PDF, as Factur-X and ZUGFeRD ask for: attachment, relationship, metadata."""

from typing import Final
from xml.sax.saxutils import escape

import pymupdf

from synthesis.cii_profiles import FACTS, Profile, ProfileFacts

_DATE: Final = "(D:20260101000000Z)"  # fixed, so that the same input gives the same bytes
_RELATIONSHIP: Final = {Profile.MINIMUM: "/Data", Profile.BASIC_WL: "/Data"}
_SCHEMAS: Final = {
    1: ("zf", "urn:ferd:pdfa:CrossIndustryDocument:invoice:1p0#"),
    2: ("fx", "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"),
}


def embed(pdf: bytes, xml: bytes, profile: Profile) -> bytes:
    """Return the PDF with the e-invoice in it. The pages do not change."""
    facts = FACTS[profile]
    with pymupdf.open(stream=pdf, filetype="pdf") as file:
        file.embfile_add(
            facts.file_name, xml, filename=facts.file_name, ufilename=facts.file_name, desc="Invoice data"
        )
        _relate(file, facts.file_name, _RELATIONSHIP.get(profile, "/Alternative"))
        file.set_xml_metadata(_metadata(facts))
        return bytes(file.tobytes(garbage=3, deflate=True, no_new_id=True))


def _relate(file: pymupdf.Document, name: str, relationship: str) -> None:
    """Say on the file specification and in the catalogue what the attachment is to the page."""
    for xref in range(1, file.xref_length()):
        kind = file.xref_get_key(xref, "Type")[1]
        if kind == "/EmbeddedFile":
            file.xref_set_key(xref, "Subtype", "/text#2Fxml")
            file.xref_set_key(xref, "Params/CreationDate", _DATE)
            file.xref_set_key(xref, "Params/ModDate", _DATE)
        elif kind == "/Filespec" and name in file.xref_get_key(xref, "UF")[1]:
            file.xref_set_key(xref, "AFRelationship", relationship)
            file.xref_set_key(file.pdf_catalog(), "AF", f"[{xref} 0 R]")


def _metadata(facts: ProfileFacts) -> str:
    prefix, namespace = _SCHEMAS[facts.version]
    named = {
        "DocumentType": "INVOICE",
        "DocumentFileName": facts.file_name,
        "Version": "1.0",
        "ConformanceLevel": facts.conformance,
    }
    values = "".join(f"<{prefix}:{name}>{escape(text)}</{prefix}:{name}>" for name, text in named.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:{prefix}="{namespace}">{values}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
