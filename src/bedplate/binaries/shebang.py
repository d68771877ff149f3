"""The first line of a script: who runs it.

Source: execve(2), "Interpreter scripts"; env(1), "-S/--split-string usage in scripts".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MAX_LINE = 255  # the kernel reads 256 bytes and needs an end
_ENV = re.compile(r"(?:.*/)?env")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
# options of env that take the next word
_WITH_VALUE = frozenset(("-u", "--unset", "-C", "--chdir"))


@dataclass(frozen=True, slots=True)
class Shebang:
    """What the kernel starts for a script.

    Args:
        interpreter: path as written, `/usr/bin/env`.
        argument: the rest of the line, which is one argument; empty when there is none.
        command: what runs the script in the end: a path, or a name that is looked up in PATH.
        arguments: that `command` gets before the path of the script.
        splits: env is asked to split words (-S), which BusyBox's can't before version 1.30.
    """

    interpreter: str
    argument: str
    command: str
    arguments: tuple[str, ...] = ()
    splits: bool = False


def read_shebang(head: bytes) -> Shebang | None:
    """Read the first line.

    Args:
        head: the beginning of the file, at least 256 bytes where there are so many.

    Returns:
        None when it is no script, or the line names nothing.
    """
    if not head.startswith(b"#!"):
        return None
    line = head[2:_MAX_LINE].partition(b"\n")[0].strip(b" \t\r")
    interpreter, _, argument = line.decode("utf-8", "surrogateescape").partition(" ")
    if "\t" in interpreter:
        interpreter, _, rest = interpreter.partition("\t")
        argument = f"{rest} {argument}"
    argument = argument.strip(" \t")
    if not interpreter:
        return None
    if not _ENV.fullmatch(interpreter):
        arguments = (argument,) if argument else ()
        return Shebang(interpreter, argument, interpreter, arguments)
    words, splits = _env_words(argument)
    return Shebang(interpreter, argument, words[0] if words else "", tuple(words[1:]), splits)


def _env_words(argument: str) -> tuple[list[str], bool]:
    """Give what env runs; without -S it gets one argument, spaces included."""
    for option in ("-S", "--split-string=", "-vS"):
        if argument.startswith(option):
            return _after_options(argument.removeprefix(option).split()), True
    return ([argument] if argument and not argument.startswith("-") else []), False


def _after_options(words: list[str]) -> list[str]:
    at = 0
    while at < len(words):
        word = words[at]
        if word in _WITH_VALUE:
            at += 2
        elif word.startswith("-") or _ASSIGNMENT.match(word):
            at += 1
        else:
            break
    return [word.strip("'\"") for word in words[at:]]
