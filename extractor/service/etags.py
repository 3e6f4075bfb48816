"""Entity tags (RFC 9110, 8.8.3): what lets a client ask whether anything has changed."""

import re

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def is_known(tag: str, if_none_match: str | None) -> bool:
    """Say whether a client has what the tag stands for; weak and strong are compared alike (13.1.2)."""
    if if_none_match is None:
        return False
    return if_none_match.strip() == "*" or tag in _TAG.findall(if_none_match)
