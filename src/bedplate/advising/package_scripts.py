"""Scripts of package.json that are one plain command, which can be started without npm."""

from __future__ import annotations

import re
from typing import Any

_PLAIN = re.compile(r"node(?: +[\w./:=@-]+)+\Z")


def plain_start(script: str, package: dict[str, Any]) -> tuple[str, ...]:
    """Give the words of a script that only starts node; empty for all others.

    A script that has others run before or after it is none of those.

    Args:
        script: text of `scripts.start`.
        package: package.json.
    """
    scripts = package.get("scripts")
    around = isinstance(scripts, dict) and ("prestart" in scripts or "poststart" in scripts)
    if around or not _PLAIN.match(script.strip()):
        return ()
    return tuple(script.split())
