"""Makes the session of a run from options, environment and bedplate.toml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.cli.configuration import find_configuration, read_configuration
from bedplate.errors import InvalidConfiguration
from bedplate.flows import opening as flow
from bedplate.images.progress import Silent
from bedplate.model.platform import Platform
from bedplate.registry.credential_source import CredentialPlaces
from bedplate.support.http_settings import Proxies

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping
    from typing import Any

    from bedplate.cli.world import World
    from bedplate.flows.session import Session
    from bedplate.images.progress import Progress
    from bedplate.registry.client import RegistryClient
    from bedplate.support.request_budget import RequestBudget

ALL_PLATFORMS = "all"
_SYSTEM_CONFIGURATION = Path("/etc/containers/registries.conf")


def open_session(
    arguments: argparse.Namespace,
    world: World,
    *,
    notify: Callable[[str], None],
    progress: Progress | None,
    budget: RequestBudget,
) -> Session:
    """Make the session; nothing is sent, and no registry setting is read, until it is needed.

    Args:
        arguments: the common options.
        world: environment and folder.
        notify: takes notices.
        progress: told about layers; None for nobody.
        budget: counts requests.

    Raises:
        InvalidConfiguration: bedplate.toml.
        InvalidPlatform: `--platform`.
    """
    table, file = _configuration(arguments, world)

    def registry() -> RegistryClient:
        return _open_registry(world, table, file, budget)

    session = flow.open_session(
        registry=registry,
        cache_folder=world.cache_folder,
        catalog_folder=world.data_folder,
        advisory_folder=world.advisory_folder,
        docker_host=world.variable("DOCKER_HOST"),
        offline=arguments.offline,
        today=world.today,
    )
    wanted: str = arguments.platform
    named = wanted not in ("", ALL_PLATFORMS)
    return replace(
        session,
        platform=Platform.parse(wanted) if named else session.platform,
        platform_asked=named,
        all_platforms=wanted == ALL_PLATFORMS,
        pull=not arguments.no_pull,
        notify=notify,
        progress=progress or Silent(),
    )


def _configuration(arguments: argparse.Namespace, world: World) -> tuple[Mapping[str, Any], Path]:
    named: str | None = arguments.config
    path = world.folder / named if named else find_configuration(world.folder)
    if path is None:
        return {}, world.folder / "bedplate.toml"
    table = read_configuration(path).get("registry", {})
    if not isinstance(table, dict):
        raise InvalidConfiguration(f"{path}: registry is not a table", "write [registry]")
    return table, path


def _open_registry(
    world: World, table: Mapping[str, Any], file: Path, budget: RequestBudget
) -> RegistryClient:
    # lazy: a run that asks no registry reads none of its settings
    from bedplate.registry.opening import open_client  # noqa: PLC0415
    from bedplate.registry.settings_loader import SettingsPlaces, load_settings  # noqa: PLC0415

    configuration = world.configuration_folder
    own = configuration / "containers/registries.conf" if configuration else None
    system = _SYSTEM_CONFIGURATION
    named = world.variable_path("CONTAINERS_REGISTRIES_CONF")
    chosen = named or (own if own and own.exists() else system)
    # containers-registries.conf.d(5): the user's drop-ins stand beside the system's
    folders = [path.with_name("registries.conf.d") for path in (system, own) if path]
    places = SettingsPlaces(
        registries_conf=chosen,
        drop_in_folders=() if named else tuple(folders),
        table=table,
        table_file=file,
        proxies=proxies(world),
    )
    return open_client(load_settings(places), credential_places(world), budget)


def credential_places(world: World) -> CredentialPlaces:
    """List where logins may be.

    Source: docker login (DOCKER_CONFIG); containers-auth.json(5).
    """
    docker = world.variable_path("DOCKER_CONFIG") or (world.home and world.home / ".docker")
    named = world.variable_path("REGISTRY_AUTH_FILE")
    folders = (world.variable_path("XDG_RUNTIME_DIR"), world.configuration_folder)
    found = (folder / "containers/auth.json" for folder in folders if folder)
    return CredentialPlaces(
        docker_config=docker / "config.json" if docker else None,
        podman_auth_files=(named,) if named else tuple(found),
        helper_path=world.variable("PATH"),
    )


def proxies(world: World) -> Proxies:
    """Read the proxies, in capitals or small letters as everybody does."""
    http, https, exempt = (
        world.variable(name) or world.variable(name.lower())
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
    )
    return Proxies(http, https, tuple(rule.strip() for rule in exempt.split(",") if rule.strip()))
