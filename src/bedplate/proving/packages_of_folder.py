"""Package level: which files would be loaded, and of which packages none would fit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bedplate.model.verdict import Outcome, Proof
from bedplate.proving.native_packages import known_package
from bedplate.proving.node_choice import Choice, choose_addons, libc_of
from bedplate.proving.node_package import NodePackage, find_packages, folder_of
from bedplate.proving.node_platforms import Platforms, find_platforms
from bedplate.proving.package_commands import missing_command
from bedplate.proving.package_needs import direct_names, optional_names
from bedplate.proving.python_variants import passed_over_variants
from bedplate.proving.remedies import NPM_CI

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.proving.situation import Situation

NAME = "package"
_FETCHES_WHEN_LOADED = "napi-postinstall"
_LEAST_PROGRAM = 64 * 1024
DOWNLOAD = "what its install script downloads"
_OF_BARE = ".bare"  # addons of Bare, another runtime of JavaScript
_TOOLS = "apk add python3 make g++"


@dataclass(slots=True)
class Chosen:
    """What the folders of packages say.

    Args:
        packages: of Node.js, by folder.
        proofs: of packages of which no file fits.
        passed_over: files that nothing would load on this base.
        platforms: folder of a package -> its packages for platforms.
        direct: names of packages that the application itself depends on.
        optional: names of packages that are there for optional dependencies alone.
        in_turn: files of which the first that opens is enough.
    """

    packages: Mapping[str, NodePackage]
    musl: bool
    proofs: list[Proof] = field(default_factory=list)
    passed_over: set[str] = field(default_factory=set)
    platforms: dict[str, Platforms] = field(default_factory=dict)
    direct: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    in_turn: list[tuple[str, ...]] = field(default_factory=list)

    def package(self, path: str) -> str:
        """Name the package that a file is part of; empty when it is in none."""
        owner = self.packages.get(folder_of(path))
        return owner.title if owner else ""

    def tried(self, proofs: list[Proof]) -> list[Proof]:
        """Leave out the proofs of builds after and before the one that opens.

        Where none does, the last that is tried speaks for all.
        """
        of_path = {proof.path: proof for proof in proofs}
        left_out: set[str] = set()
        for paths in self.in_turn:
            judged = [of_path[path] for path in paths if path in of_path]
            opens = (one for one in judged if one.outcome is not Outcome.FAILS)
            told = next(opens, judged[-1] if judged else None)
            left_out.update(one.path for one in judged if one is not told)
        self.passed_over |= left_out
        return [proof for proof in proofs if proof.path not in left_out]

    def softened(self, proof: Proof) -> Proof:
        """Say of a refused file what the whole package says of it."""
        owner = self.packages.get(folder_of(f"{proof.path}/"))
        if owner is None or proof.outcome not in (Outcome.FAILS, Outcome.RISK):
            return proof
        if self._is_soft(owner):
            reason = f"optional, {owner.name} goes on without it: {proof.reason}"
            return replace(proof, outcome=Outcome.LOADS, reason=reason, fix="")
        return replace(proof, fix=self._fix(owner, proof.fix))

    def _is_soft(self, owner: NodePackage) -> bool:
        known = known_package("npm", owner.name, owner.version)
        if known and known.optional:
            return known.optional == "itself" or self._is_indirect(owner.name)
        return owner.name in self.optional

    def _is_indirect(self, name: str) -> bool:
        needed = any(name in (*one.hard, *one.optional) for one in self.packages.values())
        return needed and name not in self.direct

    def _fix(self, owner: NodePackage, fix: str) -> str:
        if not self.musl or fix != NPM_CI:
            return fix  # another build would not help
        if owner.builds:
            return (
                f"{owner.title} has no musl build in it: compile it in a stage from this base"
                f" ({_TOOLS}), or stay on a glibc variant (-slim)"
            )
        return f"{owner.title} has no musl build: stay on a glibc variant (-slim)"


def choose(situation: Situation) -> Chosen:
    """Go through the packages of an application.

    Args:
        situation: application and base.
    """
    packages = find_packages(situation.application)
    musl = libc_of(situation) == "musl"
    direct = direct_names(situation.application)
    optional = optional_names(packages.values(), direct)
    chosen = Chosen(packages, musl, direct=direct, optional=optional)
    chosen.passed_over |= passed_over_variants(situation)
    chosen.passed_over.update(
        path for path in situation.application.compiled if path.endswith(_OF_BARE)
    )
    for package in packages.values():
        chosen.proofs += missing_command(package, situation)
        _find_misfits(package, situation, chosen)
    for package in packages.values():
        if not (package.files and chosen.passed_over.issuperset(package.files)):
            _choose_of(package, situation, chosen)
    return chosen


def _find_misfits(package: NodePackage, situation: Situation, chosen: Chosen) -> None:
    """Pass over what is for another system, and platform packages for another C library."""
    if _is_elsewhere(package):
        chosen.passed_over.update(package.files)
        return
    platforms = find_platforms(package, chosen.packages, situation)
    if platforms is not None:
        chosen.platforms[package.folder] = platforms
        for misfit in platforms.misfits:
            chosen.passed_over.update(misfit.files)


def _is_elsewhere(package: NodePackage) -> bool:
    return bool(package.os) and not any(
        name == "linux" or (name.startswith("!") and name != "!linux") for name in package.os
    )


def _choose_of(package: NodePackage, situation: Situation, chosen: Chosen) -> None:
    if _is_elsewhere(package):
        return
    platforms = chosen.platforms.get(package.folder)
    choice = choose_addons(package, situation)
    chosen.passed_over.update(choice.passed_over)
    if choice.in_turn:
        chosen.in_turn.append(choice.taken)
    if choice.taken or (package.files and not choice.passed_over):
        return
    proof = None
    if platforms is not None:
        proof = _no_platform(package, platforms) if not platforms.installed else None
    elif choice.passed_over:
        proof = _no_prebuild(package, choice)
    elif package.builds or _lacks_download(package, situation):
        proof = _not_built(package)
    if proof:
        chosen.proofs.append(_softened(chosen, proof))


def _softened(chosen: Chosen, proof: Proof) -> Proof:
    """Say of a package with a fallback that it goes on."""
    softened = chosen.softened(replace(proof, fix=""))
    return proof if softened.outcome is proof.outcome else softened


def _lacks_download(package: NodePackage, situation: Situation) -> bool:
    """Tell whether its install script would have brought a program that is not there."""
    known = known_package("npm", package.name, package.version)
    if package.files or (known and known.install == "nothing"):
        return False
    made = known is not None and known.install != "" and known.carries == "nothing"
    return made or (package.fetches and not _has_program(package, situation))


def _has_program(package: NodePackage, situation: Situation) -> bool:
    inside = (
        entry
        for path, entry in situation.application.entries.items()
        if path.startswith(f"{package.folder}/")
    )
    return any(entry.mode & 0o111 and entry.size >= _LEAST_PROGRAM for entry in inside)


def _no_platform(package: NodePackage, platforms: Platforms) -> Proof | None:
    there = ", ".join(one.title for one in platforms.misfits)
    if not platforms.fitting:
        wanted = ", ".join(platforms.others)
        return Proof(
            package.folder,
            Outcome.FAILS,
            NAME,
            f"{package.title} has no package for the C library of this base, only {wanted}",
            missing="a platform package",
            fix="use a base with the other C library (a -slim variant)",
            package=package.title,
        )
    name = platforms.fitting[0]
    if _FETCHES_WHEN_LOADED in {*package.hard, *package.optional}:
        return Proof(
            package.folder,
            Outcome.UNKNOWN,
            NAME,
            f"{name} is not installed; {package.name} fetches it when it is first loaded",
            missing=name,
            fix="install the packages in a stage from this base",
            package=package.title,
        )
    if not there:
        return Proof(
            package.folder,
            Outcome.FAILS,
            NAME,
            f"{name} is not installed, nor any other platform package of {package.title}",
            missing=name,
            fix="install with optional dependencies, in a stage from this base",
            package=package.title,
        )
    return Proof(
        package.folder,
        Outcome.FAILS,
        NAME,
        f"copied from another C library: {there} is installed, {name} is not",
        missing=name,
        fix="run npm ci in a stage from this base; with a lock file of npm before 11.11 give"
        " --libc too",
        package=package.title,
    )


def _no_prebuild(package: NodePackage, choice: Choice) -> Proof:
    return Proof(
        package.folder,
        Outcome.FAILS,
        NAME,
        f"none of the {len(choice.passed_over)} builds in {package.title} is for"
        f" {choice.wanted} on this processor",
        missing=f"a build for {choice.wanted}",
        fix="compile it in a stage from this base, or use another variant of the base",
        package=package.title,
    )


def _not_built(package: NodePackage) -> Proof:
    how = "its install script did not run, or failed"
    compiles = package.builds
    return Proof(
        package.folder,
        Outcome.FAILS,
        NAME,
        f"{package.title} is not {'built' if compiles else 'complete'}: {how}",
        missing="a compiled addon" if compiles else DOWNLOAD,
        fix="allow its install script (npm 12: allowScripts)"
        + (", with a compiler in the stage" if compiles else ""),
        evidence=(f"install script: {package.script}",) if package.script else ("binding.gyp",),
        package=package.title,
    )
