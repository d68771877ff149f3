"""The `registries.conf` of podman, skopeo and buildah -> rules."""

from __future__ import annotations

from bedplate.registry.location import check_location
from bedplate.registry.settings import ALWAYS, DIGEST_ONLY, TAG_ONLY, Mirror, RegistryRule
from bedplate.registry.toml_table import TomlTable


def parse_registries_conf(text: str, name: str) -> tuple[RegistryRule, ...]:
    """Read one file; fields that do not concern us are passed over.

    Of the old first version, `[registries.insecure]` and `[registries.block]` count.

    Args:
        text: TOML.
        name: of the file, for messages.

    Raises:
        InvalidConfiguration: not TOML, or a field of the wrong kind; names it.

    Source: containers-registries.conf(5).
    """
    file = TomlTable.parse(text, name)
    return (*_version_1(file), *(_rule(table) for table in file.tables("registry")))


def _rule(table: TomlTable) -> RegistryRule:
    location = check_location(table, "location")
    prefix = check_location(table, "prefix", wildcard=True) or location
    if not prefix:
        raise table.refuse("prefix", "and location are both missing")
    by_digest = table.flag("mirror-by-digest-only")
    return RegistryRule(
        prefix=prefix,
        location="" if location == prefix else location,
        insecure=table.flag("insecure"),
        blocked=table.flag("blocked"),
        mirrors=tuple(_mirror(mirror, by_digest=by_digest) for mirror in table.tables("mirror")),
        source=table.name,
    )


def _mirror(table: TomlTable, *, by_digest: bool) -> Mirror:
    pull = table.text("pull-from-mirror") or (DIGEST_ONLY if by_digest else ALWAYS)
    if pull not in (ALWAYS, DIGEST_ONLY, TAG_ONLY):
        raise table.refuse("pull-from-mirror", f"must be {ALWAYS}, {DIGEST_ONLY} or {TAG_ONLY}")
    location = check_location(table, "location")
    if not location:
        raise table.refuse("location", "is missing")
    return Mirror(location, table.flag("insecure"), pull)


def _version_1(file: TomlTable) -> list[RegistryRule]:
    old = file.table("registries")
    names = {
        word: [item for item in old.table(word).items("registries") if isinstance(item, str)]
        for word in ("insecure", "block")
    }
    insecure = [RegistryRule(host, insecure=True, source=file.name) for host in names["insecure"]]
    blocked = [RegistryRule(host, blocked=True, source=file.name) for host in names["block"]]
    return insecure + blocked
