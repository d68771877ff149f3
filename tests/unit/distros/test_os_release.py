"""The file in which a distribution says what it is."""

from __future__ import annotations

import shlex
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.distros import os_release
from bedplate.testing.tree_builder import MemoryTree


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (b"NAME=Fedora", "Fedora"),
        (b'NAME="Fedora Linux"', "Fedora Linux"),
        (b"NAME='Fedora Linux'", "Fedora Linux"),
        (b"NAME=", ""),
        (b'NAME=""', ""),
        (b'NAME="the \\"big\\" one"', 'the "big" one'),
        (b'NAME="cash \\$5 \\`x\\` \\\\"', "cash $5 `x` \\"),
        (b'NAME="a\\nb"', "a\\nb"),
        (b"NAME='a\\nb'", "a\\nb"),
        (b"NAME=a\\ b", "a b"),
        (b"NAME=one # not two", "one"),
        (b'NAME="one # two"', "one # two"),
        (b'  NAME="indented"  ', "indented"),
        (b"NAME=crlf\r", "crlf"),
        (b"NAME=first\nNAME=last", "last"),
        (b"NAME=a=b", "a=b"),
        (b'NAME="open', "open"),
        (b"NAME=ends\\", "ends"),
        (b'NAME="\xc3\xa9t\xc3\xa9"', "\u00e9t\u00e9"),
        (b"\xef\xbb\xbfNAME=marked", "marked"),
    ],
)
def test_values_are_unquoted_as_the_shell_does(line: bytes, value: str) -> None:
    assert os_release.parse(line) == {"NAME": value}


@pytest.mark.parametrize("line", [b"", b"# NAME=x", b"NAME", b"=x", b"export NAME=x", b"N-A=x"])
def test_lines_that_are_no_assignment_are_left_out(line: bytes) -> None:
    assert os_release.parse(line) == {}


def test_terminal_escapes_do_not_survive() -> None:
    fields = os_release.parse(b'PRETTY_NAME="\x1b[31mRed\x07 Hat\x00"')

    assert fields == {"PRETTY_NAME": "[31mRed Hat"}


def test_an_endless_file_is_read_in_part() -> None:
    assert os_release.parse(b"ID=x\n" + b"A=b\n" * 10**6) == {"ID": "x", "A": "b"}
    assert len(os_release.parse(b"NAME=" + b"x" * 10**6)["NAME"]) == 1024
    assert len(os_release.parse(b"".join(b"K%d=x\n" % n for n in range(5000)))) == 1000


@given(st.binary(max_size=400))
def test_any_bytes_give_printable_values(content: bytes) -> None:
    for name, value in os_release.parse(content).items():
        assert name.isidentifier()
        assert value.isprintable() or not value


@given(st.text(string.ascii_letters + string.digits + " \"'\\$`#=-.()", max_size=60))
def test_what_the_shell_quotes_comes_back(value: str) -> None:
    line = f"NAME={shlex.quote(value)}".encode()

    assert os_release.parse(line) == {"NAME": value.strip()}


def test_etc_wins_over_usr_and_links_are_followed() -> None:
    both = MemoryTree({"etc/os-release": b"ID=a", "usr/lib/os-release": b"ID=b"})
    link = MemoryTree({"etc/os-release": "../usr/lib/os-release", "usr/lib/os-release": b"ID=b"})
    dangling = MemoryTree({"etc/os-release": "/nowhere", "usr/lib/os-release": b"ID=b"})

    assert os_release.locate(both) == ({"ID": "a"}, "etc/os-release")
    assert os_release.locate(link) == ({"ID": "b"}, "etc/os-release")
    assert os_release.locate(dangling) == ({"ID": "b"}, "usr/lib/os-release")


@pytest.mark.parametrize(
    ("path", "content", "key", "version"),
    [
        ("etc/alpine-release", b"3.4.6\n", "alpine", "3.4.6"),
        ("etc/debian_version", b"7.11\n", "debian", "7"),
        ("etc/redhat-release", b"CentOS release 6.10 (Final)\n", "centos", "6.10"),
        (
            "etc/redhat-release",
            b"Red Hat Enterprise Linux Server release 6.9 (Santiago)\n",
            "rhel",
            "6.9",
        ),
        ("etc/system-release", b"Amazon Linux AMI release 2017.09\n", "amzn", "2017.09"),
        ("etc/lsb-release", b"DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=10.04\n", "ubuntu", "10.04"),
    ],
)
def test_older_files_stand_in(path: str, content: bytes, key: str, version: str) -> None:
    fields = os_release.read(MemoryTree({path: content}, os_release.WANTS))

    assert fields["ID"] == key
    assert fields["VERSION_ID"] == version
    assert fields["NAME"]


def test_a_testing_release_has_no_version() -> None:
    fields = os_release.read(MemoryTree({"etc/debian_version": b"bookworm/sid\n"}))

    assert "VERSION_ID" not in fields


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00", b"no assignment here"])
def test_an_empty_file_is_passed_over(content: bytes) -> None:
    tree = MemoryTree({"etc/os-release": content, "etc/alpine-release": b"3.9.1"})

    assert os_release.locate(tree)[1] == "etc/alpine-release"
    assert os_release.locate(MemoryTree({"etc/redhat-release": content})) == ({}, "")
