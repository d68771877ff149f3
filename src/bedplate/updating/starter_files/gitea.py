"""A workflow for the Actions of Gitea and Forgejo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.starter import StarterText
from bedplate.updating.actions_workflow import actions_workflow

if TYPE_CHECKING:
    from bedplate.model.starter import StarterProject

NAME = "gitea"
PLACE = ".gitea/workflows/bedplate.yml"
WORKFLOW = True
_NOTES = ("store a token as the secret BEDPLATE_TOKEN: docs/forges.md says which rights it needs",)


def write(_project: StarterProject, /) -> StarterText:
    """Write the workflow: a check of change requests, an update every night."""
    return StarterText(actions_workflow("gitea", "GITEA_TOKEN", "secrets.BEDPLATE_TOKEN"), _NOTES)
