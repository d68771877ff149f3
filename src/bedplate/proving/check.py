"""The contract of an entry on the shelf `checks/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case


class Check(Protocol):
    """One thing that can go wrong with a compiled file.

    NAME is the word in reports. The check gives None when all is well or when it does not apply;
    a check that stands later in the table may rely on what the earlier ones found out.
    """

    NAME: str

    def check(self, case: Case, /) -> Proof | None:
        """Judge one file, or say nothing."""
        ...
