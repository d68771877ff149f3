"""Rules over Dockerfiles: what builds, but should not be built like that."""

from bedplate.linting.checking import lint, rule_id
from bedplate.linting.settings import LintSettings, read_settings

__all__ = ["LintSettings", "lint", "read_settings", "rule_id"]
