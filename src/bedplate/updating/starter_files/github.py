"""A workflow for GitHub Actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.starter import StarterText
from bedplate.updating.actions_workflow import actions_workflow

if TYPE_CHECKING:
    from bedplate.model.starter import StarterProject

NAME = "github"
PLACE = ".github/workflows/bedplate.yml"
WORKFLOW = True
_NOTES = (
    "let Actions open pull requests: Settings, Actions, General, Workflow permissions",
    "requests opened with the token of a job start no workflows: docs/forges.md",
)


def write(_project: StarterProject, /) -> StarterText:
    """Write the workflow: a check of change requests, an update every night."""
    return StarterText(actions_workflow("github", "GITHUB_TOKEN", "github.token"), _NOTES)
