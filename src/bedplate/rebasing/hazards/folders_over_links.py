"""Folders of the application in the place of links of the new base, and the other way round.

A layer that holds `lib/x` holds the folder `lib` too, named or not: on a base where `lib` is a
link to `usr/lib`, the folder takes the place of the link, and all that was below it is gone.

Source: OCI image-spec, layer.md, "Applying Changesets".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.images.layer_index import DIRECTORY
from bedplate.model.file_entry import FileKind
from bedplate.model.rebase_report import Concern
from bedplate.rebasing.situation import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.images.layer_index import LayerIndex
    from bedplate.rebasing.situation import Situation

NAME = "folders-over-links"


def find(situation: Situation) -> Iterator[Concern]:
    """Hold the folders of the layers against the new base, then their files."""
    folders = set[str]().union(*(_folders(layer) for layer in situation.app))
    hidden = sorted(path for path in folders if _turned(situation, path, FileKind.SYMLINK))
    if hidden:
        yield Concern(
            NAME,
            blocks=True,
            message=f"/{hidden[0]} is a folder in the application and in the old base, but a "
            "link in the new base: the folder would hide all that the link leads to",
            paths=tuple(hidden[:SHOWN]),
            fix="build the image again on the new base",
        )
    files = {path for _, path in situation.files() if path not in folders}
    covered = sorted(path for path in files if _turned(situation, path, FileKind.DIRECTORY))
    if covered:
        yield Concern(
            NAME,
            blocks=True,
            message=f"/{covered[0]} is no folder in the application, but one in the new base: "
            "all that is in it would be gone",
            paths=tuple(covered[:SHOWN]),
            fix="build the image again on the new base",
        )


def _folders(layer: LayerIndex) -> set[str]:
    """Give every folder that a layer names or that something in it lies in."""
    found = {path for path, kind in zip(layer.paths, layer.kinds, strict=True) if kind == DIRECTORY}
    for path in layer.paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _turned(situation: Situation, path: str, kind: FileKind) -> bool:
    """Tell whether a path is of this kind in the new base and was not in the old one."""
    after, before = situation.after.get(path), situation.before.get(path)
    if after is None or after.path != path or after.kind is not kind:
        return False
    return before is None or before.kind is not kind
