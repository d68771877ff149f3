"""Judge packages by their lock files and compare with what really happened to them.

    python -m benchmarks.compat OUTCOMES --locks FOLDER [--make]
    python -m benchmarks.compat OUTCOMES --folders FOLDER --roots FOLDER

OUTCOMES is a file of JSON objects, one a line: `ecosystem`, `name`, `version`, `scenario`,
`outcome`, `error`. FOLDER holds `NAME@VERSION/package-lock.json` (a slash in a name is written
`+`); `--make` has npm write those that are missing, which needs its registry. `--index` is a
simple index of Python: without it, only packages of npm are judged. `--without-table` leaves out
what bedplate knows of single packages, so that the general signs are measured alone. `--folders`
judges packages as they are installed; `benchmarks.compat_folders` says where they lie.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.compat_folders import FolderJudge, folder_judge

from bedplate.flows.fetch_packages import PackageFetcher
from bedplate.model.index_addresses import IndexAddresses
from bedplate.model.install_target import InstallTarget
from bedplate.model.skipped import Skipped
from bedplate.model.verdict import Outcome, worst
from bedplate.proving import native_packages
from bedplate.proving.lock_evidence import judge_lock, read_lock
from bedplate.support.http import HttpClient

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.locked_package import LockedProject

BAD = (Outcome.RISK, Outcome.FAILS)
GOOD = ("ok", "musl wheel")
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
_WHEELS = replace(_GLIBC, commands=frozenset(), libraries=_LIBRARIES)
_MUSL_WHEELS = replace(_MUSL, commands=frozenset())


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
        "manylinux wheels -> bookworm glibc 2.36 python3.11": _WHEELS,
        "manylinux site-packages copied to musl 1.2.5 python3.11": replace(
            _MUSL_WHEELS, installed_on=_WHEELS
        ),
        "musllinux wheels -> musl 1.2.5 python3.11": _MUSL_WHEELS,
        "wheel availability cp311 x86_64": _MUSL_WHEELS,
        "wheel availability cp312 x86_64": replace(
            _MUSL_WHEELS, runtimes={"python": "3.12"}, libraries=None
        ),
    }


@dataclass
class Score:
    """Verdicts beside outcomes; `bad` is what does not work, whatever the reason."""

    right_bad: int = 0
    right_good: int = 0
    undecided_bad: int = 0
    undecided_good: int = 0
    list_undecided: bool = False
    misses: list[str] = field(default_factory=list)
    false_bad: int = 0
    missed_bad: int = 0

    def add(self, row: dict[str, Any], outcome: Outcome, why: str) -> None:
        """Count one verdict."""
        bad = not row["outcome"].startswith(GOOD)
        line = f"{row['name']} {row['version']} | {row['scenario']} | {row['outcome']} | {why}"
        if outcome is Outcome.UNKNOWN:
            self.undecided_bad += bad
            self.undecided_good += not bad
            self.misses += [f"undecided: {line}"] if self.list_undecided else []
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
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--locks", type=Path)
    mode.add_argument("--folders", type=Path)
    parser.add_argument("--roots", type=Path)
    parser.add_argument("--make", action="store_true")
    parser.add_argument("--index", default="")
    parser.add_argument("--without-table", action="store_true")
    parser.add_argument("--undecided", action="store_true", help="list these too")
    options = parser.parse_args()
    if options.without_table:
        native_packages.known_packages = dict  # type: ignore[assignment]
    rows = [json.loads(line) for line in options.outcomes.read_text().splitlines()]
    if options.folders:
        return judge_folders(rows, folder_judge(options.folders, options.roots), options.undecided)
    projects = {"npm": partial(npm_project, options.locks, make=options.make)}
    if options.index:
        fetcher = PackageFetcher(HttpClient(), IndexAddresses(pypi=options.index))
        projects["pypi"] = partial(pypi_project, fetcher)
    for ecosystem, project_of in projects.items():
        score = Score(list_undecided=options.undecided)
        judge(with_versions(rows, ecosystem), project_of, score)
        print(ecosystem, *score.lines(), sep="\n")
    return 0


def judge_folders(rows: list[dict[str, Any]], judge: FolderJudge, list_undecided: bool) -> int:  # noqa: FBT001
    """Print the same of packages as they are installed."""
    for ecosystem in ("npm", "pypi"):
        score = Score(list_undecided=list_undecided)
        for row, outcome, why in judge.verdicts(with_versions(rows, ecosystem)):
            score.add(row, outcome, why)
        print(ecosystem, *score.lines(), sep="\n")
    return 0


def with_versions(rows: list[dict[str, Any]], ecosystem: str) -> list[dict[str, Any]]:
    """Give the rows of an ecosystem; a version that is not said is that of the other rows."""
    own = [row for row in rows if row["ecosystem"] == ecosystem]
    versions = {row["name"]: row["version"] for row in own if row["version"]}
    for row in own:
        row["version"] = row["version"] or versions.get(row["name"])
        if "lab artefact" in row["evidence"]:
            row["outcome"] += " (lab artefact)"
    return [row for row in own if row["version"]]


def judge(
    rows: list[dict[str, Any]], project_of: Callable[[str, str], LockedProject], score: Score
) -> None:
    """Judge each row's package by its lock file."""
    read = cache(project_of)
    scenarios = targets()
    for row in rows:
        project = read(row["name"], row["version"])
        proofs = judge_lock(project, scenarios[row["scenario"]])
        outcome = worst(proof.outcome for proof in proofs) or Outcome.UNKNOWN
        telling = next(proof for proof in proofs if proof.outcome is outcome)
        score.add(row, outcome, f"{outcome}: {telling.package}: {telling.reason}")


def npm_project(locks: Path, name: str, version: str, *, make: bool) -> LockedProject:
    """Read the lock file of one npm package."""
    path = locks / f"{name.replace('/', '+')}@{version}" / "package-lock.json"
    if make and not path.exists():
        make_lock(path.parent, name, version)
    return project_in("package-lock.json", path.read_bytes())


def pypi_project(fetcher: PackageFetcher, name: str, version: str) -> LockedProject:
    """Read the requirement of one Python package, and ask the index for its files."""
    return fetcher.with_files(project_in("requirements.txt", f"{name}=={version}\n".encode()))


def project_in(path: str, content: bytes) -> LockedProject:
    """Read a lock file that can be read."""
    project = read_lock(path, content)
    if isinstance(project, Skipped):
        raise SystemExit(f"{project.what}: {project.reason}")
    return project


def make_lock(folder: Path, name: str, version: str) -> None:
    """Have npm write the lock file of one package."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {"name": "x", "version": "1.0.0", "dependencies": {name: version}}
    (folder / "package.json").write_text(json.dumps(wanted))
    command = ["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
