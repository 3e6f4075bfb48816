"""Fill HTML templates with Jinja. The only module that imports it.

Whatever is filled in is escaped: documents and file names cannot become HTML.
"""

import base64

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

_SHARED = "extractor.delivery"  # has base.css


def environment(package: str = _SHARED) -> Environment:
    """Return what finds the templates of a package, and those that all pages share."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader(_SHARED)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["data_uri"] = data_uri
    return made


def data_uri(jpeg: bytes) -> str:
    """Return a picture as the address that holds it."""
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode('ascii')}"
