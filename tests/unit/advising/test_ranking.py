"""What becomes of candidates: refusals with their reasons, marks, and who comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bedplate.advising.candidate import Candidate
from bedplate.advising.ranking import judge
from bedplate.model.advice import Judgement, Preference, Standing
from bedplate.model.base_facts import BaseFacts, EndOfLife
from bedplate.model.image_family import ImageFamily
from bedplate.model.native_evidence import NativeKind
from bedplate.model.needs import Evidence, Need, NeedKind, Needs, WantedPackage
from bedplate.model.rating import Level
from bedplate.model.runtime import Runtime
from bedplate.model.verdict import Outcome, Proof
from bedplate.model.vulnerability_counts import LevelCount, VulnerabilityCounts

MB = 1_000_000
FULL = ImageFamily("full", ("node:22",))
SLIM = ImageFamily("slim", ("node:22-slim",))
ALPINE = ImageFamily("alpine", ("node:22-alpine",), "alpine", "musl", manager="apk", tools=False)
BARE = ImageFamily("distroless", ("d",), shell=False, manager="", entrypoint="node")
SCRATCH = ImageFamily("scratch", ("scratch",), "", "", shell=False, manager="", certificates=False)
NEEDS = Needs("node", "Node.js", image="node:22")
HERE = Evidence("Dockerfile", 3)


def candidate(family: ImageFamily, size: int, cves: int = 0, **fields: object) -> Candidate:
    counts = (LevelCount(Level.HIGH, cves),)
    facts = BaseFacts(family.images[0], compressed_size=size * MB, platforms=("linux/amd64",))
    made = Candidate(
        family.images[0],
        family,
        builder="node:22",
        facts=facts,
        vulnerabilities=VulnerabilityCounts(counts, counts),
        platforms=facts.platforms,
        current=family is FULL,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def refused(judged: tuple[Judgement, ...], name: str) -> str:
    """Give the reasons for which a family is refused; it must be."""
    one = next(one for one in judged if one.family.name == name)
    assert one.standing is Standing.REFUSED
    assert one.score is None
    return "; ".join(remark.text for remark in one.remarks if remark.refuses)


def proof(outcome: Outcome, kind: str, reason: str = "", missing: str = "") -> Proof:
    return Proof(
        "package-lock.json: bcrypt 5.1.1",
        outcome,
        "lock_file",
        reason,
        missing,
        evidence=(kind,),
        package="bcrypt 5.1.1",
    )


def test_the_smaller_and_safer_one_is_advised() -> None:
    judged = judge([candidate(FULL, 400, 50), candidate(SLIM, 70, 5)], NEEDS, "22")
    assert [one.image for one in judged] == ["node:22-slim", "node:22"]
    assert judged[0].standing is Standing.ADVISED


def test_what_is_hardly_better_is_left_alone() -> None:
    judged = judge([candidate(FULL, 80, 5), candidate(SLIM, 70, 5)], NEEDS, "22")
    assert judged[0].current
    assert judged[0].standing is Standing.ADVISED


def test_a_package_without_a_build_is_the_reason() -> None:
    bad = proof(Outcome.FAILS, NativeKind.DOWNLOAD, missing="C compiler")
    judged = judge([candidate(FULL, 400), candidate(ALPINE, 50, proofs=(bad,))], NEEDS, "22")
    assert refused(judged, "alpine") == (
        "bcrypt 5.1.1 has no musl build in it: its install script downloads or compiles one,"
        " and there is no C compiler"
    )
    assert "--compile" in judged[-1].remarks[0].fix


def test_a_risk_is_refused_and_unsupported_is_told() -> None:
    risk = proof(Outcome.RISK, NativeKind.PREBUILT, "it crashes at hash()")
    lucky = proof(Outcome.UNSUPPORTED, NativeKind.PREBUILT, "made for glibc")
    judged = judge([candidate(FULL, 400), candidate(ALPINE, 50, proofs=(risk,))], NEEDS, "22")
    assert refused(judged, "alpine") == "bcrypt 5.1.1: it crashes at hash()"
    judged = judge([candidate(FULL, 400), candidate(ALPINE, 50, proofs=(lucky,))], NEEDS, "22")
    alpine = next(one for one in judged if one.family.name == "alpine")
    assert not alpine.refused
    assert "made for glibc" in alpine.remarks[0].text


def test_what_nobody_can_tell_is_no_doubt_where_the_c_library_stays() -> None:
    open_one = proof(Outcome.UNKNOWN, NativeKind.UNKNOWN, "no file is named")
    images = [
        candidate(FULL, 400, proofs=(open_one,)),
        candidate(SLIM, 70, proofs=(open_one,)),
        candidate(ALPINE, 50, proofs=(open_one,)),
    ]
    judged = judge(images, NEEDS, "22")
    assert [one.standing for one in judged] == [Standing.ADVISED, Standing.FITS, Standing.UNSURE]
    assert judged[0].family is SLIM


def test_a_shell_that_is_needed_rules_images_without_one_out() -> None:
    need = Need(NeedKind.SHELL, "the script /start.sh", HERE)
    judged = judge([candidate(FULL, 400), candidate(BARE, 50)], replace(NEEDS, needs=(need,)), "22")
    assert "the script /start.sh" in refused(judged, "distroless")
    avoidable = replace(NEEDS, needs=(replace(need, avoidable=True),))
    judged = judge([candidate(FULL, 400), candidate(BARE, 50)], avoidable, "22")
    assert not any(one.refused for one in judged)


def test_a_c_library_that_is_needed_rules_scratch_out() -> None:
    need = Need(NeedKind.NATIVE_CODE, "cgo", HERE)
    judged = judge([candidate(FULL, 400), candidate(SCRATCH, 0)], replace(NEEDS, needs=(need,)), "")
    assert "no C library" in refused(judged, "scratch")


def test_packages_need_a_name_there() -> None:
    def wanting(name: str) -> Needs:
        return replace(NEEDS, packages=(WantedPackage("apt", name, HERE),))

    images = [candidate(FULL, 400), candidate(ALPINE, 50), candidate(BARE, 40)]
    judged = judge(images, wanting("libpq5"), "22")
    alpine = next(one for one in judged if one.family is ALPINE)
    assert [(move.name, move.target) for move in alpine.moves] == [("libpq5", "libpq")]
    assert "nothing can be installed there" in refused(judged, "distroless")
    judged = judge(images, wanting("libobscure7"), "22")
    assert refused(judged, "alpine") == "libobscure7 is needed, and no name of it there is known"


def test_a_name_of_the_table_is_held_against_the_index_of_the_release() -> None:
    needs = replace(NEEDS, packages=(WantedPackage("apt", "libpq5", HERE),))
    alpine = candidate(ALPINE, 50, names=frozenset({"postgresql-libs"}), names_from="index of 3.14")
    judged = judge([candidate(FULL, 400), alpine], needs, "22")
    assert refused(judged, "alpine") == "libpq (for libpq5) is not in index of 3.14"


def test_packages_to_build_and_what_the_image_has_are_not_asked_for() -> None:
    packages = (
        WantedPackage("apt", "libobscure-dev", HERE, to_build=True),
        WantedPackage("apt", "ca-certificates", HERE),
    )
    judged = judge(
        [candidate(FULL, 400), candidate(BARE, 50)], replace(NEEDS, packages=packages), "22"
    )
    assert not any(one.refused for one in judged)


def test_the_version_of_the_runtime_has_to_be_there() -> None:
    other = candidate(SLIM, 70)
    assert other.facts is not None
    facts = replace(other.facts, runtimes=(Runtime("node", "Node.js", "24.1.0"),))
    judged = judge([candidate(FULL, 400), replace(other, facts=facts)], NEEDS, "22")
    assert refused(judged, "slim") == "it has Node.js 24.1.0, and 22 is wanted"


def test_platforms_must_not_be_lost() -> None:
    needs = replace(NEEDS, platforms=("linux/amd64", "linux/arm64"))
    wide = candidate(SLIM, 70, platforms=("linux/amd64", "linux/arm64/v8"))
    judged = judge([candidate(ALPINE, 50), wide], needs, "22")
    assert refused(judged, "alpine") == "it is not published for linux/arm64"
    assert judged[0].family is SLIM


def test_the_end_of_support_costs_marks() -> None:
    old, new = candidate(SLIM, 70), candidate(ALPINE, 70)
    assert old.facts is not None
    end = EndOfLife("debian", "Debian 11", "11", "2024-08-14", ended=True)
    old = replace(old, facts=replace(old.facts, end_of_life=(end,)))
    judged = judge([old, new], NEEDS, "22", Preference.SECURITY)
    assert judged[0].family is ALPINE
    remarks = judged[1].remarks
    assert [remark.text for remark in remarks] == ["support of Debian 11 ended on 2024-08-14"]


@pytest.mark.parametrize(
    ("preference", "first"),
    [(Preference.SIZE, "alpine"), (Preference.COMPATIBILITY, "slim")],
)
def test_a_preference_decides_between_two(preference: Preference, first: str) -> None:
    images = [candidate(FULL, 400, 50), candidate(SLIM, 75, 1), candidate(ALPINE, 45, 1)]
    assert judge(images, NEEDS, "22", preference)[0].family.name == first


def test_unknown_size_and_vulnerabilities_of_a_full_image_are_no_advantage() -> None:
    unknown = candidate(FULL, 0, facts=None, vulnerabilities=None, image="node:22")
    judged = judge([unknown, candidate(SLIM, 70, 10)], NEEDS, "22")
    assert judged[0].family is SLIM


def test_nothing_may_be_left() -> None:
    need = Need(NeedKind.SHELL, "a script", HERE)
    judged = judge([candidate(BARE, 50)], replace(NEEDS, needs=(need,)), "22")
    assert [one.standing for one in judged] == [Standing.REFUSED]


def test_a_shell_to_debug_in_can_be_insisted_on() -> None:
    images = [candidate(FULL, 400), candidate(BARE, 50)]
    assert "debug" in refused(judge(images, NEEDS, "22", debugging=True), "distroless")
