"""What a container starts with, merged: changes of the image over the new base.

Source: OCI image-spec, config.md, and Docker's further fields; Dockerfile reference, "ENTRYPOINT"
(one that is set empties the CMD of the base) and "ONBUILD" (triggers are used up by a build).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.rebasing.environment import merge_environment

if TYPE_CHECKING:
    from collections.abc import Mapping

Run = dict[str, Any]
"""The member `config` of an image configuration."""

_TABLES = ("Labels", "ExposedPorts", "Volumes")
_START = ("Entrypoint", "Cmd")
_APART = frozenset(("Env", "OnBuild", *_TABLES, *_START))


def merge_run(own: Run, before: Run, after: Run) -> Run:
    """Merge field by field: what the image changed wins, what it inherited comes anew.

    Args:
        own, before, after: of the image, its old base and its new base.
    """
    merged: Run = {
        "Env": list(merge_environment(_list(own), _list(before), _list(after))),
        "OnBuild": own.get("OnBuild"),
        **_start(own, before, after),
    }
    for name in _TABLES:
        merged[name] = _merge_table(_table(own, name), _table(before, name), _table(after, name))
    for name in (*after, *own):
        if name not in _APART:
            changed = _plain(own.get(name)) != _plain(before.get(name))
            merged[name] = (own if changed else after).get(name)
    return {name: value for name, value in sorted(merged.items()) if _plain(value) is not None}


def changed_fields(before: Run, after: Run) -> tuple[str, ...]:
    """Name the fields that two configurations don't have alike, sorted."""
    names = sorted(before.keys() | after.keys())
    return tuple(name for name in names if _plain(before.get(name)) != _plain(after.get(name)))


def sets(own: Run, before: Run, name: str) -> bool:
    """Tell whether an image has set a field other than its base had it."""
    return _plain(own.get(name)) != _plain(before.get(name))


def _start(own: Run, before: Run, after: Run) -> Run:
    """Choose what is started: an entry point of the image's own takes its command along."""
    if sets(own, before, "Entrypoint"):
        return {name: own.get(name) for name in _START}
    command = own if sets(own, before, "Cmd") else after
    return {"Entrypoint": after.get("Entrypoint"), "Cmd": command.get("Cmd")}


def _merge_table(
    own: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, Any]:
    gone = before.keys() - own.keys()
    kept = {name: value for name, value in after.items() if name not in gone}
    changed = {
        name: value for name, value in own.items() if name not in before or before[name] != value
    }
    return dict(sorted({**kept, **changed}.items()))


def _table(run: Run, name: str) -> Mapping[str, Any]:
    value = run.get(name)
    return value if isinstance(value, dict) else {}


def _list(run: Run) -> list[str]:
    return list(run.get("Env") or ())


def _plain(value: object) -> object:
    """Make one of the ways to write that nothing is set."""
    return value or None
