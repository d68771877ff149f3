"""GitLab's code quality report.

Source: GitLab, "Code Quality", report format: a list of issues. ASCII.
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from bedplate.reporting.place import Place, place_of

if TYPE_CHECKING:
    from bedplate.model.lint_report import LintReport
    from bedplate.model.violation import Violation
    from bedplate.reporting.look import Look

NAME = "gitlab"
_SEVERITIES = {"error": "major", "warning": "minor", "info": "info", "style": "info"}


def write(report: LintReport, _look: Look) -> str:
    """Write the list of issues; fingerprints differ even for equal lines."""
    seen: Counter[str] = Counter()
    issues = []
    for one in report.violations:
        place = place_of(one, report.texts[one.path])
        key = f"{one.path}\0{one.rule}\0{place.text.strip()}"
        seen[key] += 1
        issues.append(_issue(one, place, f"{key}\0{seen[key]}"))
    return json.dumps(issues, indent=2).replace("\x7f", "\\u007f") + "\n"


def _issue(one: Violation, place: Place, key: str) -> dict[str, Any]:
    return {
        "description": one.message,
        "check_name": one.rule,
        "fingerprint": sha256(key.encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": _SEVERITIES[one.severity.word],
        "location": {
            "path": one.path,
            "lines": {"begin": place.line, "end": place.end_line},
        },
    }
