"""Rows of the conformance cases that are about files which name images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.repofiles.file_kinds import FILE_KINDS
from bedplate.repofiles.reading import images, kind_of

if TYPE_CHECKING:
    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped

Row = dict[str, Any]

# What the cases call a kind, where bedplate calls it otherwise.
_KINDS = {
    "argocd": "argo-cd",
    "bitbucket-pipelines": "bitbucket",
    "cloudbuild": "cloud-build",
    "container-images": "ansible",
    "crow": "woodpecker",
    "docker-compose": "compose",
    "droneci": "drone",
    "github-actions": "github-workflow",
    "gitlabci": "gitlab-ci",
    "velaci": "vela",
}


def find_images(row: Row, text: str) -> list[ImageUse | Skipped]:
    """Read a text of a row as the kind that the row names."""
    kind, path = row["kind"], row.get("filename") or "file"
    if kind == "image_string":
        kind, text = "compose", f"services:\n  a:\n    image: {text}"
    elif kind == "kubernetes/helm":
        known = kind_of(path, text)
        kind = "dockerfile" if text.startswith("FROM") else known.NAME if known else "helm-values"
    elif kind == "kubernetes":
        # A file without the fields of an object is none, whatever the row calls it.
        kind, path = "", "file.yaml"
    aliases = (row.get("options") or {}).get("registryAliases") or {}
    variables = {key.strip("${}"): value for key, value in aliases.items() if key[0] == "$"}
    named: str = _KINDS.get(kind) or kind
    is_known = named in {one.NAME for one in FILE_KINDS}
    return images(path, text, kind=named if is_known else "", variables=variables)


def name_of(row: Row, use: ImageUse) -> str:
    """Give the name of an image behind the mirrors of the row."""
    for alias, mirror in ((row.get("options") or {}).get("registryAliases") or {}).items():
        if use.name.startswith(f"{alias}/"):
            return f"{mirror}/{use.name[len(alias) + 1 :]}"
    return use.name
