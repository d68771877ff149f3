"""Helm: values of a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.repofiles.chart_values import chart_values
from bedplate.repofiles.yaml_images import read_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile

NAME = "helm-values"
WANTS: tuple[str, ...] = (
    "**/values.yml",
    "**/values.yaml",
    "**/values-*.yml",
    "**/values-*.yaml",
    "**/values.*.yml",
    "**/values.*.yaml",
    "**/*-values.yml",
    "**/*-values.yaml",
    "**/*.values.yml",
    "**/*.values.yaml",
)


def recognises(text: str) -> bool:
    """Tell by the words without which there is no image."""
    return "mage" in text or "repository" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield images that are written in one value or in several.

    Source: Helm documentation, "Best practices: Pods and PodTemplates"; there is no schema.
    """
    roots, broken = read_documents(file)
    yield from chart_values(file, roots, inline=True)
    yield from broken
