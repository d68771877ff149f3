"""`mix.lock` of Mix, for Elixir and Erlang."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES, decode
from bedplate.inventory.merge import merge
from bedplate.inventory.source_url import git_source
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "mix.lock"
WANTS: tuple[Want, ...] = (Want("**/mix.lock", MAX_BYTES),)

_KEY = r'^\s*"([^"\s]{1,200})":\s*'
_HEX = re.compile(_KEY + r'\{:hex,\s*:("?[\w.-]+"?),\s*"([^"\s]{1,100})"', re.MULTILINE)
_GIT = re.compile(_KEY + r'\{:git,\s*"([^"\s]{1,500})",\s*"([^"\s]{1,100})"', re.MULTILINE)


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the packages; those from Git have no version but a commit.

    Args:
        path: of the file.
        content: of the file.

    Source: Mix documentation, "mix deps"; purl type definition "hex".
    """
    source = decode(path, content)
    released = [
        language_package("hex", path, match[2].strip('"'), match[3])
        for match in _HEX.finditer(source)
    ]
    commits = [
        language_package("hex", path, match[1], "", qualifiers=git_source(match[2], match[3]))
        for match in _GIT.finditer(source)
    ]
    yield from merge((*released, *commits))
