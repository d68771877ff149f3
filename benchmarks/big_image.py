"""The image that is measured: one layer of a Debian with compilers, git, Python and Node.js."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from rig import debian
from rig.buildah import Buildah, Layer
from rig.images import cache_folder

if TYPE_CHECKING:
    from pathlib import Path

NAME = "big"
# about 1 GB and 54,000 files with their documentation
_PACKAGES = (
    "build-essential",
    "ca-certificates",
    "curl",
    "default-libmysqlclient-dev",
    "git",
    "libboost-dev",
    "libpq-dev",
    "libssl-dev",
    "mercurial",
    "nodejs",
    "npm",
    "python3-dev",
    "python3-numpy",
    "python3-pip",
    "python3-venv",
    "subversion",
)


def big_layout() -> Path:
    """Give an OCI layout with the image `big`, built on first use."""
    folder = cache_folder() / "big"
    layout = folder / "layout"
    if not layout.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        root = debian.bootstrap(cache_folder() / "kept", "minbase", _PACKAGES, slim=False)
        buildah = Buildah(folder / "buildah")
        buildah.image(NAME, "scratch", [Layer(add=(root,))])
        unfinished = folder / "unfinished"
        buildah.call("push", "--quiet", NAME, f"oci:{unfinished}:{NAME}")
        # buildah's own copies take three times the room of the layout
        shutil.rmtree(buildah.folder)
        unfinished.rename(layout)
    return layout
