"""A way in which images of a runtime are built: full, slim, alpine, distroless, ..."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImageFamily:
    """What images of a family have in common, as far as it is known without looking.

    Args:
        name: `full`, `slim`, `alpine`, `distroless`, `scratch`, ...
        images: names to try in this order; `{version}` stands for the runtime's cycle.
        distro: `debian`, `alpine`, `ubuntu`, `wolfi`; empty for none.
        libc: `glibc`, `musl`; empty for none.
        shell: whether it has one.
        manager: `apt` or `apk`; empty when nothing can be installed.
        builder: names of the image that the program is built in, as `images`.
        tools: whether the builder has a compiler, make and Python.
        user: an account that is not root and is there: `node`, `65532`; empty for none.
        certificates, time_zones: whether they are there.
        entrypoint: the program that its ENTRYPOINT starts; empty when it has none of its own.
        reached_only: whether it counts only where its registry answers.
    """

    name: str
    images: tuple[str, ...]
    distro: str = "debian"
    libc: str = "glibc"
    shell: bool = True
    manager: str = "apt"
    builder: tuple[str, ...] = ()
    tools: bool = True
    user: str = ""
    certificates: bool = True
    time_zones: bool = True
    entrypoint: str = ""
    reached_only: bool = False
