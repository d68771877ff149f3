"""Files of every kind -> the images that they name.

BuildKit's answer is the set of images that a build of all stages pulls. Renovate lists every
place with the kind of its use, Dependabot merges equal images and leaves out what has neither
tag nor digest. What these two add of their own (mirrors, merging) is added here as well.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rig.repofile_rows import Row, find_images, name_of

from bedplate.errors import BedplateError
from bedplate.model.image_use import ImageUse
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.skipped import Skipped

KIND = "tool"
KINDS: frozenset[str] = frozenset()

Parts = tuple[str, str, str]

# What Renovate calls a use of the roles that bedplate tells apart outside of stages.
_ROLES = {"syntax": "syntax", "feature": "feature", "service-image": "service"}


def _canonical(found: Iterable[ImageUse | Skipped]) -> set[str]:
    return {
        str(Reference.parse(one.text).with_default_tag())
        for one in found
        if isinstance(one, ImageUse) and one.role != "syntax"
    }


def _parts(dep: Row) -> Parts:
    return dep["name"], dep.get("tag") or "", dep.get("digest") or ""


def test_images_are_those_that_the_tool_finds(row: Row) -> None:
    try:
        found = find_images(row, row["content"])
    except BedplateError:
        found = []
    judge = row["expect"] if row["tool"] == "buildkit" else row.get("buildkit") or {}
    if "resolved" in judge and "error" not in judge:
        assert _canonical(found) == set(judge["resolved"])
    else:
        _compare(row, found)
    _check_roles(row, found)


def _compare(row: Row, found: list[ImageUse | Skipped]) -> None:
    deps = row["expect"]["deps"]
    uses = [one for one in found if isinstance(one, ImageUse)]
    if row["tool"] == "dependabot":
        mine = {(u.name, u.tag, u.digest) for u in uses if u.tag or u.digest}
        assert mine == {_parts(dep) for dep in deps}
        return
    # Renovate resolves no defaults: what it skips for its variable may be skipped or resolved.
    skipped = {dep.get("replace", "") for dep in deps if dep.get("skip") == "contains-variable"}
    wanted = Counter(_parts(dep) for dep in deps if not dep.get("skip"))
    # What it skips for another reason, such as a tag that is no version, is an image all the same.
    others = {dep.get("name") for dep in deps if dep.get("skip")}
    mine_too = Counter(
        (name_of(row, use), use.tag, use.digest)
        for use in uses
        if use.written not in skipped and name_of(row, use) not in others
    )
    assert mine_too == wanted
    seen = {one.written if isinstance(one, ImageUse) else one.what for one in found}
    assert skipped <= seen


def _check_roles(row: Row, found: list[ImageUse | Skipped]) -> None:
    roles = {(one.text, one.role) for one in found if isinstance(one, ImageUse)}
    for dep in row["expect"].get("deps", ()):
        if role := _ROLES.get(dep.get("role", "")):
            replace = dep["replace"]
            assert any(replace.endswith(text) for text, mine in roles if mine == role) or dep.get(
                "skip"
            )
