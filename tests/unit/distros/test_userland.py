"""Shells, package managers, certificates and time zones."""

from __future__ import annotations

import pytest

from bedplate.distros.userland import (
    find_certificates,
    find_package_managers,
    find_shells,
    find_time_zones,
)
from bedplate.testing.tree_builder import MemoryTree


def _tree(files: dict[str, bytes | str], *, plain: tuple[str, ...] = ()) -> MemoryTree:
    """Make a tree in which every file can be run, but the plain ones."""
    modes = {path: 0o644 if path in plain else 0o755 for path in files}
    return MemoryTree(files, modes=modes)


def test_shells_of_a_merged_usr_count_once() -> None:
    tree = _tree(
        {
            "bin": "usr/bin",
            "sbin": "usr/sbin",
            "usr/bin/sh": "dash",
            "usr/bin/dash": b"\x7fELF",
            "usr/bin/bash": b"\x7fELF",
        }
    )

    assert find_shells(tree) == ("bin/sh", "bin/bash", "bin/dash")


def test_shells_of_busybox() -> None:
    tree = _tree({"bin/busybox": b"\x7fELF", "bin/sh": "/bin/busybox", "bin/ash": "/bin/busybox"})

    assert find_shells(tree) == ("bin/sh", "bin/ash")


def test_busybox_alone_is_a_shell() -> None:
    assert find_shells(_tree({"bin/busybox": b"\x7fELF"})) == ("bin/busybox",)


def test_the_shell_of_distroless_debug() -> None:
    assert find_shells(_tree({"busybox/sh": "busybox", "busybox/busybox": b"x"})) == ("busybox/sh",)


@pytest.mark.parametrize(
    ("files", "plain"),
    [
        ({}, ()),
        ({"etc/shells": b"/bin/sh\n/bin/bash\n"}, ()),
        ({"bin/sh": "/bin/dash"}, ()),
        ({"bin/sh": "sh"}, ()),
        ({"bin/sh": b"\x7fELF"}, ("bin/sh",)),
        ({"bin/sh/inside": b"x"}, ()),
        ({"app/bin/bash": b"\x7fELF"}, ()),
        ({"bin/shell": b"\x7fELF"}, ()),
    ],
)
def test_what_can_not_be_started_is_no_shell(
    files: dict[str, bytes | str], plain: tuple[str, ...]
) -> None:
    assert find_shells(_tree(files, plain=plain)) == ()


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (("usr/bin/apt-get", "usr/bin/apt", "usr/bin/dpkg"), ("apt", "dpkg")),
        (("usr/bin/dpkg",), ("dpkg",)),
        (("sbin/apk",), ("apk",)),
        (("usr/bin/microdnf", "usr/bin/rpm"), ("microdnf", "rpm")),
        (("usr/bin/dnf5", "usr/bin/rpm"), ("dnf", "rpm")),
        (("usr/bin/zypper", "usr/bin/rpm"), ("zypper", "rpm")),
        (("usr/bin/tdnf",), ("tdnf",)),
        (("usr/bin/pacman",), ("pacman",)),
        (("opt/tools/bin/apt",), ()),
        ((), ()),
    ],
)
def test_package_managers(paths: tuple[str, ...], names: tuple[str, ...]) -> None:
    databases = ("var/lib/dpkg/status", "usr/lib/sysimage/rpm/rpmdb.sqlite")
    assert find_package_managers(_tree(dict.fromkeys((*paths, *databases), b"x"))) == names


def test_the_small_dpkg_and_rpm_of_busybox_manage_nothing() -> None:
    applets = _tree({"bin/busybox": b"x", "bin/dpkg": "busybox", "bin/rpm": "busybox"})
    assert find_package_managers(applets) == ()


def test_yum_that_is_a_link_to_dnf_and_a_dangling_one() -> None:
    real = _tree({"usr/bin/dnf": "dnf-3", "usr/bin/dnf-3": b"#!", "usr/bin/yum": "dnf-3"})

    assert find_package_managers(real) == ("dnf", "yum")
    assert find_package_managers(_tree({"usr/bin/yum": "dnf-3"})) == ()


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ({"etc/ssl/certs/ca-certificates.crt": b"pem"}, "etc/ssl/certs/ca-certificates.crt"),
        (
            {
                "etc/pki/tls/certs/ca-bundle.crt": "/etc/pki/ca-trust/bundle.pem",
                "etc/pki/ca-trust/bundle.pem": b"pem",
            },
            "etc/pki/tls/certs/ca-bundle.crt",
        ),
        ({"etc/ssl/cert.pem": b"pem"}, "etc/ssl/cert.pem"),
        ({"etc/ssl/certs/2ae6433e.0": b"pem"}, "etc/ssl/certs"),
        ({"etc/ssl/certs/ca-certificates.crt": b""}, ""),
        ({"etc/ssl/certs/ca-certificates.crt": "/nowhere"}, ""),
        ({"etc/ssl/certs/README": b"x"}, ""),
        ({}, ""),
    ],
)
def test_certificates(files: dict[str, bytes | str], path: str) -> None:
    assert find_certificates(MemoryTree(files)) == path


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ({"usr/share/zoneinfo/Europe/Oslo": b"TZif2"}, "usr/share/zoneinfo"),
        (
            {"usr/share/zoneinfo/Asia/Katmandu": "Kathmandu",
             "usr/share/zoneinfo/Asia/Kathmandu": b"TZif2"},
            "usr/share/zoneinfo",
        ),
        ({"usr/share/zoneinfo/UTC": b"TZif2"}, ""),
        ({"usr/share/zoneinfo/Europe/Oslo": b""}, ""),
        ({"usr/share/zoneinfo/Europe/Oslo": "../nowhere"}, ""),
        ({}, ""),
    ],
)  # fmt: skip
def test_time_zones(files: dict[str, bytes | str], path: str) -> None:
    assert find_time_zones(MemoryTree(files)) == path
