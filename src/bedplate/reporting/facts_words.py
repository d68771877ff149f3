"""The facts of an image in words: what every format for people shares."""

from __future__ import annotations

import shlex
from collections import Counter
from typing import TYPE_CHECKING

from bedplate.reporting.harmless import harmless
from bedplate.reporting.words import (
    NONE,
    UNKNOWN,
    day,
    given,
    listed,
    number,
    short_digest,
    size,
)

if TYPE_CHECKING:
    from bedplate.model.base_facts import BaseFacts, BaseMatch, EndOfLife, LayerFacts
    from bedplate.model.comparison import PackageDifference

_DEPTHS = {
    "manifest": "layers not read",
    "layers": "layers read",
    "catalog": "",
}


def distro(facts: BaseFacts) -> str:
    """Name the distribution, its release and codename."""
    release = facts.distro
    if release is None:
        return UNKNOWN
    codename = f" ({release.codename})" if release.codename else ""
    return harmless(f"{release.title}{codename}")


def libc(facts: BaseFacts) -> str:
    """Name the C library."""
    if facts.libcs is None:
        return UNKNOWN
    return listed(f"{found.name} {found.version or UNKNOWN}" for found in facts.libcs)


def shells(facts: BaseFacts) -> str:
    """List the shells by their paths."""
    return listed(facts.shells)


def shell_names(facts: BaseFacts) -> str:
    """List the shells by name."""
    if facts.shells is None:
        return UNKNOWN
    return listed(dict.fromkeys(path.rpartition("/")[2] for path in facts.shells))


def package_managers(facts: BaseFacts) -> str:
    """List the programs that can install packages, by name."""
    if facts.package_managers is None:
        return UNKNOWN
    return listed(dict.fromkeys(path.rpartition("/")[2] for path in facts.package_managers))


def runtimes(facts: BaseFacts) -> str:
    """Name the language runtimes."""
    if facts.runtimes is None:
        return UNKNOWN
    return listed(f"{found.title} {found.version or UNKNOWN}" for found in facts.runtimes)


def bundled(facts: BaseFacts) -> str:
    """Name the tools that the runtimes bring along."""
    if facts.runtimes is None:
        return UNKNOWN
    tools = (tool for runtime in facts.runtimes for tool in runtime.bundled)
    return listed(f"{tool.name} {tool.version or UNKNOWN}" for tool in tools)


def user(facts: BaseFacts) -> str:
    """Name the user that processes run as; not set means root."""
    return given(facts.user, "root (not set)")


def platforms(facts: BaseFacts) -> str:
    """List the platforms that the image is offered for; `linux/` goes without saying."""
    if facts.platforms is None:
        return UNKNOWN
    return listed(platform.removeprefix("linux/") for platform in facts.platforms)


def package_count(facts: BaseFacts) -> str:
    """Count the packages."""
    return number(None if facts.packages is None else len(facts.packages))


def packages_by_type(facts: BaseFacts) -> str:
    """Count the packages of each type: `412 deb, 210 npm`."""
    if facts.packages is None:
        return UNKNOWN
    counts = Counter(package.type for package in facts.packages)
    return listed(f"{count} {kind}" for kind, count in counts.most_common())


def end_of_life(end: EndOfLife) -> str:
    """Say when support ends or ended."""
    if end.ended is None:
        text = f"until {day(end.date)}" if end.date else UNKNOWN
    elif end.ended:
        text = f"ended {day(end.date)}" if end.date else "ended"
    else:
        text = f"until {day(end.date)}" if end.date else "supported"
    if end.extended:
        text += f", extended until {day(end.extended)}"
    return text


def ends_of_life(facts: BaseFacts) -> str:
    """Say when support of release and runtimes ends."""
    if facts.end_of_life is None:
        return UNKNOWN
    texts = (f"{harmless(end.title)} {end_of_life(end)}" for end in facts.end_of_life)
    return "; ".join(texts) or "not in our table"


def has_ended(facts: BaseFacts) -> bool:
    """Tell whether support of anything in the image is known to be over."""
    return any(end.ended for end in facts.end_of_life or ())


def base(match: BaseMatch) -> str:
    """Say on which image this one stands, how sure that is and why."""
    details = [match.confidence, match.evidence]
    if match.layers is not None:
        layers = "layer" if match.layers == 1 else f"{match.layers} layers"
        details.append(f"its lowest {layers}")
    digest = f" {short_digest(match.digest)}" if match.digest else ""
    return harmless(f"{match.reference}{digest} ({', '.join(d for d in details if d)})")


def origin(facts: BaseFacts) -> str:
    """Say where the facts come from, and of which day they are."""
    place, when = harmless(facts.source), day(facts.observed)
    first, _, contents = facts.origin.partition(", ")
    if first == "catalog":
        return f"catalog, as of {when}"
    text = f"{'registry' if first == 'registry' else harmless(first) or 'source'} {place}".strip()
    text += f", read {when}" if facts.observed else ""
    if contents:
        # what is in the layers was known by digest, so it is of the same image
        return f"{text}; contents from the {harmless(contents)}, same digest"
    depth = _DEPTHS.get(facts.depth, harmless(facts.depth))
    return f"{text}; {depth}" if depth else text


def step(layer: LayerFacts) -> str:
    """Give the build step of a layer without the words that every step starts with."""
    text = " ".join(layer.created_by.split())
    for prefix in ("/bin/sh -c #(nop) ", "RUN /bin/sh -c ", "/bin/sh -c "):
        text = text.removeprefix(prefix)
    return harmless(text.removesuffix(" # buildkit"))


def difference(found: PackageDifference | None) -> str:
    """Count the packages that two images do not share: `+3 -402, 11 changed`."""
    if found is None:
        return UNKNOWN
    counts = ((len(found.added), "+"), (len(found.removed), "-"))
    text = " ".join(f"{sign}{count}" for count, sign in counts if count)
    changed = f"{len(found.changed)} changed" if found.changed else ""
    return ", ".join(part for part in (text, changed) if part) or "the same"


def _command(words: tuple[str, ...] | None) -> str:
    return UNKNOWN if words is None else harmless(shlex.join(words)) or NONE


def facts_table(facts: BaseFacts) -> list[tuple[str, str]]:
    """Give the small facts as rows of label and value."""
    return [
        ("OS", distro(facts)),
        ("libc", libc(facts)),
        ("shell", shells(facts)),
        ("package manager", package_managers(facts)),
        ("runtime", runtimes(facts)),
        ("brings along", bundled(facts)),
        ("user", user(facts)),
        ("entrypoint", _command(facts.entrypoint)),
        ("command", _command(facts.command)),
        ("working directory", given(facts.working_directory, "/ (not set)")),
        ("exposed ports", listed(facts.exposed_ports)),
        ("CA certificates", given(facts.certificates)),
        ("time zones", given(facts.time_zones)),
        ("packages", packages_by_type(facts)),
        ("platforms", platforms(facts)),
        ("created", day(facts.created)),
        ("index digest", _index_digest(facts)),
        ("manifest digest", given(facts.manifest_digest)),
        ("config digest", given(facts.config_digest)),
    ]


def _index_digest(facts: BaseFacts) -> str:
    """Tell "there is none" (a manifest was read that came without) from "not known"."""
    alone = facts.index_digest is None and facts.origin != "catalog" and facts.manifest_digest
    return "none, a single manifest" if alone else given(facts.index_digest)


def totals(facts: BaseFacts) -> str:
    """Write both sizes with the words that keep them apart."""
    disk = size(facts.disk_size, facts.disk_size_precision)
    return f"{size(facts.compressed_size)} compressed, {disk} on disk"


def legend(images: tuple[BaseFacts, ...]) -> str:
    """Explain the marks that a report uses: `?` and `~`."""
    text = f"{UNKNOWN} = not known"
    if any(facts.disk_size is not None and facts.disk_size_precision > 1 for facts in images):
        text += "; ~ = rounded by the source"
    return text
