"""Which language runtimes an image holds, the main one first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.runtimes.known import KNOWN

if TYPE_CHECKING:
    from bedplate.model.image_config import ImageConfig
    from bedplate.model.runtime import Runtime
    from bedplate.model.tree import Tree
    from bedplate.runtimes.runtime import RuntimeKind

WANTS = tuple(dict.fromkeys(want for kind in KNOWN for want in kind.WANTS))

_MAX_RUNTIMES = 200


def find_runtimes(tree: Tree) -> tuple[Runtime, ...]:
    """Give every runtime in a tree.

    Args:
        tree: a merged root file system that was read with `WANTS`.

    Returns:
        The main one first: what somebody installed stands before what the distribution
        packages, which is often there because a package needs it; of the former, what came
        inside a language package stands last. Otherwise in the order of the shelf.
    """
    found = [_finished(kind, runtime) for kind in KNOWN for runtime in kind.find(tree)]
    found.sort(key=_rank)
    return tuple(_placed(runtime, tree) for runtime in found[:_MAX_RUNTIMES])


def _placed(runtime: Runtime, tree: Tree) -> Runtime:
    entry = tree.resolve(runtime.path) if runtime.path else None
    return replace(runtime, layer=entry.layer) if entry is not None else runtime


def runtimes_from_config(config: ImageConfig) -> tuple[Runtime, ...]:
    """Give the runtimes that the image configuration alone tells, without any layer."""
    told = ((kind, kind.from_config(config)) for kind in KNOWN)
    return tuple(_finished(kind, runtime) for kind, runtime in told if runtime is not None)


def _finished(kind: RuntimeKind, runtime: Runtime) -> Runtime:
    """Fill in the end-of-life keys, unless the entry knew better."""
    product = runtime.eol_product
    if not product and runtime.name == kind.NAME:
        product = kind.EOL_PRODUCT
    cycle = runtime.eol_cycle or (kind.cycle(runtime.version) if product else "")
    return replace(runtime, eol_product=product if cycle else "", eol_cycle=cycle)


def _rank(runtime: Runtime) -> tuple[bool, bool]:
    """Order by who put it there; the sort is stable, so the shelf's order is kept."""
    deep = "site-packages/" in runtime.path or "node_modules/" in runtime.path
    return runtime.packaged, deep
