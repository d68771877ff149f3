"""What binutils say of ELF files, in the shape of our own values."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rig.processes import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_DYNAMIC = re.compile(r" 0x[0-9a-f]+ \((NEEDED|SONAME|RPATH|RUNPATH)\) .*?\[(.*)\]")
_INTERPRETER = re.compile(r" +\[Requesting program interpreter: (.*)\]")
# kinds that readelf has no name for it writes in several words
_WORD = r"<.*?>: \d+|\S+"
_SYMBOL = re.compile(
    rf" +\d+: (?P<value>[0-9a-f]+) +\S+ (?P<type>{_WORD}) +(?P<bind>{_WORD}) +(?P<vis>\S+) +"
    r"(?:\[.*\] +)?(?P<section>bad section index\[ *\d+\]|\S+) "
    r"(?P<name>[^@\n]*)(?P<at>@{0,2})(?P<version>\S*)(?P<need> \(\d+\))?"
)
_NEED = re.compile(r" +(?:0x)?[0-9a-f]+: +Name: (\S+) +Flags: (.*?) +Version: \d+")
_FILE = re.compile(r" +(?:0x)?[0-9a-f]+: Version: 1 +File: (\S+) +Cnt: \d+")
_DEFINITION = re.compile(
    r" +(?:0x)?[0-9a-f]+: Rev: 1 +Flags: (.*?) +Index: \d+ +Cnt: \d+ +Name: (\S+)"
)
_TYPES = frozenset(("NOTYPE", "OBJECT", "FUNC", "COMMON", "TLS", "IFUNC", "<OS specific>: 10"))

Groups = dict[str, set[bytes]]


@dataclass(slots=True)
class Judged:
    """What readelf prints of one file."""

    interpreter: str = ""
    dynamic: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    needed_versions: list[tuple[str, str, bool]] = field(default_factory=list)
    defined_versions: list[str] = field(default_factory=list)
    exports: Groups = field(default_factory=lambda: defaultdict(set))
    old_exports: Groups = field(default_factory=lambda: defaultdict(set))
    undefined: Groups = field(default_factory=lambda: defaultdict(set))
    weak: Groups = field(default_factory=lambda: defaultdict(set))


def judge(paths: Sequence[Path], at_once: int = 50) -> Iterator[tuple[Path, Judged]]:
    """Have readelf read files, several at once."""
    options = ["-W", "-l", "-d", "-V", "--dyn-syms"]
    for start in range(0, len(paths), at_once):
        batch = paths[start : start + at_once]
        # a file of its own name at the end, so that there are always headlines
        output = run(["readelf", *options, *batch, batch[0]])
        parts = re.split(r"^File: .*\n", output, flags=re.MULTILINE)[1:-1]
        for path, part in zip(batch, parts, strict=True):
            yield path, _judged(part)


def _judged(output: str) -> Judged:
    found = Judged()
    provider = ""
    for line in output.splitlines():
        if match := _SYMBOL.match(line):
            _add_symbol(found, match)
        elif match := _DYNAMIC.match(line):
            found.dynamic[match[1]].append(match[2])
        elif match := _INTERPRETER.match(line):
            found.interpreter = match[1]
        elif match := _FILE.match(line):
            provider = match[1]
        elif match := _NEED.match(line):
            found.needed_versions.append((provider, match[1], "WEAK" in match[2]))
        elif (match := _DEFINITION.match(line)) and "BASE" not in match[1]:
            found.defined_versions.append(match[2])
    return found


def _add_symbol(found: Judged, match: re.Match[str]) -> None:
    name = match["name"].encode("utf-8", "surrogateescape")
    if match["bind"] == "LOCAL" or match["type"] not in _TYPES or not name:
        return
    if match["section"] == "UND":
        group = found.weak if match["bind"] == "WEAK" else found.undefined
    elif match["vis"] in ("HIDDEN", "INTERNAL") or (
        match["section"] == "ABS" and not int(match["value"], 16)
    ):
        return
    # one @ is an old version, unless it is that of a library, of which this is a copy
    elif match["at"] == "@" and not match["need"]:
        group = found.old_exports
    else:
        group = found.exports
    group[match["version"]].add(name)
