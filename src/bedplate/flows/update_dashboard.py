"""One issue of a repository that says what is open, what waits, and what was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.forges.remarks import keep_issue
from bedplate.reporting.dashboard_body import dashboard_body

if TYPE_CHECKING:
    from bedplate.forges.forge import ForgeClient
    from bedplate.model.update_report import UpdateReport

KIND = "dashboard"
TITLE = "Base images"


def keep_dashboard(client: ForgeClient, report: UpdateReport) -> str:
    """Open or rewrite the issue; give its address."""
    issue, _ = keep_issue(client, KIND, TITLE, dashboard_body(report))
    return issue.url
