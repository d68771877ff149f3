"""Scans on bad input and bad days: one line and the right code, never a half-written file."""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.testing.vulnerable_image import IN_LEFT_PAD, vulnerable_image, write_advisories

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Shell

PROGRAM = str(Path(sys.executable).parent / "bedplate")
LEFT_PAD = "pkg:npm/left-pad"


@pytest.fixture
def image(shell: Shell, tmp_path: Path) -> str:
    write_advisories(tmp_path / "home/.cache/bedplate/advisories")
    return vulnerable_image(shell.folder / "layout")


def _csaf() -> dict[str, Any]:
    """Make products that are parts of each other."""

    def relation(name: str, part: str, whole: str) -> dict[str, Any]:
        return {
            "category": "default_component_of",
            "full_product_name": {"product_id": name, "name": name},
            "product_reference": part,
            "relates_to_product_reference": whole,
        }

    product = {
        "product_id": "A",
        "name": "a",
        "product_identification_helper": {"purl": LEFT_PAD},
    }
    return {
        "document": {
            "category": "csaf_vex",
            "csaf_version": "2.0",
            "tracking": {"id": "1", "current_release_date": "2026-01-01T00:00:00Z"},
        },
        "product_tree": {
            "full_product_names": [product],
            "relationships": [relation("X", "A", "Y"), relation("Y", "X", "X")],
        },
        "vulnerabilities": [
            {"cve": IN_LEFT_PAD, "product_status": {"known_not_affected": ["X", "Y", "A"]}}
        ],
    }


def _cyclonedx() -> dict[str, Any]:
    """Make components that depend on each other."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "components": [
            {"bom-ref": "a", "type": "library", "name": "left-pad", "purl": f"{LEFT_PAD}@1.3.0"}
        ],
        "dependencies": [{"ref": "a", "dependsOn": ["b"]}, {"ref": "b", "dependsOn": ["a"]}],
        "vulnerabilities": [
            {"id": IN_LEFT_PAD, "analysis": {"state": "not_affected"}, "affects": [{"ref": "a"}]}
        ],
    }


def _openvex() -> dict[str, Any]:
    """Make vulnerabilities that are aliases of each other and of themselves."""
    product = {"@id": LEFT_PAD}
    return {
        "@context": "https://openvex.dev/ns/v0.2.0",
        "@id": "self",
        "author": "x",
        "timestamp": "2026-01-01T00:00:00Z",
        "statements": [
            {
                "vulnerability": {"name": one, "aliases": [other, one]},
                "products": [product],
                "status": "not_affected",
                "statement": "self",
            }
            for one, other in ((IN_LEFT_PAD, "GHSA-x"), ("GHSA-x", IN_LEFT_PAD))
        ],
    }


@pytest.mark.parametrize("make", [_csaf, _cyclonedx, _openvex])
def test_vex_that_goes_round_in_circles_ends(
    shell: Shell, image: str, make: Callable[[], dict[str, Any]]
) -> None:
    (shell.folder / "vex.json").write_text(json.dumps(make()))
    words = ("--vex", "vex.json", "--format", "json", "--show-suppressed")
    assert shell.run("scan", "--no-update", image, *words) == 0
    (one,) = json.loads(shell.out)["scans"]
    silenced = {each["vulnerability"] for each in one["suppressed"]}
    assert IN_LEFT_PAD in silenced


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b"[" * 200_000, b"\xff\xfe", b'{"@context": 5}']
)
def test_what_is_no_vex_is_told_in_a_line(shell: Shell, image: str, content: bytes) -> None:
    (shell.folder / "vex.json").write_bytes(content)
    assert shell.run("scan", "--no-update", image, "--vex", "vex.json") == 2
    assert "vex.json" in shell.err
    assert shell.err.count("\n") == 1


def test_a_store_that_somebody_locks_is_told(shell: Shell, image: str, tmp_path: Path) -> None:
    path = tmp_path / "home/.cache/bedplate/advisories/npm.sqlite"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert shell.run("scan", "--no-update", image) == 3
    other.close()
    assert "locked" in shell.err
    assert shell.run("scan", "--no-update", image) == 0


def limited(home: Path, limit: tuple[int, int], *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program where files can't grow beyond a size, as on a full disk."""
    # Python itself would leave half of its byte code behind, and stumble over it ever after
    variables = {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [PROGRAM, *words],
        cwd=home,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )


def test_without_room_nothing_half_written_is_left(tmp_path: Path, image: str) -> None:
    home = tmp_path / "home"
    feeds = home / ".cache/bedplate/advisories-feeds"
    built = limited(home, (8192, 8192), "db", "build", "--from", str(feeds), "--output", "full")
    assert built.returncode == 3
    assert built.stderr.startswith("bedplate: error: cannot write full/")
    assert list((home / "full").glob("*.sqlite")) == []
    scan = ("scan", "--no-update", image, "--format", "html", "--output", "report.html")
    (home / "report.html").write_text("the old one")
    told = limited(home, (8192, 8192), *scan)
    assert told.returncode == 3
    assert "report.html" in told.stderr
    assert (home / "report.html").read_text() == "the old one"


_MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_a_large_sbom_takes_memory_as_it_is_large(tmp_path: Path) -> None:
    path = tmp_path / "sbom.json"
    components = [
        {
            "type": "library",
            "name": f"p{number}",
            "version": "1.0.0",
            "purl": f"pkg:npm/p{number}@1.0.0",
            "description": "x" * 400,
        }
        for number in range(60_000)
    ]
    bom = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": components}
    path.write_text(json.dumps(bom))
    words = [PROGRAM, "scan", "--no-update", f"sbom:{path}", "--output", str(tmp_path / "report")]
    # a child counts the memory of whoever starts it: a small process in between does not matter
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, *words],
        env={"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) * 1024 < 4 * path.stat().st_size + 100_000_000
