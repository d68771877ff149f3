"""Package URLs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

_SAFE = "-._~:+"


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
