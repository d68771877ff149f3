"""Ruby: Gemfile, with Bundler.

Sources: Bundler's documentation (Gemfile `ruby`, deployment, `BUNDLE_PATH`); the Dockerfiles of
docker-library/ruby.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.advising.recipe import Recipe
from bedplate.advising.source_needs import RUBY
from bedplate.advising.versions_of_tools import found_versions, tool_versions
from bedplate.model.image_family import ImageFamily
from bedplate.model.needs import Evidence, Start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advising.project_files import ProjectFiles
    from bedplate.model.needs import Need, Needs

NAME, TITLE, PRODUCT = "ruby", "Ruby", "ruby"
DEFAULT_VERSION = "3.4"
REPOSITORIES = ("ruby",)
WANTED = ("Gemfile", "Gemfile.lock", ".ruby-version", "config.ru")
SUFFIXES = (".rb", ".ru")
SIGNS = RUBY
_PLAIN_VERSION = re.compile(r"^\s*(?:ruby-)?(\d[\w.]*)", re.MULTILINE)
_GEMFILE = re.compile(r"^\s*ruby\s+[\"']([^\"'\n]{1,50})[\"']", re.MULTILINE)
_LOCKED = re.compile(r"^RUBY VERSION\s*\n\s*ruby (\d[\w.]*)", re.MULTILINE)
_FULL = ("ruby:{version}",)
_FAMILIES = (
    ImageFamily("full", _FULL, builder=_FULL),
    ImageFamily("slim", ("ruby:{version}-slim",), builder=_FULL),
    ImageFamily(
        "alpine",
        ("ruby:{version}-alpine",),
        "alpine",
        "musl",
        manager="apk",
        builder=("ruby:{version}-alpine",),
        tools=False,
    ),
)
_CONFIGURED = (
    ("BUNDLE_DEPLOYMENT", "1"),
    ("BUNDLE_PATH", "/gems"),
    ("BUNDLE_WITHOUT", "development:test"),
)


def recognises(files: ProjectFiles) -> bool:
    """Tell whether there is a Gemfile at the root."""
    return files.has("Gemfile")


def versions(files: ProjectFiles) -> Iterator[tuple[str, Evidence]]:
    """Read .ruby-version, the files of asdf and mise, the Gemfile and its lock."""
    yield from found_versions(files, ".ruby-version", _PLAIN_VERSION)
    yield from tool_versions(files, "ruby")
    yield from found_versions(files, "Gemfile.lock", _LOCKED)
    yield from found_versions(files, "Gemfile", _GEMFILE)


def needs(_files: ProjectFiles) -> Iterator[Need]:
    """Ask for nothing: sources, locks and the Dockerfile tell it all."""
    yield from ()


def start(files: ProjectFiles) -> Start:
    """Start what config.ru describes, else the usual script."""
    if files.has("config.ru"):
        return Start(("bundle", "exec", "rackup", "--host", "0.0.0.0"), Evidence("config.ru"))  # noqa: S104 - inside of a container
    path = files.first("main.rb", "app.rb", "server.rb")
    return Start(("bundle", "exec", "ruby", path), Evidence(path)) if path else Start()


def families(_files: ProjectFiles, _image: str) -> tuple[ImageFamily, ...]:
    """Give those of Docker Hub."""
    return _FAMILIES


def recipe(files: ProjectFiles, wanted: Needs, _family: ImageFamily) -> Recipe:
    """Install the locked gems into a folder, which goes over whole."""
    return Recipe(
        manifests=tuple(name for name in ("Gemfile", "Gemfile.lock") if files.has(name))
        or ("Gemfile", "Gemfile.lock"),
        install=("bundle install",),
        copies=(("/gems", "/gems"), ("/app", "./")),
        build_environment=_CONFIGURED,
        environment=_CONFIGURED,
        command=wanted.start.command or ("bundle", "exec", "ruby", "main.rb"),
        ignored=("vendor/bundle", "log", "tmp"),
    )
