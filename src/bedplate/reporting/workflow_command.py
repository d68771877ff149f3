"""Workflow commands of GitHub Actions.

Source: GitHub Actions, "Workflow commands", and the escapes of its toolkit (core, command.ts).
"""

from __future__ import annotations

from bedplate.reporting.harmless import harmless


def workflow_command(command: str, text: str, **fields: str) -> str:
    """Write one command, so that no text can begin another.

    Args:
        command: `error`, `warning` or `notice`.
        text: lines of it are kept.
        fields: `file`, `line`, `title` and the like.
    """
    properties = ",".join(f"{name}={_property(value)}" for name, value in fields.items())
    lines = "%0A".join(map(_data, text.split("\n")))
    return f"::{command} {properties}::{lines}"


def _data(text: str) -> str:
    return harmless(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
