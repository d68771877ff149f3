"""Whether an install script can do its work on a base: it compiles, or downloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.native_evidence import NativeKind
from bedplate.model.verdict import Outcome
from bedplate.proving.numbers import numbers

if TYPE_CHECKING:
    from bedplate.model.install_target import InstallTarget
    from bedplate.model.locked_package import LockedPackage
    from bedplate.model.native_evidence import NativeEvidence

    # outcome, reason, what is missing, the fix, who provides it
    Verdict = tuple[Outcome, str, str, str, tuple[str, ...]]

_DOWNLOAD = "its install script downloads a build; nothing here tells whether there is one"
_COMPILERS = ("cc", "gcc", "c++", "g++", "clang")
_NODE_GYP = ("make", "python3")
_TOOLS = {
    "apk": ("build-base", "python3"),
    "deb": ("build-essential", "python3"),
}
# From this major version on, npm runs only scripts that the project allows.
_ASKS_FIRST = 12


def run_script(
    package: LockedPackage, evidence: NativeEvidence, place: InstallTarget
) -> Verdict | None:
    """Tell what comes of the install script of a package.

    Args:
        package: of the lock file.
        evidence: COMPILE or DOWNLOAD, with what is done when a download fails.
        place: where it is installed.

    Returns:
        None when a build for `place` comes of it.
    """
    stopped = _stopped(package, place)
    if stopped is not None:
        return stopped
    if evidence.kind is NativeKind.DOWNLOAD:
        if place.downloads is not False:
            reason = "its install script downloads a build; nothing here tells whether there is one"
            return (
                Outcome.UNKNOWN,
                evidence.reason or reason,
                "",
                "build it once on this base and prove that",
                (),
            )
        if evidence.fallback is not NativeKind.COMPILE:
            reason = "its install script downloads a build, which it can't here"
            return Outcome.FAILS, reason, f"the download of {package.label}", "", ()
    return _compile(package, evidence, place)


def _stopped(package: LockedPackage, place: InstallTarget) -> Verdict | None:
    if not place.scripts:
        reason = "its build is made by its install script, which does not run"
        fix = "install without --ignore-scripts"
        return Outcome.FAILS, reason, f"the build of {package.label}", fix, ()
    npm = numbers(place.runtimes.get("npm", ""), 1)
    asks = bool(npm) and npm[0] >= _ASKS_FIRST and package.ecosystem == "npm"
    if package.allowed is False or (asks and package.allowed is not True):
        reason = "its build is made by its install script, which the project does not allow"
        fix = f'allow it in package.json: "allowScripts": {{"{package.name}": true}}'
        return Outcome.FAILS, reason, f"the build of {package.label}", fix, ()
    return None


def _compile(
    package: LockedPackage, evidence: NativeEvidence, place: InstallTarget
) -> Verdict | None:
    provided = dict(evidence.provided_by).get(place.package_format, ())
    headers = provided if any(name.endswith(("-dev", "-devel")) for name in provided) else ()
    names = headers or _TOOLS.get(place.package_format, ())
    reason = "; ".join(filter(None, (evidence.reason, "it is compiled at install")))
    if place.commands is None:
        return Outcome.UNKNOWN, reason, "", "", ()
    gone = _missing_tools(package, place.commands)
    if gone:
        return (
            Outcome.FAILS,
            f"{reason}, and the base has no {gone}",
            gone,
            _builder(place, names),
            names,
        )
    if not evidence.self_contained:
        more = f"{reason}, which may need {' '.join(headers) or 'headers of other libraries'}"
        return Outcome.UNKNOWN, more, "", "build it once on this base and prove that", headers
    return None


def _missing_tools(package: LockedPackage, commands: frozenset[str]) -> str:
    if commands.isdisjoint(_COMPILERS):
        return "C compiler"
    wanted = _NODE_GYP if package.ecosystem == "npm" else ()
    return next((tool for tool in wanted if tool not in commands), "")


def _builder(place: InstallTarget, names: tuple[str, ...]) -> str:
    libc = f" with {place.libc}" if place.libc else ""
    what = " ".join(names) or "a compiler"
    return f"install in a builder stage{libc} that has {what}, and copy the result"
