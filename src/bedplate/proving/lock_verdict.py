"""What the evidence on a package means for a target: the verdict, the reason, the fix."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bedplate.model.native_evidence import NativeEvidence, NativeKind
from bedplate.model.verdict import Outcome, Proof
from bedplate.proving.install_scripts import run_script
from bedplate.proving.numbers import older

if TYPE_CHECKING:
    from bedplate.model.install_target import InstallTarget
    from bedplate.model.locked_package import LockedPackage

CHECK = "lock_file"
_KIND = NativeKind


class Finding(NamedTuple):
    """An outcome with what is to be said of it; its fields are those of `Proof`."""

    outcome: Outcome
    reason: str = ""
    missing: str = ""
    fix: str = ""
    provided_by: tuple[str, ...] = ()


def verdict(
    package: LockedPackage, evidence: NativeEvidence, path: str, target: InstallTarget
) -> Proof:
    """Judge one package.

    Args:
        package: of the lock file.
        evidence: of it on the base on which it is installed, `target.place`.
        path: of the lock file.
        target: where it runs.
    """
    finding = _find(package, evidence, target)
    if finding.outcome in (Outcome.FAILS, Outcome.UNKNOWN):
        finding = _softened(package, evidence, finding)
    return Proof(
        f"{path}: {package.label}",
        finding.outcome,
        "" if finding.outcome is Outcome.LOADS else CHECK,
        finding.reason,
        finding.missing,
        "",
        finding.provided_by,
        finding.fix,
        (": ".join(filter(None, (evidence.kind, evidence.file))), *evidence.shown),
        package.label,
    )


def _softened(package: LockedPackage, evidence: NativeEvidence, finding: Finding) -> Finding:
    """Take the edge off what is said of a package that others do without."""
    if not (evidence.optional or package.optional):
        return finding
    return Finding(Outcome.LOADS, f"optional, and may be left out: {finding.reason}")


def _find(package: LockedPackage, evidence: NativeEvidence, target: InstallTarget) -> Finding:
    place = target.place
    if evidence.kind is _KIND.PURE:
        return _base_has(evidence, target) or Finding(Outcome.LOADS)
    if evidence.kind is _KIND.PREBUILT:
        if not _passes_own_test(evidence, place):
            return _installed(package, replace(evidence, kind=_KIND.COMPILE), target)
        return _copied(package, evidence, target) or _ready(evidence, target)
    if evidence.kind is _KIND.FOREIGN and evidence.fallback is None:
        return Finding(Outcome.FAILS, evidence.reason, evidence.missing, _other(evidence, target))
    if evidence.kind is _KIND.UNKNOWN:
        reason = evidence.reason or "nothing tells where its native code comes from"
        fix = evidence.fix or "--fetch looks into the package itself"
        return Finding(Outcome.UNKNOWN, reason, fix=fix)
    kind = evidence.fallback if evidence.kind is _KIND.FOREIGN else evidence.kind
    return _installed(package, replace(evidence, kind=kind or _KIND.UNKNOWN), target)


def _passes_own_test(evidence: NativeEvidence, place: InstallTarget) -> bool:
    """Tell whether an install script that tries its build, and else compiles, keeps it."""
    if evidence.fallback is not _KIND.COMPILE or not place.scripts:
        return True
    too_new = place.node_api and evidence.node_api > place.node_api
    return not too_new and not _absent(evidence.libraries, place.libraries)


def _installed(package: LockedPackage, evidence: NativeEvidence, target: InstallTarget) -> Finding:
    """Judge a package whose install script makes or fetches the build."""
    place = target.place
    script = run_script(package, evidence, place)
    if script is not None:
        return Finding(*script)
    if place.libc != target.libc:
        reason = f"compiled for {place.libc}, then copied to {target.libc or 'no C library'}"
        return Finding(Outcome.UNKNOWN, reason, fix=_reinstall(target))
    if older(target.libc_version, place.libc_version):
        reason = f"compiled with {place.libc} {place.libc_version}, newer than the base's"
        fix = f"compile on a base with {target.libc} {target.libc_version}"
        return Finding(Outcome.UNKNOWN, reason, fix=fix)
    built = replace(evidence, libc=target.libc, glibc="", node_api=0, by_marker=False)
    return _ready(built, target)


def _copied(
    package: LockedPackage, evidence: NativeEvidence, target: InstallTarget
) -> Finding | None:
    """Judge a build that was installed on another base; None when it fits here as well."""
    if evidence.everywhere or not evidence.libc or evidence.libc == target.libc:
        return None
    if target.installed_on is None:
        return None
    if evidence.fallback is _KIND.DOWNLOAD:
        reason = "it fetches the build for this base when it is loaded, if it can"
        return Finding(Outcome.UNKNOWN, reason, fix=_reinstall(target))
    libc = target.libc or "no C library"
    return Finding(
        Outcome.FAILS,
        f"installed for {evidence.libc}, then copied to a base with {libc}",
        f"the build of {package.label} for {libc}",
        evidence.fix or _reinstall(target),
    )


def _ready(evidence: NativeEvidence, target: InstallTarget) -> Finding:
    """Judge a build that is in its place: what it asks the base for."""
    lacking = _base_has(evidence, target)
    if lacking is not None:
        return lacking
    if target.libc == "glibc" and older(target.libc_version, evidence.glibc):
        return Finding(
            Outcome.FAILS,
            f"its build needs glibc {evidence.glibc}, the base has {target.libc_version}",
            f"GLIBC_{evidence.glibc}",
            "take a base with a newer glibc",
        )
    if target.node_api and evidence.node_api > target.node_api:
        reason = (
            f"its build needs Node-API {evidence.node_api}, this Node.js has {target.node_api}: "
            "it crashes when it is loaded"
        )
        return Finding(Outcome.RISK, reason, fix="take a newer Node.js, or compile it")
    if evidence.by_marker and target.libc == "musl" and target.alpine is False:
        reason = "it takes its build for glibc where /etc/alpine-release is missing"
        return Finding(Outcome.RISK, reason, "/etc/alpine-release", "take a base that is Alpine")
    if evidence.libc == "glibc" and target.libc == "musl":
        reason = "made for glibc; musl has all that it asks for"
        return Finding(Outcome.UNSUPPORTED, reason, fix="compile it on musl to be sure")
    return Finding(Outcome.LOADS, evidence.reason)


def _base_has(evidence: NativeEvidence, target: InstallTarget) -> Finding | None:
    """Look for what the package wants of the base; None when all that is known is there."""
    provided = dict(evidence.provided_by).get(target.package_format, ())
    gone = _absent(evidence.libraries, target.libraries)
    if gone:
        reason = f"the base lacks {gone[0]}"
        return Finding(Outcome.FAILS, reason, gone[0], _install(provided), provided)
    gone = _absent(evidence.commands, target.commands)
    if gone:
        reason = f"it starts {gone[0]}, which the base does not have"
        return Finding(Outcome.FAILS, reason, gone[0], "take a base with a shell", ())
    return None


def _absent(wanted: tuple[str, ...], there: frozenset[str] | None) -> tuple[str, ...]:
    return () if there is None else tuple(one for one in wanted if one not in there)


def _install(names: tuple[str, ...]) -> str:
    return f"install {' '.join(names)} in the image" if names else ""


def _reinstall(target: InstallTarget) -> str:
    libc = f"with {target.libc}" if target.libc else "of its own"
    return f"install the packages in a stage {libc}, and copy them from there"


def _other(evidence: NativeEvidence, target: InstallTarget) -> str:
    if evidence.fix:
        return evidence.fix
    return "take a base with glibc" if target.libc == "musl" else "take another base"
