"""PHP: composer.json, or scripts at the root.

Sources: Composer's documentation (`require.php`, `platform`); the Dockerfiles of
docker-library/php: variants cli, fpm, apache.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.advising.recipe import Recipe
from bedplate.advising.source_needs import PHP
from bedplate.advising.versions_of_tools import found_versions, tool_versions
from bedplate.model.image_family import ImageFamily
from bedplate.model.needs import Evidence, Need, NeedKind, Start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advising.project_files import ProjectFiles
    from bedplate.model.needs import Needs

NAME, TITLE, PRODUCT = "php", "PHP", "php"
DEFAULT_VERSION = "8.4"
REPOSITORIES = ("php",)
WANTED = ("composer.json", "composer.lock", ".php-version")
SUFFIXES = (".php",)
SIGNS = PHP
_PLAIN_VERSION = re.compile(r"^\s*(\d[\w.]*)", re.MULTILINE)
_REQUIRED = re.compile(r'"php"\s*:\s*"([^"\n]{1,100})"')
_EXTENSION = re.compile(r'"ext-([a-z0-9_]+)"\s*:')
# compiled into every official image
_COMPILED_IN = frozenset(
    [
        "ctype",
        "curl",
        "date",
        "dom",
        "fileinfo",
        "filter",
        "hash",
        "iconv",
        "json",
        "libxml",
        "mbstring",
        "opcache",
        "openssl",
        "pcre",
        "pdo",
        "pdo_sqlite",
        "phar",
        "posix",
        "readline",
        "reflection",
        "session",
        "simplexml",
        "sodium",
        "spl",
        "sqlite3",
        "standard",
        "tokenizer",
        "xml",
        "xmlreader",
        "xmlwriter",
        "zlib",
    ]
)

# compiled with what the official images have
_PLAIN = frozenset(
    ("bcmath", "calendar", "exif", "mysqli", "opcache", "pcntl", "pdo_mysql", "shmop", "sockets")
)


def recognises(files: ProjectFiles) -> bool:
    """Tell whether there is a composer.json or an index.php at the root."""
    return files.has("composer.json", "index.php", "public/index.php")


def versions(files: ProjectFiles) -> Iterator[tuple[str, Evidence]]:
    """Read .php-version, the files of asdf and mise, and composer.json."""
    yield from found_versions(files, ".php-version", _PLAIN_VERSION)
    yield from tool_versions(files, "php")
    yield from found_versions(files, "composer.json", _REQUIRED)


def needs(files: ProjectFiles) -> Iterator[Need]:
    """Find extensions that have to be compiled into the image."""
    for match in _EXTENSION.finditer(files.text("composer.json")):
        name = match.group(1)
        if name not in _COMPILED_IN:
            pattern = re.compile(rf'"ext-{name}"\s*:')
            evidence = files.find("composer.json", pattern) or Evidence("composer.json")
            yield Need(NeedKind.COMPILER, f"extension {name}", evidence)


def start(files: ProjectFiles) -> Start:
    """Take the built-in server for what has an index.php; php-fpm starts by itself."""
    for folder in ("public", "."):
        path = "index.php" if folder == "." else f"{folder}/index.php"
        if files.has(path):
            return Start(("php", "-S", "0.0.0.0:8080", "-t", folder), Evidence(path))
    return Start()


def families(_files: ProjectFiles, image: str) -> tuple[ImageFamily, ...]:
    """Give those of Docker Hub, of the variant of today's image."""
    variant = next((word for word in ("fpm", "apache") if word in image), "cli")
    full = (f"php:{{version}}-{variant}",)
    alpine = (f"php:{{version}}-{variant}-alpine",)
    found = [ImageFamily("full", full, builder=full, user="33")]
    if variant != "apache":  # there is none on Alpine
        found.append(
            ImageFamily(
                "alpine",
                alpine,
                "alpine",
                "musl",
                manager="apk",
                builder=alpine,
                tools=False,
                user="82",
                time_zones=False,
            )
        )
    return tuple(found)


def recipe(files: ProjectFiles, wanted: Needs, family: ImageFamily) -> Recipe:
    """Install what Composer has locked; extensions are compiled in the final image."""
    composer = files.has("composer.json") or not files.contents
    is_server = "fpm" in family.images[0] or "apache" in family.images[0]
    folder = "/var/www/html" if is_server else "/app"
    install = "composer install --no-dev --no-interaction --prefer-dist --optimize-autoloader"
    return Recipe(
        manifests=tuple(name for name in ("composer.json", "composer.lock") if files.has(name))
        or (("composer.json",) if composer else ()),
        install=(f"{install} --no-scripts",) if composer else (),
        copies=((folder, "./"),),
        folder=folder,
        tool_stage=("composer:2", "/usr/bin/composer") if composer else None,
        final=_extensions(wanted),
        command=() if is_server else (wanted.start.command or ("php", "main.php")),
        ignored=("vendor",),
    )


def _extensions(wanted: Needs) -> tuple[str, ...]:
    """Compile extensions that need no library of the system; others are told as doubts."""
    names = [need.what.removeprefix("extension ") for need in wanted.of(NeedKind.COMPILER)]
    plain = sorted(set(names) & _PLAIN)
    return (f"docker-php-ext-install {' '.join(plain)}",) if plain else ()
