"""A workflow of Actions, which GitHub, Gitea and Forgejo have in common.

Source: GitHub Actions, "Workflow syntax"; Gitea and Forgejo, "Actions".
"""

from __future__ import annotations

from bedplate._version import __version__

_TEXT = """\
# Checks base images in change requests, and opens requests that update them.
name: bedplate
on:
  pull_request:
  schedule:
    - cron: "17 4 * * *"
  workflow_dispatch:
permissions: {{}} # each job has only what it needs
jobs:
  check:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    permissions:
      contents: read
      pull-requests: write # for the comment
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - run: pip install --quiet "bedplate=={version}"
      - run: bedplate check --comment --format github
        env:
          {variable}: ${{{{ {token} }}}}
  update:
    if: github.event_name != 'pull_request'
    runs-on: ubuntu-latest
    permissions:
      contents: write
      pull-requests: write
      issues: write
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - run: pip install --quiet "bedplate=={version}"
      - run: bedplate update --pr --forge {forge}
        env:
          {variable}: ${{{{ {token} }}}}
"""


def actions_workflow(forge: str, variable: str, token: str) -> str:
    """Write the workflow.

    Args:
        forge: its name for `--forge`.
        variable: of the environment, for the token.
        token: expression that gives it.
    """
    return _TEXT.format(version=__version__, forge=forge, variable=variable, token=token)
