"""Judge packages as they are installed, beside what really happened to them.

FOLDERS holds, for each package, `npm/NAME@VERSION/{g,x,built}/node_modules` (a slash in a name is
written `+`): installed with `--libc=glibc --ignore-scripts`, with `--libc=musl --ignore-scripts`,
and as the first with scripts run; and `pip/NAME==VERSION/{manylinux,musllinux}/site`, where
wheels are unpacked below `app/site-packages`. ROOTS holds root file systems by the names below.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from bedplate import open_session
from bedplate.flows.proof_application import open_application
from bedplate.flows.proof_base import open_base
from bedplate.model.verdict import Outcome, worst
from bedplate.proving import prove_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bedplate.flows.session import Session
    from bedplate.proving.candidate import Candidate


class Place(NamedTuple):
    """A scenario of the outcomes: what was installed, and the root that it is started in."""

    variants: tuple[str, ...]
    root: str


_COPIED, _MUSL = ("built", "g"), ("x",)
PLACES = {
    "npm install on glibc (node20, gcc, no GitHub) -> bookworm glibc 2.36": Place(
        _COPIED, "bookworm"
    ),
    "node_modules installed on glibc, copied to alpine-like musl 1.2.5 node20": Place(
        _COPIED, "alpine"
    ),
    "node_modules installed on glibc, copied to musl without /etc/alpine-release "
    "and /usr/bin/ldd": Place(_COPIED, "musl"),
    "npm install --os=linux --libc=musl --cpu=x64 --ignore-scripts on glibc host, "
    "run on musl": Place(_MUSL, "alpine"),
    "npm install inside musl chroot (npm 10.8, no python/gcc, no GitHub), run on musl": Place(
        _MUSL, "alpine"
    ),
    "as --libc=musl install, musl without alpine-release/ldd": Place(_MUSL, "musl"),
    "as install inside musl, without alpine-release/ldd": Place(_MUSL, "musl"),
    "node_modules installed on bookworm, copied to distroless-like glibc 2.36 (no shell)": Place(
        _COPIED, "distroless"
    ),
    "node_modules installed on bookworm, copied to glibc 2.31 (bullseye), no shell": Place(
        _COPIED, "bullseye"
    ),
    "manylinux wheels -> bookworm glibc 2.36 python3.11": Place(("manylinux",), "bookworm"),
    "manylinux site-packages copied to musl 1.2.5 python3.11": Place(("manylinux",), "alpine"),
    "musllinux wheels -> musl 1.2.5 python3.11": Place(("musllinux",), "alpine"),
}


class FolderJudge:
    """Proves installed packages.

    Args:
        folders: with what is installed.
        roots: with root file systems.
        session: means of the prover.
    """

    def __init__(self, folders: Path, roots: Path, session: Session) -> None:
        self._folders = folders
        self._roots = roots
        self._session = session
        self._base = cache(self._open_base)
        self._judged = cache(self._judge)

    def verdicts(self, rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Outcome, str]]:
        """Yield each row of which something is installed, with the verdict and its reason."""
        for row in rows:
            place = PLACES.get(row["scenario"])
            folder = self._installed(row, place.variants) if place else None
            # what one registry lacked, another one has installed here
            if place and folder and "lab artefact" not in row["evidence"]:
                yield (row, *self._judged(folder, place.root))

    def _installed(self, row: dict[str, Any], variants: tuple[str, ...]) -> Path | None:
        if row["ecosystem"] == "npm":
            name = f"npm/{row['name'].replace('/', '+')}@{row['version']}"
            places = (self._folders / name / variant for variant in variants)
            return next((place for place in places if (place / "done").exists()), None)
        place = self._folders / f"pip/{row['name']}=={row['version']}" / variants[0] / "site"
        return place if place.exists() else None

    def _open_base(self, name: str) -> Candidate:
        return open_base(f"dir:{self._roots / name}", self._session)

    def _judge(self, folder: Path, root: str) -> tuple[Outcome, str]:
        application, _ = open_application(str(folder), folder, self._session)
        proofs = prove_on(application, self._base(root)).proofs
        outcome = worst(proof.outcome for proof in proofs) or Outcome.LOADS
        telling = [proof for proof in proofs if proof.outcome is outcome]
        why = [f"{proof.path}: {proof.check}: {proof.reason}" for proof in telling]
        return outcome, f"{outcome}: {' ; '.join(why[:2])}"


def folder_judge(folders: Path, roots: Path) -> FolderJudge:
    """Make a judge with the means of the command line.

    Args:
        folders: with what is installed.
        roots: with root file systems.
    """
    return FolderJudge(folders.resolve(), roots.resolve(), open_session(offline=True))
