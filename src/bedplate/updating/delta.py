"""Facts of two images -> what differs between them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bedplate.model.delta import Change, ImageDelta, SizeChange, VulnerabilityChange
from bedplate.model.vulnerability_counts import VulnerabilityCounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.comparison import PackageDifference
    from bedplate.model.finding import Finding

# image-spec, annotations.md
_SOURCE = "org.opencontainers.image.source"
_REVISION = "org.opencontainers.image.revision"


def delta_of(
    before: BaseFacts,
    after: BaseFacts,
    packages: PackageDifference | None = None,
    vulnerabilities: VulnerabilityChange | None = None,
) -> ImageDelta:
    """Lay two images side by side.

    Args:
        before, after: on the same platform.
        packages: what `after` has more, less and otherwise.
        vulnerabilities: from `vulnerability_change`.
    """
    labels = dict(after.labels or ())
    return ImageDelta(
        before.name,
        after.name,
        after.platform or before.platform or "",
        SizeChange(before.compressed_size, after.compressed_size),
        SizeChange(before.disk_size, after.disk_size),
        tuple(Change(fact, read(before), read(after)) for fact, read in _FACTS.items()),
        packages,
        vulnerabilities,
        before.end_of_life or (),
        after.end_of_life or (),
        source=labels.get(_SOURCE, ""),
        revision_before=dict(before.labels or ()).get(_REVISION, ""),
        revision=labels.get(_REVISION, ""),
        origins=(before.origin, after.origin),
    )


def vulnerability_change(
    before: Sequence[Finding], after: Sequence[Finding], as_of: str = ""
) -> VulnerabilityChange:
    """Hold the findings of two images against each other, by vulnerability and component."""
    old = {_key(one): one for one in before}
    new = {_key(one): one for one in after}
    fixed = tuple(one for key, one in old.items() if key not in new)
    fresh = tuple(one for key, one in new.items() if key not in old)
    stay = tuple(one for key, one in new.items() if key in old)
    counted = partial(VulnerabilityCounts.of, as_of=as_of)
    return VulnerabilityChange(
        fixed, fresh, stay, counted(fixed), counted(fresh), counted(stay), as_of
    )


def _key(finding: Finding) -> tuple[str, str]:
    return finding.vulnerability, finding.component


def _listed(values: Iterable[str] | None) -> str | None:
    return None if values is None else ", ".join(values)


def _quoted(words: Iterable[str] | None) -> str | None:
    return None if words is None else " ".join(words)


def _distro(facts: BaseFacts) -> str | None:
    if facts.distro is None:
        return None if facts.packages is None else ""
    return facts.distro.title


def _libc(facts: BaseFacts) -> str | None:
    if facts.libcs is None:
        return None
    return ", ".join(f"{one.name} {one.version}".strip() for one in facts.libcs)


def _runtime(facts: BaseFacts) -> str | None:
    if facts.runtimes is None:
        return None
    return ", ".join(f"{one.title} {one.version}".strip() for one in facts.runtimes)


def _environment(facts: BaseFacts) -> str | None:
    """Give the variables whose change a program may notice, not the versions of everything."""
    if facts.environment is None:
        return None
    return _listed(sorted(one for one in facts.environment if not _is_version(one)))


def _is_version(variable: str) -> bool:
    name = variable.partition("=")[0]
    return name.endswith(("VERSION", "SHA256", "GPG_KEY", "_URL", "CHECKSUM"))


_FACTS: dict[str, Callable[[BaseFacts], str | None]] = {
    "distribution": _distro,
    "libc": _libc,
    "runtime": _runtime,
    "shells": lambda facts: _listed(facts.shells),
    "package managers": lambda facts: _listed(facts.package_managers),
    "user": lambda facts: None if facts.user is None else facts.user or "root",
    "entrypoint": lambda facts: _quoted(facts.entrypoint),
    "command": lambda facts: _quoted(facts.command),
    "environment": _environment,
    "ports": lambda facts: _listed(facts.exposed_ports),
    "working directory": lambda facts: facts.working_directory,
    "certificates": lambda facts: facts.certificates,
    "time zones": lambda facts: facts.time_zones,
    "platforms": lambda facts: _listed(facts.platforms),
    "created": lambda facts: None if facts.created is None else facts.created[:10],
}
