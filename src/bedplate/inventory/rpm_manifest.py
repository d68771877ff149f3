"""The list that Azure Linux leaves in images from which it took the RPM database.

Source: `rpm -qa` with a query format of ten fields, as the distroless images of Azure Linux
(once CBL-Mariner) are built.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument, LimitExceeded
from bedplate.inventory.rpm_header import RpmHeader

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_LINES = 100_000
_NONE = "(none)"


def packages(content: bytes) -> Iterator[RpmHeader]:
    """Walk the packages; their files are not listed.

    Args:
        content: lines of name, version-release, time of install and of build, vendor, epoch,
            size, architecture, epoch as a number, source package, with tabs in between.

    Raises:
        InvalidDocument: a line of another form.
        LimitExceeded: more lines than any distribution has packages.
    """
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines()):
        if number >= _MAX_LINES:
            raise LimitExceeded(f"more than {_MAX_LINES} packages")
        fields = ["" if field == _NONE else field.strip() for field in line.split("\t")]
        if not line.strip():
            continue
        if len(fields) < 10 or not fields[0] or not fields[1]:
            raise InvalidDocument(f"line {number + 1} is not a package")
        version, _, release = fields[1].partition("-")
        yield RpmHeader(
            name=fields[0],
            version=version,
            release=release,
            epoch=_number(fields[8]) or 0,
            architecture=fields[7],
            source_rpm=fields[9],
            license="",
            vendor=fields[4],
            group="",
            size=_number(fields[6]),
            modularity_label="",
            folders=(),
            numbers=(),
            names=(),
        )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
