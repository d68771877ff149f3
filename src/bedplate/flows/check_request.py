"""What a user asks of a check."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.flows.scan_request import ScanRequest
from bedplate.linting import LintSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.flows.outdated import Outlook
    from bedplate.flows.session import Session
    from bedplate.linting.fact_settings import FactSettings
    from bedplate.linting.package_settings import PackageSettings
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.check_policy import CheckPolicy

    Refresh = Callable[[BaseFacts], None]


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """The policy of a check, and the settings of its parts.

    Args:
        policy: what must hold.
        outlook: how images may be updated.
        lint: which rules run, and how.
        facts: platforms, months and days of rules about images.
        packages: where package indexes are; None to look no package names up.
        scan: what counts as a finding; its gates are those of the policy.
        refresher: makes what fetches the advisories that an image needs; None to take what
            is there.
        sources: files that hold the policy.
    """

    policy: CheckPolicy
    outlook: Outlook
    lint: LintSettings = field(default_factory=LintSettings)
    facts: FactSettings | None = None
    packages: PackageSettings | None = None
    scan: ScanRequest = field(default_factory=ScanRequest)
    refresher: Callable[[Session], Refresh | None] | None = None
    sources: tuple[str, ...] = ()
