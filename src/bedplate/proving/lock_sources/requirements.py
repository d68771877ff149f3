"""pip: `requirements.txt` and its kin; exact pins with hashes of files, but no names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.inventory.lock_text import MAX_BYTES, decode
from bedplate.inventory.python_pins import belongs_to_installed, read_pin
from bedplate.model.locked_package import LockedFile, LockedPackage
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "requirements file"
WANTS: tuple[Want, ...] = (
    Want("**/*requirements*.txt", limit=MAX_BYTES),
    Want("**/requirements/*.txt", limit=MAX_BYTES),
)

_COMMENT = re.compile(r"^[ \t]*+#[^\n]*", re.MULTILINE)
_CONTINUED = re.compile(r"\\\r?\n")
_HASH = re.compile(r"--hash[= ](sha\d{3}:[0-9a-f]{1,128})")
# `name @ https://host/name-1.0-py3-none-any.whl#sha256=...`
_DIRECT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)\s*@\s*(?P<url>https?://[^\s;#]+)")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_OPTION = re.compile(r"\s(?:#|--)")
_MAX_LINE = 100_000


def _marker(requirement: str) -> str:
    """Give what stands behind the semicolon, without options and comment."""
    return _OPTION.split(requirement.partition(";")[2], maxsplit=1)[0].strip()


def read(path: str, content: bytes) -> Iterator[LockedPackage | Skipped]:
    """Yield the requirements of a file, those without an exact version as not examined.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        LimitExceeded: too large.

    Source: pip documentation, "Requirements File Format".
    """
    if belongs_to_installed(path):
        return
    source = _COMMENT.sub("", decode(path, content, lenient=True))
    development = "dev" in path.rpartition("/")[2] or "test" in path.rpartition("/")[2]
    for number, line in enumerate(_CONTINUED.sub(" ", source).splitlines()):
        requirement = line.strip()[:_MAX_LINE]
        pin, direct = read_pin(requirement), _DIRECT.match(requirement)
        if direct:
            name = direct["url"].rpartition("/")[2]
            yield LockedPackage(
                "pypi",
                direct["name"],
                "",
                str(number),
                development=development,
                files=(LockedFile(name, direct["url"]),),
                every_file=True,
            )
        elif pin:
            hashes = tuple(LockedFile("", integrity=one) for one in _HASH.findall(requirement))
            yield LockedPackage(
                "pypi",
                pin.name,
                pin.version,
                str(number),
                development=development,
                files=hashes,
                marker=_marker(requirement),
            )
        elif match := _NAME.match(requirement):
            yield Skipped(f"{path}: {match[0]}", "no exact version")
