"""Reads the files that say how registries are reached."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import InvalidConfiguration
from bedplate.registry.registries_conf import parse_registries_conf
from bedplate.registry.registry_table import read_registry_table
from bedplate.registry.settings import RegistrySettings
from bedplate.support.http_settings import Proxies

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from bedplate.registry.settings import RegistryRule

_MAX_BYTES = 1024 * 1024
_MAX_DROP_INS = 1_000

CERTIFICATE_FOLDERS = (Path("/etc/containers/certs.d"), Path("/etc/docker/certs.d"))
REGISTRIES_CONF = Path("/etc/containers/registries.conf")


@dataclass(frozen=True, slots=True)
class SettingsPlaces:
    """Where settings are, made by the door from the environment.

    Args:
        registries_conf: podman's file; its drop-in folder stands beside it, named with `.d`.
        drop_in_folders: more such folders, the less important first.
        certificate_folders: `certs.d` folders, the most important first.
        table: what stands in `[registry]` of bedplate.toml; it wins over the rest.
        table_file: that file, for messages and relative paths.
        proxies: from the environment.
    """

    registries_conf: Path | None = None
    drop_in_folders: tuple[Path, ...] = ()
    certificate_folders: tuple[Path, ...] = CERTIFICATE_FOLDERS
    table: Mapping[str, Any] = field(default_factory=dict)
    table_file: Path = field(default_factory=lambda: Path("bedplate.toml"))
    proxies: Proxies = field(default_factory=Proxies)


def load_settings(places: SettingsPlaces) -> RegistrySettings:
    """Read every file; those that are not there count as empty.

    Raises:
        InvalidConfiguration: a file that can't be read or used; names file and field.
    """
    rules: list[RegistryRule] = []
    folders = list(places.drop_in_folders)
    if places.registries_conf is not None:
        rules += _read(places.registries_conf)
        folders.insert(0, places.registries_conf.with_name(f"{places.registries_conf.name}.d"))
    for folder in dict.fromkeys(folders):
        for path in _drop_ins(folder):
            rules += _read(path)
    table = read_registry_table(places.table, str(places.table_file), places.table_file.parent)
    return RegistrySettings(
        rules=(*rules, *table.rules),
        certificate_folders=places.certificate_folders,
        http=replace(table.http, proxies=places.proxies),
    )


def _drop_ins(folder: Path) -> list[Path]:
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ".conf")
    except OSError:
        return []
    return found[:_MAX_DROP_INS]


def _read(path: Path) -> tuple[RegistryRule, ...]:
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise InvalidConfiguration(f"{path}: {error.strerror or error}") from error
    if len(content) > _MAX_BYTES:
        raise InvalidConfiguration(f"{path}: larger than {_MAX_BYTES} bytes")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise InvalidConfiguration(f"{path}: not UTF-8") from error
    return parse_registries_conf(text, str(path))
