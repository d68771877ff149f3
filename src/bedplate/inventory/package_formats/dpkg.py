"""Debian packages: dpkg's database, and what distroless images keep of it.

Source: dpkg(1) and deb-control(5); the folder `status.d` is an invention of distroless
images: one control file per package, and its checksums beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.inventory import copyright_file, os_identity
from bedplate.inventory.database_file import read_database
from bedplate.inventory.dpkg_status import StatusRecord, installed
from bedplate.inventory.installed_files import InstalledFiles
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.model.want import KIB, MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.tree import Tree

_STATUS = "var/lib/dpkg/status"
_INFO = "var/lib/dpkg/info"
_RECORDS = "var/lib/dpkg/status.d"
_CHECKSUMS = ".md5sums"

NAME = "dpkg"
WANTS: tuple[Want, ...] = (
    Want(_STATUS, 32 * MIB),
    Want(f"{_RECORDS}/*", 4 * MIB),
    Want(f"{_INFO}/*.list", 4 * MIB),
    Want("usr/share/doc/*/copyright", 256 * KIB, head=True),
    *os_identity.WANTS,
)


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield the installed Debian packages of a tree."""
    if tree.get("var/lib/dpkg") is None:
        return
    database = _Database(tree)
    try:
        yield from database.from_status()
        yield from database.from_records()
    except BedplateError as error:
        yield Skipped(_STATUS, error.message)


class _Database:
    """What every package of one database has in common."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._os = os_identity.identify(tree, "debian")
        self._files = InstalledFiles(tree)
        self._seen: set[tuple[str, str]] = set()
        self._licenses: dict[str, tuple[str, ...]] = {}

    def from_status(self) -> Iterator[Package | Skipped]:
        """Yield what the one status file names."""
        content = read_database(self._tree, _STATUS)
        if not isinstance(content, bytes):
            if content is not None:
                yield content
            return
        entry = self._tree.resolve(_STATUS)
        layer = entry.layer if entry else None
        for record in installed(_STATUS, content):
            if isinstance(record, Skipped):
                yield record
                continue
            path = self._list_path(record)
            listed = self._tree.get(path) if path else None
            files = self._listed(self._tree.read(path) or b"") if path else ()
            written = listed.layer if listed else self._files.layer(files, layer)
            yield self._package(record, _STATUS, files, written)

    def from_records(self) -> Iterator[Package | Skipped]:
        """Yield what distroless images say, a file for each package."""
        for path in self._tree.kept(f"{_RECORDS}/*"):
            content = self._tree.read(path)
            if content is None or path.endswith(_CHECKSUMS):
                continue
            entry = self._tree.get(path)
            layer = entry.layer if entry else None
            for record in installed(path, content, needs_status=False):
                if isinstance(record, Skipped):
                    yield record
                elif (record.name, record.architecture) not in self._seen:
                    sums = self._tree.read(path + _CHECKSUMS) or b""
                    files = self._files.paths(list(_summed(sums, record.conffiles)))
                    yield self._package(record, path, files, layer)

    def _list_path(self, record: StatusRecord) -> str:
        """Find the list of files; packages of several architectures name theirs."""
        names = (record.name, f"{record.name}:{record.architecture}")
        paths = (f"{_INFO}/{name}.list" for name in names if "/" not in name)
        return next((path for path in paths if self._tree.get(path) is not None), "")

    def _listed(self, content: bytes) -> tuple[str, ...]:
        """Give the files of a list, which names the folders on the way to them too."""
        lines = content.decode("utf-8", "surrogateescape").split("\n")
        lines = [line for line in lines if line[:1] == "/" and line != "/."]
        folders = {line[: line.rfind("/")] for line in lines}
        return self._files.paths([line[1:] for line in lines if line not in folders])

    def _package(
        self, record: StatusRecord, location: str, files: tuple[str, ...], layer: int | None
    ) -> Package:
        name, version, architecture = record.name, record.version, record.architecture
        self._seen.add((name, architecture))
        return Package(
            type="deb",
            name=name,
            version=version,
            architecture=architecture,
            source_name=record.source_name,
            source_version=record.source_version,
            licenses=self._licenses_of(name),
            purl=self._os.purl("deb", name, version, arch=architecture),
            section=record.section,
            location=location,
            layer=layer,
            installed_size=record.installed_size,
            files=files,
            vendor=record.vendor,
        )

    def _licenses_of(self, name: str) -> tuple[str, ...]:
        """Read the package's copyright file; packages of one source often share theirs."""
        entry = self._tree.resolve(f"usr/share/doc/{name}/copyright")
        if entry is None:
            return ()
        if entry.path not in self._licenses:
            content = self._tree.read(entry.path) or b""
            self._licenses[entry.path] = copyright_file.licenses(content)
        return self._licenses[entry.path]


def _summed(sums: bytes, conffiles: tuple[str, ...]) -> Iterator[str]:
    """Give the files of a checksum list, which leaves configuration files out."""
    for line in sums.decode("utf-8", "surrogateescape").split("\n"):
        _, gap, path = line.partition("  ")
        if gap:
            yield path.removeprefix("./").lstrip("/")
    yield from conffiles
