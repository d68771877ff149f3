"""Which image it is, in the identifiers that other programs understand."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from bedplate.errors import InvalidReference
from bedplate.model.package_url import package_url
from bedplate.model.reference import Reference
from bedplate.reporting.harmless import without_surrogates

if TYPE_CHECKING:
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.package import Package
    from bedplate.model.runtime import Runtime

_SYSTEMS = ("deb", "apk", "rpm")


def image_purl(facts: BaseFacts) -> str:
    """Write the package URL of an image; of a local one without digest, by its name alone.

    Source: purl type definition "oci": the name is the last part of the repository, the
    version the digest.
    """
    digest = facts.manifest_digest or facts.index_digest or ""
    try:
        reference = Reference.parse(facts.reference or "")
    except InvalidReference:
        return package_url("generic", without_surrogates(facts.name) or "image", digest)
    qualifiers = {
        "repository_url": reference.name,
        "tag": reference.tag,
        "arch": (facts.platform or "").partition("/")[2].partition("/")[0],
    }
    kind = "oci" if digest else "docker"
    name = reference.repository.rpartition("/")[2].lower()
    return package_url(kind, name, digest or reference.tag, qualifiers=qualifiers)


def image_version(facts: BaseFacts) -> str:
    """Give the digest of an image, else its tag, else nothing."""
    try:
        tag = Reference.parse(facts.reference or "").tag
    except InvalidReference:
        tag = ""
    return facts.manifest_digest or facts.index_digest or tag


def runtime_purl(runtime: Runtime) -> str:
    """Write the package URL of a language runtime, which no package registry holds."""
    return package_url("generic", runtime.name, runtime.version)


def package_purl(package: Package) -> str:
    """Give the package URL with its source package, by which advisories of distributions speak.

    The qualifier `upstream` is no part of the standard; syft and grype write and read it.
    """
    purl, name = package.purl, package.source_name
    if package.type not in _SYSTEMS or not purl or not name or "upstream=" in purl:
        return purl
    own = (package.name, package.version)
    if (name, package.source_version or package.version) == own:
        return purl
    version = package.source_version
    source = f"{name}@{version}" if version not in ("", package.version) else name
    return f"{purl}{'&' if '?' in purl else '?'}upstream={quote(source, safe='-._~:+')}"
