"""The grammar of image references, before any default is filled in.

    reference  = name [ ":" tag ] [ "@" digest ]
    name       = [ domain "/" ] path
    domain     = host [ ":" port ]
    host       = label { "." label } | "[" IPv6 "]"
    label      = letter-or-digit [ { letter-or-digit | "-" } letter-or-digit ]
    path       = component { "/" component }
    component  = word { ( "." | "_" | "__" | "-"{"-"} ) word }
    word       = lower-case letters and digits
    tag        = ( letter | digit | "_" ) and up to 127 of letters, digits, "_", ".", "-"
    digest     = algorithm ":" at least 32 hex digits

Source: github.com/distribution/reference, the comment at the top of reference.go.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# A whole reference: 255 for the path, 128 for the tag, a host name and the longest digest.
MAX_LENGTH = 1024
MAX_PATH_LENGTH = 255

_LABEL = r"(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)"
_DOMAIN = rf"(?:(?:{_LABEL}(?:\.{_LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?)"
_COMPONENT = r"[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*"
_PATH = rf"{_COMPONENT}(?:/{_COMPONENT})*"
_TAG = r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}"
_DIGEST = r"[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}"

_domain = re.compile(_DOMAIN)
_path = re.compile(_PATH)
_tag = re.compile(_TAG)
_digest = re.compile(_DIGEST)
_name = re.compile(rf"(?:({_DOMAIN})/)?({_PATH})")
_reference = re.compile(rf"(?:({_DOMAIN})/)?({_PATH})(?::({_TAG}))?(?:@({_DIGEST}))?")
_identifier = re.compile(r"[a-f0-9]{64}")


class WrittenReference(NamedTuple):
    """The parts of a reference as they stand in the text; empty where left out."""

    domain: str
    path: str
    tag: str = ""
    digest: str = ""


def split_reference(text: str) -> WrittenReference | None:
    """Take a reference apart as written: `library/node` has the domain `library` here.

    Gives None when the text does not follow the grammar. The length of the path and the
    algorithm of the digest are not looked at.
    """
    match = _reference.fullmatch(text) if len(text) <= MAX_LENGTH else None
    return WrittenReference(*(part or "" for part in match.groups())) if match else None


def split_name(text: str) -> WrittenReference | None:
    """Take a name without tag and digest apart as written; None when it is not one."""
    match = _name.fullmatch(text) if len(text) <= MAX_LENGTH else None
    return WrittenReference(*(part or "" for part in match.groups())) if match else None


def is_domain(text: str) -> bool:
    """Tell whether the text is a host with an optional port."""
    return len(text) <= MAX_LENGTH and _domain.fullmatch(text) is not None


def is_path(text: str) -> bool:
    """Tell whether the text is a repository path (of any length up to that of a reference)."""
    return len(text) <= MAX_LENGTH and _path.fullmatch(text) is not None


def is_tag(text: str) -> bool:
    """Tell whether the text is a tag."""
    return _tag.fullmatch(text) is not None


def is_digest(text: str) -> bool:
    """Tell whether the text has the shape that a reference asks of a digest."""
    return len(text) <= MAX_LENGTH and _digest.fullmatch(text) is not None


def is_identifier(text: str) -> bool:
    """Tell whether the text is a bare image id: 64 hex digits, which no name may be."""
    return _identifier.fullmatch(text) is not None


def split_domain(text: str) -> tuple[str, str]:
    """Cut the host off a reference; gives the host (empty when there is none) and the rest.

    Docker's rule: the first component is a host only if it has a dot or a colon, has an
    upper-case letter, or is `localhost`.
    """
    first, slash, rest = text.partition("/")
    if slash and (first == "localhost" or any(c in ".:" or c.isupper() for c in first)):
        return first, rest
    return "", text
