"""The package database of the old base, baked into a layer of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.rebase_report import Concern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.rebasing.situation import Situation

NAME = "package-database"
# apk(5), dpkg(1), rpm(8), pacman(8): where each keeps the list of what is installed
_FILES = {
    "lib/apk/db/installed": "apk",
    "usr/lib/apk/db/installed": "apk",
    "var/lib/dpkg/status": "apt or dpkg",
    "var/lib/rpm/Packages": "rpm",
    "var/lib/rpm/Packages.db": "rpm",
    "var/lib/rpm/rpmdb.sqlite": "rpm",
    "usr/lib/sysimage/rpm/Packages.db": "rpm",
    "usr/lib/sysimage/rpm/rpmdb.sqlite": "rpm",
}


def find(situation: Situation) -> Iterator[Concern]:
    """Look for databases that a layer changes and a base has."""
    by_tool: dict[str, list[tuple[int, str]]] = {}
    for number, path in (*situation.files(), *situation.deleted()):
        tool = _FILES.get(path)
        if tool and (_has(situation, tool)):
            by_tool.setdefault(tool, []).append((number, path))
    for tool, places in by_tool.items():
        number, path = places[0]
        yield Concern(
            NAME,
            blocks=True,
            message=f"layer {number} of the application holds {path}: packages were installed "
            f"with {tool} on top of the old base, against its libraries, and its list of "
            "packages would hide that of the new base",
            paths=tuple(dict.fromkeys(path for _, path in places)),
            fix="build the image again on the new base",
        )


def _has(situation: Situation, tool: str) -> bool:
    """Tell whether a base has a database of that kind; else the application brings its own."""
    trees = (situation.before, situation.after)
    paths = [path for path, kind in _FILES.items() if kind == tool]
    return any(tree.get(path) for tree in trees for path in paths)
