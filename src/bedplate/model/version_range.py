"""An interval of versions that an advisory calls vulnerable."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VersionRange:
    """From a version on, until it is fixed or the last one that is known to be affected.

    At most one of `fixed` and `last_affected` is given; with neither there is no end.

    Args:
        introduced: the first version; `0` means from the beginning.
        fixed: the first version that is not affected any more; empty when there is none.
        last_affected: the last version; empty when it is not known.
    """

    introduced: str = "0"
    fixed: str = ""
    last_affected: str = ""
