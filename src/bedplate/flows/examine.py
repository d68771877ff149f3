"""What an opened image is: from its documents alone, or from its layers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from bedplate._version import __version__
from bedplate.distros import identify, userland
from bedplate.errors import InvalidDocument, StorageError
from bedplate.facts import codec
from bedplate.images.selection import Selection
from bedplate.inventory import WANTS as INVENTORY_WANTS
from bedplate.inventory import collect
from bedplate.inventory.ownership import assign
from bedplate.model.base_facts import BaseFacts, LayerFacts
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.runtimes import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.flows.session import Session
    from bedplate.images.image import Image
    from bedplate.images.layer_index import LayerIndex
    from bedplate.images.read_layers import LayerReader
    from bedplate.model.image_config import ImageConfig

SHELF = "facts"
# Grows whenever the same layers would give other facts within a version of bedplate:
# cached facts are then made again.
ANALYSIS = 3
_MAX_REFUSED = 100  # names shown of what a layer holds and was not read


@cache
def selection() -> Selection:
    """Give the union of what every reader wants of a layer."""
    return Selection((*identify.WANTS, *userland.WANTS, *find.WANTS, *INVENTORY_WANTS))


def layer_reader(session: Session) -> LayerReader:
    """Make the reader of layers for a run."""
    from bedplate.images.read_layers import LayerReader  # noqa: PLC0415 - lazy: decompressors

    return LayerReader(selection(), session.cache, session.progress, session.notify)


def from_documents(image: Image) -> BaseFacts:
    """Tell what manifest and config tell: sizes, layers, platforms, user, command."""
    manifest, config = image.manifest, image.config
    facts = BaseFacts(
        image.name,
        source=image.place,
        depth="manifest",
        index_digest=_text(image.index_digest),
        manifest_digest=_text(image.manifest_digest),
        platforms=tuple(str(platform) for platform in image.platforms) or None,
    )
    if manifest is None or config is None or image.content is None:
        return facts
    synthetic = image.content.synthetic
    return replace(
        facts,
        media_type=manifest.media_type,
        config_digest=str(manifest.config.digest),
        compressed_size=None if synthetic else sum(layer.size for layer in manifest.layers),
        layers=_layers(image, config),
        platform=str(config.platform),
        created=config.created or None,
        user=config.user,
        entrypoint=config.entrypoint,
        command=config.command,
        environment=config.environment,
        working_directory=config.working_directory,
        exposed_ports=config.exposed_ports,
        labels=tuple(sorted(config.labels.items())),
        runtimes=find.runtimes_from_config(config) or None,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _layers(image: Image, config: ImageConfig) -> tuple[LayerFacts, ...]:
    if image.manifest is None or image.content is None:
        return ()
    synthetic = image.content.synthetic
    steps = [step.created_by for step in config.history if not step.empty_layer]
    layers = image.manifest.layers
    if len(steps) != len(layers):
        steps = [""] * len(layers)  # some builders leave the history out, or half of it
    diff_ids: list[str | None] = [str(diff_id) for diff_id in config.diff_ids]
    if len(diff_ids) != len(layers):
        diff_ids = [None] * len(layers)
    return tuple(
        LayerFacts(
            None if synthetic else str(layer.digest),
            diff_id,
            None if synthetic else layer.size,
            layer.media_type,
            step,
        )
        for layer, diff_id, step in zip(layers, diff_ids, steps, strict=True)
    )


def from_layers(image: Image, facts: BaseFacts, session: Session) -> BaseFacts:
    """Read the layers and tell everything.

    Args:
        image: an opened image.
        facts: what its documents tell.
        session: where indexes are cached, whom to tell.

    Raises:
        CorruptImage: a layer is damaged.
        LimitExceeded: more than bedplate reads.
    """
    from bedplate.images.file_tree import FileTree  # noqa: PLC0415 - lazy: not for manifests

    indexes = image.layer_indexes(layer_reader(session))
    tree = FileTree(indexes)
    distro = identify.identify(tree)
    found = collect(tree)
    runtimes = find.find_runtimes(tree)
    packages = [item for item in found if isinstance(item, Package)]
    ownership = assign(tree, packages, runtimes, distro)
    return replace(
        facts,
        depth="layers",
        disk_size=tree.disk_size(),
        layers=_with_disk_sizes(facts.layers, indexes),
        distro=distro,
        libcs=userland.find_libcs(tree),
        shells=userland.find_shells(tree),
        package_managers=userland.find_package_managers(tree),
        runtimes=runtimes,
        certificates=userland.find_certificates(tree),
        time_zones=userland.find_time_zones(tree),
        parts=ownership.parts,
        packages=ownership.packages,
        skipped=(
            *(item for item in found if isinstance(item, Skipped)),
            *_refused(indexes),
        ),
    )


def _with_disk_sizes(
    layers: tuple[LayerFacts, ...] | None, indexes: Sequence[LayerIndex]
) -> tuple[LayerFacts, ...]:
    layers = layers or tuple(LayerFacts(None) for _ in indexes)
    return tuple(
        replace(layer, disk_size=index.disk_size())
        for layer, index in zip(layers, indexes, strict=True)
    )


def _refused(indexes: Sequence[LayerIndex]) -> list[Skipped]:
    """List what layers hold and could not be read, bounded: a hostile tar has no end of it."""
    refused = [item for index in indexes for item in index.refused]
    shown = [Skipped(name, reason) for name, reason in refused[:_MAX_REFUSED]]
    if len(refused) > _MAX_REFUSED:
        shown.append(Skipped(f"{len(refused) - _MAX_REFUSED} more files", "not shown"))
    return shown


def cached_facts(image: Image, session: Session) -> BaseFacts | None:
    """Give the facts that an earlier run found in the very same layers."""
    key = _key(image)
    content = None if key is None else session.cache.get(SHELF, key)
    if key is None or content is None:
        return None
    try:
        return codec.decode(content, f"cached facts of {image.name}")
    except InvalidDocument:
        session.cache.drop(SHELF, key)
        return None


def store_facts(image: Image, facts: BaseFacts, session: Session) -> None:
    """Keep facts for the next run; a cache that can't be written is said, and no error."""
    key = _key(image)
    if key is None:
        return
    try:
        session.cache.put(SHELF, key, codec.encode(facts))
    except StorageError as error:
        session.notify(str(error))


def _key(image: Image) -> str | None:
    """Name facts by the manifest, what was asked of the layers, and how it was judged."""
    if image.manifest is None:
        return None
    digest = image.manifest_digest or image.manifest.config.digest
    return f"{digest}.{selection().id}.{__version__}.{ANALYSIS}"
