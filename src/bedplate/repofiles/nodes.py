"""What a YAML or JSON document is made of, with places in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.model.span import Span
from bedplate.repofiles.scalar_places import locate

if TYPE_CHECKING:
    from bedplate.repofiles.located import Located


@dataclass(slots=True, eq=False)
class Scalar:
    """A value that is not a collection.

    Args:
        value: decoded; numbers and the like stay as they are written.
        source: as it stands in the file, quotes and block header included.
        start: offset of `source` in the file.
        style: empty for plain scalars, else the quote or `|` or `>`.
    """

    value: str
    source: str
    start: int
    style: str = ""

    @property
    def span(self) -> Span:
        """The whole of it in the file, quotes included."""
        return Span(self.start, self.start + len(self.source))

    def located(self) -> Located | None:
        """Give the value with its places; None when it can't be told which stands where."""
        return locate(self.value, self.source, self.start, self.style)


@dataclass(slots=True, eq=False)
class Sequence:
    """A list."""

    items: list[Node] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Mapping:
    """Keys and values in the order of the file; keys may come twice."""

    pairs: list[tuple[Node, Node]] = field(default_factory=list)

    def get(self, key: str) -> Node | None:
        """Give the last value of a key, as readers of YAML do; merged mappings don't count."""
        found = None
        for name, value in self.pairs:
            if isinstance(name, Scalar) and name.value == key:
                found = value
        return found

    def scalar(self, key: str) -> Scalar | None:
        """Give the value of a key when it is a scalar."""
        value = self.get(key)
        return value if isinstance(value, Scalar) else None


Node = Scalar | Sequence | Mapping
