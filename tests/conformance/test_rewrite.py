"""A file and an update -> the file afterwards, to the byte.

Which of several equal images an update means is told by its place in Renovate's own list, which
holds other things than images too; so one of them must give the file that is expected. Updates
of Dependabot are of every place with the old parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from rig.repofile_rows import Row, find_images, name_of

from bedplate.errors import BadInput
from bedplate.model.image_use import ImageUse
from bedplate.model.reference import Reference
from bedplate.repofiles import Replacement, rewrite

if TYPE_CHECKING:
    from collections.abc import Iterator

KIND = "style"
# dfc turns Dockerfiles into others of one vendor, with other packages: no edit of images.
KINDS = frozenset(("dependabot", "renovate", "frizbee"))


def test_only_the_updated_parts_change(row: Row) -> None:
    if "after" not in row:
        _check_string(row)
        return
    before, path = row["before"], row.get("filename") or "file"
    assert rewrite(path, before, []) == before
    results = [before]
    for update in row.get("updates") or ():
        results = [text for one in results for text in _updated(row, path, one, update)]
    assert row["after"] in results


def _updated(row: Row, path: str, text: str, update: Row) -> Iterator[str]:
    old, new = update["from"], update["to"]
    uses = [
        one
        for one in find_images(row, text)
        if isinstance(one, ImageUse) and _is_meant(row, one, update["image"], old)
    ]
    changes = [
        Replacement(one, name=new.get("name"), tag=new.get("tag"), digest=new.get("digest"))
        for one in uses
    ]
    groups = [[change] for change in changes] if "dep_index" in update else [changes]
    for group in groups:
        try:
            yield rewrite(path, text, group)
        except BadInput as error:
            pytest.fail(str(error))


def _is_meant(row: Row, use: ImageUse, image: str, old: Row) -> bool:
    name = name_of(row, use)
    is_named = name == image or (row["style"] == "dependabot" and name.endswith(f"/{image}"))
    parts = (use.tag, use.digest)
    return is_named and parts == (old.get("tag") or "", old.get("digest") or "")


def _check_string(row: Row) -> None:
    """Check what frizbee pins: neither `scratch`, nor `latest`, nor what has no tag at all."""
    expect: dict[str, Any] = row["expect"]
    text = row["before"].partition("FROM ")[2] or row["before"]
    text = text.removeprefix("image: ").partition(" ")[0]
    found = [one for one in find_images(row, text) if isinstance(one, ImageUse)]
    skip = not found or found[0].tag in ("", "latest") or bool(found[0].digest)
    if "skip" in expect:
        assert skip == expect["skip"]
    elif "expected" in expect:
        assert skip == (expect["expected"] is not None)
    else:
        assert skip == (not expect["ok"])
        if expect["ok"]:
            name = Reference.parse(found[0].name).name.replace("docker.io/", "index.docker.io/", 1)
            assert (name, found[0].tag) == (expect["name"], expect["tag"])
