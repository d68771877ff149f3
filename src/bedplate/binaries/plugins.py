"""Libraries that another program loads by name: told by what they export."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.elf_file import ElfFile


class PluginKind(StrEnum):
    """Whose extension a library is."""

    NODE = "node"
    PYTHON = "python"
    JAVA = "java"
    RUBY = "ruby"
    PHP = "php"


_PREFIXES = {
    b"napi_register_module_v": PluginKind.NODE,
    b"node_register_module_v": PluginKind.NODE,
    b"PyInit_": PluginKind.PYTHON,
    b"JNI_OnLoad": PluginKind.JAVA,
    b"Java_": PluginKind.JAVA,
    b"Init_": PluginKind.RUBY,
}
_ALL_PREFIXES = tuple(_PREFIXES)
_REGISTER = b"node_module_register"  # older addons call this from a constructor


def plugin_kinds(elf: ElfFile) -> frozenset[PluginKind]:
    """Say whose extension a library is; usually one, often none."""
    kinds = set()
    for names in elf.symbols.exports.values():
        if b"get_module" in names:
            kinds.add(PluginKind.PHP)
        telling = [name for name in names if name.startswith(_ALL_PREFIXES)]
        for prefix, kind in _PREFIXES.items():
            if any(name.startswith(prefix) for name in telling):
                kinds.add(kind)
    if any(_REGISTER in names for names in elf.symbols.undefined.values()):
        kinds.add(PluginKind.NODE)
    return frozenset(kinds)


def modules_inside(elf: ElfFile) -> tuple[str, ...]:
    """Give the names of the Python modules that a library can be imported as, sorted."""
    prefix = b"PyInit_"
    return tuple(
        sorted(
            name.removeprefix(prefix).decode("utf-8", "surrogateescape")
            for names in elf.symbols.exports.values()
            for name in names
            if name.startswith(prefix)
        )
    )
