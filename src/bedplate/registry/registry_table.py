"""The table `[registry]` of bedplate.toml -> rules and patience."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from bedplate.registry.location import check_location
from bedplate.registry.settings import ALWAYS, DIGEST_ONLY, TAG_ONLY, Mirror, RegistryRule
from bedplate.registry.toml_table import TomlTable
from bedplate.support.http_settings import HttpSettings, Tls

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

# Field of the table -> the largest value that it may have.
PATIENCE: dict[str, float] = {
    "connect-timeout": 600,
    "read-timeout": 3600,
    "longest-wait": 86_400,
    "retries": 20,
    "redirects": 20,
}
_COUNTS = ("retries", "redirects")
HOST_FIELDS = (
    "prefix", "location", "insecure", "blocked", "mirrors", "ca-file",
    "client-certificate", "client-key",
)  # fmt: skip
MIRROR_FIELDS = ("location", "insecure", "pull")


@dataclass(frozen=True, slots=True)
class RegistryTable:
    """What `[registry]` says.

    Args:
        rules: one per `[[registry.host]]`.
        http: patience; what is left out is as by default.
    """

    rules: tuple[RegistryRule, ...] = ()
    http: HttpSettings = field(default_factory=HttpSettings)


def read_registry_table(table: Mapping[str, Any], name: str, folder: Path) -> RegistryTable:
    """Read the table; docs/registries.md describes it.

    Args:
        table: what stands in `[registry]`.
        name: of the file, for messages.
        folder: what relative paths of certificates start from.

    Raises:
        InvalidConfiguration: an unknown field, or one of the wrong kind; names it.
    """
    read = TomlTable(table, name, "registry")
    read.refuse_others((*PATIENCE, "host"))
    default = {part.name: part.default for part in fields(HttpSettings)}
    patience: dict[str, Any] = {}
    for word, largest in PATIENCE.items():
        attribute = word.replace("-", "_")
        number = read.number(word, float(str(default[attribute])), largest)
        patience[attribute] = int(number) if word in _COUNTS else float(number)
    rules = tuple(_rule(host, folder) for host in read.tables("host"))
    return RegistryTable(rules, HttpSettings(**patience))


def _rule(table: TomlTable, folder: Path) -> RegistryRule:
    table.refuse_others(HOST_FIELDS)
    prefix = check_location(table, "prefix", wildcard=True)
    if not prefix:
        raise table.refuse("prefix", "is missing")
    authority = table.text("ca-file")
    certificate, key = table.text("client-certificate"), table.text("client-key")
    if key and not certificate:
        raise table.refuse("client-key", "stands without client-certificate")
    return RegistryRule(
        prefix=prefix,
        location=check_location(table, "location"),
        insecure=table.flag("insecure"),
        blocked=table.flag("blocked"),
        mirrors=tuple(_mirror(item, table) for item in table.items("mirrors")),
        tls=Tls(
            (folder / authority,) if authority else (),
            folder / certificate if certificate else None,
            folder / key if key else None,
        ),
        source=table.name,
    )


def _mirror(item: TomlTable | str, owner: TomlTable) -> Mirror:
    if isinstance(item, str):
        item = TomlTable({"location": item}, owner.name, "registry.host.mirrors")
    item.refuse_others(MIRROR_FIELDS)
    location = check_location(item, "location")
    if not location:
        raise item.refuse("location", "is missing")
    pull = item.text("pull", ALWAYS)
    if pull not in (ALWAYS, DIGEST_ONLY, TAG_ONLY):
        raise item.refuse("pull", f"must be {ALWAYS}, {DIGEST_ONLY} or {TAG_ONLY}")
    return Mirror(location, item.flag("insecure"), pull)
