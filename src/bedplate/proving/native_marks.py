"""Signs of native code among the packages that an npm package needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.native_evidence import NativeKind

if TYPE_CHECKING:
    from collections.abc import Collection

# Whoever needs one of these downloads a build in the install script, and compiles without it.
_DOWNLOADERS = frozenset((
    *("prebuild-install", "@mapbox/node-pre-gyp", "node-pre-gyp", "install-artifact-from-github"),
    *("prebuild-installer", "github-from-package"),
))  # fmt: skip
# ... finds builds in its own folder, and compiles without them.
_CARRIERS = frozenset((
    *("node-gyp-build", "pkg-prebuilds", "node-pre-built", "cmake-ts", "require-addon"),
    *("node-gyp-build-optional-packages", "load-addon"),
))  # fmt: skip
# ... is compiled against headers in one of these.
_HEADERS = frozenset(("nan", "node-addon-api", "napi-macros", "node-gyp", "cmake-js", "neon-cli"))
# ... asks which C library there is, to choose among builds.
_DETECTORS = frozenset(("detect-libc", "bindings"))
# ... fetches the package of the platform when it is loaded, if it is not there.
AT_REQUIRE = "napi-postinstall"
# They serve native code and have none.
TOOLS = _DOWNLOADERS | _CARRIERS | _HEADERS | _DETECTORS | {AT_REQUIRE, "node-abi"}


def native_mark(needs: Collection[str], *, install_script: bool | None) -> tuple[NativeKind, str]:
    """Tell from the packages that one needs how its native code comes about.

    Args:
        needs: names.
        install_script: whether it has one; None when that is not known.

    Returns:
        The kind, and the name that shows it, empty when nothing does. UNKNOWN stands for
        builds in the package itself, of which nobody knows for what they are.
    """
    found = set(needs)
    for names, kind in (
        (_DOWNLOADERS, NativeKind.DOWNLOAD),
        (_CARRIERS, NativeKind.UNKNOWN),
        (_HEADERS, NativeKind.COMPILE),
        (_DETECTORS, NativeKind.UNKNOWN),
    ):
        shown = sorted(names & found)
        if shown:
            return kind, shown[0]
    return (NativeKind.UNKNOWN, "") if install_script else (NativeKind.PURE, "")
