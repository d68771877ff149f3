"""The shapes in which feeds publish, the most particular first: the first that claims reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.advisory_formats import (
    csaf_vex,
    debian_tracker,
    epss,
    kev,
    node_core,
    nvd,
    osv,
    php_advisories,
    ruby_advisories,
    secdb,
    updateinfo,
)

if TYPE_CHECKING:
    from bedplate.advisories.advisory_format import AdvisoryFormat

ADVISORY_FORMATS: tuple[AdvisoryFormat, ...] = (
    csaf_vex,
    debian_tracker,
    secdb,
    kev,
    epss,
    nvd,
    node_core,
    ruby_advisories,
    php_advisories,
    updateinfo,
    osv,
)
