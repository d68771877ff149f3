"""The shapes in which feeds publish, the most particular first: the first that claims reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.advisory_formats import osv

if TYPE_CHECKING:
    from bedplate.advisories.advisory_format import AdvisoryFormat

ADVISORY_FORMATS: tuple[AdvisoryFormat, ...] = (osv,)
