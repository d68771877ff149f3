"""The contract of an entry on the shelf `known/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.runtime import Runtime
    from bedplate.model.tree import Tree
    from bedplate.model.want import Want


class RuntimeKind(Protocol):
    """Finds one language runtime.

    NAME is the runtime's key, TITLE the word for people, EOL_PRODUCT its key in the
    end-of-life table (empty if none), WANTS the files whose bytes `find` needs.
    """

    NAME: str
    TITLE: str
    EOL_PRODUCT: str
    WANTS: tuple[Want, ...]

    def find(self, tree: Tree, /) -> Iterator[Runtime]:
        """Yield every installation in the tree with its version, tools and roots.

        `eol_product` and `eol_cycle` may be left empty: the driver fills them from
        EOL_PRODUCT and `cycle`.
        """
        ...

    def from_config(self, config: ImageConfig, /) -> Runtime | None:
        """Give what the image configuration alone tells (`NODE_VERSION=...`), or None."""
        ...

    def cycle(self, version: str, /) -> str:
        """Give the cycle of a version in the end-of-life table: `20.11.1` -> `20`."""
        ...
