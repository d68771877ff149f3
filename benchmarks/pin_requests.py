"""How much a registry is asked to pin a whole repository."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measurement import Measurement

from bedplate.flows.opening import open_session
from bedplate.flows.pin import pin
from bedplate.testing.registry import MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILES, _IMAGES = 200, 60


def measure(rounds: int) -> Iterator[Measurement]:  # noqa: ARG001 - counts need no rounds
    """Give the measurements."""
    print(f"pin_requests: {_FILES} files that name {_IMAGES} images, a registry in memory")
    with MemoryRegistry() as registry, tempfile.TemporaryDirectory() as folder:
        names = [_push(registry, f"team/base-{number}") for number in range(_IMAGES)]
        _write_repository(Path(folder), names)
        session = open_session()
        report = pin(Path(folder), [], session)
        session.access.registry().close()
        pinned = sum(one.status == "pinned" for one in report.pins)
        detail = f"{pinned} places pinned in {report.files} files"
        asked = len(registry.paths("HEAD"))
        yield Measurement("HEAD requests", asked, "", _IMAGES, detail=detail)
        yield Measurement("other requests", len(registry.requests) - asked, "", 0)
        yield Measurement("places pinned", pinned, "", 2 * _FILES, at_most=False)


def _push(registry: MemoryRegistry, repository: str) -> str:
    image = registry.add_image(repository, "", config={"created": repository})
    platforms = {"linux/amd64": image, "linux/arm64": image}
    registry.add_index(repository, "1.2", platforms)
    return f"{registry.host}/{repository}:1.2"


def _write_repository(folder: Path, names: list[str]) -> None:
    """Write files of several kinds; each names two of the images."""
    for number in range(_FILES):
        one, two = names[number % _IMAGES], names[(number * 7 + 1) % _IMAGES]
        service = folder / f"service-{number}"
        service.mkdir()
        if number % 2:
            text = f"FROM {one} AS build\nRUN make\n\nFROM {two}\nCOPY --from=build /a /a\n"
            (service / "Dockerfile").write_text(text, encoding="utf-8")
        else:
            text = f"services:\n  a:\n    image: {one}\n  b:\n    image: {two}\n"
            (service / "compose.yaml").write_text(text, encoding="utf-8")
