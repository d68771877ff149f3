"""What packages of a distribution are for, as far as their names tell."""

from __future__ import annotations

_BUILDING = frozenset(
    [
        "autoconf",
        "automake",
        "bison",
        "build-base",
        "build-essential",
        "cargo",
        "clang",
        "cmake",
        "composer",
        "flex",
        "g++",
        "gcc",
        "gfortran",
        "git",
        "gnupg",
        "libtool",
        "make",
        "maven",
        "musl-dev",
        "ninja-build",
        "patch",
        "pkg-config",
        "pkgconf",
        "protobuf-compiler",
        "rustc",
        "samurai",
        "swig",
        "unzip",
        "xz-utils",
    ]
)
_DEBUGGING = frozenset(
    [
        "bind-tools",
        "busybox-extras",
        "dnsutils",
        "gdb",
        "htop",
        "iproute2",
        "iputils",
        "iputils-ping",
        "less",
        "lsof",
        "ltrace",
        "nano",
        "net-tools",
        "netcat-openbsd",
        "netcat-traditional",
        "procps",
        "procps-ng",
        "strace",
        "tcpdump",
        "telnet",
        "tmux",
        "traceroute",
        "vim",
        "vim-tiny",
    ]
)


def is_for_building(name: str) -> bool:
    """Tell whether a package is of use only while something is compiled or fetched."""
    return name in _BUILDING or name.endswith(("-dev", "-devel", "-headers"))


def is_for_debugging(name: str) -> bool:
    """Tell whether somebody wants to look around in the container with it."""
    return name in _DEBUGGING
