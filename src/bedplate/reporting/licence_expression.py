"""What packages say of their licence, as SPDX expressions where it is one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_LONGEST = 500  # characters of an expression; what is longer is a text
_REFERENCE = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")
_OTHER = re.compile(r"[^A-Za-z0-9.]+")


class Licence(NamedTuple):
    """One statement of a package.

    Args:
        text: as stated.
        expression: canonical SPDX expression; empty when it is none.
    """

    text: str
    expression: str

    @property
    def is_one(self) -> bool:
        """Whether it is a single licence of the SPDX list."""
        return bool(self.expression) and not re.search(r"[ +]|LicenseRef-", self.expression)


@lru_cache(maxsize=4096)
def licence(text: str) -> Licence:
    """Read a statement.

    Source: SPDX 2.3, annex D (licence expressions), with the list that `packaging` carries.
    """
    from packaging.licenses import (  # noqa: PLC0415 - lazy: tables of licences
        InvalidLicenseExpression,
        canonicalize_license_expression,
    )

    if len(text) > _LONGEST:
        return Licence(text, "")
    try:
        return Licence(text, canonicalize_license_expression(text))
    except (InvalidLicenseExpression, ValueError, RecursionError, MemoryError):
        return Licence(text, "")


class SpdxLicences:
    """Writes licence expressions of SPDX documents, and collects what the list does not have.

    `extracted` maps each LicenseRef that was used to the text that it stands for.
    """

    def __init__(self) -> None:
        self.extracted: dict[str, str] = {}
        self._references: dict[str, str] = {}

    def expression(self, statements: tuple[str, ...]) -> str:
        """Give one expression for all statements of a package; `NOASSERTION` for none."""
        parts = [self._part(text) for text in dict.fromkeys(statements) if text.strip()]
        if len(parts) > 1:
            parts = [f"({part})" if " OR " in part else part for part in parts]
        return " AND ".join(parts) or "NOASSERTION"

    def _part(self, text: str) -> str:
        found = licence(text).expression
        if not found:
            return self._reference(text)
        for reference in _REFERENCE.findall(found):
            self.extracted.setdefault(reference, reference)
        return found

    def _reference(self, text: str) -> str:
        """Name a text; different texts have different names."""
        known = self._references.get(text)
        if known is None:
            slug = _OTHER.sub("-", text).strip("-")[:60] or "text"
            known, number = f"LicenseRef-{slug}", 1
            while known in self.extracted:
                number += 1
                known = f"LicenseRef-{slug}-{number}"
            self._references[text] = known
            self.extracted[known] = text
        return known
