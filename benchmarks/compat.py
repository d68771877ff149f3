"""Judge packages by their lock files and compare with what really happened to them.

    python -m benchmarks.compat OUTCOMES --locks FOLDER [--make]

OUTCOMES is a file of JSON objects, one a line: `ecosystem`, `name`, `version`, `scenario`,
`outcome`, `error`. FOLDER holds `NAME@VERSION/package-lock.json` (a slash in a name is written
`+`); `--make` has npm write those that are missing, which needs its registry.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bedplate.model.install_target import InstallTarget
from bedplate.model.skipped import Skipped
from bedplate.model.verdict import Outcome, worst
from bedplate.proving.lock_evidence import judge_lock, read_lock

BAD = (Outcome.RISK, Outcome.FAILS)
_TOOLS = frozenset(("sh", "cc", "gcc", "g++", "make", "python3"))
_LIBRARIES = frozenset(("libz.so.1", "libstdc++.so.6", "libgcc_s.so.1"))
_GLIBC = InstallTarget(
    libc="glibc",
    libc_version="2.36",
    runtimes={"node": "20.20.2", "npm": "10.8.2", "python": "3.11"},
    node_api=9,
    commands=_TOOLS,
    libraries=_LIBRARIES,
    package_format="deb",
    downloads=False,
)
_MUSL = replace(
    _GLIBC,
    libc="musl",
    libc_version="1.2.5",
    commands=frozenset(("sh",)),
    package_format="apk",
    alpine=True,
)
_BARE = replace(_MUSL, alpine=False)
_NO_SCRIPTS = replace(_MUSL, scripts=False)
_DISTROLESS = replace(_GLIBC, commands=frozenset())
_PYTHON = "python3.11"


def targets() -> dict[str, InstallTarget]:
    """Give what a scenario of the outcomes is, by its words."""
    return {
        "npm install on glibc (node20, gcc, no GitHub) -> bookworm glibc 2.36": _GLIBC,
        "node_modules installed on glibc, copied to alpine-like musl 1.2.5 node20": replace(
            _MUSL, installed_on=_GLIBC
        ),
        "node_modules installed on glibc, copied to musl without /etc/alpine-release "
        "and /usr/bin/ldd": replace(_BARE, installed_on=_GLIBC),
        "npm install --os=linux --libc=musl --cpu=x64 --ignore-scripts on glibc host, "
        "run on musl": _NO_SCRIPTS,
        "npm install inside musl chroot (npm 10.8, no python/gcc, no GitHub), run on musl": _MUSL,
        "as --libc=musl install, musl without alpine-release/ldd": replace(
            _BARE, installed_on=_NO_SCRIPTS
        ),
        "as install inside musl, without alpine-release/ldd": replace(_BARE, installed_on=_MUSL),
        "node_modules installed on bookworm, copied to distroless-like glibc 2.36 (no shell)": (
            replace(_DISTROLESS, installed_on=_GLIBC)
        ),
        "node_modules installed on bookworm, copied to glibc 2.31 (bullseye), no shell": replace(
            _DISTROLESS, libc_version="2.31", installed_on=_GLIBC
        ),
    }


@dataclass
class Score:
    """Verdicts beside outcomes; `bad` is what does not work, whatever the reason."""

    right_bad: int = 0
    right_good: int = 0
    undecided_bad: int = 0
    undecided_good: int = 0
    misses: list[str] = field(default_factory=list)
    false_bad: int = 0
    missed_bad: int = 0

    def add(self, row: dict[str, Any], outcome: Outcome, why: str) -> None:
        """Count one verdict."""
        bad = not row["outcome"].startswith("ok")
        line = f"{row['name']} {row['version']} | {row['scenario']} | {row['outcome']} | {why}"
        if outcome is Outcome.UNKNOWN:
            self.undecided_bad += bad
            self.undecided_good += not bad
        elif (outcome in BAD) == bad:
            self.right_bad += bad
            self.right_good += not bad
        else:
            self.false_bad += not bad
            self.missed_bad += bad
            self.misses.append(f"{'missed' if bad else 'false alarm'}: {line}")

    def lines(self) -> list[str]:
        """Say it all, a line each."""
        alarms, bad = self.right_bad + self.false_bad, self.right_bad + self.missed_bad
        decided = alarms + self.right_good + self.missed_bad
        return [
            f"decided {decided}, undecided {self.undecided_bad} bad, {self.undecided_good} good",
            f"precision {self.right_bad / max(1, alarms):.3f} ({self.false_bad} of {alarms} false)",
            f"recall {self.right_bad / max(1, bad):.3f} ({self.missed_bad} missed of {bad})",
            *self.misses,
        ]


def main() -> int:
    """Print precision, recall and every miss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("outcomes", type=Path)
    parser.add_argument("--locks", type=Path, required=True)
    parser.add_argument("--make", action="store_true")
    parser.add_argument("--undecided", action="store_true", help="list these too")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.outcomes.read_text().splitlines()]
    by_package = defaultdict(list)
    for row in rows:
        if row["ecosystem"] == "npm" and row["version"]:
            by_package[row["name"], row["version"]].append(row)
    score, scenarios = Score(), targets()
    for (name, version), of_package in by_package.items():
        path = options.locks / f"{name.replace('/', '+')}@{version}" / "package-lock.json"
        if options.make and not path.exists():
            make_lock(path.parent, name, version)
        project = read_lock("package-lock.json", path.read_bytes())
        if isinstance(project, Skipped):
            print(project, file=sys.stderr)
            continue
        for row in of_package:
            proofs = judge_lock(project, scenarios[row["scenario"]])
            outcome = worst(proof.outcome for proof in proofs) or Outcome.UNKNOWN
            if "lab artefact" in row["evidence"]:
                row["outcome"] += " (lab artefact)"
            telling = next(proof for proof in proofs if proof.outcome is outcome)
            why = f"{outcome}: {telling.package}: {telling.reason} {telling.evidence}"
            score.add(row, outcome, why)
            if options.undecided and outcome is Outcome.UNKNOWN:
                print(row["name"], row["scenario"], row["outcome"], why, sep=" | ")
    print(*score.lines(), sep="\n")
    return 0


def make_lock(folder: Path, name: str, version: str) -> None:
    """Have npm write the lock file of one package."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {"name": "x", "version": "1.0.0", "dependencies": {name: version}}
    (folder / "package.json").write_text(json.dumps(wanted))
    command = ["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
