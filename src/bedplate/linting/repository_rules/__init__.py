"""The rules over several files, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.repository_rules import several_versions_across_files, unapproved_image

if TYPE_CHECKING:
    from bedplate.linting.repository_rule import RepositoryRule

REPOSITORY_RULES: tuple[RepositoryRule, ...] = (several_versions_across_files, unapproved_image)
