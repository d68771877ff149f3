"""`bedplate scan` of a large image: against the bare floor, from the cache, against peers.

What peers need beside their programs is not here: grype matches nothing without its own
database, nor does trivy. So only what all do alike is held against one another: finding the
packages of the image.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import timing
from benchmarks.advisories import debian_tracker
from benchmarks.big_image import NAME, big_layout
from benchmarks.measurement import Measurement
from rig import components, judges
from rig.bedplate_command import PROGRAM, Bedplate
from rig.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

_MB = 1_000_000


def measure(rounds: int) -> Iterator[Measurement]:
    """Give the measurements."""
    layout = big_layout()
    (layer,) = Layout(layout).manifest(NAME)["layers"]
    blob = Layout(layout).blob(layer["digest"])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        home.mkdir()
        names = _sources(layout, home)
        _build_stores(names, home)
        stores = home / ".cache/bedplate/advisories"
        bare, cold = timing.interleaved(rounds, lambda: _bare(blob), lambda: _fresh(layout, stores))
        found = json.loads(cold.output)["scans"][0]
        print(
            f"scan: {layer['size'] / _MB:.0f} MB compressed, {found['image']['packages']} "
            f"packages, {len(found['findings'])} findings"
        )
        yield _ratio("whole scan, cold / bare decompress + sha256", cold, bare, 2.3)
        _scan(layout, home)
        warm = timing.interleaved(max(rounds, 7), lambda: _scan(layout, home))[0]
        detail = f"{warm.cpu:.2f} s of CPU"
        yield Measurement("whole scan, layers read before", warm.seconds, "s", 0.4, detail=detail)
        yield from _sizes(stores)
        yield from _peers(rounds, layout, cold)


def _sources(layout: Path, home: Path) -> list[str]:
    facts: dict[str, Any] = Bedplate(home).inspect(f"oci:{layout}:{NAME}")
    debs = (package for package in facts["packages"] if package["type"] == "deb")
    return sorted({package["source_name"] or package["name"] for package in debs})


def _build_stores(names: list[str], home: Path) -> None:
    (home / "tracker.json").write_text(json.dumps(debian_tracker(names)), encoding="utf-8")
    built = Bedplate(home).run("db", "build", "--from", "tracker.json")
    if built.code:
        raise RuntimeError(built.stderr)


def _bare(blob: Path) -> timing.Run:
    words = [sys.executable, "-m", "benchmarks.bare", str(blob)]
    return timing.run(words, {"PYTHONPATH": str(Path.cwd())})


def _fresh(layout: Path, stores: Path) -> timing.Run:
    """Scan with the stores, but without anything known of layers."""
    with tempfile.TemporaryDirectory() as home:
        shutil.copytree(stores, Path(home, ".cache/bedplate/advisories"))
        return _scan(layout, Path(home))


def _scan(layout: Path, home: Path) -> timing.Run:
    words = [str(PROGRAM), "scan", "--no-update", "--format=json", f"oci:{layout}:{NAME}"]
    return timing.run(words, {"HOME": str(home)})


def _ratio(
    name: str, run: timing.Run, against: timing.Run, target: float, *, at_most: bool = True
) -> Measurement:
    detail = f"{run.seconds:.2f} s / {against.seconds:.2f} s"
    return Measurement(name, run.seconds / against.seconds, "x", target, at_most, detail)


def _sizes(stores: Path) -> Iterator[Measurement]:
    one = (stores / "debian-12.sqlite").stat().st_size / _MB
    embedded = sum(len(entry.read_bytes()) for entry in files("bedplate.advisories.data").iterdir())
    yield Measurement("advisories that a Debian image needs", one, "MB", 4)
    yield Measurement("advisories in the wheel, all stores", embedded / _MB, "MB", 15)


def _peers(rounds: int, layout: Path, cold: timing.Run) -> Iterator[Measurement]:
    """Have peers list the packages; what is not on the path is left out, and said."""
    syft = components.find("syft")
    source = f"oci-dir:{layout}"
    commands = {
        "syft": [str(syft), "--quiet", "--output=json", source] if syft else [],
        "trivy": _trivy(layout),
    }
    for name, words in commands.items():
        if not words:
            print(f"left out: {name} is not on the path")
            continue
        theirs = timing.median([_peer(words) for _ in range(rounds)])
        title = f"{name}, packages only / whole scan"
        yield _ratio(title, theirs, cold, 1, at_most=False)


def _trivy(layout: Path) -> list[str]:
    program = shutil.which("trivy")
    if program is None:
        return []
    quiet = ("--quiet", "--offline-scan", "--skip-db-update", "--skip-java-db-update")
    return [program, "image", *quiet, "--format=cyclonedx", f"--input={layout}"]


def _peer(words: list[str]) -> timing.Run:
    with tempfile.TemporaryDirectory() as home:
        return timing.run(words, judges.syft_settings(home))
