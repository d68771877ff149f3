"""Python packages: names, and the core metadata of one distribution."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.model.package import Package
from bedplate.model.package_url import package_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SEPARATORS = re.compile(r"[-_.]+")
_FIELDS = frozenset({"name", "version", "license", "license-expression"})
_LICENSE_CLASSIFIER = "license :: "
# Longer ones are the whole text of a licence.
_MAX_LICENSE = 200


class Metadata(NamedTuple):
    """The core metadata that an inventory needs; empty where not stated."""

    name: str
    version: str
    licenses: tuple[str, ...]


def normalized_name(name: str) -> str:
    """Give the one spelling of a name: lower case, dashes. Source: PEP 503."""
    return _SEPARATORS.sub("-", name).lower()


def pypi_package(  # noqa: PLR0913 - one keyword per field of the noun
    location: str,
    name: str,
    version: str,
    *,
    licenses: tuple[str, ...] = (),
    files: tuple[str, ...] = (),
    source: Mapping[str, str] | None = None,
    layer: int | None = None,
    direct: bool | None = None,
    development: bool = False,
) -> Package:
    """Make a package of type pypi.

    Args:
        location: path of the file that names it.
        name: as written there.
        version: empty when only the source is known.
        licenses: as stated.
        files: as in `Package`.
        source: purl qualifiers when it is not from an index.
        layer: as in `Package`.
        direct: as in `Package`.
        development: as in `Package`.

    Source: purl type definition "pypi".
    """
    return Package(
        type="pypi",
        name=name,
        version=version,
        licenses=licenses,
        purl=package_url("pypi", normalized_name(name), version, qualifiers=source),
        location=location,
        layer=layer,
        files=files,
        direct=direct,
        development=development,
    )


def read_metadata(content: bytes) -> Metadata:
    """Read the header of a `METADATA` or `PKG-INFO` file.

    Names of fields in any case; of a field that is repeated the first counts; lines that are
    no field, as some old tools left in descriptions, are passed over.

    Args:
        content: the whole file.

    Source: packaging.python.org, "Core metadata specifications".
    """
    fields: dict[str, str] = {}
    classifiers: list[str] = []
    # The description follows the first empty line.
    header = content.replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")[0]
    for line in header.decode("utf-8", "replace").split("\n"):
        key, colon, value = line.partition(":")
        key = key.lower()
        if not colon or key[:1].isspace():
            continue
        value = value.strip()
        if key == "classifier" and value.lower().startswith(_LICENSE_CLASSIFIER):
            classifiers.append(value)
        elif key in _FIELDS and value:
            fields.setdefault(key, value)
    return Metadata(
        fields.get("name", ""), fields.get("version", ""), _licenses(fields, classifiers)
    )


def _licenses(fields: Mapping[str, str], classifiers: Iterable[str]) -> tuple[str, ...]:
    """Prefer the SPDX expression, then the classifiers, then the free text."""
    if "license-expression" in fields:
        return (fields["license-expression"],)
    leaves = [one.rpartition("::")[2].strip() for one in classifiers]
    named = tuple(dict.fromkeys(leaf for leaf in leaves if leaf not in {"", "OSI Approved"}))
    if named:
        return named
    stated = fields.get("license", "")
    return (
        (stated,) if stated.upper() not in {"", "UNKNOWN"} and len(stated) <= _MAX_LICENSE else ()
    )
