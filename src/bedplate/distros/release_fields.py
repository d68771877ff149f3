"""From the fields of os-release to a `DistroRelease`: what the entries share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.distro_release import DistroRelease

if TYPE_CHECKING:
    from collections.abc import Mapping


def release(
    os_release: Mapping[str, str],
    *,
    name: str = "",
    version: str | None = None,
    base_id: str = "",
    eol_product: str = "",
    eol_cycle: str = "",
) -> DistroRelease:
    """Make a release from the fields, save where an entry knows better.

    Args:
        os_release: as `os_release.read` gives them.
        name: for people; NAME when empty.
        version: VERSION_ID when None.
        base_id: the distribution whose packages it holds, when it is another one.
        eol_product: key in the end-of-life table; dropped when there is no cycle.
        eol_cycle: cycle in that table.
    """
    key = os_release.get("ID", "linux").lower() or "linux"
    return DistroRelease(
        id=key,
        name=name or os_release.get("NAME", "") or key,
        version=os_release.get("VERSION_ID", "") if version is None else version,
        codename=os_release.get("VERSION_CODENAME", ""),
        base_id=base_id,
        eol_product=eol_product if eol_cycle else "",
        eol_cycle=eol_cycle if eol_product else "",
    )


def leading(version: str, parts: int) -> str:
    """Give the first numbers of a version: `leading("3.24.2", 2)` is `3.24`.

    Empty when one of them is not a number, or the version has fewer.
    """
    numbers = version.split(".")[:parts]
    if len(numbers) < parts or not all(n.isascii() and n.isdigit() for n in numbers):
        return ""
    return ".".join(numbers)


def more_precise(stated: str, precise: str) -> str:
    """Give `precise` when it only adds to `stated` (`12` and `12.11`), else `stated`."""
    return precise if precise.startswith(f"{stated}.") else stated
