"""RPM packages, from each of the databases that rpm has had.

Source: rpm.org, "RPM database", and the macros `_dbpath` of the distributions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError, InvalidDocument, LimitExceeded
from bedplate.inventory import (
    os_identity,
    rpm_bdb,
    rpm_header,
    rpm_manifest,
    rpm_ndb,
    rpm_sqlite,
    sqlite_table,
)
from bedplate.inventory.database_file import read_database
from bedplate.inventory.installed_files import InstalledFiles
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.inventory.rpm_header import RpmHeader
    from bedplate.model.tree import Tree

# Where the database is by default, on Fedora and SUSE of today, and below rpm-ostree.
_FOLDERS = ("var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm")
_SQLITE, _NDB, _BDB = "rpmdb.sqlite", "Packages.db", "Packages"
_FILES = (_SQLITE, _NDB, _BDB)  # the newest first: an older one is what a conversion left
_LOG = "-wal"
_MANIFEST = "var/lib/rpmmanifest/container-manifest-2"
_LIMIT = 256 * MIB
_MAX_PACKAGES = 100_000
# What rpm keeps as packages without being any: the keys that it trusts.
_KEYS = "gpg-pubkey"

NAME = "rpm"
WANTS: tuple[Want, ...] = (
    *(Want(f"{folder}/{name}", _LIMIT) for folder in _FOLDERS for name in _FILES),
    *(Want(f"{folder}/{_SQLITE}{_LOG}", 64 * MIB) for folder in _FOLDERS),
    Want(_MANIFEST, 16 * MIB),
    *os_identity.WANTS,
)


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield the installed RPM packages of a tree.

    The first database that names packages is the one that rpm reads; only where there is
    none is the list of a distroless image asked.
    """
    seen = set()
    for folder in _FOLDERS:
        for name in _FILES:
            entry = tree.resolve(f"{folder}/{name}")
            if entry is None or entry.path in seen:
                continue
            seen.add(entry.path)
            has_packages = False
            for found in _Database(tree, entry.path, entry.layer).packages():
                has_packages = has_packages or isinstance(found, Package)
                yield found
            if has_packages:
                return
    entry = tree.resolve(_MANIFEST)
    if entry is not None:
        yield from _Database(tree, entry.path, entry.layer).packages()


class _Database:
    """One database and what its packages have in common."""

    def __init__(self, tree: Tree, path: str, layer: int) -> None:
        self._tree = tree
        self._path = path
        self._layer = layer
        self._os = os_identity.identify(tree)
        self._files = InstalledFiles(tree)
        self._broken = 0
        self._reason = ""

    def packages(self) -> Iterator[Package | Skipped]:
        """Yield the packages, and at the end what could not be read."""
        content = read_database(self._tree, self._path)
        if not isinstance(content, bytes):
            if content is not None:
                yield content
            return
        try:
            for number, header in enumerate(self._headers(content)):
                if number >= _MAX_PACKAGES:
                    raise LimitExceeded(f"more than {_MAX_PACKAGES} packages")
                if header.name != _KEYS:
                    yield self._package(header)
        except BedplateError as error:
            yield Skipped(self._path, error.message)
        if self._broken:
            yield Skipped(self._path, f"{self._broken} broken package(s): {self._reason}")

    def _headers(self, content: bytes) -> Iterator[RpmHeader]:
        if self._path.endswith(_MANIFEST):
            yield from rpm_manifest.packages(content)
            return
        for blob in self._blobs(content):
            try:
                yield rpm_header.parse(blob)
            except InvalidDocument as error:
                self._broken += 1
                self._reason = error.message

    def _blobs(self, content: bytes) -> Iterator[bytes]:
        """Choose the reader by content: the name is only a habit."""
        if content.startswith(sqlite_table.MAGIC):
            log = self._tree.read(self._path + _LOG) or b""
            return rpm_sqlite.headers(content, log)
        if content.startswith(rpm_ndb.MAGIC):
            return rpm_ndb.headers(content)
        if rpm_bdb.is_database(content):
            return rpm_bdb.headers(content)
        raise InvalidDocument("not an RPM database of a kind that bedplate reads")

    def _package(self, header: RpmHeader) -> Package:
        files = self._files.joined(header.folders, header.numbers, header.names)
        source_name, source_version = _source(header)
        release = f"-{header.release}" if header.release else ""
        return Package(
            type="rpm",
            name=header.name,
            version=header.full_version,
            architecture=header.architecture,
            source_name=source_name,
            source_version=source_version,
            licenses=(header.license,) if header.license else (),
            purl=self._os.purl(
                "rpm",
                header.name,
                header.version + release,
                arch=header.architecture,
                epoch=str(header.epoch or ""),
                modularitylabel=header.modularity_label,
            ),
            section="" if header.group == "Unspecified" else header.group,
            location=self._path,
            layer=self._files.layer(files, self._layer),
            installed_size=header.size,
            files=files,
            vendor=header.vendor,
        )


def _source(header: RpmHeader) -> tuple[str, str]:
    """Split `NAME-VERSION-RELEASE.src.rpm`; the epoch, which it lacks, is the package's."""
    stem = header.source_rpm.removesuffix(".rpm")
    stem, _, _kind = stem.rpartition(".")
    name_version, _, release = stem.rpartition("-")
    name, _, version = name_version.rpartition("-")
    if not name:
        return "", ""
    same = (version, release) == (header.version, header.release)
    epoch = f"{header.epoch}:" if header.epoch and same else ""
    return name, f"{epoch}{version}-{release}"
