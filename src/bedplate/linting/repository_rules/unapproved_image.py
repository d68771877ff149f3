"""An image is not one that the settings approve of.

Who decides which images a company builds on wants to see every other one, in whatever file it is
named: Dockerfiles, Compose, Kubernetes, CI. The rule runs where `[lint.images]` has patterns.

Fix: use an image that is in `allow`, or add this one there. Where an entry of `deny` has a
`replacement`, the fix puts it in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.linting.image_text import read_image
from bedplate.linting.repository_rule import Find
from bedplate.model.edit import Edit, Fix
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bedplate.linting.repository_rule import PlacedUse
    from bedplate.linting.settings import LintSettings
    from bedplate.model.image_use import ImageUse

SEVERITY = Severity.ERROR
SETTINGS: Mapping[str, Any] = {
    "images": {
        "allow": ["docker.io/library/*", "gcr.io/distroless/**"],
        "deny": [
            {"image": "centos", "reason": "no fixes since 2024", "replacement": "almalinux:9"},
            "node:*-buster",
        ],
    }
}
BAD: tuple[Mapping[str, str], ...] = (
    {"Dockerfile": "FROM quay.io/somebody/app:1\n"},
    {"Dockerfile": "FROM centos:7\n"},
    {"Dockerfile": "FROM node:20-buster\n"},
    {"Dockerfile": "FROM debian:12\nCOPY --from=somebody/curl:1 /curl /curl\n"},
    {"compose.yaml": "services:\n  a:\n    image: somebody/app:1\n"},
)
GOOD: tuple[Mapping[str, str], ...] = (
    {"Dockerfile": "FROM debian:12\n"},
    {"Dockerfile": "FROM gcr.io/distroless/base/nonroot:latest\n"},
    {"Dockerfile": "FROM node:20-bookworm AS a\nFROM a\nCOPY --from=a /x /x\nFROM scratch\n"},
)


def check(places: Sequence[PlacedUse], settings: LintSettings) -> Iterator[Find]:
    """Find images that are denied, then those that nothing allows."""
    policy = settings.images
    if not policy:
        return
    for place in places:
        use = place.use
        denied = policy.denied(use.text)
        if denied is not None:
            reason = f": {denied.reason}" if denied.reason else ""
            instead = f"; use {denied.replacement}" if denied.replacement else ""
            fix = _replaced(use, denied.replacement) if denied.replacement else None
            yield Find(place, f"image {use.text} is denied{reason}{instead}", fix)
        elif not policy.allows(use.text):
            yield Find(place, f"image {use.text} is not among the approved ones")


def _replaced(use: ImageUse, replacement: str) -> Fix | None:
    """Put another image in the place of one that has no digest; its tag stays unless one is given.

    None where name and tag do not each stand in one place of the file.
    """
    new = read_image(replacement)
    if use.digest or use.name_span is None or (use.tag and use.tag_span is None):
        return None
    if not new.tag:
        return Fix((Edit(use.name_span, new.name),), safe=False)
    if use.tag_span is None:
        return Fix((Edit(use.name_span, replacement),), safe=False)
    return Fix((Edit(use.name_span, new.name), Edit(use.tag_span, new.tag)), safe=False)
