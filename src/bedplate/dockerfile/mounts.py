"""`RUN --mount=type=bind,from=IMAGE,...`: the fields of mounts.

Source: BuildKit, frontend/dockerfile/instructions/commands_runmount.go: one line of CSV.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.dockerfile.instruction import Flag, Instruction

_WITH_ORIGIN = frozenset(("bind", "cache"))


class MountField(NamedTuple):
    """One `key=value` of a mount.

    Args:
        key: in lower case.
        value: None when there is no `=`.
        span: the value.
    """

    key: str
    value: str | None
    span: Span


def mount_fields(flag: Flag) -> tuple[MountField, ...]:
    """Cut the value of a `--mount` flag into fields."""
    if flag.value is None or flag.value_span is None:
        return ()
    whole, fields = flag.value_span, []
    exact = whole.end - whole.start == len(flag.value)
    offset = whole.start
    for item in flag.value.split(","):
        key, separator, value = item.partition("=")
        start = offset + len(key) + 1
        span = Span(start, start + len(value)) if exact and separator else whole
        fields.append(MountField(key.strip().lower(), value if separator else None, span))
        offset += len(item) + 1
    return tuple(fields)


def mount_origins(instruction: Instruction) -> Iterator[tuple[str, Span]]:
    """Give the images or stages that mounts of a RUN are taken from, with their places."""
    for flag in instruction.flags:
        if flag.name == "mount":
            fields = {one.key: one for one in mount_fields(flag)}
            kind = fields["type"].value if "type" in fields else "bind"
            origin = fields.get("from")
            if origin and origin.value and (kind or "bind").lower() in _WITH_ORIGIN:
                yield origin.value, origin.span
