"""Versions in an order, judged by the tools whose order it is."""

from __future__ import annotations

import random
import subprocess

import pytest
from rig.processes import run

from bedplate import versions
from bedplate.errors import InvalidVersion

_PAIRS = 400
_SEED = 20


def _pairs(pieces: str) -> list[tuple[str, str]]:
    """Make pairs of versions, of which many have a beginning in common."""
    draw = random.Random(_SEED)
    words = pieces.split()
    found = []
    for number in range(_PAIRS):
        a, b = (_version(draw, words) for _ in range(2))
        if number % 3 == 0:
            b = a[: draw.randint(1, len(a))] + draw.choice(words)
        found.append((a, b))
    return found


def _version(draw: random.Random, words: list[str]) -> str:
    epoch = draw.choice(("", "", "0:", "1:"))
    return epoch + draw.choice("012") + "".join(draw.choices(words, k=draw.randint(0, 6)))


@pytest.mark.real("dpkg")
def test_order_of_deb_is_that_of_dpkg() -> None:
    pairs = _pairs("0 1 9 00 . . - ~ + a z Z rc deb12u1")
    wrong = [(a, b) for a, b in pairs if _compared("deb", a, b) != _dpkg(a, b)]
    assert not wrong


def _compared(scheme: str, a: str, b: str) -> int | None:
    try:
        return versions.compare(scheme, a, b)
    except InvalidVersion:
        return None


def _dpkg(a: str, b: str) -> int | None:
    """Ask dpkg; None when it refuses one of them."""
    for sign, order in (("lt", -1), ("eq", 0), ("gt", 1)):
        done = subprocess.run(
            ["dpkg", "--compare-versions", a, sign, b], capture_output=True, check=False
        )
        if b"dpkg: error" in done.stderr:
            return None
        if done.returncode == 0:
            return order
    raise AssertionError(f"dpkg has no order for {a} and {b}")


@pytest.mark.real("rpm")
def test_order_of_rpm_is_that_of_rpm() -> None:
    pairs = _pairs("1 2 01 10 . . - ~ ^ a rc git _ + el9")
    calls = "".join(f'print(rpm.vercmp("{a}", "{b}") .. " ")' for a, b in pairs)
    answers = run(["rpm", "--eval", f"%{{lua:{calls}}}"]).split()
    wrong = [
        (a, b)
        for (a, b), answer in zip(pairs, answers, strict=True)
        if versions.compare("rpm", a, b) != int(answer)
    ]
    assert not wrong
