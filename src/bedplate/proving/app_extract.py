"""What indexes of layers keep of an application's files, in place of their bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from bedplate.binaries.elf import is_elf, read_elf, relocation_kinds
from bedplate.binaries.elf_codec import PlainElf, from_plain, pack, to_plain, unpack
from bedplate.binaries.elf_image import MAGIC
from bedplate.binaries.elf_relocations import RelocationKind
from bedplate.binaries.node_addon import NodeAddon
from bedplate.model.extract import Extract
from bedplate.model.want import MIB, Want
from bedplate.proving.app_file import AppFile, Contents, read_contents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.elf_file import ElfFile

_FAST = 3
_LIMIT = 512 * MIB
_SCRIPT_HEAD = 256
_SCRIPT_FOLDERS = (
    *("app", "app/bin", "usr/local/bin", "usr/bin", "usr/src/app", "opt/bin", "srv"),
    *("venv/bin", "app/venv/bin", "app/.venv/bin", "opt/venv/bin"),
)
_SCRIPTS = ("**/*.sh", *(f"{folder}/*" for folder in _SCRIPT_FOLDERS))


class _Plain(msgspec.Struct, omit_defaults=True, frozen=True):
    elf: PlainElf
    sha256: str
    uses: tuple[str, ...] = ()
    addon: tuple[int | None, int] | None = None
    kinds: dict[str, str] = {}  # kinds joined by a comma -> names, one a line


def take_app_file(content: bytes | bytearray) -> bytes | None:
    """Read a file and pack what was read; None when it is no ELF file.

    Raises:
        InvalidBinary: a damaged one.
    """
    if not is_elf(bytes(content[:4])):
        return None
    with memoryview(content) as view:
        elf = read_elf(view)
        contents = read_contents(view, elf)
        addon = contents.addon
        plain = _Plain(
            to_plain(elf),
            hashlib.sha256(view).hexdigest(),
            tuple(sorted(contents.uses)),
            (addon.api_version, addon.module_version) if addon else None,
            _kinds(view, elf),
        )
    return pack(plain, _FAST)


def _kinds(view: memoryview, elf: ElfFile) -> dict[str, str]:
    undefined = frozenset().union(*elf.symbols.undefined.values())
    groups: dict[str, list[bytes]] = {}
    for name, kinds in relocation_kinds(view, undefined).items():
        groups.setdefault(",".join(sorted(kinds)), []).append(name)
    return {key: b"\n".join(sorted(names)).decode("latin-1") for key, names in groups.items()}


def unpack_app_file(taken: bytes, path: str, *, executable: bool = False) -> AppFile:
    """Read what `take_app_file` gave.

    Args:
        taken: the bytes.
        path: of the file.
        executable: somebody may execute it.

    Raises:
        InvalidDocument: they are damaged.
    """
    plain = unpack(taken, _Plain, f"what is kept of {path}")
    addon = NodeAddon(*plain.addon) if plain.addon else None
    contents = Contents(frozenset(plain.uses), addon, plain.sha256)
    kinds = {
        name: frozenset(map(RelocationKind, key.split(",")))
        for key, names in plain.kinds.items()
        for name in names.encode("latin-1", "replace").split(b"\n")
    }
    return AppFile(
        path,
        from_plain(plain.elf),
        executable,
        lambda: contents,
        lambda names: {name: kinds[name] for name in names if name in kinds},
    )


APP_FACTS = Extract("app-file-1", take_app_file, MAGIC)
"""Ask for this of files that may be programs or libraries of an application."""


def _wants() -> Iterable[Want]:
    yield Want("**/*", _LIMIT, extract=APP_FACTS, program=True)
    for glob in ("**/*.node", "**/*.so", "**/lib*.so*"):
        yield Want(glob, _LIMIT, extract=APP_FACTS)


TEXT_WANTS: tuple[Want, ...] = (
    Want("**/package.json"),
    *(Want(glob, _SCRIPT_HEAD, head=True) for glob in _SCRIPTS),
)
"""What is read of an application beside its compiled files."""
WANTS: tuple[Want, ...] = (*_wants(), *TEXT_WANTS)
"""What to ask layers for that hold an application."""
