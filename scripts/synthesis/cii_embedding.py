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
    """Return the PDF with the e-invoice in it. The pages do not change.

    Raises:
        ValueError: the PDF has an attachment already.
    """
    facts = FACTS[profile]
    name = facts.file_name
    with pymupdf.open(stream=pdf, filetype="pdf") as file:
        if file.embfile_count():
            raise ValueError("the PDF has an attachment already")
        stream = file.embfile_add(name, xml, filename=name, ufilename=name, desc="Invoice data")
        _relate(file, stream, name=name, relationship=_RELATIONSHIP.get(profile, "/Alternative"))
        file.set_xml_metadata(_metadata(facts))
        return bytes(file.tobytes(garbage=3, deflate=True, no_new_id=True))


def _relate(file: pymupdf.Document, stream: int, *, name: str, relationship: str) -> None:
    """Say on the file specification and in the catalogue what the attachment is to the page."""
    file.xref_set_key(stream, "Subtype", "/text#2Fxml")
    file.xref_set_key(stream, "Params/CreationDate", _DATE)
    file.xref_set_key(stream, "Params/ModDate", _DATE)
    specification = file.get_new_xref()
    file.update_object(
        specification,
        f"<< /Type /Filespec /F ({name}) /UF ({name}) /Desc (Invoice data) "
        f"/AFRelationship {relationship} /EF << /F {stream} 0 R /UF {stream} 0 R >> >>",
    )
    catalogue = file.pdf_catalog()
    file.xref_set_key(catalogue, "Names/EmbeddedFiles/Names", f"[({name}) {specification} 0 R]")
    file.xref_set_key(catalogue, "AF", f"[{specification} 0 R]")


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
