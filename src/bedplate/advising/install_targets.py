"""What is asked of the prover: native code of a project against one target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from bedplate.binaries.node_versions import api_version
from bedplate.linting.base_guess import guess
from bedplate.model.install_target import InstallTarget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.advising.candidate import Candidate
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.image_family import ImageFamily
    from bedplate.model.platform import Platform
    from bedplate.model.verdict import Proof

# What images with a compiler have that the others have not.
_TOOLS = frozenset(("cc", "gcc", "g++", "c++", "make", "python3", "git", "pkg-config"))
_SHELL = frozenset(("sh",))
_SMALL_TOOLS = {"python": frozenset(("python", "python3")), "node": frozenset(("node", "npm"))}


class Prove(Protocol):
    """Proves the native code of a project against one target."""

    def __call__(self, target: InstallTarget, /) -> Sequence[Proof]:
        """Give a proof for each package with native code."""
        ...


def install_target(
    runtime: str,
    version: str,
    candidate: Candidate,
    platform: Platform,
    *,
    tools: bool,
) -> InstallTarget:
    """Describe a candidate, whose packages are installed in its builder.

    Args:
        runtime: `node`, `python`, ...
        version: of the runtime.
        candidate: the image.
        platform: for which the project is built.
        tools: whether what is not in the builder may be added to it.
    """
    family = candidate.family
    libc, libc_version = libc_of(family, candidate.facts)
    with_tools = tools or family.tools
    node_api = api_version(version) if runtime == "node" else 0
    common = _SMALL_TOOLS.get(runtime, frozenset()) | _SHELL
    builder_libc = guess(candidate.builder).libc or libc
    built_on = InstallTarget(
        platform,
        libc=builder_libc,
        libc_version=candidate.builder_libc_version,
        runtimes={runtime: version},
        node_api=node_api,
        commands=common | (_TOOLS if with_tools else frozenset()),
        package_format="apk" if builder_libc == "musl" else "deb",
        alpine=builder_libc == "musl",
        # what a script fetches from somewhere is there today and gone tomorrow
        downloads=False,
    )
    return InstallTarget(
        platform,
        libc=libc,
        libc_version=libc_version,
        runtimes={runtime: version},
        node_api=node_api,
        commands=None if family.shell else frozenset(),
        package_format={"apk": "apk", "apt": "deb"}.get(family.manager, ""),
        alpine=family.distro == "alpine",
        installed_on=built_on,
    )


def libc_of(family: ImageFamily, facts: BaseFacts | None) -> tuple[str, str]:
    """Give name and version of a candidate's C library."""
    if facts is not None and facts.libcs:
        return facts.libcs[0].name, facts.libcs[0].version
    return family.libc, ""
