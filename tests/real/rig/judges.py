"""What other programs say about an image: the facts that bedplate's answer is held against."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rig.components import find
from rig.processes import run

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# ecosystem, name, version
NamedPackage = tuple[str, str, str]


def dpkg_packages(root: Path) -> set[NamedPackage]:
    """List what dpkg-query finds in the database of a merged root."""
    asked = "--showformat=${db:Status-Abbrev} ${Package} ${Version}\n"
    lines = run(["dpkg-query", f"--admindir={root}/var/lib/dpkg", "--show", asked]).splitlines()
    words = (line.split() for line in lines)
    return {("deb", name, version) for status, name, version in words if status == "ii"}


def rpm_packages(root: Path, database: str) -> set[NamedPackage]:
    """List what rpm finds in the database of a merged root."""
    asked = "%{NAME} %|EPOCH?{%{EPOCH}}:{0}| %{VERSION}-%{RELEASE}\n"
    lines = run(["rpm", "--dbpath", root / database, "-qa", "--queryformat", asked]).splitlines()
    found = set()
    for name, epoch, version in (line.split() for line in lines):
        found.add(("rpm", name, version if epoch == "0" else f"{epoch}:{version}"))
    return found


def skopeo_inspect(name: str, *options: str) -> dict[str, Any]:
    """Give skopeo's description of an image."""
    described: dict[str, Any] = json.loads(run(["skopeo", "inspect", *options, name]))
    return described


def syft_packages(source: str) -> set[NamedPackage]:
    """List the deb, rpm, npm and Python packages that syft finds."""
    return packages_of_syft(syft_document(source), ("deb", "rpm", "npm", "pypi"))


def packages_of_syft(document: dict[str, Any], types: Collection[str]) -> set[NamedPackage]:
    """Give the packages of some types that a JSON document of syft lists."""
    found = {
        (
            {"python": "pypi"}.get(package["type"], package["type"]),
            package["name"],
            package["version"],
        )
        for package in document["artifacts"]
    }
    return {package for package in found if package[0] in types}


@contextlib.contextmanager
def single_image_layout(layout: Path, name: str) -> Iterator[Path]:
    """Give a layout in which one image of another layout is alone: syft can't choose."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "layout")
        run(["skopeo", "copy", "--quiet", f"oci:{layout}:{name}", f"oci:{target}:{name}"])
        yield target


def syft_document(source: str) -> dict[str, Any]:
    """Run syft with its defaults and give its JSON."""
    with tempfile.TemporaryDirectory() as cache:
        content: dict[str, Any] = json.loads(
            run([find("syft") or "syft", "--quiet", "-o", "json", source], env=syft_settings(cache))
        )
    return content


def syft_settings(cache: str) -> dict[str, str]:
    """Give syft an environment in which it stays at home and keeps nothing."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": cache,
        "XDG_CACHE_HOME": cache,
        "SYFT_CHECK_FOR_APP_UPDATE": "false",
    }


def regular_files(root: Path) -> dict[str, int]:
    """Map the path of each regular file of a merged root to its size; links count too.

    Names that are not UTF-8 come as Python's surrogate escapes.
    """
    sizes = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder, name)
            status = path.lstat()
            if stat.S_ISREG(status.st_mode):
                sizes[str(path.relative_to(root))] = status.st_size
    return sizes
