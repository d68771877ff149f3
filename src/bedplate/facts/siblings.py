"""Which images of the catalog could stand in for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.facts.entry import SCRATCH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.facts.summary import Summary

_DISTROLESS = "gcr.io/distroless/"

# What a program needs once it is compiled, by the repository it is built in: a Go program
# without cgo needs nothing; a Rust program links libgcc and libc.
_COMPILED: dict[str, tuple[str, ...]] = {
    "docker.io/library/golang": (f"{_DISTROLESS}static-", f"{_DISTROLESS}base-", SCRATCH),
    "docker.io/library/rust": (f"{_DISTROLESS}cc-", f"{_DISTROLESS}static-", SCRATCH),
}


def siblings_of(
    image: Summary | None, reference: str, catalog: Iterable[Summary]
) -> tuple[Summary, ...]:
    """List stand-ins: the same repository first, then distroless images and scratch.

    Args:
        image: the image itself, None when the catalog does not have it.
        reference: its canonical reference.
        catalog: every image.

    Returns:
        images of the same repository, those with the same cycle of the runtime first and
        the newest of each cycle first; then distroless images with the same runtime and
        cycle; then, for compiled languages, the images a finished program can stand on.
        The image itself is left out.
    """
    repository = reference.rpartition(":")[0] if image is None else image.repository
    own = image.reference if image else reference
    cycle = image.runtime_cycle if image else ""
    others = [summary for summary in catalog if summary.reference != own]
    newest_first = sorted(others, key=lambda s: s.observed, reverse=True)
    same = [s for s in newest_first if s.repository == repository]
    same.sort(key=lambda s: s.runtime_cycle != cycle)
    equals = [s for s in others if image and _is_distroless_equal(s, image)]
    prefixes = _COMPILED.get(repository, ())
    compiled = [s for prefix in prefixes for s in others if s.reference.startswith(prefix)]
    return tuple(dict.fromkeys((*same, *equals, *compiled)))


def _is_distroless_equal(candidate: Summary, image: Summary) -> bool:
    return (
        candidate.reference.startswith(_DISTROLESS)
        and bool(image.runtime)
        and candidate.runtime == image.runtime
        and candidate.runtime_cycle == image.runtime_cycle
    )
