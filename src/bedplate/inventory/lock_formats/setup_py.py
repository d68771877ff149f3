"""setuptools: `setup.py`, read as text and never run; exact pins only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.inventory.lock_text import decode
from bedplate.inventory.merge import merge
from bedplate.inventory.python_packages import pypi_package
from bedplate.inventory.python_pins import belongs_to_installed, read_pin
from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "setup.py"
WANTS: tuple[Want, ...] = (Want("**/setup.py", limit=MIB),)

# Comments and string literals of Python 2 and 3. A string ends at the end of the text too,
# so that one that is not closed costs one pass.
_TOKEN = re.compile(
    r"#[^\n]*"
    r'|"""(?P<a>(?:[^"\\]|\\.|"(?!""))*+)(?:"""|\\?\Z)'
    r"|'''(?P<b>(?:[^'\\]|\\.|'(?!''))*+)(?:'''|\\?\Z)"
    r'|"(?P<c>(?:[^"\\\n]|\\.)*+)(?:"|\\?(?:\n|\Z))'
    r"|'(?P<d>(?:[^'\\\n]|\\.)*+)(?:'|\\?(?:\n|\Z))",
    re.DOTALL,
)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the pins that stand in string literals, in `install_requires` or elsewhere.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        LimitExceeded: too large.

    Source: setuptools documentation, "Dependencies Management".
    """
    if belongs_to_installed(path):
        return
    packages = []
    for token in _TOKEN.finditer(decode(path, content, lenient=True)):
        literal = token[token.lastgroup] if token.lastgroup else ""
        for line in literal.splitlines():
            pin = read_pin(line)
            if pin:
                packages.append(pypi_package(path, pin.name, pin.version))
    yield from merge(packages)
