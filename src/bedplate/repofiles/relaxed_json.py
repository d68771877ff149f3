"""JSON with comments -> nodes.

JSON is YAML but for its comments, so these are blanked out and the rest is read as YAML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.repofiles.yaml_nodes import yaml_nodes

if TYPE_CHECKING:
    from bedplate.repofiles.nodes import Node

# A string, which may hold what looks like a comment; or a comment, also one without an end.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|//[^\n]*|/\*(?:.*?\*/|.*)', re.DOTALL)
_NOT_A_BREAK = re.compile(r"[^\r\n]")


def relaxed_json_nodes(path: str, text: str) -> list[Node]:
    """Read JSON that may have comments and trailing commas.

    Raises:
        InvalidDocument: not JSON even so.
        LimitExceeded: more values than are read.
    """
    return yaml_nodes(path, _TOKEN.sub(_blank, text).replace("\t", " "))


def _blank(token: re.Match[str]) -> str:
    return token[0] if token[0].startswith('"') else _NOT_A_BREAK.sub(" ", token[0])
