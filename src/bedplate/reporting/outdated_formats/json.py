"""JSON, for programs; every field is described in docs/update.md. Plain ASCII."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bedplate._version import __version__
from bedplate.reporting.delta_document import delta_document

if TYPE_CHECKING:
    from bedplate.model.outdated_report import OutdatedReport, OutdatedRow
    from bedplate.reporting.look import Look

NAME = "json"
SCHEMA = "bedplate/outdated/1"


def write(report: OutdatedReport, _look: Look) -> str:
    """Write everything that is known of every place."""
    document = {
        "schema": SCHEMA,
        "bedplate": __version__,
        "images": [_row(row) for row in report.rows],
        "skipped": [{"what": one.what, "reason": one.reason} for one in report.skipped],
        "files": report.files,
        "policy": list(report.sources),
        "notes": list(report.notes),
        "as_of": report.as_of or None,
    }
    return json.dumps(document, indent=2).replace("\x7f", "\\u007f") + "\n"


def _row(row: OutdatedRow) -> dict[str, Any]:
    decision, candidate = row.decision, row.decision.candidate
    found: dict[str, Any] = {
        "path": row.path,
        "line": row.use.line,
        "image": row.use.text,
        "reference": str(row.reference),
        "kind": row.use.kind,
        "newest": None,
        "current_digest": decision.current_digest or None,
        "failure": decision.failure or None,
        "refused": [
            {
                "tag": one.tag,
                "digest": one.digest or None,
                "reason": one.reason,
                "detail": one.detail,
            }
            for one in decision.refused
        ],
        "more_refused": decision.more_refused,
        "notes": list(decision.notes),
        "group": row.policy.group,
        "delta": delta_document(row.delta) if row.delta else None,
    }
    if candidate is not None:
        found["newest"] = {
            "image": row.newer,
            "tag": candidate.tag,
            "digest": candidate.digest or None,
            "axes": [axis.name.lower() for axis in candidate.axes],
            "behind": candidate.behind,
            "platforms": None if candidate.platforms is None else list(candidate.platforms),
            "created": candidate.created or None,
            "created_by": candidate.time_source or None,
        }
    return found
