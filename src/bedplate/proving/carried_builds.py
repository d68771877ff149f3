"""Packages of which the table says what they carry and what their install script does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.native_evidence import NativeEvidence, NativeKind

if TYPE_CHECKING:
    from bedplate.model.install_target import InstallTarget
    from bedplate.model.locked_package import LockedPackage
    from bedplate.proving.native_packages import KnownPackage

_KIND = NativeKind
_SCRIPTS = {
    "compile": _KIND.COMPILE,
    "download": _KIND.DOWNLOAD,
    "fetch": _KIND.DOWNLOAD,
}
# Processors for which packages that carry builds have them as a rule.
_USUAL = frozenset(("amd64", "arm64"))


def judge_carried(
    known: KnownPackage, package: LockedPackage, target: InstallTarget
) -> NativeEvidence:
    """Tell which build of a package that the table knows is there on a target.

    Args:
        known: its row.
        package: of the lock file.
        target: where it is installed.
    """
    script = _SCRIPTS.get(known.install)
    if known.carries in ("", "nothing"):
        if script is None:
            return NativeEvidence(_KIND.PURE, (known.shown,))
        return _by_script(known, script, target)
    if target.platform.os != "linux" or target.platform.architecture not in _USUAL:
        return NativeEvidence(
            _KIND.UNKNOWN, (known.shown,), f"it may carry no build for {target.platform}"
        )
    if known.carries == "unsure" and target.libc != "glibc":
        reason = "it carries builds; whether one is for this C library only its bytes tell"
        return NativeEvidence(_KIND.UNKNOWN, (known.shown,), reason)
    if known.carries == "glibc" and target.libc != "glibc":
        return NativeEvidence(
            _KIND.FOREIGN,
            (known.shown,),
            "its builds are for glibc only",
            missing=f"a build of {package.label} for {target.libc or 'no C library'}",
            fallback=script,
        )
    return NativeEvidence(
        _KIND.PREBUILT,
        (known.shown,),
        file=package.label,
        libc="" if known.carries in ("both", "static") else "glibc",
        glibc=known.glibc,
        node_api=known.node_api,
        by_marker=known.loads == "marker",
        everywhere=known.carries in ("both", "static", "untagged"),
        fallback=script,
    )


def _by_script(known: KnownPackage, script: NativeKind, target: InstallTarget) -> NativeEvidence:
    alternative = _KIND.COMPILE if known.install == "download" else None
    if script is _KIND.DOWNLOAD and known.downloads and target.libc not in known.downloads:
        reason = f"what it downloads is for {' and '.join(known.downloads)} only"
        if alternative is None:
            return NativeEvidence(_KIND.FOREIGN, (known.shown,), reason)
        return NativeEvidence(alternative, (known.shown,), reason)
    reason = f"it downloads a build, which there is for {' and '.join(known.downloads or ())}"
    return NativeEvidence(
        script, (known.shown,), reason if known.downloads else "", fallback=alternative
    )
