"""A template for GitLab CI.

Source: GitLab, "CI/CD YAML syntax reference".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate._version import __version__
from bedplate.model.starter import StarterText

if TYPE_CHECKING:
    from bedplate.model.starter import StarterProject

NAME = "gitlab"
PLACE = ".gitlab/bedplate.gitlab-ci.yml"
WORKFLOW = True
_NOTES = (
    f"include it in .gitlab-ci.yml:  include: [{{local: {PLACE}}}]",
    "store a project token with the scope api as the masked variable GITLAB_TOKEN",
    "make a pipeline schedule for the updates",
)
_TEXT = f"""\
# Checks base images in merge requests, and opens requests that update them in scheduled pipelines.
.bedplate:
  image: python:3.13
  variables:
    PIP_DISABLE_PIP_VERSION_CHECK: "1"
  before_script:
    - pip install --quiet "bedplate=={__version__}"

bedplate-check:
  extends: .bedplate
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - bedplate check --comment

bedplate-update:
  extends: .bedplate
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  script:
    - bedplate update --pr --forge gitlab
"""


def write(_project: StarterProject, /) -> StarterText:
    """Write the template: a check of merge requests, an update in scheduled pipelines."""
    return StarterText(_TEXT, _NOTES)
