"""What a base offers to programs: enough to prove that one runs on it, without its bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.elf_file import ElfFile
    from bedplate.model.loader import Loader


@dataclass(frozen=True, slots=True)
class UserAccount:
    """A line of `/etc/passwd`."""

    name: str
    uid: int
    gid: int
    home: str = ""
    shell: str = ""


@dataclass(frozen=True, slots=True)
class MainProgram:
    """A program that loads libraries of others: an interpreter of a language.

    Args:
        name: `node` or `python`.
        path: from the root, without a leading slash.
        version: as its files say; empty when they don't.
        api_version: Node-API that it offers; 0 when not known, or not Node.js.
        module_version: NODE_MODULE_VERSION; 0 when not known.
        suffix: EXT_SUFFIX of Python, `.cpython-311-x86_64-linux-gnu.so`; empty when not known.
        lazy: it opens libraries with RTLD_LAZY (Node.js), not RTLD_NOW (Python).
    """

    name: str
    path: str
    version: str = ""
    api_version: int = 0
    module_version: int = 0
    suffix: str = ""
    lazy: bool = False


@dataclass(frozen=True, slots=True)
class AbiProfile:
    """A base as a program sees it.

    Paths are from the root, without a leading slash; links among them are resolved, but for
    those of `links`.

    Args:
        machine: `e_machine` of its programs; 0 when it has none.
        loaders: dynamic loaders; empty: only static programs run.
        libraries: path -> shared library, with what it exports; also the main programs.
        folders: whose libraries are all among these: what stands elsewhere is not known.
        links: path -> path that it leads to: links to libraries and of folders.
        commands: programs that can be started, of the usual folders.
        main_programs: interpreters that load libraries of others.
        shells: paths, `sh` first.
        certificates: path of the bundle of trusted certificates; empty when there is none.
        time_zones: folder of the database; empty when there is none.
        users: accounts; empty when there is no `/etc/passwd`.
        groups: name -> number.
        temporary: folders for temporary files that everybody may write to.
        files: which of the files exist that programs look at to find out where they run, such
            as `etc/nsswitch.conf`, `etc/alpine-release`, `usr/bin/ldd`.
    """

    machine: int = 0
    loaders: tuple[Loader, ...] = ()
    libraries: Mapping[str, ElfFile] = field(default_factory=dict)
    folders: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    commands: tuple[str, ...] = ()
    main_programs: tuple[MainProgram, ...] = ()
    shells: tuple[str, ...] = ()
    certificates: str = ""
    time_zones: str = ""
    users: tuple[UserAccount, ...] = ()
    groups: Mapping[str, int] = field(default_factory=dict)
    temporary: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
