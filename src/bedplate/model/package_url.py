"""Package URLs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, quote, unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

_SAFE = "-._~:+"
_LONGEST = 4096  # characters of one that is read
_MOST_QUALIFIERS = 50


class PackageUrl(NamedTuple):
    """The parts of a package URL, decoded; what it does not have is empty."""

    type: str
    namespace: str
    name: str
    version: str
    qualifiers: tuple[tuple[str, str], ...]

    def qualifier(self, name: str) -> str:
        """Give the value of a qualifier; empty when it has none of this name."""
        return next((value for key, value in self.qualifiers if key == name), "")


def parse_package_url(text: str) -> PackageUrl | None:
    """Take a package URL apart; None when it is none.

    >>> parse_package_url("pkg:npm/%40scope/name@1.2").namespace
    '@scope'

    Source: ECMA-427 / package-url specification, "How to parse a purl string".
    """
    if not text.startswith("pkg:") or len(text) > _LONGEST:
        return None
    rest = text.removeprefix("pkg:").lstrip("/").partition("#")[0]
    path, _, query = rest.partition("?")
    kind, _, path = path.partition("/")
    head, at, version = path.rpartition("@")
    if not at or "/" in version:  # the at sign of a scope that was not encoded
        head, version = path, ""
    namespace, _, name = head.strip("/").rpartition("/")
    if not kind or not name:
        return None
    try:
        pairs = parse_qsl(query.replace("+", "%2B"), max_num_fields=_MOST_QUALIFIERS)
    except ValueError:
        return None
    return PackageUrl(
        kind.lower(), unquote(namespace), unquote(name), unquote(version), tuple(sorted(pairs))
    )


def package_url(
    kind: str,
    name: str,
    version: str = "",
    namespace: str = "",
    qualifiers: Mapping[str, str] | None = None,
) -> str:
    """Write a purl in canonical form.

    Args:
        kind: purl type (`deb`, `apk`, `rpm`, `npm`, `pypi`, ...).
        name: package name, as the type's rules want it (pypi: lower case, dashes).
        version: full version, may be empty.
        namespace: vendor or scope, may be empty; slashes separate segments.
        qualifiers: pairs; empty values are left out, keys are sorted.

    Source: ECMA-427 / package-url specification, "How to build a purl string".
    """
    parts = ["pkg:", kind, "/"]
    if namespace:
        parts += ["/".join(quote(s, safe=_SAFE) for s in namespace.split("/") if s), "/"]
    parts.append(quote(name, safe=_SAFE))
    if version:
        parts += ["@", quote(version, safe=_SAFE)]
    pairs = sorted((k.lower(), v) for k, v in (qualifiers or {}).items() if v)
    if pairs:
        parts += ["?", "&".join(f"{k}={quote(v, safe=_SAFE)}" for k, v in pairs)]
    return "".join(parts)
