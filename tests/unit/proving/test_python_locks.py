"""Where the packages of a Python lock file run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bedplate.model.install_target import InstallTarget
from bedplate.model.locked_package import LockedProject
from bedplate.model.platform import Platform
from bedplate.model.verdict import Outcome
from bedplate.proving.lock_evidence import judge_lock, read_lock
from bedplate.proving.wheel_tags import Misfit, misfit, parse_wheel
from bedplate.testing.sample_python_locks import PIPFILE, PYTHON, REQUIREMENTS

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof

GLIBC = InstallTarget(libc_version="2.36", runtimes={"python": "3.12.1"}, commands=frozenset())
MUSL = replace(GLIBC, libc="musl", libc_version="1.2.5")
ARM = replace(GLIBC, platform=Platform("linux", "arm64"))


def judged(path: str, content: bytes, target: InstallTarget) -> dict[str, Proof]:
    """Judge a lock file: name of the package -> proof."""
    project = read_lock(path, content)
    assert isinstance(project, LockedProject)
    return {one.package.partition(" ")[0]: one for one in judge_lock(project, target)}


@pytest.mark.parametrize("path", PYTHON)
class TestEveryFormat:
    def test_wheels_for_both_c_libraries(self, path: str) -> None:
        assert "manylinux" in judged(path, PYTHON[path], GLIBC)["fast"].evidence[0]
        proof = judged(path, PYTHON[path], MUSL)["fast"]
        assert proof.outcome is Outcome.LOADS
        assert "musllinux_1_2" in proof.evidence[0]

    def test_no_wheel_for_musl_means_a_compiler(self, path: str) -> None:
        proof = judged(path, PYTHON[path], MUSL)["glib"]
        assert (proof.outcome, proof.missing) == (Outcome.FAILS, "C compiler")
        assert "for glibc only" in proof.reason

    def test_a_wheel_for_any_platform(self, path: str) -> None:
        for target in (GLIBC, MUSL, ARM):
            assert judged(path, PYTHON[path], target)["plain"].outcome is Outcome.LOADS

    def test_copied_from_glibc_to_musl(self, path: str) -> None:
        proof = judged(path, PYTHON[path], replace(MUSL, installed_on=GLIBC))["fast"]
        assert proof.outcome is Outcome.FAILS
        assert proof.fix == "install the packages in a stage with musl, and copy them from there"

    def test_copied_to_an_older_glibc(self, path: str) -> None:
        older = replace(GLIBC, libc_version="2.27", installed_on=GLIBC)
        proof = judged(path, PYTHON[path], older)["fast"]
        assert (proof.outcome, proof.missing) == (Outcome.FAILS, "GLIBC_2.28")

    def test_a_glibc_that_is_too_old(self, path: str) -> None:
        proof = judged(path, PYTHON[path], replace(GLIBC, libc_version="2.27"))["fast"]
        assert proof.outcome is Outcome.FAILS
        assert "need a newer glibc than 2.27" in proof.reason

    def test_another_python(self, path: str) -> None:
        proof = judged(path, PYTHON[path], replace(GLIBC, runtimes={"python": "3.14.0"}))["fast"]
        assert proof.outcome is Outcome.FAILS
        assert proof.reason == "it has no wheel for Python 3.14.0"


def test_old_musl_and_new_wheels() -> None:
    proof = judged("uv.lock", PYTHON["uv.lock"], replace(MUSL, libc_version="1.2.3"))["fast"]
    assert proof.outcome is Outcome.UNKNOWN
    assert "relocations" in proof.reason


def test_hashes_alone_need_the_index() -> None:
    for path, content in (("Pipfile.lock", PIPFILE), ("requirements.txt", REQUIREMENTS)):
        proof = judged(path, content, GLIBC)["fast"]
        assert proof.outcome is Outcome.UNKNOWN
        assert "--fetch" in proof.reason


def test_requirements_without_a_version_are_told() -> None:
    project = read_lock("requirements.txt", REQUIREMENTS)
    assert isinstance(project, LockedProject)
    assert [one.what for one in project.skipped] == ["requirements.txt: open-ended"]
    assert judged("requirements.txt", REQUIREMENTS, MUSL)["plain"].outcome is Outcome.LOADS


@pytest.mark.parametrize(
    ("name", "target", "expected"),
    [
        ("a-1-py3-none-any.whl", MUSL, None),
        ("a-1-py2.py3-none-any.whl", MUSL, None),
        ("a-1-py2-none-any.whl", MUSL, Misfit.PYTHON),
        ("a-1-cp39-abi3-manylinux_2_34_x86_64.whl", GLIBC, None),
        ("a-1-cp313-abi3-manylinux_2_34_x86_64.whl", GLIBC, Misfit.PYTHON),
        ("a-1-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", GLIBC, None),
        ("a-1-cp312-cp312-manylinux_2_39_x86_64.whl", GLIBC, Misfit.OLD_LIBC),
        ("a-1-cp312-cp312t-manylinux_2_17_x86_64.whl", GLIBC, Misfit.PYTHON),
        ("a-1-cp311-cp311-manylinux_2_17_x86_64.whl", GLIBC, Misfit.PYTHON),
        ("a-1-pp310-pypy310_pp73-manylinux_2_17_x86_64.whl", GLIBC, Misfit.PYTHON),
        ("a-1-cp312-cp312-manylinux_2_17_x86_64.whl", MUSL, Misfit.LIBC),
        ("a-1-cp312-cp312-musllinux_1_1_x86_64.whl", GLIBC, Misfit.LIBC),
        ("a-1-cp312-cp312-musllinux_1_1_aarch64.whl", MUSL, Misfit.PROCESSOR),
        ("a-1-cp312-cp312-manylinux_2_17_aarch64.whl", ARM, None),
        ("a-1-cp312-cp312-win_amd64.whl", GLIBC, Misfit.SYSTEM),
        ("a-1-cp312-cp312-macosx_11_0_arm64.whl", ARM, Misfit.SYSTEM),
        ("a-1-1build-cp312-cp312-linux_x86_64.whl", MUSL, None),
        ("a-1-py3-none-manylinux1_x86_64.whl", GLIBC, None),
    ],
)
def test_tags(name: str, target: InstallTarget, expected: Misfit | None) -> None:
    wheel = parse_wheel(name)
    assert wheel is not None
    assert misfit(wheel, target) is expected


def test_an_unknown_python_rules_nothing_out() -> None:
    wheel = parse_wheel("a-1-cp311-cp311-manylinux_2_17_x86_64.whl")
    assert wheel is not None
    assert misfit(wheel, replace(GLIBC, runtimes={})) is None


def test_what_is_no_wheel() -> None:
    assert parse_wheel("a-1.tar.gz") is None
    assert parse_wheel("a.whl") is None
