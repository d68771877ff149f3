"""What is to be said of a candidate: reasons against it, doubts, and what it brings."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bedplate.advising.package_moves import move_package, runtime_packages
from bedplate.linting.base_guess import guess
from bedplate.model.advice import PackageMove, Remark
from bedplate.model.native_evidence import NativeKind
from bedplate.model.needs import NeedKind
from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.advising.candidate import Candidate
    from bedplate.model.needs import Need, Needs, WantedPackage
    from bedplate.model.verdict import Proof

_MAX_PROOFS = 5
_SELDOM = 60  # days without a new build
_SCRIPTS: dict[str, str] = {
    NativeKind.DOWNLOAD: "downloads or compiles one",
    NativeKind.COMPILE: "compiles one",
}
# what an image has without the package of that name
_GIVEN = {"ca-certificates": "certificates", "tzdata": "time_zones"}


def remarks_on(
    candidate: Candidate, needs: Needs, cycle: str, *, debugging: bool = False
) -> list[Remark]:
    """Hold a candidate against the needs of a project, what rules it out first.

    Args:
        candidate: the image.
        needs: of the project.
        cycle: release cycle of the runtime that is wanted; empty for none.
        debugging: whether somebody insists on a shell in the container.
    """
    native = list(_native(candidate, needs))
    found = [
        # without a C library no proof of a single file says more
        *(native or _proofs(candidate, needs)),
        *_shell(candidate, needs, debugging=debugging),
        *_packages(candidate, needs),
        *_version(candidate, needs, cycle),
        *_platforms(candidate, needs),
        *_languages(candidate, needs),
        *_contents(candidate, needs),
        *_support(candidate, cycle),
        *_cadence(candidate),
    ]
    return sorted(found, key=lambda one: (not one.refuses, not one.unsure))


def package_moves(candidate: Candidate, needs: Needs) -> tuple[PackageMove, ...]:
    """Find the names on a candidate of the packages that the final image needs."""
    return tuple(
        move_package(one, candidate.family.manager, candidate.names, candidate.names_from)
        for one in needs.packages
        if not one.to_build and not _is_given(one.name, candidate)
    )


def _is_given(name: str, candidate: Candidate) -> bool:
    field = _GIVEN.get(name)
    return field is not None and bool(getattr(candidate.family, field))


def _proofs(candidate: Candidate, needs: Needs) -> Iterator[Remark]:
    bad = [one for one in candidate.proofs if one.outcome in (Outcome.FAILS, Outcome.RISK)]
    for proof in bad[:_MAX_PROOFS]:
        text, fix = _told(proof, candidate, needs), _fix(proof, candidate)
        yield Remark("proof", text, refuses=True, fix=fix, evidence=_shown(proof))
    if len(bad) > _MAX_PROOFS:
        more = len(bad) - _MAX_PROOFS
        yield Remark("proof", f"and {more} more packages that fail", refuses=True)
    for outcome in (Outcome.UNKNOWN, Outcome.UNSUPPORTED):
        doubts = [one for one in candidate.proofs if one.outcome is outcome]
        for proof in doubts[:_MAX_PROOFS]:
            text = _told(proof, candidate, needs)
            yield Remark("proof", text, unsure=True, fix=proof.fix, evidence=_shown(proof))


def _told(proof: Proof, candidate: Candidate, needs: Needs) -> str:
    name = proof.package or proof.path
    reason = proof.reason or (f"{proof.missing} is missing" if proof.missing else proof.outcome)
    kind = proof.evidence[0] if proof.evidence else ""
    scripts = needs.kind == "node" and kind in _SCRIPTS
    if scripts and proof.outcome is Outcome.FAILS:
        libc = candidate.family.libc
        rest = f", and there is no {proof.missing}" if proof.missing else f"; {reason}"
        return f"{name} has no {libc} build in it: its install script {_SCRIPTS[kind]}{rest}"
    return f"{name}: {reason}"


def _fix(proof: Proof, candidate: Candidate) -> str:
    kind = proof.evidence[0] if proof.evidence else ""
    if kind in _SCRIPTS and candidate.family.libc == "musl":
        what = " ".join(proof.provided_by) or "a compiler"
        return f"--compile rebuilds it in a builder of {candidate.family.name} that has {what}"
    return proof.fix


def _shown(proof: Proof) -> tuple[str, ...]:
    return tuple(dict.fromkeys((proof.path, *proof.evidence)))


def _native(candidate: Candidate, needs: Needs) -> Iterator[Remark]:
    found = needs.of(NeedKind.NATIVE_CODE)
    if not found:
        return
    shown = _places(found)
    if not candidate.family.libc:
        what = ", ".join(need.what for need in found)
        text = f"{candidate.family.name} has no C library, and the program needs one: {what}"
        yield Remark("proof", text, refuses=True, evidence=shown)
    built, runs = guess(candidate.builder).glibc, guess(candidate.image).glibc
    if candidate.family.libc == "glibc" and built and runs and built > runs:
        text = f"built with glibc {built[0]}.{built[1]}, and it has {runs[0]}.{runs[1]}"
        yield Remark("proof", text, refuses=True, evidence=shown)


def _shell(candidate: Candidate, needs: Needs, *, debugging: bool) -> Iterator[Remark]:
    if candidate.family.shell:
        return
    asked = needs.of(NeedKind.SHELL)
    hard = [need for need in asked if not need.avoidable]
    if hard:
        text = f"it has no shell: {'; '.join(dict.fromkeys(need.what for need in hard))}"
        fix = "start the program itself, in exec form, and run no commands by a shell"
        yield Remark("shell", text, refuses=True, fix=fix, evidence=_places(hard))
    elif asked:
        text = "it has no shell; the program is started in exec form instead"
        yield Remark("shell", text, evidence=_places(asked))
    wishes = needs.of(NeedKind.DEBUGGING)
    if debugging:
        text = "it has no shell, and [advise] asks for one to debug in"
        yield Remark("debugging", text, refuses=True)
    elif wishes:
        names = ", ".join(need.what for need in wishes)
        text = f"nothing to look around with: {names} can't be installed"
        yield Remark("debugging", text, unsure=True, evidence=_places(wishes))


def _packages(candidate: Candidate, needs: Needs) -> Iterator[Remark]:
    places = {one.name: one.evidence.place for one in needs.packages}
    moves = package_moves(candidate, needs)
    gone = [one for one in moves if not one.known]
    if gone and not candidate.family.manager:
        names = ", ".join(one.name for one in gone)
        shown = tuple(dict.fromkeys(places[one.name] for one in gone))
        text = f"nothing can be installed there, and it needs {names}"
        yield Remark("packages", text, refuses=True, evidence=shown)
        return
    for move in gone:
        if move.target:
            text = f"{move.target} (for {move.name}) is not in {move.shown_by}"
        else:
            text = f"{move.name} is needed, and no name of it there is known"
        yield Remark("packages", text, refuses=True, evidence=(places[move.name],))
    headers = [one.name for one in needs.packages if _may_need_more(one)]
    if headers and not candidate.current:
        text = f"libraries behind {', '.join(headers)} may have to be installed too"
        yield Remark("packages", text, unsure=True, evidence=(places[headers[0]],))
    renamed = [one for one in moves if one.known and one.target != one.name]
    if renamed:
        names = ", ".join(f"{one.name} is {one.target}" for one in renamed)
        yield Remark("packages", f"other names: {names}", evidence=(renamed[0].shown_by,))


def _may_need_more(wanted: WantedPackage) -> bool:
    headers = wanted.to_build and wanted.name.endswith(("-dev", "-devel"))
    return headers and runtime_packages(wanted.name, wanted.manager) is None


def _version(candidate: Candidate, needs: Needs, cycle: str) -> Iterator[Remark]:
    facts = candidate.facts
    for runtime in (facts.runtimes or ()) if facts else ():
        if runtime.name != needs.kind or not cycle or not runtime.version:
            continue
        wanted, own = cycle.split("."), runtime.version.split(".")
        if own[: len(wanted)] != wanted:
            text = f"it has {runtime.title} {runtime.version}, and {cycle} is wanted"
            shown = needs.versions[0].evidence.place if needs.versions else ""
            yield Remark("version", text, refuses=True, evidence=(shown,) if shown else ())


def _platforms(candidate: Candidate, needs: Needs) -> Iterator[Remark]:
    if candidate.platforms is None or not needs.platforms or not candidate.platforms:
        return
    there = {_plain(platform) for platform in candidate.platforms}
    gone = [one for one in needs.platforms if _plain(one) not in there]
    if gone:
        text = f"it is not published for {', '.join(gone)}"
        yield Remark("platforms", text, refuses=True)


def _plain(platform: str) -> str:
    return platform.removesuffix("/v8")


def _languages(candidate: Candidate, needs: Needs) -> Iterator[Remark]:
    small = candidate.family.name in ("runtime alpine", "chiseled")
    found = needs.of(NeedKind.TOOL) if small else ()
    if found:
        text = f"it lacks {found[0].what}"
        fix = "set InvariantGlobalization, or take the image's -extra variant"
        yield Remark("languages", text, refuses=True, fix=fix, evidence=_places(found))


def _contents(candidate: Candidate, needs: Needs) -> Iterator[Remark]:
    family = candidate.family
    wanted = needs.of(NeedKind.CERTIFICATES)
    if wanted and not family.certificates:
        how = "are installed" if family.manager else "are copied from the builder"
        yield Remark("certificates", f"certificates of authorities {how}", evidence=_places(wanted))
    wanted = needs.of(NeedKind.TIME_ZONES)
    if wanted and not family.time_zones:
        how = "is installed" if family.manager else "is copied from the builder"
        yield Remark("time zones", f"zone data {how}", evidence=_places(wanted))
    if candidate.facts is None:
        text = "known by its name alone: size and contents are not known"
        yield Remark("facts", text, unsure=True)
    elif candidate.vulnerabilities is None:
        text = "its packages are not known here, so its vulnerabilities are not either"
        yield Remark("vulnerabilities", text)


def _support(candidate: Candidate, cycle: str) -> Iterator[Remark]:
    ends = (candidate.facts.end_of_life or ()) if candidate.facts else ()
    for end in ends:
        # that of the runtime is the same for all, and told once
        if end.ended and end.cycle != cycle:
            when = f" on {end.date}" if end.date else ""
            late = f", somebody patches it until {end.extended}" if end.extended else ""
            yield Remark("support", f"support of {end.title} ended{when}{late}")


def _cadence(candidate: Candidate) -> Iterator[Remark]:
    """Tell of images that are seldom built anew: fixes of their packages come late."""
    facts = candidate.facts
    if facts is None or not facts.created or not facts.observed:
        return
    try:
        built = dt.date.fromisoformat(facts.created[:10])
        age = (dt.date.fromisoformat(facts.observed) - built).days
    except ValueError:
        return
    if age > _SELDOM:
        yield Remark("updates", f"it was {age} days old on {facts.observed}")


def _places(needs: Iterable[Need]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(need.evidence.place for need in needs))
