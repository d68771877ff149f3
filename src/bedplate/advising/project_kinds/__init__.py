"""The kinds of projects; the first one that recognises a project is its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advising.project_kinds import (
    dotnet,
    go,
    java,
    node,
    php,
    python,
    ruby,
    rust,
    static_binary,
)

if TYPE_CHECKING:
    from bedplate.advising.project_kind import ProjectKind

PROJECT_KINDS: tuple[ProjectKind, ...] = (
    go,
    rust,
    java,
    dotnet,
    php,
    ruby,
    python,
    node,
    static_binary,
)
