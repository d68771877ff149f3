"""What a root file system offers to the programs and people in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.distros.libc import WANTS, find_libcs
from bedplate.model.file_entry import FileKind

if TYPE_CHECKING:
    from bedplate.model.file_entry import FileEntry
    from bedplate.model.tree import Tree

__all__ = [
    "WANTS",
    "find_certificates",
    "find_libcs",
    "find_package_managers",
    "find_shells",
    "find_time_zones",
]

# `busybox` is the folder of the debug variants of distroless
_SHELL_FOLDERS = ("bin", "usr/bin", "usr/local/bin", "sbin", "usr/sbin", "busybox")
_SHELLS = ("sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "yash", "fish", "csh", "tcsh", "pwsh")
_MULTICALL = ("busybox", "toybox")

_PROGRAM_FOLDERS = ("usr/bin", "bin", "sbin", "usr/sbin", "usr/local/bin", "usr/local/sbin")
# name -> programs that show it; the one that fetches packages stands before the one that
# only installs a file.
_PACKAGE_MANAGERS = (
    ("apt", ("apt-get", "apt")),
    ("apk", ("apk",)),
    ("dnf", ("dnf", "dnf5", "dnf-3")),
    ("microdnf", ("microdnf",)),
    ("yum", ("yum",)),
    ("zypper", ("zypper",)),
    ("tdnf", ("tdnf",)),
    ("pacman", ("pacman",)),
    ("xbps", ("xbps-install",)),
    ("emerge", ("emerge",)),
    ("nix", ("nix-env", "nix")),
    ("opkg", ("opkg",)),
    ("swupd", ("swupd",)),
    ("dpkg", ("dpkg",)),
    ("rpm", ("rpm",)),
)

# BusyBox has small `dpkg` and `rpm` of its own: where there is no database, that is all
# there is, and nobody manages packages with it.
_DATABASES = {
    "dpkg": ("var/lib/dpkg",),
    "rpm": ("var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm"),
}

# In the order of how many programs look there: OpenSSL's and Go's lists of default files.
_CERTIFICATES = (
    "etc/ssl/certs/ca-certificates.crt",
    "etc/pki/tls/certs/ca-bundle.crt",
    "etc/ssl/ca-bundle.pem",
    "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "etc/ssl/cert.pem",
    "etc/pki/tls/cert.pem",
    "etc/pki/tls/cacert.pem",
    "usr/share/ssl/certs/ca-bundle.crt",
    "usr/local/share/certs/ca-root-nss.crt",
    "usr/local/ssl/cert.pem",
)
_CERTIFICATE_FOLDERS = ("etc/ssl/certs", "etc/pki/tls/certs")

_TIME_ZONES = ("usr/share/zoneinfo", "usr/lib/zoneinfo", "usr/share/lib/zoneinfo", "etc/zoneinfo")
_REGIONS = ("Europe", "America", "Asia", "Africa", "Australia")


def find_shells(tree: Tree) -> tuple[str, ...]:
    """Give the paths of shells that can be started, `sh` first.

    `etc/shells` is not asked: it lists what may be there. A name behind a symlinked folder
    (`bin` -> `usr/bin`) counts once; BusyBox is named only where none of its links is.
    """
    shells = _programs(tree, _SHELLS, _SHELL_FOLDERS)
    return shells or _programs(tree, _MULTICALL, _SHELL_FOLDERS)


def find_package_managers(tree: Tree) -> tuple[str, ...]:
    """Give the names of programs that can install packages, the most useful first."""
    return tuple(
        name
        for name, programs in _PACKAGE_MANAGERS
        if _programs(tree, programs, _PROGRAM_FOLDERS)
        and (name not in _DATABASES or any(tree.resolve(path) for path in _DATABASES[name]))
    )


def find_certificates(tree: Tree) -> str:
    """Give the path of the bundle (or folder) of trusted certificates; empty if none."""
    for path in _CERTIFICATES:
        if _has_bytes(tree.resolve(path)):
            return path
    for folder in _CERTIFICATE_FOLDERS:
        for name in tree.children(folder):
            if name.endswith((".pem", ".crt", ".0")) and _has_bytes(
                tree.resolve(f"{folder}/{name}")
            ):
                return folder
    return ""


def find_time_zones(tree: Tree) -> str:
    """Give the folder of the time zone database; empty when there are no regions in it.

    Minimal images keep `UTC` alone, with which no other zone can be told.
    """
    for folder in _TIME_ZONES:
        for region in _REGIONS:
            for name in tree.children(f"{folder}/{region}"):
                if _has_bytes(tree.resolve(f"{folder}/{region}/{name}")):
                    return folder
    return ""


def _programs(tree: Tree, names: tuple[str, ...], folders: tuple[str, ...]) -> tuple[str, ...]:
    """Give the paths of executables of these names, each once, in the order of the names."""
    paths: dict[str, str] = {}
    for name in names:
        for folder in folders:
            path = f"{folder}/{name}"
            entry = tree.get(path)
            if entry is not None and _can_run(tree.resolve(path)):
                paths.setdefault(entry.path, path)
    return tuple(paths.values())


def _can_run(entry: FileEntry | None) -> bool:
    return (
        entry is not None
        and entry.kind in (FileKind.FILE, FileKind.HARDLINK)
        and bool(entry.mode & 0o111)
    )


def _has_bytes(entry: FileEntry | None) -> bool:
    """Tell whether a file has content; a hard link's size is that of its first name."""
    if entry is None:
        return False
    return entry.kind is FileKind.HARDLINK or (entry.kind is FileKind.FILE and entry.size > 0)
