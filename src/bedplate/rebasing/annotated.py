"""Documents of an image with annotations that name its base; nothing else is changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bedplate.rebasing.base_annotations import with_base
from bedplate.rebasing.new_documents import encode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.descriptor import Descriptor
    from bedplate.rebasing.new_documents import Json, NewBase

_FOR = "vnd.docker.reference.digest"


def annotated_manifest(content: bytes, base: NewBase) -> bytes:
    """Name the base in a manifest; the bytes stay as they are when it is named already."""
    document: Json = json.loads(content)
    annotations = with_base(document.get("annotations"), base.name, base.digest)
    if annotations == document.get("annotations"):
        return content
    return encode({**document, "annotations": annotations})


def annotated_index(own: Json, made: Mapping[str, Descriptor], base: NewBase | None) -> Json:
    """Point an index at the annotated manifests.

    Attestations stay, since layers and configuration are what they were; their entries are
    led to the new digests as BuildKit has them.

    Args:
        own: the index.
        made: by the digest of the old manifest, digest and size of the new one.
        base: of all its images; None when they have different ones.
    """
    entries = []
    for entry in own["manifests"]:
        notes = dict(entry.get("annotations") or {})
        if descriptor := made.get(entry["digest"]):
            changed = {"digest": str(descriptor.digest), "size": descriptor.size}
            entries.append({k: v for k, v in {**entry, **changed}.items() if k != "data"})
        elif subject := made.get(notes.get(_FOR, "")):
            entries.append({**entry, "annotations": {**notes, _FOR: str(subject.digest)}})
        else:
            entries.append(entry)
    index = {**own, "manifests": entries}
    if base is not None:
        index["annotations"] = with_base(own.get("annotations"), base.name, base.digest)
    return index
