"""Places as configuration files name them: `host[:port][/path]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.reference_grammar import is_domain, is_path

if TYPE_CHECKING:
    from bedplate.registry.toml_table import TomlTable


def check_location(table: TomlTable, field: str, *, wildcard: bool = False) -> str:
    """Read a place, empty when it is left out.

    Args:
        table: of a configuration file.
        field: its field.
        wildcard: `*.domain` is allowed too.

    Raises:
        InvalidConfiguration: not a place; names file and field.
    """
    text = table.text(field).rstrip("/")
    host, slash, path = text.partition("/")
    if wildcard and host.startswith("*."):
        host = host[2:]
    if text and (not is_domain(host) or (slash and not is_path(path))):
        raise table.refuse(field, "must be host[:port][/path], without a scheme")
    return text
