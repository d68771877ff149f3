"""bedplate.toml: the policy of checks and updates."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bedplate.model.starter import StarterText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.starter import StarterProject

NAME = "bedplate"
PLACE = "bedplate.toml"
WORKFLOW = False
_MANY = 10  # different images, from which on a request for each is too much


def write(project: StarterProject, /) -> StarterText:
    """Write the tables `[check]` and `[update]`."""
    settings = project.settings
    notes = tuple(
        f"the policy of {', '.join(settings.sources)} counts no more: this file goes before it"
        for _ in settings.sources[:1]
    )
    return StarterText("\n".join(_lines(project)) + "\n", notes)


def _lines(project: StarterProject) -> Iterator[str]:
    yield f"# {_summary(project)}."
    yield ""
    yield "[check]"
    yield 'lint = "error"               # or "warning", "info", "style", false'
    all_pinned = 0 < project.places == project.pinned
    pins = '"required"' if all_pinned else "true"
    yield f"pins = {pins:<21} # {'all images have a digest, and shall' if all_pinned else _PINS}"
    yield 'outdated = "digest,patch"    # moves that must not be waiting; or false'
    yield 'scan = ["critical,fixable"]  # what a base must not have; or false'
    yield ""
    yield "[update]"
    policy = project.settings.policy
    axes = [axis.name.lower() for axis in sorted(policy.axes)]
    yield f"axes = {json.dumps(axes)}"
    if policy.minimum_age:
        yield f'minimum-age = "{policy.minimum_age:g}d"'
    else:
        yield '# minimum-age = "3d"         # let others find the broken ones'
    if project.pinned and not all_pinned:
        yield "pin-digests = true           # some images are pinned: pin the others too"
    if policy.group != "image":
        yield f"group = {json.dumps(policy.group)}"
    elif len(project.images) > _MANY:
        yield f'group = "file"               # {len(project.images)} images: one request a file'
    if project.settings.open_requests is not None:
        yield f"open-requests = {project.settings.open_requests}"
    for key, names in (("labels", policy.labels), ("reviewers", policy.reviewers)):
        if names:
            yield f"{key} = {json.dumps(list(names))}"
    if "node" in project.images:
        yield "# short-term = true          # odd releases of Node.js too, without long support"


_PINS = 'digests are verified; "required" demands them'


def _summary(project: StarterProject) -> str:
    kinds = [list(project.files.values()).count(kind) for kind in project.kinds]
    parts = [f"{count} {kind}" for count, kind in zip(kinds, project.kinds, strict=True)]
    found = f"Files that name images: {', '.join(parts)}" if parts else "No file names an image yet"
    return f"{found}; {', '.join(project.languages)}" if project.languages else found
