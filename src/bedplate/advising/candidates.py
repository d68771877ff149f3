"""The names under which an image of a family may be published for a version."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.distros.codenames import codename_of
from bedplate.facts.end_of_life import load_table, lookup
from bedplate.linting.image_text import read_image
from bedplate.tags import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bedplate.model.needs import Needs

_MAX_RELEASES = 4


class Wish(NamedTuple):
    """What a name has to say.

    Args:
        versions: of the runtime, the most exact first.
        codename: of the Debian release that today's tag names; empty when it names none.
        debian, alpine: supported releases, the newest first.
    """

    versions: tuple[str, ...]
    codename: str
    debian: tuple[str, ...]
    alpine: tuple[str, ...]


def wish_of(needs: Needs, fallback: str, today: date) -> Wish:
    """Tell which versions and releases to look for.

    Args:
        needs: of the project.
        fallback: version to take when no file says one.
        today: against which ends of life are held.
    """
    versions = [needs.version or fallback]
    image = read_image(needs.image)
    tag = parse(image.name, image.tag) if image.tag else None
    exact = needs.versions[0].exact if needs.versions else ""
    if tag is not None and exact == tag.version_text and exact not in versions:
        versions.insert(0, exact)
    words = image.tag.split("-")
    code = codename_of("debian", tag.release) if tag and tag.distro == "debian" else ""
    return Wish(
        tuple(versions),
        code if code in words else "",
        supported("debian", today),
        supported("alpine-linux", today),
    )


def supported(product: str, today: date) -> tuple[str, ...]:
    """List the cycles of a product, those that are supported first, the newest first."""
    cycles = tuple(load_table().products[product].cycles)
    ended = {cycle for cycle in cycles if (known := lookup(product, cycle, today)) and known.ended}
    return tuple(sorted(cycles, key=lambda cycle: cycle in ended))[:_MAX_RELEASES]


def image_names(patterns: tuple[str, ...], wish: Wish) -> Iterator[str]:
    """Fill patterns in, the names that suit best first."""
    for version in wish.versions:
        for pattern in patterns:
            yield from _with_releases(pattern.replace("{version}", version), wish)


def _with_releases(name: str, wish: Wish) -> Iterator[str]:
    if "{alpine}" in name:
        yield from (name.replace("{alpine}", release) for release in wish.alpine)
        return
    if "{debian}" in name or "{codename}" in name:
        for release in wish.debian:
            code = codename_of("debian", release)
            yield name.replace("{debian}", release).replace("{codename}", code)
        return
    if wish.codename and ":" in name and "alpine" not in name and "distroless" not in name:
        yield from _of_release(name, wish.codename)
    yield name


def _of_release(name: str, code: str) -> Iterator[str]:
    """Write the release into a tag as the official images do, in both orders."""
    repository, _, tag = name.partition(":")
    version, dash, words = tag.partition("-")
    if dash:
        yield f"{repository}:{version}-{words}-{code}"
    yield f"{repository}:{version}-{code}{dash}{words}"
