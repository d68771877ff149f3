"""Builds every image once, and says where they are."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rig.buildah import Buildah
from rig.layout import Layout
from rig.processes import run
from rig.recipes import COPIED, IMAGES, ODD_IMAGES, RECIPES, Workshop, odd_tars
from rig.wheels import PROJECT, REQUIREMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Images:
    """Where the built images are.

    Args:
        folder: holds everything below.
        layout: OCI layout with one name per image, gzip layers.
        layout_zstd: some of the images with zstd layers.
        docker_archives: `docker save` archives (tar layers) by name.
        oci_archives: OCI layouts in a tar by name.
        roots: the merged root of each image as containers/storage unpacked it.
        buildah: the builder with its storage, for podman's engine too.
    """

    folder: Path
    layout: Path
    layout_zstd: Path
    docker_archives: dict[str, Path]
    oci_archives: dict[str, Path]
    roots: dict[str, Path]
    buildah: Buildah


def cache_folder() -> Path:
    """Give the folder that outlives a test run: BEDPLATE_TEST_CACHE, or .cache/real."""
    chosen = os.environ.get("BEDPLATE_TEST_CACHE")
    return Path(chosen) if chosen else PROJECT / ".cache/real"


def build_images() -> Images:
    """Build whatever the recipes of today have not built yet.

    Several processes may ask at once: one builds, the others wait.
    """
    cache = cache_folder()
    folder = cache / f"images-{_recipe_key()}"
    with _locked(cache / "build.lock"):
        roots = folder / "roots.json"
        if not roots.exists():
            for old in cache.glob("images-*"):
                shutil.rmtree(old)
            _build(folder, cache / "kept")
        places = json.loads(roots.read_text(encoding="utf-8"))
    return Images(
        folder=folder,
        layout=folder / "layout",
        layout_zstd=folder / "layout-zstd",
        docker_archives={name: folder / f"{name}-docker.tar" for name in COPIED},
        oci_archives={name: folder / f"{name}-oci.tar" for name in COPIED},
        roots={name: Path(place) for name, place in places.items()},
        buildah=Buildah(folder),
    )


def _build(folder: Path, kept: Path) -> None:
    kept.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True)
    buildah = Buildah(folder)
    layout = folder / "layout"
    with tempfile.TemporaryDirectory(prefix="rig-", dir=kept.parent) as scratch:
        shop = Workshop(buildah, Path(scratch), kept)
        for recipe in RECIPES:
            recipe(shop)
        for name in (*IMAGES, "slim-arm64"):
            buildah.call("push", "--quiet", name, f"oci:{layout}:{name}")
        buildah.call("manifest", "push", "--quiet", "--all", "multi", f"oci:{layout}:multi")
        for name, tar in odd_tars(shop).items():
            Layout(layout).append("static", name, tar)
    _copy_to_other_forms(folder)
    roots = {name: str(buildah.merged_root(name)) for name in IMAGES}
    # the same folder is packed in both; containers/storage refuses GNU's old sparse entries
    buildah.pull(layout, "odd-pax")
    odd_root = str(buildah.merged_root("odd-pax"))
    roots |= dict.fromkeys(ODD_IMAGES, odd_root)
    # last: its presence says that the build is whole
    (folder / "roots.json").write_text(json.dumps(roots), encoding="utf-8")


def _copy_to_other_forms(folder: Path) -> None:
    for name in (*COPIED, *ODD_IMAGES):
        source = f"oci:{folder}/layout:{name}"
        zstd = ("--dest-compress-format=zstd", source, f"oci:{folder}/layout-zstd:{name}")
        run(["skopeo", "copy", "--quiet", *zstd])
    for name in COPIED:
        source = f"oci:{folder}/layout:{name}"
        run(["skopeo", "copy", "--quiet", source, f"oci-archive:{folder}/{name}-oci.tar:{name}"])
        target = f"docker-archive:{folder}/{name}-docker.tar:localhost/{name}:latest"
        run(["skopeo", "copy", "--quiet", source, target])


def _recipe_key() -> str:
    """Give a digest of everything that decides what the images hold."""
    here = Path(__file__).parent
    names = ("buildah", "debian", "layout", "odd_layer", "recipes", "rpms", "wheels")
    files = [here / f"{name}.py" for name in names] + sorted(here.glob("node_app/*.json"))
    content = b"".join(path.read_bytes() for path in (Path(__file__), *files, REQUIREMENTS))
    return hashlib.sha256(content).hexdigest()[:12]


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
