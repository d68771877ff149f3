"""How package URLs name the distribution that a package is from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.distros import os_release
from bedplate.model.package_url import package_url

if TYPE_CHECKING:
    from bedplate.model.tree import Tree

# The files that `identify` reads.
WANTS = os_release.WANTS

# Where the purl type definition (rpm) names a vendor otherwise than os-release does.
_VENDORS = {
    "rhel": "redhat",
    "opensuse-leap": "opensuse",
    "opensuse-tumbleweed": "opensuse",
    "opensuse-microos": "opensuse",
}


class OsIdentity(NamedTuple):
    """A distribution in package URLs.

    Args:
        namespace: `debian`, `alpine`, `redhat`, ...; empty when not known.
        distro: release, `debian-12`; empty when not known.
    """

    namespace: str
    distro: str

    def purl(self, kind: str, name: str, version: str, **qualifiers: str) -> str:
        """Write the package URL of a package of this distribution.

        Args:
            kind: purl type, `deb`, `apk`, `rpm`.
            name: package name.
            version: as the purl type wants it.
            qualifiers: `arch` and others; empty ones are left out.
        """
        qualifiers["distro"] = self.distro
        return package_url(kind, name, version, self.namespace, qualifiers)


def identify(tree: Tree, fallback: str = "") -> OsIdentity:
    """Name the distribution of a tree.

    Args:
        tree: the file system.
        fallback: namespace for a tree that does not say which distribution it is.
    """
    fields = os_release.read(tree)
    key = fields.get("ID", "").lower()
    release = fields.get("VERSION_ID") or fields.get("VERSION_CODENAME", "")
    if not key:
        return OsIdentity(fallback, "")
    return OsIdentity(_VENDORS.get(key, key), f"{key}-{release}" if release else key)
