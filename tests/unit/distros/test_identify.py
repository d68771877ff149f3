"""Which release a root file system is."""

from __future__ import annotations

import pkgutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.distros import known
from bedplate.distros.identify import WANTS, identify
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from bedplate.model.distro_release import DistroRelease

GLIBC = b"\x7fELF\0GNU C Library (Something 2.36) stable release version 2.36.\n"


def _tree(fields: str, **files: bytes | str) -> MemoryTree:
    content: dict[str, bytes | str] = {"etc/os-release": fields.replace("; ", "\n").encode()}
    content.update({path.replace("__", "/"): data for path, data in files.items()})
    return MemoryTree(content, WANTS)


def _identify(fields: str, **files: bytes | str) -> DistroRelease:
    return identify(_tree(fields, **files))


@pytest.mark.parametrize(
    ("key", "name", "version", "title", "end_of_life"),
    [
        ("alpine", "Alpine Linux", "3.24.2", "Alpine Linux 3.24.2", "alpine-linux 3.24"),
        ("alpine", "Alpine Linux", "3.25.0_alpha2026", "Alpine Linux 3.25.0_alpha2026", ""),
        ("debian", "Debian GNU/Linux", "12", "Debian GNU/Linux 12", "debian 12"),
        ("ubuntu", "Ubuntu", "26.04", "Ubuntu 26.04", "ubuntu 26.04"),
        ("wolfi", "Wolfi", "20230201", "Wolfi 20230201", ""),
        ("rhel", "Red Hat Enterprise Linux", "9.8", "Red Hat Enterprise Linux 9.8", "rhel 9"),
        ("almalinux", "AlmaLinux", "9.8", "AlmaLinux 9.8", "almalinux 9"),
        ("rocky", "Rocky Linux", "10.1", "Rocky Linux 10.1", "rocky-linux 10"),
        ("ol", "Oracle Linux Server", "8.10", "Oracle Linux Server 8.10", "oracle-linux 8"),
        ("centos", "CentOS Stream", "10", "CentOS Stream 10", "centos-stream 10"),
        ("centos", "CentOS Linux", "7", "CentOS Linux 7", "centos 7"),
        ("fedora", "Fedora Linux", "44", "Fedora Linux 44", "fedora 44"),
        ("amzn", "Amazon Linux", "2023", "Amazon Linux 2023", "amazon-linux 2023"),
        ("amzn", "Amazon Linux", "2018.03", "Amazon Linux 2018.03", "amazon-linux 2018.03"),
        ("sles", "SLES", "15.7", "SUSE Linux Enterprise Server 15.7", "sles 15.7"),
        ("sles", "SLES", "15", "SUSE Linux Enterprise Server 15", "sles 15.0"),
        ("opensuse-leap", "openSUSE Leap", "15.6", "openSUSE Leap 15.6", "opensuse 15.6"),
        ("opensuse-tumbleweed", "x", "20260901", "openSUSE Tumbleweed 20260901", ""),
        ("azurelinux", "Microsoft Azure Linux", "3.0", "Azure Linux 3.0", ""),
        ("mariner", "Common Base Linux Mariner", "2.0", "CBL-Mariner 2.0", ""),
        ("photon", "VMware Photon OS", "5.0", "Photon OS 5.0", ""),
        ("void", "Void", "", "Void", ""),
        ("nixos", "NixOS", "26.05", "NixOS 26.05", ""),
        ("", "Nobody's Linux", "1", "Nobody's Linux 1", ""),
    ],
)
def test_release(key: str, name: str, version: str, title: str, end_of_life: str) -> None:
    release = _identify(f'ID={key}; NAME="{name}"; VERSION_ID="{version}"')

    assert release.title == title
    assert f"{release.eol_product} {release.eol_cycle}".strip() == end_of_life
    assert release.evidence == "etc/os-release"


def test_a_rolling_release_is_named_by_its_build() -> None:
    assert _identify('ID=arch; NAME="Arch Linux"; BUILD_ID=rolling').title == "Arch Linux rolling"


def test_ubuntu_point_release() -> None:
    release = _identify('ID=ubuntu; VERSION_ID="24.04"; VERSION="24.04.3 LTS (Noble Numbat)"')

    assert (release.version, release.eol_cycle) == ("24.04.3", "24.04")


def test_debian_point_release_and_codename() -> None:
    fields = 'ID=debian; NAME="Debian GNU/Linux"; VERSION_ID="12"; VERSION_CODENAME=bookworm'
    release = _identify(fields, etc__debian_version=b"12.11\n")

    assert (release.version, release.codename, release.eol_cycle) == ("12.11", "bookworm", "12")


@pytest.mark.parametrize("line", [b"11.9\n", b"\x1b[2J", b"", b"bookworm/sid", b"120.1"])
def test_a_debian_version_that_contradicts_is_not_believed(line: bytes) -> None:
    release = _identify("ID=debian; VERSION_ID=12", etc__debian_version=line)

    assert release.version == "12"


def test_debian_testing_has_a_codename_and_no_end_of_life() -> None:
    fields = 'ID=debian; NAME="Debian GNU/Linux"; VERSION_CODENAME=forky'
    release = _identify(fields, etc__debian_version=b"forky/sid\n")

    assert (release.version, release.codename) == ("forky/sid", "forky")
    assert (release.eol_product, release.eol_cycle) == ("", "")


def test_ubuntu_ignores_the_debian_it_came_from() -> None:
    release = _identify(
        "ID=ubuntu; ID_LIKE=debian; NAME=Ubuntu; VERSION_ID=24.04",
        etc__debian_version=b"trixie/sid\n",
    )

    assert (release.id, release.version, release.base_id) == ("ubuntu", "24.04", "")


def test_centos_takes_the_minor_release_from_its_own_file() -> None:
    release = _identify(
        'ID="centos"; NAME="CentOS Linux"; VERSION_ID="7"',
        **{"etc__centos-release": b"CentOS Linux release 7.9.2009 (Core)\n"},
    )

    assert (release.version, release.eol_cycle) == ("7.9.2009", "7")


def test_amazon_linux_takes_the_exact_release_from_its_own_file() -> None:
    release = _identify(
        'ID="amzn"; NAME="Amazon Linux"; VERSION_ID="2023"',
        **{"etc__amazon-linux-release": b"Amazon Linux release 2023.6.20241121 (Amazon Linux)\n"},
    )

    assert (release.version, release.eol_cycle) == ("2023.6.20241121", "2023")


def test_a_derivative_names_its_nearest_relative() -> None:
    release = _identify('ID=linuxmint; NAME="Linux Mint"; ID_LIKE="ubuntu debian"; VERSION_ID=22')

    assert (release.id, release.base_id) == ("linuxmint", "ubuntu")
    assert release.eol_product == ""


DISTROLESS = 'ID=debian; NAME="Debian GNU/Linux"; VERSION_ID=13; VERSION_CODENAME=trixie'


def test_distroless_by_its_own_word() -> None:
    release = _identify(f"PRETTY_NAME=Distroless; {DISTROLESS}", etc__debian_version=b"13.1")

    assert release.title == "Distroless (Debian) 13.1"
    assert (release.id, release.base_id, release.codename) == ("distroless", "debian", "trixie")
    assert (release.eol_product, release.eol_cycle) == ("debian", "13")
    assert release.evidence == "etc/os-release"


def test_distroless_by_packages_without_a_package_manager() -> None:
    release = _identify(DISTROLESS, var__lib__dpkg__status__d=b"")
    listed = {"etc/os-release": b"ID=debian\nVERSION_ID=13", "var/lib/dpkg/status.d/libc6": b"x"}
    bare = identify(MemoryTree(listed, WANTS))
    with_shell = identify(MemoryTree({**listed, "bin/sh": b"#"}, WANTS))

    assert release.id == "debian"
    assert (bare.id, bare.evidence) == ("distroless", "var/lib/dpkg/status.d")
    assert with_shell.id == "debian"


def test_distroless_debug_keeps_its_name_with_a_shell() -> None:
    release = _identify(f"PRETTY_NAME=Distroless; {DISTROLESS}", busybox__sh=b"BusyBox v1.36.1 x")

    assert release.id == "distroless"


@pytest.mark.parametrize("path", ["bin/busybox", "bin/[", "usr/bin/busybox"])
def test_busybox_says_its_version(path: str) -> None:
    program = b"\x7fELF" + b"\0" * 5000 + b"BusyBox v1.38.0 (2026-01-02) multi-call binary"
    release = identify(MemoryTree({path: program, "bin/sh": f"/{path}"}, WANTS))

    assert (release.id, release.title) == ("busybox", "BusyBox 1.38.0")
    assert release.evidence == path


def test_busybox_without_a_banner_is_still_busybox() -> None:
    release = identify(MemoryTree({"bin/busybox": b"\x7fELF"}, WANTS))

    assert (release.id, release.version) == ("busybox", "")


def test_the_os_release_wins_over_busybox() -> None:
    assert _identify("ID=alpine; VERSION_ID=3.20.3", bin__busybox=b"BusyBox v1.36.1").id == "alpine"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"app": b"\x7fELF static"},
        {"app": b"x", "etc/passwd": b"root:x:0:0", "etc/ssl/certs/ca-certificates.crt": b"pem"},
        {"usr/share/zoneinfo/Europe/Oslo": b"TZif", "tmp/.keep": b""},
    ],
)
def test_scratch_is_a_program_and_its_files(files: dict[str, bytes | str]) -> None:
    release = identify(MemoryTree(files, WANTS))

    assert release.id == "scratch"
    assert release.title == "scratch"
    assert release.evidence


@pytest.mark.parametrize(
    "files",
    [
        {"bin/sh": b"#"},
        {"lib/x86_64-linux-gnu/libc.so.6": GLIBC},
        {"lib/ld-musl-x86_64.so.1": b"\x7fELF"},
        {"var/lib/dpkg/status": b"Package: x"},
        {"lib/apk/db/installed": b"P:x"},
    ],
)
def test_a_system_without_a_name_is_unknown_and_not_scratch(files: dict[str, bytes | str]) -> None:
    release = identify(MemoryTree(files, WANTS))

    assert release.id == "unknown"
    assert release.evidence


@given(st.dictionaries(st.sampled_from(["ID", "NAME", "VERSION_ID", "VERSION", "ID_LIKE",
                                        "PRETTY_NAME", "VERSION_CODENAME"]),
                       st.text(max_size=20)),
       st.sampled_from(["alpine", "debian", "ubuntu", "rhel", "centos", "amzn", "sles", "other"]),
       st.binary(max_size=40))  # fmt: skip
def test_no_os_release_makes_it_fail(fields: dict[str, str], key: str, extra: bytes) -> None:
    lines = "\n".join(f"{name}='{value}'" for name, value in {**fields, "ID": key}.items())
    files: dict[str, bytes | str] = {
        "etc/os-release": lines.encode("utf-8", "replace"),
        "etc/debian_version": extra,
        "etc/centos-release": b"x release " + extra,
        "etc/amazon-linux-release": b"x release " + extra,
    }
    release = identify(MemoryTree(files, WANTS))

    assert release.id
    assert release.name
    assert release.title.isprintable()
    assert bool(release.eol_product) == bool(release.eol_cycle)


def test_every_entry_is_in_the_table() -> None:
    entries = {module.name for module in pkgutil.iter_modules(known.__path__)}
    listed = {name for name, value in vars(known).items() if value in known.KNOWN}

    assert listed == entries


def test_no_two_families_answer_for_one_id() -> None:
    # distroless is Debian by ID, and asked first
    ids = [key for entry in known.KNOWN[1:] for key in entry.IDS]

    assert len(ids) == len(set(ids))
