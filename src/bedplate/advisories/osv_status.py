"""What the extra fields of OSV records say of a package, feed by feed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.advisories.row import NO_FIX
from bedplate.model.advisory import Status

if TYPE_CHECKING:
    from bedplate.advisories.exact_ranges import ExactRanges
    from bedplate.advisories.osv_document import OsvAffected

# the words of Ubuntu, Red Hat, Debian and Alpine, written alike
_STATUSES = {
    "active": Status.AFFECTED,
    "affected": Status.AFFECTED,
    "needed": Status.AFFECTED,
    "pending": Status.AFFECTED,
    "released": Status.FIXED,
    "fixed": Status.FIXED,
    "deferred": Status.DEFERRED,
    "fix deferred": Status.DEFERRED,
    "postponed": Status.DEFERRED,
    "no dsa": Status.DEFERRED,
    "ignored": Status.WILL_NOT_FIX,
    "will not fix": Status.WILL_NOT_FIX,
    "needs triage": Status.UNDER_INVESTIGATION,
    "under investigation": Status.UNDER_INVESTIGATION,
    "undetermined": Status.UNDER_INVESTIGATION,
    "end of life": Status.END_OF_LIFE,
    "out of support scope": Status.END_OF_LIFE,
    "not affected": Status.NOT_AFFECTED,
    "dne": Status.NOT_AFFECTED,
    "unimportant": Status.UNIMPORTANT,
}
_BY_FIX = {Status.AFFECTED, Status.FIXED}
_MAX_TEXT = 200
_MAX_SYSTEMS = 20


def status_of(affected: OsvAffected, *, has_fix: bool) -> Status:
    """Give the state of a package in one vocabulary.

    A state that only tells whether there is a fix follows the ranges, which say it exactly.

    Args:
        affected: what the record says of the package.
        has_fix: whether its ranges name a version that fixes it.
    """
    own, other = affected.ecosystem_specific or {}, affected.database_specific or {}
    word = own.get("fix_state") or own.get("status") or other.get("status") or own.get("urgency")
    told = status_word(word if isinstance(word, str) else "")
    if told is None or told in _BY_FIX:
        return Status.FIXED if has_fix else Status.AFFECTED
    return told


def status_word(word: str) -> Status | None:
    """Read a feed's word for the state of a package; None for one that is no state."""
    return _STATUSES.get(word.lower().replace("_", " ").replace("-", " "))


def qualifiers_of(affected: OsvAffected, namespace: str, exact: ExactRanges) -> dict[str, str]:
    """Collect what must hold besides the version, and what adds to the claim."""
    own, other = affected.ecosystem_specific or {}, affected.database_specific or {}
    found: dict[str, str] = {}
    _take(found, "urgency", own.get("urgency"))
    if exact.no_fixes:
        found[NO_FIX] = ",".join(exact.no_fixes)
    if "date" in other and exact.has_fix:
        _take(found, "fix-date", other["date"])
    if namespace == "golang":
        _take(found, "goos", _systems(own.get("imports"), "goos"))
        _take(found, "arch", _systems(own.get("imports"), "goarch"))
        if any(not item.fixed and not item.last_affected for item in exact.ranges):
            found["confidence"] = "low"
    return found


def _take(found: dict[str, str], name: str, value: Any) -> None:
    if isinstance(value, str) and 0 < len(value) <= _MAX_TEXT and value.isprintable():
        if name == "urgency" and (status_word(value) or value == "not yet assigned"):
            return
        found[name] = value


def _systems(imports: Any, field: str) -> str:
    """Join the systems that a Go vulnerability is bound to; empty when it is bound to none."""
    if not isinstance(imports, list) or not imports:
        return ""
    found: set[str] = set()
    for item in imports[:1_000]:
        systems = item.get(field) if isinstance(item, dict) else None
        if not isinstance(systems, list) or not systems:
            return ""
        found.update(system for system in systems[:_MAX_SYSTEMS] if isinstance(system, str))
    return ",".join(sorted(found))
