"""Shares of the size on disk, from what the catalog holds: packages that say their size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.inventory import parts
from bedplate.model.base_facts import Part

if TYPE_CHECKING:
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.runtime import Runtime


def with_known_parts(facts: BaseFacts) -> BaseFacts:
    """Fill `parts` where every package says its installed size (apk does, deb facts do not).

    What no package accounts for is the runtime, when there is just one that somebody put
    there beside the package manager; else nobody's. The sum is the size on disk, as
    rounded as that is.
    """
    packages = facts.packages or ()
    known = [package.installed_size for package in packages if package.installed_size is not None]
    if facts.parts is not None or facts.disk_size is None or not packages:
        return facts
    rest = facts.disk_size - sum(known)
    if len(known) < len(packages) or rest < 0:
        return facts
    sizes: defaultdict[tuple[str, str], int] = defaultdict(int)
    system = facts.distro.title if facts.distro else parts.LABELS[parts.OS]
    for package in packages:
        key = parts.part_of_package(package)
        label = system if key == parts.OS else parts.LABELS.get(key, f"{package.type} itself")
        sizes[key, label] += package.installed_size or 0
    if rest > facts.disk_size_precision:
        sizes[_rest(facts.runtimes or ())] += rest
    shares = sorted(sizes, key=lambda share: (parts.ORDER.index(share[0]), -sizes[share]))
    return replace(facts, parts=tuple(Part(*share, sizes[share]) for share in shares))


def _rest(runtimes: tuple[Runtime, ...]) -> tuple[str, str]:
    own = [runtime for runtime in runtimes if not runtime.packaged]
    if len(own) != 1:
        return parts.OTHER, parts.LABELS[parts.OTHER]
    tools = ", ".join(f"{tool.name} {tool.version}".strip() for tool in own[0].bundled)
    title = f"{own[0].title} {own[0].version}".strip()
    return parts.RUNTIME, f"{title} with {tools}" if tools else title
