"""The files of locked packages from their registries: names lie, bytes do not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bedplate.errors import BedplateError, RegistryError
from bedplate.model.native_evidence import NativeKind
from bedplate.model.skipped import Skipped
from bedplate.model.want import MIB
from bedplate.proving.lock_evidence import evidence_of
from bedplate.proving.package_contents import unpack_npm, unpack_wheel
from bedplate.proving.platform_family import family_of
from bedplate.proving.registry_files import (
    JSON_INDEX,
    index_page,
    is_genuine,
    npm_file,
    read_index,
)
from bedplate.support.http_request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bedplate.model.index_addresses import IndexAddresses
    from bedplate.model.install_target import InstallTarget
    from bedplate.model.locked_package import LockedFile, LockedPackage, LockedProject
    from bedplate.model.native_evidence import NativeEvidence
    from bedplate.support.http import HttpClient

_MAX_FILE = 512 * MIB
_MAX_PAGE = 64 * MIB
_MAX_HELD = 1024 * MIB
_PATIENCE = 300.0  # seconds for one file
_LOOKED_INTO = (NativeKind.PREBUILT, NativeKind.UNKNOWN)
_NO_INDEX = "no package index is configured (PIP_INDEX_URL, pip.conf)"
_NO_REGISTRY = "no registry is configured (npm config, NPM_CONFIG_REGISTRY)"


@dataclass(slots=True)
class PackageFetcher:
    """Fetches each file once in a run.

    Args:
        http: the transport.
        addresses: where files are, when lock files do not say.
        skipped: what could not be had, and why.
        owners: name and version of the package by path of a file that was fetched.
    """

    http: HttpClient
    addresses: IndexAddresses
    skipped: list[Skipped] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    _unpacked: dict[str, dict[str, bytes]] = field(default_factory=dict)
    _held: int = 0

    def with_files(self, project: LockedProject) -> LockedProject:
        """Ask the index for the files of packages of which the lock file names none."""
        packages = {key: self._with_files(one) for key, one in project.packages.items()}
        return replace(project, packages=packages)

    def _with_files(self, package: LockedPackage) -> LockedPackage:
        needs_address = not package.every_file or not all(file.url for file in package.files)
        if package.ecosystem != "pypi" or not needs_address:
            return package
        if not self.addresses.pypi:
            self._skip(package, _NO_INDEX)
            return package
        url = index_page(self.addresses.pypi, package.name)
        try:
            content = self._get(url, _MAX_PAGE, JSON_INDEX)
            files = read_index(url, content, package)
        except BedplateError as error:
            self._skip(package, error.message)
            return package
        return replace(package, files=files, every_file=True)

    def contents(self, project: LockedProject, target: InstallTarget) -> dict[str, bytes]:
        """Fetch what is installed on a target and may have native code.

        Args:
            project: a lock file, completed by `with_files`.
            target: where it is installed.

        Returns:
            compiled files by the path at which they would stand.
        """
        found: dict[str, bytes] = {}
        for package, evidence in evidence_of(project, target):
            if evidence.kind in _LOOKED_INTO:
                files = dict(self._of_package(package, evidence, project.packages, target))
                self.owners.update(dict.fromkeys(files, package.label))
                found.update(files)
        return found

    def _of_package(
        self,
        package: LockedPackage,
        evidence: NativeEvidence,
        packages: Mapping[str, LockedPackage],
        target: InstallTarget,
    ) -> Iterator[tuple[str, bytes]]:
        if package.ecosystem == "pypi":
            file = next((one for one in package.files if one.name == evidence.file), None)
            if file is not None and file.name.endswith(".whl"):
                for path, data in self._unpack(package, file).items():
                    yield f"site-packages/{path}", data
        elif package.ecosystem == "npm":
            members, _ = family_of(package, packages, target.platform)
            own = [one.package for one in members if one.package and one.libc in ("", target.libc)]
            for one in (package, *own):
                file = npm_file(one, self.addresses.npm)
                if file is None:
                    self._skip(one, _NO_REGISTRY)
                    continue
                folder = one.key if "node_modules/" in one.key else f"node_modules/{one.name}"
                for path, data in self._unpack(one, file).items():
                    yield f"{folder}/{path}", data

    def _unpack(self, package: LockedPackage, file: LockedFile) -> dict[str, bytes]:
        if file.url not in self._unpacked:
            try:
                self._unpacked[file.url] = self._fetch(package, file)
            except BedplateError as error:
                self._skip(package, error.message)
                self._unpacked[file.url] = {}
        return self._unpacked[file.url]

    def _fetch(self, package: LockedPackage, file: LockedFile) -> dict[str, bytes]:
        if self._held > _MAX_HELD:
            raise RegistryError(f"{file.name}: {_MAX_HELD // MIB} MiB of files are held already")
        content = self._get(file.url, _MAX_FILE)
        genuine = is_genuine(content, file.integrity)
        if genuine is False:
            raise RegistryError(f"{file.url}: not the bytes that the lock file means")
        unpack = unpack_npm if package.ecosystem == "npm" else unpack_wheel
        files = unpack(file.name or file.url, content)
        self._held += sum(map(len, files.values()))
        return files

    def _get(self, url: str, limit: int, accept: str = "*/*") -> bytes:
        with self.http.send(Request(url, headers={"Accept": accept}, kind="package")) as response:
            if response.status != 200:
                raise RegistryError(f"{url} answers with status {response.status}")
            return response.document(limit, _PATIENCE)

    def _skip(self, package: LockedPackage, reason: str) -> None:
        one = Skipped(package.label, reason)
        if one not in self.skipped:
            self.skipped.append(one)
