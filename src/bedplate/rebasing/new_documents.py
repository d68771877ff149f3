"""Configuration, manifest and index of an image on its new base."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bedplate.errors import UnsupportedMediaType
from bedplate.model import media_types
from bedplate.rebasing.base_annotations import renamed, with_base
from bedplate.rebasing.history import splice_history
from bedplate.rebasing.run_config import merge_run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.descriptor import Descriptor

Json = dict[str, Any]
_STALE = ("container", "container_config", "docker_version")
_STALE_PREFIX = "moby.buildkit."
_OF_THE_BASE = ("os.version", "os.features")
_LAYERS = {
    media_types.DOCKER_LAYER: media_types.OCI_LAYER,
    media_types.DOCKER_LAYER_GZIP: media_types.OCI_LAYER_GZIP,
    f"{media_types.DOCKER_LAYER}.zstd": media_types.OCI_LAYER_ZSTD,
    **{
        kind: kind
        for kind in (
            media_types.OCI_LAYER,
            media_types.OCI_LAYER_GZIP,
            media_types.OCI_LAYER_ZSTD,
        )
    },
}


@dataclass(frozen=True, slots=True)
class Documents:
    """Manifest and configuration of one image, as JSON values that were checked before."""

    manifest: Json
    config: Json

    @property
    def diff_ids(self) -> list[str]:
        """Digests of the unpacked layers, lowest first."""
        return list(self.config["rootfs"].get("diff_ids") or ())

    @property
    def run(self) -> Json:
        """What a container starts with."""
        return self.config.get("config") or {}

    @property
    def history(self) -> list[Json]:
        """The build steps."""
        return self.config.get("history") or []


@dataclass(frozen=True, slots=True)
class NewBase:
    """How a base is named in annotations.

    Args:
        name: full reference; empty for one that is not in a registry.
        digest: of what the name stands for: the index, where it is one.
    """

    name: str
    digest: str


def new_config(own: Documents, old: Documents, new: Documents, base: NewBase, created: str) -> Json:
    """Make the configuration.

    Args:
        own, old, new: of the image, its old base and its new base.
        base: how the new base is named.
        created: RFC 3339 time; empty leaves that of the image.
    """
    kept = {
        name: value
        for name, value in own.config.items()
        if name not in (*_STALE, *_OF_THE_BASE) and not name.startswith(_STALE_PREFIX)
    }
    kept |= {name: new.config[name] for name in _OF_THE_BASE if name in new.config}
    run = merge_run(own.run, old.run, new.run)
    if labels := renamed(run.get("Labels"), base.name, base.digest):
        run["Labels"] = labels
    below = len(old.diff_ids)
    counts = (len(own.diff_ids), below, len(new.diff_ids))
    kept["config"] = run
    kept["rootfs"] = {"type": "layers", "diff_ids": [*new.diff_ids, *own.diff_ids[below:]]}
    kept["history"] = splice_history(own.history, old.history, new.history, counts)
    if created:
        kept["created"] = created
    if not kept["history"]:
        del kept["history"]
    return kept


def new_manifest(
    own: Documents, new: Documents, below: int, config: Descriptor, base: NewBase
) -> Json:
    """Make the manifest: an OCI one, since those of Docker hold no annotations.

    Args:
        own, new: of the image and its new base.
        below: how many layers the old base has.
        config: of the new configuration.
        base: how the new base is named.

    Raises:
        UnsupportedMediaType: a layer of a kind that OCI manifests don't have.
    """
    layers = [*new.manifest["layers"], *own.manifest["layers"][below:]]
    made: Json = {
        "schemaVersion": 2,
        "mediaType": media_types.OCI_MANIFEST,
        "config": plain(config),
        "layers": [{**layer, "mediaType": _layer_type(layer["mediaType"])} for layer in layers],
    }
    if annotations := with_base(own.manifest.get("annotations"), base.name, base.digest):
        made["annotations"] = annotations
    return made


def new_index(own: Json, made: Mapping[str, Descriptor], base: NewBase) -> tuple[Json, int]:
    """Make the index, without the attestations: they speak of the images before.

    Args:
        own: of the image.
        made: by the digest of the old manifest, what stands in its place.
        base: how the new base is named.

    Returns:
        the index, and the number of entries that are no images and were left out.
    """
    entries, dropped = [], 0
    for entry in own["manifests"]:
        descriptor = made.get(entry["digest"])
        if descriptor is None:
            dropped += 1
            continue
        kept = {k: v for k, v in entry.items() if k in ("platform", "annotations")}
        if notes := renamed(kept.pop("annotations", None), base.name, base.digest):
            kept["annotations"] = notes
        entries.append({**plain(descriptor), **kept})
    index: Json = {
        "schemaVersion": 2,
        "mediaType": media_types.OCI_INDEX,
        "manifests": entries,
    }
    if annotations := with_base(own.get("annotations"), base.name, base.digest):
        index["annotations"] = annotations
    return index, dropped


def plain(descriptor: Descriptor) -> Json:
    """Write a descriptor as JSON."""
    return {
        "mediaType": descriptor.media_type,
        "digest": str(descriptor.digest),
        "size": descriptor.size,
    }


def encode(document: Json) -> bytes:
    """Write a document; the same value gives the same bytes.

    As ASCII: JSON may hold halves of surrogate pairs, which UTF-8 can't.
    """
    return json.dumps(document, separators=(",", ":")).encode()


def _layer_type(media_type: str) -> str:
    known = _LAYERS.get(media_type)
    if known is None:
        raise UnsupportedMediaType(f"a layer of type {media_type[:100]!r} can't be moved")
    return known
