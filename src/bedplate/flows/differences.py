"""What is not the same between two images, or between the platforms of one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bedplate.model.comparison import PackageChange, PackageDifference, PlatformDifference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.package import Package

_Key = tuple[str, str]


def package_difference(base: BaseFacts, other: BaseFacts) -> PackageDifference | None:
    """Tell what `other` has more, less and otherwise than `base`.

    A name installed in several versions is one package with several versions.

    Returns:
        None when the packages of either are not known.
    """
    if base.packages is None or other.packages is None:
        return None
    before, after = _versions(base.packages), _versions(other.packages)
    changes = [
        PackageChange(*key, before.get(key, ()), after.get(key, ()))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]
    return PackageDifference(
        against=base.name,
        added=tuple(c for c in changes if not c.before),
        removed=tuple(c for c in changes if not c.after),
        changed=tuple(c for c in changes if c.before and c.after),
        same=len(before.keys() | after.keys()) - len(changes),
    )


def platform_differences(rows: Iterable[BaseFacts]) -> tuple[PlatformDifference, ...]:
    """Tell what differs between the platforms of each image, unknown facts left out."""
    images: defaultdict[str, list[BaseFacts]] = defaultdict(list)
    for row in rows:
        images[row.name].append(row)
    return tuple(
        difference
        for name, same_image in images.items()
        if len(same_image) > 1
        for difference in _within(name, same_image)
    )


def _within(name: str, rows: Sequence[BaseFacts]) -> Iterator[PlatformDifference]:
    for fact, value_of in _FACTS.items():
        values = tuple((row.platform or "?", value_of(row)) for row in rows)
        if len({value for _, value in values if value is not None}) > 1:
            yield PlatformDifference(name, fact, values)
    yield from _packages_within(name, [row for row in rows if row.packages is not None])


def _packages_within(name: str, rows: Sequence[BaseFacts]) -> Iterator[PlatformDifference]:
    versions = [_versions(row.packages or ()) for row in rows]
    for key in sorted(set[_Key]().union(*versions)):
        values = tuple(
            (row.platform or "?", ", ".join(found.get(key, ())))
            for row, found in zip(rows, versions, strict=True)
        )
        if len({value for _, value in values}) > 1:
            yield PlatformDifference(name, f"package {key[0]} {key[1]}", values)


def _versions(packages: Iterable[Package]) -> Mapping[_Key, tuple[str, ...]]:
    found: defaultdict[_Key, set[str]] = defaultdict(set)
    for package in packages:
        found[package.type, package.name].add(package.version)
    return {key: tuple(sorted(versions)) for key, versions in found.items()}


def _joined(words: Iterable[str] | None) -> str | None:
    return None if words is None else ", ".join(words)


def _versioned(found: Iterable[tuple[str, str]] | None) -> str | None:
    """Join names and versions; a version that is not known makes the whole not known."""
    pairs = None if found is None else list(found)
    if pairs is None or not all(version for _, version in pairs):
        return None
    return ", ".join(f"{name} {version}" for name, version in pairs)


def _libcs(row: BaseFacts) -> str | None:
    return _versioned(None if row.libcs is None else ((c.name, c.version) for c in row.libcs))


def _runtimes(row: BaseFacts) -> str | None:
    return _versioned(
        None if row.runtimes is None else ((r.title, r.version) for r in row.runtimes)
    )


# The facts that a user would be surprised to see differ between platforms.
_FACTS: Mapping[str, Callable[[BaseFacts], str | int | None]] = {
    "compressed_size": lambda row: row.compressed_size,
    "disk_size": lambda row: row.disk_size,
    "layers": lambda row: None if row.layers is None else len(row.layers),
    "packages": lambda row: None if row.packages is None else len(row.packages),
    "distro": lambda row: None if row.distro is None else row.distro.title,
    "libcs": _libcs,
    "runtimes": _runtimes,
    "shells": lambda row: _joined(row.shells),
    "package_managers": lambda row: _joined(row.package_managers),
    "user": lambda row: row.user,
    "entrypoint": lambda row: _joined(row.entrypoint),
    "command": lambda row: _joined(row.command),
    "certificates": lambda row: row.certificates,
    "time_zones": lambda row: row.time_zones,
}
