"""Which family an image is one of, by its name or by what is known of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.linting.base_guess import guess
from bedplate.linting.image_text import read_image
from bedplate.tags import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.image_family import ImageFamily


def family_of(image: str, families: Sequence[ImageFamily]) -> ImageFamily:
    """Find the family of an image of the same repositories; else what its name tells.

    Args:
        image: as written, a digest aside.
        families: of the project's kind, the one with everything first.
    """
    own = read_image(image)
    for family in families:
        for pattern in family.images:
            other = read_image(pattern.replace("{version}", "1"))
            if other.name == own.name and _words(image) == _words(pattern):
                return family
    known = guess(image)
    whole = families[0]
    return replace(
        whole,
        name="today's",
        images=(image,),
        distro=known.distro or whole.distro,
        libc=known.libc or whole.libc,
        manager={"alpine": "apk"}.get(known.distro, "apt") if known.shell else "",
        shell=known.shell,
        tools=known.name == read_image(whole.images[0]).name,
        user="",
    )


def _words(image: str) -> frozenset[str]:
    text = read_image(image.replace("{version}", "1").replace("-{codename}", ""))
    tag = parse(text.name, text.tag)
    return frozenset((*tag.words, "alpine") if tag.distro == "alpine" else tag.words)


def configured_family(image: str, facts: BaseFacts | None, whole: ImageFamily) -> ImageFamily:
    """Describe an image that the user wants to be looked at.

    Args:
        image: its name.
        facts: what is known of it; None for nothing.
        whole: the family with everything, whose builder is taken.
    """
    named = family_of(image, (whole,))
    if facts is None:
        return replace(named, name="configured")
    libc = facts.libcs[0].name if facts.libcs else ""
    managers = facts.package_managers or ()
    manager = next((one for one in ("apk", "apt") if one in managers), "")
    return replace(
        named,
        name="configured",
        distro=facts.distro.id if facts.distro else "",
        libc=libc if facts.libcs is not None else named.libc,
        shell=bool(facts.shells) if facts.shells is not None else named.shell,
        manager=manager if facts.package_managers is not None else named.manager,
        tools=False,
        user=facts.user or "",
        certificates=facts.certificates != "",
        time_zones=facts.time_zones != "",
    )
