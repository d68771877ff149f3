"""What refers to a manifest: signatures, SBOMs, attestations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import ImageNotFound, LimitExceeded
from bedplate.model.documents import parse_index
from bedplate.model.manifest import Index
from bedplate.model.media_types import OCI_INDEX
from bedplate.registry.tag_pages import walk_pages

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.descriptor import Descriptor
    from bedplate.model.digest import Digest
    from bedplate.model.document import Document
    from bedplate.support.http_response import Response

MAX_REFERRERS = 10_000


def collect_referrers(
    ask: Callable[[str], Response], path: str, artifact_type: str, name: str
) -> Index:
    """Read every page of the referrers API into one index.

    Args:
        ask: sends a request for a path below `/v2/`.
        path: of the first page.
        artifact_type: only those of this type; the registry filters, or else we do.
        name: the image, for messages.

    Raises:
        InvalidDocument: a page that is not an index.
        LimitExceeded: more referrers than bedplate will read.

    Source: distribution-spec, "Listing Referrers".
    """
    found: list[Descriptor] = []
    filtered = True
    for content, response in walk_pages(ask, path, f"the referrers of {name}"):
        found += parse_index(content).manifests
        applied = response.headers.get("OCI-Filters-Applied", "")
        filtered = filtered and "artifactType" in (part.strip() for part in applied.split(","))
        if len(found) > MAX_REFERRERS:
            raise LimitExceeded(f"{name} has more than {MAX_REFERRERS} referrers")
    index = Index(OCI_INDEX, tuple(found))
    return index if filtered else of_type(index, artifact_type)


def referrers_by_tag(fetch: Callable[[str], Document], digest: Digest, artifact_type: str) -> Index:
    """Read the index that clients keep under a tag where there is no referrers API.

    Args:
        fetch: gives the manifest of a tag.
        digest: of the manifest referred to.
        artifact_type: only those of this type.

    Source: distribution-spec, "Referrers Tag Schema".
    """
    tag = f"{digest.algorithm[:32]}-{digest.hex[:64]}"
    try:
        document = fetch(tag)
    except ImageNotFound:
        return Index(OCI_INDEX, ())
    return of_type(parse_index(document.content), artifact_type)


def of_type(index: Index, artifact_type: str) -> Index:
    """Keep the entries of one artifact type; an empty type keeps them all."""
    if not artifact_type:
        return index
    kept = tuple(entry for entry in index.manifests if entry.artifact_type == artifact_type)
    return replace(index, manifests=kept)
