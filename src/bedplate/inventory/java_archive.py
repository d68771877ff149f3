"""What Java archives say of themselves: pom.properties, manifests, archives inside."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bedplate.errors import BedplateError
from bedplate.inventory.zip_directory import read_member, zip_directory
from bedplate.model.extract import Extract
from bedplate.model.want import KIB, MIB

if TYPE_CHECKING:
    from collections.abc import Iterator

ARCHIVES = ("jar", "war", "ear", "hpi", "jpi", "par", "sar", "nar", "kar", "lpkg")
_MANIFEST, _POM = b"META-INF/MANIFEST.MF", b"pom.properties"
_INNER = tuple(f".{ending}".encode() for ending in ARCHIVES)
_ENDINGS = (_MANIFEST, _POM, *_INNER)
_MAX_TEXT = 256 * KIB
_MAX_INNER = 64 * MIB
_MAX_TOTAL = 512 * MIB  # unpacked, of one file
_MAX_ARCHIVES, _MAX_DEPTH, _MAX_POMS = 5_000, 4, 2_000
_ATTRIBUTE = re.compile(r"([A-Za-z0-9_-]{1,70}): ?(.*)")
# What tells a name or a version; the other attributes of a manifest are left out.
_TELLING = frozenset({
    *("Implementation-Title", "Implementation-Version", "Implementation-Vendor-Id"),
    *("Specification-Title", "Specification-Version"),
    *("Bundle-SymbolicName", "Bundle-Version", "Automatic-Module-Name"),
    *("Extension-Name", "Short-Name", "Plugin-Version", "Group-Id"),
})  # fmt: skip


@dataclass(slots=True)
class JavaArchive:
    """One archive.

    Args:
        inside: names of the archives down to this one, joined by `!/`; empty for the file.
        poms: group, artifact and version of each pom.properties; any may be empty.
        manifest: attributes that tell a name or a version.
        unread: what is inside and could not be read, with the reason.
    """

    inside: str = ""
    poms: list[tuple[str, str, str]] = field(default_factory=list)
    manifest: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def take_archives(content: bytes | bytearray) -> bytes:
    """Read an archive and all inside it.

    Raises:
        InvalidDocument: not a zip archive.
        LimitExceeded: more than is read of one.

    Source: Maven Archiver, "pom.properties content"; JAR File Specification, "JAR Manifest".
    """
    reading = _Reading()
    reading.archive(content, "", 0)
    rows = [[one.inside, one.poms, one.manifest, one.unread] for one in reading.found]
    return json.dumps(rows).encode()


ARCHIVE = Extract("java-archive-1", take_archives)


def archives(taken: bytes) -> Iterator[JavaArchive]:
    """Give the archives that `take_archives` found, the outermost first."""
    rows: list[list[Any]] = json.loads(taken)
    for inside, poms, manifest, unread in rows:
        triples = [(group, artifact, version) for group, artifact, version in poms]
        yield JavaArchive(inside, triples, manifest, unread)


class _Reading:
    """Reads nested archives within common bounds."""

    def __init__(self) -> None:
        self.found: list[JavaArchive] = []
        self._left = _MAX_TOTAL

    def archive(self, content: bytes | bytearray, inside: str, depth: int) -> None:
        archive = JavaArchive(inside)
        self.found.append(archive)
        for member in zip_directory(content, _ENDINGS):
            nested = member.name.endswith(_INNER)
            most = min(self._left, _MAX_INNER if nested else _MAX_TEXT)
            name = member.name.decode("utf-8", "replace")
            if nested and (depth == _MAX_DEPTH or len(self.found) == _MAX_ARCHIVES):
                archive.unread.append(f"{name}: too many archives, or too deep in one another")
                continue
            read = read_member(content, member, most)
            if read is None:
                archive.unread.append(f"{name}: damaged, or too large")
                continue
            self._left -= len(read)
            if nested:
                self._inner(read, f"{inside}!/{name}" if inside else name, depth, archive)
            elif member.name == _MANIFEST:
                archive.manifest = _manifest(read)
            elif len(archive.poms) < _MAX_POMS and not member.name.endswith(_MANIFEST):
                archive.poms.append(_pom(read))

    def _inner(self, content: bytes, inside: str, depth: int, outer: JavaArchive) -> None:
        try:
            self.archive(content, inside, depth + 1)
        except BedplateError as error:
            outer.unread.append(f"{inside}: {error.message}")


def _pom(content: bytes) -> tuple[str, str, str]:
    fields: dict[str, str] = {}
    for line in content.decode("utf-8", "replace").splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            fields.setdefault(key.strip(), value.strip()[:200])
    return fields.get("groupId", ""), fields.get("artifactId", ""), fields.get("version", "")


def _manifest(content: bytes) -> dict[str, str]:
    """Read attributes of all sections; the first of a name wins."""
    source = content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    attributes: dict[str, str] = {}
    for line in source.replace("\n ", "").split("\n"):
        match = _ATTRIBUTE.fullmatch(line)
        if match and match[1] in _TELLING and match[2].strip():
            attributes.setdefault(match[1], match[2].strip()[:200])
    return attributes
