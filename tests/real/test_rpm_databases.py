"""The readers of RPM databases against what rpm itself says about the same bytes."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

import pytest
from rig import judges, rpms
from rig import rpm_database_writers as writers
from rig.processes import run

from bedplate.inventory.package_formats import rpm
from bedplate.model.package import Package
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real("rpm")

_FORMAT = "%{NAME}\\t%{EPOCHNUM}\\t%{VERSION}-%{RELEASE}\\t%{ARCH}\\t%{LICENSE}\\t%{SOURCERPM}\\n"
_FILES = "%{NAME}\\t[%{FILEMODES:perms} %{FILENAMES}\\t]\\n"


class Installed(NamedTuple):
    """A database and what rpm says it holds."""

    file: Path
    packages: set[tuple[str, ...]]
    files: dict[str, set[str]]


def _ask(folder: Path, backend: str, query: str) -> list[list[str]]:
    options = ["--dbpath", str(folder), "--define", f"_db_backend {backend}"]
    lines = run(["rpm", *options, "-qa", "--qf", query]).splitlines()
    return [line.split("\t") for line in lines if line]


def _judge(file: Path, backend: str) -> Installed:
    packages: set[tuple[str, ...]] = set()
    for name, epoch, version, arch, license_, source in _ask(file.parent, backend, _FORMAT):
        full = version if epoch == "0" else f"{epoch}:{version}"
        source_name = source.removesuffix(".src.rpm").rsplit("-", 2)[0]
        packages.add((name, full, arch, license_, source_name))
    files = {
        name: {
            path.partition(" ")[2].lstrip("/")
            for path in rest
            if path and not path.startswith(("d", "(none)"))
        }
        for name, *rest in _ask(file.parent, backend, _FILES)
    }
    return Installed(file, packages, files)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return rpms.build(tmp_path_factory.mktemp("rpms") / "build")


@pytest.fixture(scope="module")
def by_rpm(built: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install into SQLite, the only format that Debian's rpm writes."""
    folder = tmp_path_factory.mktemp("sqlite")
    options = ["--dbpath", str(folder), "--define", "_db_backend sqlite", "--nosignature"]
    run(["rpm", *options, "--initdb"])
    run(["rpm", *options, "--install", "--justdb", "--nodeps", "--noscripts", *built])
    return folder / "rpmdb.sqlite"


@pytest.fixture(scope="module")
def blobs(by_rpm: Path) -> list[bytes]:
    connection = sqlite3.connect(by_rpm)
    found = [row[0] for row in connection.execute("SELECT blob FROM Packages")]
    connection.close()
    return found


@pytest.fixture(scope="module", params=["sqlite", "bdb", "bdb with small pages"])
def installed(
    request: pytest.FixtureRequest,
    by_rpm: Path,
    blobs: list[bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> Installed:
    """Give each database that this rpm reads; of Berkeley DB, one that we wrote."""
    if request.param == "sqlite":
        return _judge(by_rpm, "sqlite")
    file = tmp_path_factory.mktemp("bdb") / "Packages"
    file.write_bytes(writers.bdb(blobs, page_size=512 if "small" in request.param else 4096))
    return _judge(file, "bdb_ro")


def _read(file: Path) -> list[Package]:
    tree = MemoryTree({f"var/lib/rpm/{file.name}": file.read_bytes()}, rpm.WANTS)
    found = list(rpm.read(tree))
    packages = [one for one in found if isinstance(one, Package)]
    assert packages == found, "nothing is skipped"
    return packages


def test_rpm_sees_the_packages_that_were_built(installed: Installed) -> None:
    assert {name for name, *_ in installed.packages} == {"rig-base", "rig-shell", "rig-empty"}


def test_packages_are_those_that_rpm_lists(installed: Installed) -> None:
    packages = _read(installed.file)
    read = {(p.name, p.version, p.architecture, p.licenses[0], p.source_name) for p in packages}
    assert read == installed.packages


def test_files_are_those_that_rpm_lists_without_folders(installed: Installed) -> None:
    packages = _read(installed.file)
    assert {p.name: set(p.files) for p in packages} == installed.files


@pytest.mark.real("syft")
def test_packages_of_ndb_are_those_that_syft_lists(blobs: list[bytes], tmp_path: Path) -> None:
    file = tmp_path / "root/var/lib/rpm/Packages.db"
    file.parent.mkdir(parents=True)
    file.write_bytes(writers.ndb([*blobs, *(writers.package(f"made-{n}") for n in range(200))]))
    found = judges.syft_packages(f"dir:{tmp_path / 'root'}")
    # syft writes out an epoch of 0 where the header has one
    judged = {(name, version.removeprefix("0:")) for _, name, version in found}
    assert len(judged) == 203
    assert {(p.name, p.version) for p in _read(file)} == judged
