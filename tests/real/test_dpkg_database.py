"""The reader of dpkg's database against dpkg-query, on the database of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rig.processes import run

from bedplate.inventory.package_formats import dpkg
from bedplate.model.package import Package
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.real("dpkg")

_DATABASE = Path("/var/lib/dpkg")
_FORMAT = "\t".join(
    f"${{{field}}}"
    for field in (
        "Package",
        "Version",
        "Architecture",
        "source:Package",
        "source:Version",
        "Section",
        "db:Status-Status",
    )
)


def _machine() -> Iterator[tuple[str, bytes | str]]:
    """Give the database, its lists, and the symlinks of the merged /usr."""
    for path in (_DATABASE / "status", *_DATABASE.glob("info/*.list")):
        yield str(path)[1:], path.read_bytes()
    for path in Path("/").iterdir():
        if path.is_symlink():
            yield path.name, str(path.readlink())


@pytest.fixture(scope="module")
def packages() -> list[Package]:
    tree = MemoryTree(dict(_machine()), folders=("usr/bin", "usr/sbin", "usr/lib", "usr/lib64"))
    found = list(dpkg.read(tree))
    assert all(isinstance(one, Package) for one in found)
    return [one for one in found if isinstance(one, Package)]


def test_packages_are_those_that_dpkg_lists(packages: list[Package]) -> None:
    lines = run(["dpkg-query", "-W", "-f", f"{_FORMAT}\n"]).splitlines()
    fields = [line.split("\t") for line in lines]
    judged = sorted(tuple(line[:-1]) for line in fields if line[-1] == "installed")
    read = sorted(
        (p.name, p.version, p.architecture, p.source_name, p.source_version, p.section)
        for p in packages
    )
    assert read == judged


@pytest.mark.parametrize("name", ["coreutils", "libc6"])
def test_files_are_those_that_dpkg_lists(packages: list[Package], name: str) -> None:
    package = next(one for one in packages if one.name == name)
    listed = map(Path, run(["dpkg-query", "-L", name]).splitlines())
    judged = {path.resolve() for path in listed if path.is_file() and not path.is_symlink()}
    read = {Path("/", path) for path in package.files}
    assert judged
    assert judged <= read
    assert not any(path.is_dir() and not path.is_symlink() for path in read)
