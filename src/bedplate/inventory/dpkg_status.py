"""The status file that dpkg writes, and opkg in the same form.

Source: dpkg(1), "Package states"; deb-control(5); Debian Policy, 5.6.1 "Source".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.errors import LimitExceeded
from bedplate.inventory.deb822 import paragraphs
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MAX_PACKAGES = 100_000
_MAX_SIZE = 1 << 40  # KiB; more is no size
# The third word of Status. The two about triggers: installed, with a chore left to do.
_INSTALLED = frozenset(("installed", "triggers-awaited", "triggers-pending"))
_FIELDS = frozenset(
    (
        "package",
        "version",
        "status",
        "architecture",
        "source",
        "section",
        "maintainer",
        "installed-size",
        "conffiles",
    )
)


@dataclass(frozen=True, slots=True)
class StatusRecord:
    """One installed package, in the words of `model.package.Package`.

    Args:
        conffiles: paths of its configuration files, without the leading slash.
    """

    name: str
    version: str
    architecture: str
    source_name: str
    source_version: str
    section: str
    vendor: str
    installed_size: int | None
    conffiles: tuple[str, ...]


def installed(
    path: str, content: bytes, *, needs_status: bool = True
) -> Iterator[StatusRecord | Skipped]:
    """Walk the packages of a status file that are installed.

    Args:
        path: named in what is skipped.
        content: the file.
        needs_status: leave packages out that do not say whether they are installed. The
            records of distroless images are bare control files: they never say so.

    Raises:
        LimitExceeded: more packages than any distribution has.
    """
    broken = 0
    for number, fields in enumerate(paragraphs(content, _FIELDS)):
        if number >= _MAX_PACKAGES:
            raise LimitExceeded(f"{path}: more than {_MAX_PACKAGES} records")
        if "package" in fields and not _is_installed(fields, needs_status=needs_status):
            continue
        if fields.get("package") and fields.get("version"):
            yield _record(fields)
        else:
            broken += 1
    if broken:
        yield Skipped(path, f"{broken} record(s) without a name or a version")


def _is_installed(fields: Mapping[str, str], *, needs_status: bool) -> bool:
    status = fields.get("status")
    if status is None:
        return not needs_status
    words = status.split()
    return len(words) == 3 and words[2] in _INSTALLED


def _record(fields: Mapping[str, str]) -> StatusRecord:
    name, version = fields["package"], fields["version"]
    source, bracket, rest = fields.get("source", "").partition("(")
    lines = fields.get("conffiles", "").split("\n")
    return StatusRecord(
        name=name,
        version=version,
        architecture=fields.get("architecture", ""),
        source_name=source.strip() or name,
        source_version=(rest.partition(")")[0].strip() if bracket else "") or version,
        section=fields.get("section", ""),
        vendor=fields.get("maintainer", ""),
        installed_size=_size(fields.get("installed-size", "")),
        conffiles=tuple(line.split(" ", 1)[0].lstrip("/") for line in lines if line[:1] == "/"),
    )


def _size(text: str) -> int | None:
    """Turn KiB into bytes."""
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        return None
    size = int(text)
    return size * 1024 if size < _MAX_SIZE else None
