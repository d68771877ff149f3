"""The commands, in the order of `bedplate --help`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.commands import (
    advise,
    annotate,
    catalog,
    check,
    compare,
    completion,
    db,
    init,
    inspect,
    lint,
    new,
    outdated,
    pin,
    prove,
    rebase,
    sbom,
    scan,
    update,
    watch,
)

if TYPE_CHECKING:
    from bedplate.cli.command import Command

COMMANDS: tuple[Command, ...] = (
    inspect,
    compare,
    check,
    scan,
    sbom,
    lint,
    pin,
    prove,
    advise,
    new,
    outdated,
    update,
    watch,
    init,
    rebase,
    annotate,
    catalog,
    db,
    completion,
)
