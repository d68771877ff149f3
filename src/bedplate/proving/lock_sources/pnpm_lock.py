"""pnpm: `pnpm-lock.yaml`, lock file versions 5 to 9."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidDocument
from bedplate.inventory.lock_formats.pnpm_lock import split_key
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.yaml_document import yaml_documents
from bedplate.model.locked_package import LockedFile, LockedPackage
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want
from bedplate.proving.development import mark_development
from bedplate.support.json_fields import mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "pnpm lock file"
WANTS: tuple[Want, ...] = (Want("**/pnpm-lock.yaml", limit=MAX_BYTES),)

_PRODUCTION = ("dependencies", "optionalDependencies")
# From this lock file version on, nothing says which packages have an install script.
_WITHOUT_SCRIPTS = "9"


def read(path: str, content: bytes) -> Iterator[LockedPackage | Skipped]:
    """Yield the packages of a pnpm lock file.

    Args:
        path: where it stands.
        content: the whole file, of one or more YAML documents.

    Raises:
        InvalidDocument: not YAML, or not of pnpm.

    Source: pnpm specification, "Lockfile" (lockfile/5.md to lockfile/9.0.md).
    """
    packages: dict[str, LockedPackage] = {}
    wanted: set[str] = set()
    importers = 0
    for document in yaml_documents(path, content):
        if not isinstance(document, dict) or "lockfileVersion" not in document:
            raise InvalidDocument(f"{path}: not a pnpm lock file: no lockfileVersion")
        for one in _from_document(path, document):
            if isinstance(one, Skipped):
                yield one
            else:
                packages.setdefault(one.key, one)
        for importer in (document, *mapping(document.get("importers")).values()):
            fields = [field for field in _PRODUCTION if field in mapping(importer)]
            importers += len(fields) + ("devDependencies" in mapping(importer))
            wanted.update(
                key
                for field in fields
                for key in _needs(_versions(mapping(importer).get(field)), packages).values()
            )
    yield from mark_development(packages.values(), wanted, told=importers > 0)


def _versions(wanted: Any) -> dict[str, Any]:
    """Give what a project needs as packages say it: versions since lock file 6 stand deeper."""
    return {name: mapping(value).get("version", value) for name, value in mapping(wanted).items()}


def _from_document(path: str, document: dict[str, Any]) -> Iterator[LockedPackage | Skipped]:
    told = not text(document.get("lockfileVersion")).startswith(_WITHOUT_SCRIPTS)
    entries = mapping(document.get("packages"))
    graph = _graph(entries, mapping(document.get("snapshots")))
    for key, value in entries.items():
        entry = mapping(value)
        name, version = split_key(key)
        name = text(entry.get("name")) or name
        if not name:
            yield Skipped(f"{path}: {key}", "names no package and version")
            continue
        node = graph.get(_bare(key), {})
        resolution = mapping(entry.get("resolution"))
        url = text(resolution.get("tarball"))
        yield LockedPackage(
            "npm",
            name,
            text(entry.get("version")) or version,
            key,
            _needs(mapping(node.get("dependencies")), entries),
            _needs(mapping(node.get("optionalDependencies")), entries),
            systems=tuple(texts(entry.get("os"))),
            processors=tuple(texts(entry.get("cpu"))),
            libcs=tuple(texts(entry.get("libc"))),
            install_script=text(entry.get("requiresBuild")) == "true" if told else None,
            optional=text(node.get("optional") or entry.get("optional")) == "true",
            files=(LockedFile(url.rpartition("/")[2], url, text(resolution.get("integrity"))),),
        )


def _graph(entries: dict[str, Any], snapshots: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Give by key without peers what a package needs: with itself before 9, apart since."""
    nodes = {_bare(key): mapping(value) for key, value in entries.items()}
    for key, value in snapshots.items():
        nodes[_bare(key)] = mapping(value)
    return nodes


def _needs(wanted: dict[str, Any], entries: dict[str, Any]) -> dict[str, str]:
    return {name: _key(name, _bare(text(version)), entries) for name, version in wanted.items()}


def _key(name: str, version: str, entries: dict[str, Any]) -> str:
    forms = (f"{name}@{version}", f"/{name}@{version}", f"/{name}/{version}", version)
    return next((key for key in (*forms, f"/{version}") if key in entries), "")


def _bare(key: str) -> str:
    """Drop the peers of a key: `a@1.0.0(b@2.0.0)`."""
    return key.partition("(")[0]
