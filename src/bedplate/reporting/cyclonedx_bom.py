"""CycloneDX 1.6: an image and what is in it as components.

Source: CycloneDX specification 1.6, JSON (ECMA-424).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bedplate._version import __version__
from bedplate.reporting.content_id import UniqueNames, content_uuid
from bedplate.reporting.image_identity import (
    image_purl,
    image_version,
    package_purl,
    runtime_purl,
)
from bedplate.reporting.json_text import readable
from bedplate.reporting.licence_expression import licence
from bedplate.reporting.moment import utc_text
from bedplate.reporting.package_order import in_order, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.package import Package
    from bedplate.model.runtime import Runtime
    from bedplate.reporting.licence_expression import Licence

_PREFIX = "bedplate:"
# licences that are on the SPDX list, but not in the copy of it that the schema has
_TOO_NEW = frozenset(
    {
        "Artistic-dist",
        "Aspell-RU",
        "BSD-2-Clause-pkgconf-disclaimer",
        "CryptoSwift",
        "DocBook-DTD",
        "FSFULLRSD",
        "FSL-1.1-ALv2",
        "FSL-1.1-MIT",
        "Game-Programming-Gems",
        "HDF5",
        "jove",
        "libpng-1.6.35",
        "man2html",
        "ngrep",
        "NTIA-PD",
        "SOFA",
        "SUL-1.0",
        "Unlicense-libtelnet",
        "Unlicense-libwhirlpool",
    }
)


class ImageComponents(NamedTuple):
    """An image in a BOM.

    Args:
        image: its component.
        parts: components of what is in it.
        refs: the reference of each package, by `package_order.key_of`.
    """

    image: dict[str, Any]
    parts: list[dict[str, Any]]
    refs: dict[tuple[str, ...], str]

    @property
    def dependency(self) -> dict[str, Any]:
        """Say that the image is made of its parts."""
        return {"ref": self.image["bom-ref"], "dependsOn": [one["bom-ref"] for one in self.parts]}


def image_components(
    facts: BaseFacts, packages: Iterable[Package], names: UniqueNames
) -> ImageComponents:
    """Write an image and its parts as components.

    Args:
        facts: the image.
        packages: what is in it.
        names: those given out in this document; references are unique in it.
    """
    image = _image(facts, names)
    parts: list[dict[str, Any]] = []
    if facts.distro is not None and facts.distro.id != "scratch":
        parts.append(_distro(facts.distro, names))
    unique = {runtime_purl(one): one for one in facts.runtimes or ()}
    runtimes = {purl: _runtime(one, purl, names) for purl, one in unique.items()}
    parts += runtimes.values()
    refs: dict[tuple[str, ...], str] = {}
    for package in in_order(packages):
        part = runtimes.get(package.purl)
        if part is None:
            part = _package(package, facts, names)
            parts.append(part)
        refs[key_of(package)] = part["bom-ref"]
    return ImageComponents(image, parts, refs)


def bom(content: dict[str, Any], image: dict[str, Any] | None, moment: datetime) -> dict[str, Any]:
    """Wrap components into a BOM whose serial number comes from its content.

    Args:
        content: `components`, `dependencies`, `vulnerabilities`.
        image: component that the BOM is about; None when there are several.
        moment: time of which it is true.
    """
    tool = {"type": "application", "name": "bedplate", "version": __version__}
    metadata: dict[str, Any] = {"timestamp": utc_text(moment), "tools": {"components": [tool]}}
    if image is not None:
        metadata["component"] = image
    body = readable({"version": 1, "metadata": metadata, **content})
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{content_uuid(body)}",
        **body,
    }


def properties(pairs: Iterable[tuple[str, object]]) -> dict[str, Any]:
    """Write what the format has no field for; nothing for what is empty or not known."""
    found = [
        {"name": f"{_PREFIX}{name}", "value": str(value)}
        for name, value in pairs
        if value not in ("", None)
    ]
    return {"properties": found} if found else {}


def _image(facts: BaseFacts, names: UniqueNames) -> dict[str, Any]:
    purl = image_purl(facts)
    version = image_version(facts)
    component: dict[str, Any] = {
        "type": "container",
        "bom-ref": names.claim(purl),
        "name": facts.name or "image",
        "purl": purl,
    }
    if version:
        component["version"] = version
    algorithm, _, encoded = version.partition(":")
    if algorithm == "sha256":
        component["hashes"] = [{"alg": "SHA-256", "content": encoded}]
    extra = [(name, getattr(facts, name)) for name in ("platform", "index_digest")]
    extra += [("config_digest", facts.config_digest), ("user", facts.user)]
    layers = enumerate(facts.layers or ())
    extra += [(f"layer:{number}", layer.digest or layer.diff_id) for number, layer in layers]
    return {**component, **properties(extra)}


def _distro(release: DistroRelease, names: UniqueNames) -> dict[str, Any]:
    component = {
        "type": "operating-system",
        "bom-ref": names.claim(f"os:{release.id}@{release.version}"),
        "name": release.id,
        "description": release.title,
    }
    if release.version:
        component["version"] = release.version
    return {
        **component,
        **properties((("codename", release.codename), ("base_id", release.base_id))),
    }


def _runtime(runtime: Runtime, purl: str, names: UniqueNames) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "platform",
        "bom-ref": names.claim(purl),
        "name": runtime.name,
        "description": runtime.title,
        "purl": purl,
    }
    if runtime.version:
        component["version"] = runtime.version
    return {**component, **_evidence(runtime.path or runtime.evidence)}


def _package(package: Package, facts: BaseFacts, names: UniqueNames) -> dict[str, Any]:
    purl = package_purl(package)
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": names.claim(purl or f"{package.type}:{package.name}@{package.version}"),
        "name": package.name,
    }
    if package.vendor:
        component["supplier"] = {"name": package.vendor}
    if package.version:
        component["version"] = package.version
    licences = _licences(package.licenses)
    if licences:
        component["licenses"] = licences
    if purl:
        component["purl"] = purl
    pairs = (
        ("type", package.type),
        ("architecture", package.architecture),
        ("source_name", package.source_name),
        ("source_version", package.source_version),
        ("layer", package.layer),
        ("layer_digest", _layer_digest(package, facts)),
        ("files", package.file_count),
        ("installed_size", package.installed_size),
        ("bundled_in", package.bundled_in),
    )
    return {**component, **_evidence(package.location), **properties(pairs)}


def _layer_digest(package: Package, facts: BaseFacts) -> str | None:
    layers = facts.layers or ()
    if package.layer is None or not 0 <= package.layer < len(layers):
        return None
    return layers[package.layer].digest or layers[package.layer].diff_id


def _evidence(location: str) -> dict[str, Any]:
    return {"evidence": {"occurrences": [{"location": location}]}} if location else {}


def _licences(statements: tuple[str, ...]) -> list[dict[str, Any]]:
    """Write licences: a lone expression as such, else one entry each, unknown ones by name.

    Source: CycloneDX 1.6, licenseChoice: a list of licences, or a single expression.
    """
    found = [licence(text) for text in dict.fromkeys(statements) if text.strip()]
    if len(found) == 1 and found[0].expression and not found[0].is_one:
        return [{"expression": found[0].expression}]
    return [{"license": _licence(one)} for one in found]


def _licence(one: Licence) -> dict[str, str]:
    known = one.is_one and one.expression not in _TOO_NEW
    return {"id": one.expression} if known else {"name": one.text}
