"""Extensions of Python and of others."""

from __future__ import annotations

import pytest

from bedplate.binaries.elf import read_elf
from bedplate.binaries.plugins import PluginKind, modules_inside, plugin_kinds
from bedplate.binaries.python_extension import looked_at, suffix_among
from bedplate.testing.elf_builder import ElfBuilder, ElfSymbol

_GNU = ".cpython-311-x86_64-linux-gnu.so"
_MUSL = ".cpython-311-x86_64-linux-musl.so"


@pytest.mark.parametrize(
    ("name", "suffix", "tried"),
    [
        ("_x.cpython-311-x86_64-linux-gnu.so", _GNU, True),
        ("_x.cpython-311-x86_64-linux-gnu.so", _MUSL, False),
        ("_x.cpython-312-x86_64-linux-gnu.so", _GNU, False),
        ("_x.abi3.so", _MUSL, True),
        ("_x.so", _MUSL, True),
        ("_x.abi3.so", ".pypy310-pp73-x86_64-linux-gnu.so", False),
        ("_x.abi3.so", ".cpython-313t-x86_64-linux-gnu.so", False),
        ("_x.so", ".cpython-313t-x86_64-linux-gnu.so", True),
        ("libx.so.1", _GNU, False),
        ("a.b.so", _GNU, False),
        ("_x.pyd", _GNU, False),
    ],
)
def test_the_name_decides(name: str, suffix: str, *, tried: bool) -> None:
    assert looked_at(name, suffix) is tried


def test_the_suffix_is_that_of_the_modules_that_came_along() -> None:
    names = ["README", "_ctypes.so", "_json.cpython-311-x86_64-linux-musl.so"]
    assert suffix_among(names) == _MUSL
    assert suffix_among(["x.so"]) == ""


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [
        (ElfSymbol("PyInit__x"), PluginKind.PYTHON),
        (ElfSymbol("JNI_OnLoad"), PluginKind.JAVA),
        (ElfSymbol("Java_org_example_A_b"), PluginKind.JAVA),
        (ElfSymbol("Init_nokogiri"), PluginKind.RUBY),
        (ElfSymbol("get_module"), PluginKind.PHP),
        (ElfSymbol("napi_register_module_v1"), PluginKind.NODE),
        (ElfSymbol("node_module_register", defined=False), PluginKind.NODE),
    ],
)
def test_whose_extension_it_is(symbol: ElfSymbol, kind: PluginKind) -> None:
    assert plugin_kinds(read_elf(ElfBuilder(symbols=(symbol,)).build())) == {kind}


def test_an_ordinary_library_is_nobodys() -> None:
    elf = read_elf(ElfBuilder(symbols=(ElfSymbol("deflate"),)).build())
    assert plugin_kinds(elf) == frozenset()


def test_modules_of_one_library() -> None:
    symbols = (ElfSymbol("PyInit_b"), ElfSymbol("PyInit_a"), ElfSymbol("other"))
    assert modules_inside(read_elf(ElfBuilder(symbols=symbols).build())) == ("a", "b")
