"""No verdict that the real loader would contradict: objects of npm and PyPI in six roots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rig.images import cache_folder
from rig.proof_lab import Comparison, Laboratory
from rig.proof_objects import npm_packages, wheels
from rig.proof_roots import RECIPES, build_root

from bedplate.flows.opening import open_session
from bedplate.flows.prove import prove
from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.real("dpkg", "tar", "npm", "root")
SHARP = ("sharp ", "@img/sharp-linux-x64 ")
FOLDER = cache_folder() / "laboratory"
# Node.js for musl of today has compact relocations: on the older musl it crashes when it starts
STARTS = tuple(name for name in RECIPES if name != "musl-1.2.3")
GLIBC = tuple(name for name, recipe in RECIPES.items() if not recipe.musl)


def _agrees(found: Comparison, least: int) -> None:
    assert found.objects >= least
    assert (found.false, found.missed) == ([], [])


@pytest.mark.parametrize(("libc", "mode"), [("glibc", "lazy"), ("musl", "now")])
@pytest.mark.parametrize("name", STARTS)
def test_addons_are_opened_or_refused_as_proved(name: str, libc: str, mode: str) -> None:
    root = build_root(FOLDER, name)
    laboratory = Laboratory(root, npm_packages(FOLDER, libc), open_session())
    try:
        _agrees(laboratory.libraries("node", mode), 60)
        _agrees(laboratory.programs(), 1)
    finally:
        laboratory.close()


@pytest.mark.parametrize("libc", ["glibc", "musl"])
@pytest.mark.parametrize("name", GLIBC)
def test_wheels_are_opened_or_refused_as_proved(name: str, libc: str) -> None:
    root = build_root(FOLDER, name)
    laboratory = Laboratory(root, wheels(FOLDER, libc), open_session())
    try:
        _agrees(laboratory.libraries(RECIPES[name].python, "now"), 60)
    finally:
        laboratory.close()


def test_a_main_program_that_crashes_is_proved_first() -> None:
    root = build_root(FOLDER, "musl-1.2.3")
    application = str(npm_packages(FOLDER, "musl"))
    (base,) = prove(application, [f"dir:{root}"], FOLDER, open_session()).bases
    node = next(proof for proof in base.proofs if proof.path.endswith("bin/node"))
    assert (node.outcome, node.check) == (Outcome.RISK, "relative relocations")
    assert base.notes


@pytest.mark.parametrize(
    ("name", "outcome"),
    [("glibc-2.36", Outcome.LOADS), ("musl-1.2.5", Outcome.FAILS)],
)
def test_a_copied_sharp_is_told_from_an_installed_one(name: str, outcome: Outcome) -> None:
    root: Path = build_root(FOLDER, name)
    report = prove(str(npm_packages(FOLDER, "glibc")), [f"dir:{root}"], FOLDER, open_session())
    proofs = [one for one in report.bases[0].proofs if one.package.startswith(SHARP)]
    assert outcome in {one.outcome for one in proofs}
    assert all("copied" in one.reason for one in proofs if one.outcome is Outcome.FAILS)
