"""What is installed: package databases, metadata folders and lock files -> packages."""

from bedplate.inventory.collecting import LOCK_WANTS, WANTS, collect, collect_file

__all__ = ["LOCK_WANTS", "WANTS", "collect", "collect_file"]
