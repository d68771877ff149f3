"""The installed `bedplate`, run as its users run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_SECONDS = 300
PROGRAM = Path(sys.executable).parent / "bedplate"


@dataclass(frozen=True, slots=True)
class Result:
    """How a run ended, and what it said."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Bedplate:
    """A home folder with a cache of its own.

    Args:
        home: an empty folder, or one that an earlier run used.
        variables: of the environment, beside HOME and PATH.
    """

    home: Path
    variables: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str) -> Result:
        """Run one command to its end."""
        base = {"HOME": str(self.home), "PATH": os.environ.get("PATH", os.defpath)}
        done = subprocess.run(
            [PROGRAM, *words],
            env=base | self.variables,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def report(self, command: str, *words: str) -> dict[str, Any]:
        """Run `inspect` or `compare` and give its JSON."""
        result = self.run(command, "--format", "json", *words)
        if result.code != 0:
            raise AssertionError(f"bedplate {command} ended with {result.code}: {result.stderr}")
        report: dict[str, Any] = json.loads(result.stdout)
        return report

    def inspect(self, name: str, *options: str) -> dict[str, Any]:
        """Give the only image of `bedplate inspect`."""
        (image,) = self.report("inspect", *options, name)["images"]
        facts: dict[str, Any] = image
        return facts


def packages(facts: dict[str, Any], *types: str) -> set[tuple[str, str, str]]:
    """Give type, name and version of the packages, of some types or of all."""
    return {
        (package["type"], package["name"], package["version"])
        for package in facts["packages"]
        if not types or package["type"] in types
    }
