"""A language runtime found in an image."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool that comes with a runtime: npm, yarn, corepack, pip, cargo, ...

    Args:
        name: what people type.
        version: empty when not known.
        roots: paths (files, or folders with all below) whose bytes are the tool's.
        evidence: the file that shows it.
    """

    name: str
    version: str = ""
    roots: tuple[str, ...] = ()
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Runtime:
    """A language runtime.

    Args:
        name: `node`, `python`, `go`, `java`, `ruby`, `php`, `rust`, `dotnet`, ...
        title: for people: `Node.js`, `Python`, `OpenJDK (Temurin)`.
        version: full version as the runtime prints it; empty when not known.
        path: the main program or root folder, from the root.
        evidence: how it was found: the file or config field.
        bundled: tools that it brings along.
        roots: paths (files, or folders with all below) whose bytes are the runtime's; the
            tools' roots are taken out first.
        eol_product: key in the end-of-life table; empty if none.
        eol_cycle: cycle in that table; empty if none.
        packaged: True when the distribution's package manager owns it.
        layer: index of the layer that holds its main program; None if unknown.
    """

    name: str
    title: str
    version: str = ""
    path: str = ""
    evidence: str = ""
    bundled: tuple[Tool, ...] = ()
    roots: tuple[str, ...] = ()
    eol_product: str = ""
    eol_cycle: str = ""
    packaged: bool = False
    layer: int | None = None
