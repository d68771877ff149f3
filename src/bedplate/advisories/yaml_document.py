"""Advisories that are written as a YAML file each."""

from __future__ import annotations

from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_BYTES = 256 * 1024  # the largest has 6 KB; deeper nesting than fits is refused by libyaml
_MAX_DEPTH = 400


def load_mapping(content: bytes) -> dict[str, Any]:
    """Read a file whose whole is one mapping.

    Raises:
        ValueError: not YAML, too large, or not a mapping.
    """
    if len(content) > _MAX_BYTES or content.count(b"[") + content.count(b"{") > _MAX_DEPTH:
        raise ValueError("larger or deeper than an advisory can be")
    try:
        document = yaml.load(content, Loader=_LOADER)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    if not isinstance(document, dict):
        raise ValueError("not a mapping")  # noqa: TRY004 - bad input, not a bug
    return document
