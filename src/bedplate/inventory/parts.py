"""The words that a person thinks in for a package or a path: which part of the image it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.package import Package

OS = "os"
RUNTIME = "runtime"
PACKAGE_MANAGER = "package-manager"
BUILD_TOOLS = "build-tools"
DOCUMENTATION = "documentation"
LIBRARIES = "libraries"
OTHER = "other"
HIDDEN = "hidden"

LABELS = {
    OS: "Operating system",
    BUILD_TOOLS: "Build tools and headers",
    DOCUMENTATION: "Documentation and locales",
    OTHER: "Other files",
    HIDDEN: "Overwritten or deleted by later layers",
}

# The order in which parts are shown.
ORDER = (OS, RUNTIME, PACKAGE_MANAGER, LIBRARIES, BUILD_TOOLS, DOCUMENTATION, OTHER, HIDDEN)

DOCUMENTATION_FOLDERS = (
    "usr/share/doc/",
    "usr/share/man/",
    "usr/share/info/",
    "usr/share/locale/",
    "usr/share/i18n/",
    "usr/share/gtk-doc/",
    "usr/share/help/",
    "usr/lib/locale/",
    "usr/local/share/doc/",
    "usr/local/share/man/",
    "usr/local/man/",
)

# What an operating system writes beside its packages: databases, caches, configuration.
OS_FOLDERS = (
    "etc/",
    "var/lib/dpkg/",
    "var/lib/apt/",
    "var/lib/rpm/",
    "var/lib/dnf/",
    "var/lib/systemd/",
    "var/lib/pam/",
    "var/lib/ucf/",
    "var/lib/shells.state",
    "var/cache/",
    "var/log/",
    "lib/apk/",
    "usr/lib/apk/",
    "usr/lib/sysimage/",
    "usr/share/ca-certificates/",
    "usr/share/zoneinfo/",
    "usr/share/mime/",
    "usr/share/icons/",
    "usr/share/info/",
    "bin/",
    "sbin/",
    "lib/",
    "lib64/",
    "usr/bin/",
    "usr/sbin/",
    "usr/lib/",
    "usr/share/perl/",
)

_MANAGERS = re.compile(
    r"(apt|apt-utils|apt-transport-https|libapt-.+|dpkg|debconf|aptitude"
    r"|apk-tools|libapk.*|rpm|rpm-.+|librpm.*|(micro)?dnf5?(-.+)?|libdnf.*|yum(-.+)?"
    r"|libsolv.*|librepo.*|libmodulemd.*|libcomps.*|zypper|libzypp|tdnf.*"
    r"|pacman|opkg|python3-(dnf|hawkey|libdnf|librepo|rpm|libcomps)"
    r"|.+-archive-keyring|alpine-keys|wolfi-keys)"
)
_BUILD = re.compile(
    r"((gcc|g\+\+|cpp|clang|llvm|gfortran)(-[0-9.]+)?(-c\+\+|-x86.*|-base)?"
    r"|lib(clang|llvm).*|.+-dev|.+-devel|.+-dev-bin|.+-headers"
    r"|linux-libc-dev|make|cmake|ninja(-build)?|meson|patch|bison|flex|m4|autoconf|automake"
    r"|autotools-dev|libtool(-bin)?|pkg-?config?|pkgconf(-.+)?|binutils(-.+)?|build-(base|essential)"
    r"|dpkg-dev|fakeroot|gdb|git(-man|-core.*)?|mercurial(-common)?|subversion|bzr"
    r"|libisl[0-9]*|libmpc[0-9]*|libmpfr[0-9]*|libctf.*|libbinutils|libcc1-0|libasan[0-9]+"
    r"|libtsan[0-9]+|liblsan[0-9]+|libubsan[0-9]+|libhwasan[0-9]+|libitm1|libquadmath[0-9]+)"
)
_DOCUMENTATION = re.compile(
    r"(.+-docs?|man-db|manpages(-.+)?|man-pages|locales(-all)?|glibc-(all-)?langpack.*"
    r"|glibc-locale.*|.+-lang|texinfo|info)"
)
_BUILD_SECTIONS = frozenset(("devel", "libdevel", "vcs", "Development/Tools"))


def part_of_package(package: Package) -> str:
    """Tell which part of an image an operating system's package is.

    Args:
        package: of type deb, apk or rpm.
    """
    name = package.name
    section = package.section.rpartition("/")[2] if "/" in package.section else package.section
    if _MANAGERS.fullmatch(name):
        return PACKAGE_MANAGER
    if section == "doc" or _DOCUMENTATION.fullmatch(name):
        return DOCUMENTATION
    if section in _BUILD_SECTIONS or _BUILD.fullmatch(name):
        return BUILD_TOOLS
    return OS


def part_of_path(path: str, *, has_system: bool) -> str:
    """Tell which part a file is that no package and no runtime owns.

    Args:
        path: from the root.
        has_system: whether there is an operating system to own the usual folders.
    """
    if path.startswith(DOCUMENTATION_FOLDERS):
        return DOCUMENTATION
    if has_system and path.startswith(OS_FOLDERS):
        return OS
    return OTHER
