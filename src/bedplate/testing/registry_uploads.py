"""The writing half of a `MemoryRegistry`: uploads of blobs and manifests.

Source: distribution-spec, "Push".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bedplate.model.digest import Digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.testing.registry import Stored

Answer = tuple[int, dict[str, str], str]
"""Status, headers, and the code of the error, empty for none."""


def upload(
    method: str, path: str, query: Mapping[str, list[str]], body: bytes, stored: Stored
) -> Answer:
    """Begin or end the upload of a blob.

    A blob that another repository holds is mounted when that is asked for.

    Args:
        method: `POST` or `PUT`.
        path: below `/v2/`.
        query: of the request.
        body: of the request.
        stored: where blobs go.
    """
    repository = path.partition("/blobs/uploads")[0]
    if method == "POST":
        mount, source = query.get("mount", [""])[0], query.get("from", [""])[0]
        if mount and source and stored.holds(source, mount):
            stored.link(repository, mount)
            return 201, {"Docker-Content-Digest": mount}, ""
        return 202, {"Location": f"/v2/{repository}/blobs/uploads/one?state=x"}, ""
    digest = query.get("digest", [""])[0]
    if query.get("state") != ["x"] or digest != str(Digest.of(body)):
        return 400, {}, "DIGEST_INVALID"
    stored.blobs[digest] = body
    stored.link(repository, digest)
    return 201, {"Docker-Content-Digest": digest}, ""


def put_manifest(
    repository: str, target: str, media_type: str, body: bytes, stored: Stored
) -> Answer:
    """Keep a manifest, if the blobs that it names are there."""
    document = json.loads(body)
    named = [document.get("config"), *document.get("layers", ())]
    if any(item and not stored.holds(repository, item["digest"]) for item in named):
        return 400, {}, "MANIFEST_BLOB_UNKNOWN"
    listed = (item["digest"] for item in document.get("manifests", ()))
    if any((repository, digest) not in stored.manifests for digest in listed):
        return 400, {}, "MANIFEST_UNKNOWN"
    digest = str(Digest.of(body))
    for key in (digest, target):
        stored.manifests[repository, key] = (media_type, body)
    return 201, {"Docker-Content-Digest": digest}, ""
