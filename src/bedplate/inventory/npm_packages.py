"""npm packages: names, licences, and what stands in a `package.json`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from bedplate.errors import InvalidDocument
from bedplate.inventory.source_url import source_of
from bedplate.model.package import Package
from bedplate.model.package_url import package_url
from bedplate.support.json_fields import items, mapping, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import msgspec

_FOLDER = "node_modules/"


class PackageJson(NamedTuple):
    """The fields of a `package.json` that an inventory needs; empty where not stated."""

    name: str
    version: str
    licenses: tuple[str, ...]
    # Not meant for npm: an extension of VS Code, or a package of the Unity engine.
    foreign: bool


def npm_package(  # noqa: PLR0913 - one keyword per field of the noun
    location: str,
    name: str,
    version: str,
    *,
    licenses: tuple[str, ...] = (),
    source: str = "",
    layer: int | None = None,
    direct: bool | None = None,
    development: bool = False,
) -> Package:
    """Make a package of type npm.

    Args:
        location: path of the file that names it.
        name: with its scope.
        version: empty when only the source is known.
        licenses: as stated.
        source: git reference or tarball when it is not from a registry.
        layer: index of the layer, as in `Package`.
        direct: as in `Package`.
        development: as in `Package`.

    Source: purl type definition "npm": the scope is the namespace.
    """
    scope, _, bare = name.rpartition("/")
    return Package(
        type="npm",
        name=name,
        version=version,
        licenses=licenses,
        purl=package_url("npm", bare, version, scope, source_of(source) if source else None),
        location=location,
        layer=layer,
        direct=direct,
        development=development,
    )


def split_specifier(specifier: str) -> tuple[str, str]:
    """Split `name@rest` or `@scope/name@rest`; rest is empty when there is none."""
    at = specifier.find("@", 1)
    return (specifier, "") if at < 0 else (specifier[:at], specifier[at + 1 :])


def name_in_folder(path: str) -> str:
    """Give the name that a path below `node_modules` stands for, or the empty string.

    `a/node_modules/@x/y/package.json` is `@x/y`; a deeper file stands for no package.
    """
    before, folder, rest = path.rpartition(_FOLDER)
    if not folder or (before and not before.endswith("/")):
        return ""
    name = rest.removesuffix("/package.json")
    return name if name.count("/") == name.startswith("@") else ""


def belongs_to_dependency(path: str) -> bool:
    """Tell whether a lock file lies in an installed package, so it describes that one's past."""
    return f"/{_FOLDER}" in f"/{path}"


def read_package_json(path: str, content: bytes) -> PackageJson:
    """Read a `package.json`.

    Args:
        path: named in the error.
        content: the whole file.

    Raises:
        InvalidDocument: not a JSON object.

    Source: npm documentation, "package.json".
    """
    import msgspec  # noqa: PLC0415 - lazy: only needed when a package is read

    try:
        fields = _decoder().decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidDocument(f"{path}: not a package.json: {error}") from error
    except RecursionError as error:
        raise InvalidDocument(f"{path}: JSON nested too deeply") from error
    # Fields of the two ecosystems that use the same file name.
    extension = "vscode" in mapping(fields.engines) or bool(mapping(fields.contributes))
    return PackageJson(
        text(fields.name),
        text(fields.version),
        licenses_of(fields.license, fields.licenses),
        foreign=extension or bool(text(fields.unity)),
    )


@cache
def _decoder() -> msgspec.json.Decoder[Any]:
    import msgspec  # noqa: PLC0415 - lazy: see above

    names = ("name", "version", "license", "licenses", "engines", "contributes", "unity")
    return msgspec.json.Decoder(msgspec.defstruct("Fields", [(name, Any, None) for name in names]))


def licenses_of(*fields: Any) -> tuple[str, ...]:
    """Read licences in any form that was ever allowed.

    Args:
        fields: values of `license` and the old `licenses`: a name or an SPDX expression, an
            object with `type` (or `name`), or a list of these.
    """
    found: list[str] = []
    for field in fields:
        for entry in _as_list(field):
            one = mapping(entry)
            name = text(entry) or text(one.get("type")) or text(one.get("name"))
            if name and name not in found:
                found.append(name)
    return tuple(found)


def _as_list(value: Any) -> Sequence[Any]:
    return items(value) or (value,)
