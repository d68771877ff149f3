"""Open what is to be proved: an image's own layers, a folder, or a single file."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import BadInput, ImageNotFound
from bedplate.facts.complete import complete
from bedplate.flows import proof_base
from bedplate.flows.examine import from_documents
from bedplate.flows.mapped_folder import MappedFolder
from bedplate.images.file_tree import FileTree
from bedplate.images.image import Image
from bedplate.images.image_name import parse_image_name
from bedplate.images.layer_index import HARDLINK, LayerIndex
from bedplate.images.limits import DEFAULT_LIMITS
from bedplate.images.opening import open_image, select_platforms
from bedplate.images.read_layers import LayerReader
from bedplate.images.root_folder import RootFolderWalk
from bedplate.images.selection import Selection
from bedplate.images.tar import pack_owner
from bedplate.proving.app_extract import TEXT_WANTS, WANTS
from bedplate.proving.application import Application

if TYPE_CHECKING:
    from bedplate.flows.session import Session

PLACE = "app"
"""Where a folder or file is put in the root file system of a base."""
# folders whose name says to programs what is in them
_NAMED = frozenset(("node_modules", "site-packages", "dist-packages"))


@cache
def _selection() -> Selection:
    return Selection((*proof_base.WANTS, *WANTS))


def open_application(
    name: str, folder: Path, session: Session, base_layers: int | None = None
) -> tuple[Application, str]:
    """Open an application.

    Args:
        name: a path, or an image as `[scheme:]location`.
        folder: that relative paths begin in.
        session: means and permissions of this run.
        base_layers: how many of an image's layers are its base's; None to find out.

    Returns:
        it, and its kind: `image`, `folder`, `file`.

    Raises:
        BedplateError: there is no such thing, or which of its layers are its own is not known.
    """
    path = folder / name
    if path.is_dir():
        return _folder(path.resolve()), "folder"
    if path.is_file():
        return _file(path.resolve()), "file"
    parsed = parse_image_name(name)
    with open_image(parsed, session.access) as opened:
        if isinstance(opened, Image):
            return _folder(Path(opened.place).resolve()), "folder"
        image = select_platforms(opened, session.platform, everything=False)[0]
        return _image(image, session, base_layers), "image"


def _folder(folder: Path) -> Application:
    place = f"{PLACE}/{folder.name}" if folder.name in _NAMED else PLACE
    index = RootFolderWalk(folder, str(folder)).index(_texts(), DEFAULT_LIMITS)
    _move_below(index, place)
    return Application(FileTree([index]), MappedFolder(folder, place).read, root=PLACE)


@cache
def _texts() -> Selection:
    return Selection((*TEXT_WANTS, *proof_base.light_selection().wants))


def _move_below(index: LayerIndex, place: str) -> None:
    index.paths[:] = [f"{place}/{path}" for path in index.paths]
    for number, target in index.links.items():
        if index.kinds[number] == HARDLINK:
            index.links[number] = f"{place}/{target}"


def _file(path: Path) -> Application:
    status = path.stat()
    place = f"{PLACE}/{path.name}"
    index = LayerIndex(paths=[place])
    index.kinds += b"0"
    index.sizes.append(status.st_size)
    index.owners += pack_owner(stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid)
    if not os.access(path, os.R_OK):
        raise BadInput(f"{path} can't be read")
    return Application(FileTree([index]), MappedFolder(path, place).read, root=PLACE)


def _image(image: Image, session: Session, base_layers: int | None) -> Application:
    if image.manifest is None or image.content is None:
        raise ImageNotFound(f"{image.name}: an image without layers")
    layers = image.manifest.layers
    count = _layers_of_base(image, session) if base_layers is None else base_layers
    if count is None:
        raise BadInput(
            f"{image.name}: which of its {len(layers)} layers are its base's is not known",
            "say how many with --base-layers",
        )
    if not 0 <= count <= len(layers):
        raise BadInput(f"{image.name} has {len(layers)} layers, not {count} and more")
    reader = LayerReader(_selection(), session.cache, session.progress, session.notify)
    own = replace(image.manifest, layers=tuple(layers[count:]))
    indexes = replace(image, manifest=own).layer_indexes(reader)
    return Application(FileTree(indexes), config=image.config)


def _layers_of_base(image: Image, session: Session) -> int | None:
    """Tell by the catalog how many of the lowest layers are another image's."""
    facts = from_documents(image)
    annotations = dict(facts.labels or ())
    annotations.update(image.manifest.annotations if image.manifest else {})
    bases = complete(facts, session.catalog, session.today, annotations).bases or ()
    return max((base.layers for base in bases if base.layers), default=None)
