"""Reading a large layer: against the bare floor, from the cache, and against syft."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.utils import canonicalize_name
from rig import components, judges
from rig.bedplate_command import PROGRAM, packages
from rig.layout import Layout

from benchmarks import timing
from benchmarks.big_image import NAME, big_layout
from benchmarks.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import Iterator

_MB = 1_000_000
_KINDS = ("deb", "npm", "pypi")


def measure(rounds: int) -> Iterator[Measurement]:
    """Give the measurements; prints every package on which syft and bedplate differ."""
    folder = big_layout()
    layout = Layout(folder)
    (layer,) = layout.manifest(NAME)["layers"]
    blob = layout.blob(layer["digest"])
    print(f"layer_index: one layer, {layer['size'] / _MB:.0f} MB compressed")
    bare, ours = timing.interleaved(
        rounds, lambda: _python("-m", "benchmarks.bare", str(blob)), lambda: _fresh(folder)
    )
    yield _ratio("whole inspect / bare decompress + sha256", ours, bare, 1.6)
    interpreter = timing.interleaved(rounds, lambda: _python("-c", "pass"))[0]
    memory = (ours.memory - interpreter.memory) / _MB
    yield Measurement("memory over the bare interpreter", memory, "MB", 200)
    with tempfile.TemporaryDirectory() as home:
        _inspect(folder, home)
        again = timing.interleaved(rounds, lambda: _inspect(folder, home))[0]
    yield Measurement("second inspect, from the cache", again.seconds, "s", 0.3)
    if components.missing(["syft"]):
        print("left out: syft is missing")
        return
    theirs = _syft(folder)
    yield _ratio("syft / whole inspect", theirs, ours, 15, at_most=False)
    differences = _differences(json.loads(ours.output), json.loads(theirs.output))
    for line in differences:
        print(f"  {line}")
    yield Measurement("packages on which syft differs", len(differences), "", 0)


def _ratio(
    name: str, run: timing.Run, against: timing.Run, target: float, *, at_most: bool = True
) -> Measurement:
    detail = f"{run.seconds:.2f} s / {against.seconds:.2f} s"
    return Measurement(name, run.seconds / against.seconds, "x", target, at_most, detail)


def _python(*words: str) -> timing.Run:
    return timing.run([sys.executable, *words], {"PYTHONPATH": str(Path.cwd())})


def _fresh(folder: Path) -> timing.Run:
    with tempfile.TemporaryDirectory() as home:
        return _inspect(folder, home)


def _inspect(folder: Path, home: str) -> timing.Run:
    words = [str(PROGRAM), "inspect", "--format=json", f"oci:{folder}:{NAME}"]
    return timing.run(words, {"HOME": home})


def _syft(folder: Path) -> timing.Run:
    program = str(components.find("syft"))
    with tempfile.TemporaryDirectory() as home:
        words = [program, "--quiet", "-o", "json", f"oci-dir:{folder}"]
        return timing.run(words, judges.syft_settings(home))


def _differences(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """List the packages that only one of the two found; PyPI names folded as PEP 503 does."""
    found = {_folded(package) for package in packages(ours["images"][0], *_KINDS)}
    judged = {_folded(package) for package in judges.packages_of_syft(theirs, _KINDS)}
    lines = [f"only bedplate: {' '.join(package)}" for package in sorted(found - judged)]
    return lines + [f"only syft: {' '.join(package)}" for package in sorted(judged - found)]


def _folded(package: judges.NamedPackage) -> judges.NamedPackage:
    kind, name, version = package
    return kind, canonicalize_name(name) if kind == "pypi" else name, version
