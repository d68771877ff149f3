"""Reading a large layer: against the bare floor, from the cache, and against syft."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import timing
from benchmarks.big_image import NAME, big_layout
from benchmarks.measurement import Measurement
from packaging.utils import canonicalize_name
from rig import components, judges
from rig.bedplate_command import PROGRAM, packages
from rig.images import cache_folder
from rig.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

_MB = 1_000_000
# what syft reports beyond us, and rightly is no package
_EXPLAINED = {
    ("npm", "bin", "1.0.0"): "a private package.json inside terser that only says `commonjs`",
}
_SHOWN = 20  # differences on the screen; the rest is in a file
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
    detail = f"peak {ours.memory / _MB:.0f} MB"
    yield Measurement("memory over the bare interpreter", memory, "MB", 200, detail=detail)
    with tempfile.TemporaryDirectory() as home:
        _inspect(folder, home)
        again = timing.interleaved(rounds, lambda: _inspect(folder, home))[0]
    yield Measurement("second inspect, from the cache", again.seconds, "s", 0.3)
    if components.missing(["syft"]):
        print("left out: syft is missing")
        return
    theirs = _syft(folder)
    yield _ratio("syft / whole inspect", theirs, ours, 15, at_most=False)
    yield from _differences(json.loads(ours.output), json.loads(theirs.output))


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


def _differences(ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[Measurement]:
    """Count the packages that only one of the two found, and write every one down.

    What syft lists without a version is left out: such a package.json marks a folder, no package.
    """
    found = {_folded(package) for package in packages(ours["images"][0], *_KINDS)}
    judged = {_folded(package) for package in judges.packages_of_syft(theirs, _KINDS)}
    judged = {package for package in judged if package[2] not in {"", "UNKNOWN"}}
    judged -= _EXPLAINED.keys() - found
    report = cache_folder() / "packages-that-differ.txt"
    lines = [f"only bedplate: {' '.join(package)}" for package in sorted(found - judged)]
    lines += [f"only syft: {' '.join(package)}" for package in sorted(judged - found)]
    report.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    for line in lines[:_SHOWN]:
        print(f"  {line}")
    detail = f"of {len(judged)}; all of them in {report}" if lines else f"of {len(judged)}"
    yield Measurement("packages on which syft differs", len(lines), "", 0, detail=detail)


def _folded(package: judges.NamedPackage) -> judges.NamedPackage:
    kind, name, version = package
    return kind, canonicalize_name(name) if kind == "pypi" else name, version
