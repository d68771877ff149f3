"""Which Node-API or V8 interface a Node.js addon was built for.

Source: Node.js documentation, "Node-API", `NODE_API_MODULE_GET_API_VERSION`; "Addons",
`NODE_MODULE_INIT`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.binaries.elf import read_code

if TYPE_CHECKING:
    from bedplate.model.elf_file import ElfFile

DEFAULT_VERSION = 8
"""Of addons that do not say it."""
EXPERIMENTAL = 0x7FFFFFFF

_GETTER = b"node_api_module_get_api_version_v1"
_REGISTER = re.compile(rb"node_register_module_v(\d{1,4})")
_X86_64, _AARCH64 = 62, 183
# endbr64, a frame for the debugger, `mov eax, n`
_X86_64_RETURNS = re.compile(
    rb"(?:\xf3\x0f\x1e\xfa)?(?:\x55\x48\x89\xe5)?\xb8(.{4})\x5d?\xc3", re.DOTALL
)
_RET = 0xD65F03C0
_ORR_EXPERIMENTAL = 0x32007BE0  # orr w0, wzr, #0x7fffffff
_MAX_INSTRUCTIONS = 8


@dataclass(frozen=True, slots=True)
class NodeAddon:
    """What an addon asks of the program that loads it.

    Args:
        api_version: of Node-API; 0 when it does not use it; `EXPERIMENTAL`; None when it is
            said in a way that can't be read.
        module_version: NODE_MODULE_VERSION, which must be just that of the program; 0 when
            it is not said.
    """

    api_version: int | None = 0
    module_version: int = 0


def read_node_addon(data: bytes | memoryview, elf: ElfFile) -> NodeAddon | None:
    """Read what an addon says.

    Args:
        data: the file.
        elf: what was read of it, with symbols.

    Returns:
        None when it does not look like an addon for Node.js.
    """
    symbols = elf.symbols
    names = {name for group in symbols.exports.values() for name in group}
    undefined = {name for group in symbols.undefined.values() for name in group}
    versions = [int(match[1]) for name in names if (match := _REGISTER.fullmatch(name))]
    if versions:
        return NodeAddon(module_version=max(versions))
    if _GETTER in names:
        code = read_code(data, _GETTER)
        return NodeAddon(api_version=_returned(elf.machine, code))
    if b"napi_register_module_v1" in names or b"napi_module_register" in undefined:
        return NodeAddon(api_version=DEFAULT_VERSION)
    return NodeAddon() if b"node_module_register" in undefined else None


def _returned(machine: int, code: bytes) -> int | None:
    """Give the number that a function returns, if that is all it does."""
    if machine == _X86_64:
        match = _X86_64_RETURNS.match(code)
        return int.from_bytes(match[1], "little") if match else None
    return _returned_aarch64(code) if machine == _AARCH64 else None


def _returned_aarch64(code: bytes) -> int | None:
    """Follow the moves into w0; frame set-up in between does not touch it."""
    value: int | None = None
    for at in range(0, min(len(code), 4 * _MAX_INSTRUCTIONS) // 4 * 4, 4):
        word = int.from_bytes(code[at : at + 4], "little")
        if word == _RET:
            return value
        number = (word >> 5 & 0xFFFF) << 16 * (word >> 21 & 1)
        operation = word & 0xFFC0001F
        if operation == 0x52800000:  # movz
            value = number
        elif operation == 0x12800000:  # movn
            value = ~number & 0xFFFFFFFF
        elif operation == 0x72800000 and value is not None:  # movk
            value = value & ~(0xFFFF << 16 * (word >> 21 & 1)) | number
        elif word == _ORR_EXPERIMENTAL:
            value = EXPERIMENTAL
    return None
