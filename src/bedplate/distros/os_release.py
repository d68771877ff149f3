"""The file in which a distribution says what it is, and its older relatives.

Source: os-release(5); Linux Standard Base 4.0, "lsb_release" for the fallbacks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.want import KIB, Want

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.tree import Tree

_LIMIT = 64 * KIB
_MAX_LINES = 1000
_MAX_VALUE = 1024  # characters of one value that are kept

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

# How the first words of /etc/redhat-release and its kin name an os-release ID.
_RELEASE_WORDS = (
    ("Red Hat Enterprise Linux", "rhel"),
    ("CentOS", "centos"),
    ("AlmaLinux", "almalinux"),
    ("Rocky Linux", "rocky"),
    ("Oracle Linux", "ol"),
    ("Enterprise Linux Enterprise Linux Server", "ol"),
    ("Scientific Linux", "scientific"),
    ("Fedora", "fedora"),
    ("Amazon Linux", "amzn"),
    ("openSUSE", "opensuse"),
    ("SUSE Linux Enterprise Server", "sles"),
)


def parse(content: bytes) -> dict[str, str]:
    """Read `NAME=value` lines with the shell's quoting; variables are not expanded.

    Args:
        content: the file, UTF-8; at most 64 KiB and 1000 lines of it are read.

    Returns:
        Name to value, the last one of a name wins. Lines that are no assignment are left
        out; control characters in values too, for they would reach the user's terminal.
    """
    text = content[:_LIMIT].decode("utf-8", "replace").removeprefix("\ufeff")
    fields = {}
    for line in text.split("\n")[:_MAX_LINES]:
        name, equals, raw = line.strip().partition("=")
        if equals and _NAME.fullmatch(name):
            fields[name] = _unquote(raw)
    return fields


def _unquote(raw: str) -> str:
    """Undo the shell's quoting of one word."""
    out = []
    quote = ""
    characters = iter(raw)
    for character in characters:
        if character == "\\" and quote != "'":
            following = next(characters, "")
            # between double quotes a backslash is itself unless it hides something special
            out.append(following if not quote or following in '"\\$`' else f"\\{following}")
        elif character == quote:
            quote = ""
        elif character in "\"'" and not quote:
            quote = character
        elif character in " \t" and not quote:
            break
        else:
            out.append(character)
    return "".join(c for c in "".join(out)[:_MAX_VALUE] if c.isprintable()).strip()


def _alpine(content: bytes) -> dict[str, str]:
    return {"ID": "alpine", "NAME": "Alpine Linux", "VERSION_ID": _line(content)}


def _debian(content: bytes) -> dict[str, str]:
    fields = {"ID": "debian", "NAME": "Debian GNU/Linux"}
    version = _line(content)
    if version[:1].isdigit():
        fields["VERSION_ID"] = version.partition(".")[0]
    return fields


def _lsb(content: bytes) -> dict[str, str]:
    lsb = parse(content)
    name = lsb.get("DISTRIB_ID", "")
    fields = {
        "ID": name.lower(),
        "NAME": name,
        "VERSION_ID": lsb.get("DISTRIB_RELEASE", ""),
        "VERSION_CODENAME": lsb.get("DISTRIB_CODENAME", ""),
        "PRETTY_NAME": lsb.get("DISTRIB_DESCRIPTION", ""),
    }
    return fields if name else {}


def _release_line(content: bytes) -> dict[str, str]:
    """Read `CentOS Linux release 7.9.2009 (Core)` and the like."""
    line = _line(content)
    name, _, rest = line.partition(" release ")
    for words, key in _RELEASE_WORDS:
        if line.startswith(words):
            version = re.match(r"[0-9.]+", rest)
            return {
                "ID": key,
                "NAME": name,
                "VERSION_ID": version.group() if version else "",
            }
    return {}


def _arch(_content: bytes) -> dict[str, str]:
    return {"ID": "arch", "NAME": "Arch Linux"}


def _line(content: bytes) -> str:
    text = content[:200].decode("utf-8", "replace").strip().partition("\n")[0]
    return "".join(c for c in text if c.isprintable()).strip()


# In the order in which they are asked: the standard, then what came before it.
_FILES: tuple[tuple[str, Callable[[bytes], dict[str, str]]], ...] = (
    ("etc/os-release", parse),
    ("usr/lib/os-release", parse),
    ("etc/alpine-release", _alpine),
    ("etc/centos-release", _release_line),
    ("etc/redhat-release", _release_line),
    ("etc/system-release", _release_line),
    ("etc/SuSE-release", _release_line),
    ("etc/lsb-release", _lsb),
    ("etc/debian_version", _debian),
    ("etc/arch-release", _arch),
)

WANTS = tuple(Want(path, _LIMIT, head=True) for path, _ in _FILES)


def locate(tree: Tree) -> tuple[dict[str, str], str]:
    """Give the fields and the path of the file that they are from; both empty if none.

    The fields of an older file are given under the names of os-release.
    """
    for path, read_fields in _FILES:
        content = tree.read(path)
        if content is not None and (fields := read_fields(content)):
            return fields, path
    return {}, ""


def read(tree: Tree) -> dict[str, str]:
    """Give the fields of os-release or of what stands in for it; empty if there is none."""
    return locate(tree)[0]
