from __future__ import annotations

import io
from pathlib import Path

import pytest

from bedplate.cli.context import Context
from bedplate.cli.opening import credential_places, proxies
from bedplate.cli.parser import make_parser
from bedplate.cli.progress_line import ProgressLine
from bedplate.cli.world import World
from bedplate.errors import BadInput
from bedplate.flows.opening import default_platform


def world(**environment: str) -> World:
    return World(environment, io.StringIO(), io.StringIO(), Path("/folder"))


def context(*options: str, **environment: str) -> Context:
    arguments = make_parser().parse_args(["inspect", "x", *options])
    return Context(arguments, world(**environment))


def test_logins_are_where_docker_and_podman_keep_them() -> None:
    places = credential_places(world(HOME="/home/me", XDG_RUNTIME_DIR="/run/me", PATH="/bin"))
    assert places.docker_config == Path("/home/me/.docker/config.json")
    assert places.podman_auth_files == (
        Path("/run/me/containers/auth.json"),
        Path("/home/me/.config/containers/auth.json"),
    )
    assert places.helper_path == "/bin"


def test_named_login_files_stand_for_the_usual_ones() -> None:
    places = credential_places(
        world(HOME="/home/me", DOCKER_CONFIG="/other", REGISTRY_AUTH_FILE="auth.json")
    )
    assert places.docker_config == Path("/other/config.json")
    assert places.podman_auth_files == (Path("/folder/auth.json"),)


def test_without_a_home_there_are_no_logins_and_no_cache() -> None:
    assert credential_places(world()).docker_config is None
    assert credential_places(world()).podman_auth_files == ()
    assert world().cache_folder is None


def test_xdg_folders_count_only_when_absolute() -> None:
    assert world(HOME="/h", XDG_CACHE_HOME="/c").cache_folder == Path("/c/bedplate")
    assert world(HOME="/h", XDG_CACHE_HOME="c").cache_folder == Path("/h/.cache/bedplate")
    assert world(HOME="/h").data_folder == Path("/h/.local/share/bedplate")


def test_proxies_in_either_case() -> None:
    found = proxies(world(HTTPS_PROXY="http://p:1", http_proxy="http://q:2", NO_PROXY=" a, .b ,"))
    assert (found.https, found.http, found.exempt) == ("http://p:1", "http://q:2", ("a", ".b"))


@pytest.mark.parametrize(
    ("processor", "platform"),
    [("x86_64", "linux/amd64"), ("aarch64", "linux/arm64"), ("", "linux/amd64")],
)
def test_the_default_platform_is_linux_on_this_processor(processor: str, platform: str) -> None:
    assert str(default_platform(processor)) == platform


def test_options_become_permissions() -> None:
    session = context("--offline", "--no-pull", "--platform", "arm64").session
    assert session.offline
    assert not session.pull
    assert session.platform_asked
    assert str(session.platform) == "linux/arm64"
    assert not session.all_platforms
    assert context("--platform", "all").session.all_platforms


def test_offline_no_registry_can_be_asked() -> None:
    with pytest.raises(BadInput, match="--offline"):
        context("--offline").session.access.registry()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_sums_up_the_layers_and_goes_away() -> None:
    stream = Terminal()
    line = ProgressLine(stream)
    line.advance("one", 10_000_000, 40_000_000)
    assert "0 of 1 done, 10.0 MB of 40.0 MB" in stream.getvalue()
    line.clear()
    assert stream.getvalue().endswith("\r\x1b[K")
    before = stream.getvalue()
    line.clear()
    assert stream.getvalue() == before


@pytest.mark.parametrize("option", ["--quiet", "--no-progress"])
def test_progress_is_drawn_only_for_those_who_want_it(option: str) -> None:
    arguments = make_parser().parse_args(["inspect", "x", option])
    assert Context(arguments, World({}, io.StringIO(), Terminal())).progress is None
    wanted = make_parser().parse_args(["inspect", "x"])
    assert Context(wanted, World({}, io.StringIO(), Terminal())).progress is not None
    assert Context(wanted, World({}, io.StringIO(), io.StringIO())).progress is None


def test_quiet_drops_notices() -> None:
    loud, quiet = context(), context("--quiet")
    for each in (loud, quiet):
        each.notice("the catalog answers\x1b[2J")
    assert isinstance(loud.world.stderr, io.StringIO)
    assert isinstance(quiet.world.stderr, io.StringIO)
    assert loud.world.stderr.getvalue() == "bedplate: the catalog answers\\x1b[2J\n"
    assert quiet.world.stderr.getvalue() == ""
