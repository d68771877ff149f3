"""Fixtures over real things, and what happens where they are missing.

A test names what it needs: `pytestmark = pytest.mark.real("docker-registry", "skopeo")`.
Without it the test is left out, and a line of the summary says so; with CI=true or
`--require-real` it fails.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from rig import components, engine, registries
from rig.bedplate_command import Bedplate
from rig.images import Images, build_images
from rig.shop import Shop, build_shop
from rig.shop_facts import write_feeds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_left_out = pytest.StashKey[dict[str, int]]()


def _needs(item: pytest.Item) -> set[str]:
    names = {str(name) for mark in item.iter_markers("real") for name in mark.args}
    if "images" in getattr(item, "fixturenames", ()):
        names.update(components.BUILDERS)
    return names


def _required(config: pytest.Config) -> bool:
    return bool(config.getoption("--require-real", default=False)) or os.environ.get("CI") == "true"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine can't run, unless everything is required."""
    counts: dict[str, int] = {}
    config.stash[_left_out] = counts
    if _required(config):
        return
    kept: list[pytest.Item] = []
    dropped: list[pytest.Item] = []
    for item in items:
        absent = components.missing(_needs(item))
        (dropped if absent else kept).append(item)
        for name in absent:
            counts[name] = counts.get(name, 0) + 1
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out, and how to have it run."""
    counts = terminalreporter.config.stash.get(_left_out, {})
    if counts:
        needs = ", ".join(f"{name} ({count})" for name, count in sorted(counts.items()))
        remedy = components.remedy(counts)
        terminalreporter.write_line(f"left out, tests that need: {needs}; to run them: {remedy}")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail, in one line and before any fixture does, a required test whose program is missing."""
    absent = components.missing(_needs(item))
    if absent:
        pytest.fail(f"missing: {', '.join(absent)}; {components.remedy(absent)}", pytrace=False)


@pytest.fixture(scope="session")
def images() -> Images:
    """Give every image of the rig, built on first use and kept for later runs."""
    return build_images()


@pytest.fixture(scope="session")
def registry_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[registries.Registry]:
    """Run a registry that asks for nothing, with its access log."""
    with registries.serve(tmp_path_factory.mktemp("registry")) as running:
        yield running


@pytest.fixture(scope="session")
def registry(registry_process: registries.Registry) -> str:
    """Give `host:port` of the registry that asks for nothing."""
    return registry_process.host


@pytest.fixture(scope="session")
def registry_htpasswd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[registries.Login]:
    """Run a registry that asks for a password."""
    with registries.serve(tmp_path_factory.mktemp("registry-htpasswd"), password=True) as running:
        yield registries.Login(running.host, registries.USER, registries.PASSWORD)


@pytest.fixture(scope="session")
def pushed(images: Images, registry: str) -> registries.Pushed:
    """Push the small images to the anonymous registry."""
    names = ("slim", "app", "static", "multi")
    oci = {name: f"{registry}/{name}:oci" for name in names}
    docker = {name: f"{registry}/{name}:docker" for name in names if name != "multi"}
    for name, target in oci.items():
        registries.push(images.layout, name, target)
    for name, target in docker.items():
        registries.push(images.layout, name, target, "--format=v2s2")
    return registries.Pushed(oci, docker)


@pytest.fixture(scope="session")
def push_to(images: Images) -> Callable[[str, str], str]:
    """Push an image of the layout to a registry (`host:port`); gives the reference."""

    def push(name: str, host: str) -> str:
        registries.push(images.layout, name, f"{host}/{name}:oci")
        return f"{host}/{name}:oci"

    return push


@pytest.fixture(scope="session")
def docker_host(images: Images, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the built images by podman's Docker-compatible engine; gives DOCKER_HOST."""
    folder: Path = tmp_path_factory.mktemp("engine")
    with engine.serve(images.buildah, folder) as address:
        yield address


@pytest.fixture(scope="session")
def shop(images: Images, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Build the image that has something old of every language."""
    return build_shop(images, tmp_path_factory.mktemp("shop"))


@pytest.fixture(scope="session")
def shop_stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of stores that `bedplate db build` made of the facts on that image."""
    folder = tmp_path_factory.mktemp("stores")
    write_feeds(folder / "feeds")
    result = Bedplate(folder).run("db", "build", "--from", "feeds", "--output", "stores")
    assert result.code == 0, result.stderr
    return folder / "stores"


@pytest.fixture
def scanner(shop_stores: Path, tmp_path: Path) -> Bedplate:
    """Give a home with those stores, and nothing else in it."""
    shutil.copytree(shop_stores, tmp_path / "home/.cache/bedplate/advisories")
    return Bedplate(tmp_path / "home")
