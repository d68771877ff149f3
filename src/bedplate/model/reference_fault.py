"""Why a text is not an image reference, in words that lead to the mistake."""

from __future__ import annotations

from bedplate.errors import InvalidReference
from bedplate.model import reference_grammar as grammar

_EXAMPLE = "write it as in ghcr.io/owner/image:1.2"
_SHOWN = 120


def describe_fault(text: str) -> InvalidReference:
    """Make the error for a text that `Reference.parse` refuses.

    Args:
        text: the whole text as given; shown in the error, shortened when long.
    """
    message, hint = _whole(text) or _parts(text)
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return InvalidReference(f"{shown!r} {message}", hint)


def _whole(text: str) -> tuple[str, str] | None:
    """Look for what is wrong with the text as a whole."""
    scheme, slashes, _ = text.partition("://")
    if not text:
        return "is empty: no image is named", _EXAMPLE
    if len(text) > grammar.MAX_LENGTH:
        return f"is longer than {grammar.MAX_LENGTH} characters", _EXAMPLE
    if grammar.is_identifier(text):
        return "is an image id, not a name", "write NAME@sha256:ID"
    if slashes and scheme.isalpha():
        return "is a web address, not an image name", f"leave out {scheme}://"
    for character in text:
        if character.isspace():
            return "has white space in it", "leave out the space"
        if not character.isascii() or not character.isprintable():
            return f"has the character {character!r} in it", _EXAMPLE
    return None


def _parts(text: str) -> tuple[str, str]:
    """Look for the first part that is wrong: digest, registry, tag, repository."""
    before, at, digest = text.partition("@")
    domain, rest = grammar.split_domain(before)
    path, colon, tag = rest.partition(":")
    if at and not grammar.is_digest(digest):
        return (
            ("has nothing after '@'" if not digest else f"has no digest in {digest!r}"),
            "write @sha256:<64 hex digits>",
        )
    if not domain and rest.startswith("["):
        return "names a registry but no repository", _EXAMPLE
    if domain and not grammar.is_domain(domain):
        return f"has no valid registry host in {domain!r}", _EXAMPLE
    if colon and not grammar.is_tag(tag):
        return (
            ("has nothing after ':'" if not tag else f"has no valid tag in {tag!r}"),
            "a tag is up to 128 letters, digits, '_', '.', '-', and starts with none of '.-'",
        )
    return _path_fault(path)


def _path_fault(path: str) -> tuple[str, str]:
    if not path:
        return "names no repository", _EXAMPLE
    if path != path.lower():
        return "has upper-case letters in the repository", f"write {path.lower()}"
    if len(path) > grammar.MAX_PATH_LENGTH:
        return f"has a repository of more than {grammar.MAX_PATH_LENGTH} characters", _EXAMPLE
    bad = next((part for part in path.split("/") if not grammar.is_path(part)), path)
    if not bad:
        return "has an empty part between two slashes", _EXAMPLE
    return (
        f"has {bad!r} in the repository",
        "use lower-case letters and digits, with single '.', '_', '__' or '-' between them",
    )
