"""Licences in the copyright files that Debian's packages carry.

Source: Machine-readable debian/copyright file 1.0 (DEP-5); Debian Policy, 12.5.
"""

from __future__ import annotations

import re

_MAX_LICENSES = 64
_MAX_LENGTH = 200  # characters of one short name or expression
_FIELD = b"\nLicense:"
# Free-form files name the text of a well-known licence instead of quoting it.
_COMMON = re.compile(rb"/usr/share/common-licenses/([A-Za-z0-9.+-]{1,40})")


def licenses(content: bytes) -> tuple[str, ...]:
    """Give the licences that a copyright file names, in the order of their first mention.

    Args:
        content: of `usr/share/doc/PACKAGE/copyright`.

    Returns:
        Short names or expressions of the `License` fields of a machine-readable file; of
        any other, the well-known licences whose texts it refers to.
    """
    found: dict[str, None] = {}
    names = _fields(content) if _is_machine_readable(content) else _references(content)
    for name in names:
        if name and len(name) <= _MAX_LENGTH:
            found[name] = None
        if len(found) >= _MAX_LICENSES:
            break
    return tuple(found)


def _is_machine_readable(content: bytes) -> bool:
    head = content[:4096].lstrip().lower().partition(b"\n\n")[0]
    return any(line.startswith((b"format:", b"format-spec")) for line in head.split(b"\n"))


def _fields(content: bytes) -> list[str]:
    values = (after.partition(b"\n")[0] for after in content.split(_FIELD)[1:])
    return [value.decode("utf-8", "replace").strip() for value in values]


def _references(content: bytes) -> list[str]:
    return [name.decode("ascii").rstrip(".-") for name in _COMMON.findall(content)]
