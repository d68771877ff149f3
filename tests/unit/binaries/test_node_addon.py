"""What Node.js addons ask for."""

from __future__ import annotations

from struct import pack

import pytest

from bedplate.binaries.elf import read_elf
from bedplate.binaries.node_addon import EXPERIMENTAL, NodeAddon, read_node_addon
from bedplate.binaries.node_versions import api_version, module_version
from bedplate.testing.elf_builder import ElfBuilder, ElfSymbol

_GETTER = "node_api_module_get_api_version_v1"


def _addon(*symbols: ElfSymbol, machine: int = 62) -> NodeAddon | None:
    data = ElfBuilder(symbols=symbols, machine=machine).build()
    return read_node_addon(data, read_elf(data))


@pytest.mark.parametrize(
    ("machine", "code", "version"),
    [
        (62, b"\xb8\x09\0\0\0\xc3", 9),
        (62, b"\xf3\x0f\x1e\xfa\xb8\x0a\0\0\0\xc3", 10),
        (62, b"\x55\x48\x89\xe5\xb8\x08\0\0\0\x5d\xc3", 8),
        (62, b"\xb8\xff\xff\xff\x7f\xc3", EXPERIMENTAL),
        (62, b"\x31\xc0\xc3", None),
        (183, pack("<2I", 0x52800120, 0xD65F03C0), 9),
        # bti c; stp x29, x30, [sp, #-16]!; mov w0, #10; ldp x29, x30, [sp], #16; ret
        (183, pack("<5I", 0xD503245F, 0xA9BF7BFD, 0x52800140, 0xA8C17BFD, 0xD65F03C0), 10),
        (183, pack("<2I", 0x12B00000, 0xD65F03C0), EXPERIMENTAL),
        (183, pack("<2I", 0x32007BE0, 0xD65F03C0), EXPERIMENTAL),
        (183, pack("<3I", 0x529FFFE0, 0x72AFFFE0, 0xD65F03C0), EXPERIMENTAL),
        (40, b"\x09\0\xa0\xe3", None),
    ],
)
def test_the_version_that_its_getter_returns(
    machine: int, code: bytes, version: int | None
) -> None:
    getter = ElfSymbol(_GETTER, code=code)
    assert _addon(ElfSymbol("napi_register_module_v1"), getter, machine=machine) == NodeAddon(
        version
    )


def test_an_addon_that_does_not_say_it_is_of_version_8() -> None:
    assert _addon(ElfSymbol("napi_register_module_v1")) == NodeAddon(8)
    assert _addon(ElfSymbol("napi_module_register", defined=False)) == NodeAddon(8)


def test_an_addon_for_one_interface_of_v8() -> None:
    assert _addon(ElfSymbol("node_register_module_v115")) == NodeAddon(0, 115)
    assert _addon(ElfSymbol("node_module_register", defined=False)) == NodeAddon()


def test_what_is_no_addon() -> None:
    assert _addon(ElfSymbol("PyInit_x")) is None


@pytest.mark.parametrize(
    ("version", "api", "module"),
    [
        ("20.18.0", 9, 115),
        ("20.2.0", 8, 115),
        ("18.16.1", 8, 108),
        ("18.20.8", 9, 108),
        ("22.13.1", 9, 127),
        ("22.14.0", 10, 127),
        ("23.5.0", 9, 131),
        ("24.0.0", 10, 137),
        ("10.24.1", 0, 0),
        ("", 0, 0),
    ],
)
def test_what_releases_offer(version: str, api: int, module: int) -> None:
    assert (api_version(version), module_version(version)) == (api, module)
