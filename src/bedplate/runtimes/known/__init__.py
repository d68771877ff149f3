"""The runtimes; of two that were installed alike the earlier is taken for the main one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.runtimes.known import (
    bun,
    deno,
    dotnet,
    elixir,
    erlang,
    go,
    java,
    node,
    perl,
    php,
    python,
    ruby,
    rust,
)

if TYPE_CHECKING:
    from bedplate.runtimes.runtime import RuntimeKind

KNOWN: tuple[RuntimeKind, ...] = (
    node,
    deno,
    bun,
    java,
    go,
    rust,
    dotnet,
    php,
    ruby,
    elixir,
    erlang,
    python,
    perl,
)
