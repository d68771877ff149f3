"""The programs that tests against real things need, and how to get them."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Component:
    """A program, and the Debian package that holds it (empty: pip installs it)."""

    program: str
    apt: str = ""


COMPONENTS = {
    "buildah": Component("buildah", "buildah"),
    "chromium": Component("chromium", "chromium"),
    "docker-registry": Component("docker-registry", "docker-registry"),
    "dpkg": Component("dpkg-query", "dpkg"),
    "gcc": Component("gcc", "gcc libc6-dev"),
    "htpasswd": Component("htpasswd", "apache2-utils"),
    "ld.so": Component("ld.so", "libc-bin"),
    "mmdebstrap": Component("mmdebstrap", "mmdebstrap"),
    "npm": Component("npm", "npm"),
    "objcopy": Component("objcopy", "binutils"),
    "podman": Component("podman", "podman"),
    "readelf": Component("readelf", "binutils"),
    "rpm": Component("rpmbuild", "rpm"),
    "skopeo": Component("skopeo", "skopeo"),
    "syft": Component("syft"),
    "tar": Component("tar", "tar"),
}
# device nodes, chroot and another root's rpm database need it
ROOT = "root"
# what building the images takes
BUILDERS = ("buildah", "skopeo", "mmdebstrap", "rpm", "dpkg", "tar", ROOT)


def find(name: str) -> Path | None:
    """Give the program of a component, beside this Python or on the path."""
    program = COMPONENTS[name].program
    beside = Path(sys.executable).parent / program
    if beside.exists():
        return beside
    # sbin: where Debian keeps some of them, and not on everybody's path
    places = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
    found = shutil.which(program, path=places)
    return Path(found) if found else None


def missing(names: Iterable[str]) -> list[str]:
    """List the components among `names` that this machine does not have."""
    return sorted(
        name for name in set(names) if (os.geteuid() != 0 if name == ROOT else find(name) is None)
    )


def remedy(names: Iterable[str]) -> str:
    """Say in one line how to get the components."""
    packages = sorted({COMPONENTS[name].apt for name in names if name != ROOT} - {""})
    steps = [f"apt-get install {' '.join(packages)}"] if packages else []
    if "syft" in names:
        steps.append("pip install --require-hashes -r requirements/dev.txt")
    if ROOT in names:
        steps.append("run as root")
    return "; ".join(steps)
