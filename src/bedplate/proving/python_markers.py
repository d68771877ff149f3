"""Environment markers: whether a package is wanted on a target at all.

Source: Python packaging specifications, "Dependency specifiers" (PEP 508), environment markers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.errors import InvalidVersion
from bedplate.versions import compare

if TYPE_CHECKING:
    from bedplate.model.install_target import InstallTarget

_TOKEN = re.compile(
    r"""\s*+(?:(?P<text>"[^"]*+"|'[^']*+')|(?P<word>[A-Za-z_][A-Za-z0-9_.]*+)
    |(?P<sign>===|==|!=|<=|>=|~=|<|>|\(|\)))""",
    re.VERBOSE,
)
_VERSIONS = frozenset(("python_version", "python_full_version", "implementation_version"))
_MACHINES = {"amd64": "x86_64", "arm64": "aarch64", "386": "i686", "arm": "armv7l"}
_MAX_LENGTH, _MAX_DEPTH = 20_000, 30


def holds(marker: str, target: InstallTarget) -> bool | None:
    """Evaluate a marker.

    Args:
        marker: `python_version < '3.12' and sys_platform == 'linux'`.
        target: where the package would be installed.

    Returns:
        None when it depends on what is not known of the target, or can't be read.
    """
    if len(marker) > _MAX_LENGTH:
        return None
    try:
        return _Reader(marker, _environment(target)).whole()
    except (ValueError, IndexError):
        return None


def _environment(target: InstallTarget) -> dict[str, str]:
    architecture = target.platform.architecture
    python = target.runtimes.get("python", "")
    return {
        "os_name": "posix",
        "sys_platform": target.platform.os,
        "platform_system": target.platform.os.capitalize(),
        "platform_machine": _MACHINES.get(architecture, architecture),
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
    }


def either(markers: list[str]) -> str:
    """Join markers of which one must hold; empty when one of them is empty, or none is there."""
    if not markers or "" in markers:
        return ""
    return " or ".join(f"({one})" for one in dict.fromkeys(markers))


def both(*markers: str) -> str:
    """Join markers that must all hold; empty ones always do."""
    return " and ".join(f"({one})" for one in markers if one)


class _Reader:
    """Evaluates while it reads: three values, None for what is not known."""

    def __init__(self, marker: str, environment: dict[str, str]) -> None:
        self._environment = environment
        self._tokens: list[str] = []
        at = 0
        while match := _TOKEN.match(marker, at):
            self._tokens.append(match[0].strip())
            at = match.end()
        if marker[at:].strip():
            raise ValueError("not a marker")
        self._at = 0

    def whole(self) -> bool | None:
        answer = self._either(0)
        if self._at != len(self._tokens):
            raise ValueError("more than a marker")
        return answer

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1]

    def _is_next(self, *words: str) -> bool:
        return self._tokens[self._at : self._at + len(words)] == list(words)

    def _either(self, depth: int) -> bool | None:
        answers = [self._both(depth)]
        while self._is_next("or"):
            self._next()
            answers.append(self._both(depth))
        return True if True in answers else None if None in answers else False

    def _both(self, depth: int) -> bool | None:
        answers = [self._one(depth)]
        while self._is_next("and"):
            self._next()
            answers.append(self._one(depth))
        return False if False in answers else None if None in answers else True

    def _one(self, depth: int) -> bool | None:
        if depth == _MAX_DEPTH:
            raise ValueError("nested too deeply")
        if self._is_next("("):
            self._next()
            answer = self._either(depth + 1)
            if self._next() != ")":
                raise ValueError("a bracket that is not closed")
            return answer
        left, sign = self._next(), self._next()
        if sign == "not":
            sign = f"not {self._next()}"
        return self._compare(left, sign, self._next())

    def _compare(self, left: str, sign: str, right: str) -> bool | None:
        names = [one for one in (left, right) if one[0] not in "\"'"]
        values = [self._value(one) for one in (left, right)]
        if len(names) != 1 or None in values:
            return None
        first, second = str(values[0]), str(values[1])
        if names[0] in _VERSIONS and sign not in ("in", "not in"):
            return _compare_versions(first, sign, second)
        answers = {
            "==": first == second,
            "===": first == second,
            "!=": first != second,
            "in": first in second,
            "not in": first not in second,
        }
        return answers.get(sign)

    def _value(self, token: str) -> str | None:
        """Give a text, or what the target has; None for what is not known of it."""
        if token[0] in "\"'":
            return token[1:-1]
        return self._environment.get(token) or None


def _compare_versions(first: str, sign: str, second: str) -> bool | None:
    if second.endswith(".*"):
        inside = f"{first}.".startswith(second[:-1])
        return {"==": inside, "!=": not inside}.get(sign)
    try:
        order = compare("pypi", first, second)
    except InvalidVersion:
        return None
    return {
        "==": order == 0,
        "===": order == 0,
        "!=": order != 0,
        "<": order < 0,
        "<=": order <= 0,
        ">": order > 0,
        ">=": order >= 0,
    }.get(sign)
