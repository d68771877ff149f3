"""Node.js: package.json, with npm, pnpm or yarn.

Sources: npm documentation, "package.json" (engines, scripts); the Dockerfiles of
docker-library/node and of gcr.io/distroless/nodejs.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bedplate.advising.package_scripts import plain_start
from bedplate.advising.recipe import Recipe
from bedplate.advising.source_needs import JAVASCRIPT
from bedplate.advising.versions_of_tools import found_versions, tool_versions
from bedplate.model.image_family import ImageFamily
from bedplate.model.needs import Evidence, Start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advising.project_files import ProjectFiles
    from bedplate.model.needs import Need, Needs

NAME, TITLE, PRODUCT = "node", "Node.js", "nodejs"
DEFAULT_VERSION = "24"
REPOSITORIES = ("node",)
WANTED = (
    "package.json",
    "package-lock.json",
    "npm-shrinkwrap.json",
    "pnpm-lock.yaml",
    "yarn.lock",
    "bun.lock",
    ".nvmrc",
    ".node-version",
    ".npmrc",
    ".yarnrc.yml",
    "pnpm-workspace.yaml",
)
SUFFIXES = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")
SIGNS = JAVASCRIPT
_PLAIN_VERSION = re.compile(r"^\s*v?(lts/\w+|\d[\w.]*)", re.MULTILINE)
_LTS = {"iron": "20", "jod": "22", "krypton": "24", "hydrogen": "18"}
_ENGINE = re.compile(r'"node"\s*:\s*"([^"\n]{1,100})"')
_FULL = ("node:{version}",)
_FAMILIES = (
    ImageFamily("full", _FULL, builder=_FULL, user="1000"),
    ImageFamily("slim", ("node:{version}-slim",), builder=_FULL, user="1000", certificates=False),
    ImageFamily(
        "alpine",
        ("node:{version}-alpine",),
        "alpine",
        "musl",
        manager="apk",
        builder=("node:{version}-alpine",),
        tools=False,
        user="1000",
        time_zones=False,
    ),
    ImageFamily(
        "distroless",
        tuple(
            f"gcr.io/distroless/nodejs{{version}}-debian{release}:nonroot" for release in (13, 12)
        ),
        shell=False,
        manager="",
        builder=_FULL,
        user="65532",
        entrypoint="node",
    ),
    ImageFamily(
        "chainguard",
        ("cgr.dev/chainguard/node:latest",),
        "wolfi",
        shell=False,
        manager="",
        builder=_FULL,
        user="65532",
        entrypoint="node",
        reached_only=True,
    ),
)


def recognises(files: ProjectFiles) -> bool:
    """Tell whether there is a package.json at the root."""
    return files.has("package.json")


def versions(files: ProjectFiles) -> Iterator[tuple[str, Evidence]]:
    """Read .nvmrc, .node-version, the files of asdf and mise, and engines."""
    for path in (".nvmrc", ".node-version"):
        for text, evidence in found_versions(files, path, _PLAIN_VERSION):
            yield _LTS.get(text.removeprefix("lts/"), text), evidence
    yield from tool_versions(files, "nodejs", "node")
    yield from found_versions(files, "package.json", _ENGINE)


def needs(_files: ProjectFiles) -> Iterator[Need]:
    """Ask for nothing: sources, locks and the Dockerfile tell it all."""
    yield from ()


def start(files: ProjectFiles) -> Start:
    """Read `scripts.start`, then `main`; npm itself needs a shell to start anything."""
    package = _package(files)
    script = _scripts(package).get("start", "")
    words = plain_start(script, package) if script else ()
    if words:
        evidence = files.find("package.json", re.compile(r'"start"\s*:'))
        return Start(words, evidence)
    if script:
        return Start(("npm", "start"), files.find("package.json", re.compile(r'"start"\s*:')))
    for name in (str(package.get("main") or ""), "server.js", "index.js", "app.js"):
        if name and (files.has(name) or name == package.get("main")):
            return Start(("node", name), Evidence("package.json" if package else name))
    return Start()


def families(_files: ProjectFiles, _image: str) -> tuple[ImageFamily, ...]:
    """Give those of Docker Hub, distroless and Chainguard."""
    return _FAMILIES


def recipe(files: ProjectFiles, wanted: Needs, family: ImageFamily) -> Recipe:
    """Install what is locked, build when there is something to build, keep what runs."""
    builds = "build" in _scripts(_package(files))
    manager, lock = _manager(files)
    everything, production = _COMMANDS[manager]
    install = everything if builds else production
    command = wanted.start.command or ("node", "index.js")
    if family.entrypoint and command[0] == family.entrypoint:
        command = command[1:]
    build = (_RUN[manager], *_PRUNE[manager]) if builds else ()
    return Recipe(
        manifests=tuple(
            name for name in ("package.json", lock, ".npmrc", ".yarnrc.yml") if files.has(name)
        )
        or ("package.json", "package-lock.json"),
        install=install,
        build=build,
        copies=(("/app", "./"),),
        environment=(("NODE_ENV", "production"),),
        command=command,
        ignored=("node_modules", "npm-debug.log*", "coverage"),
    )


_COMMANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "npm": (("npm ci",), ("npm ci --omit=dev",)),
    "npm without a lock file": (("npm install",), ("npm install --omit=dev",)),
    "pnpm": (
        ("npm install --global pnpm@10", "pnpm install --frozen-lockfile"),
        ("npm install --global pnpm@10", "pnpm install --frozen-lockfile --prod"),
    ),
    "yarn": (
        ("yarn install --frozen-lockfile",),
        ("yarn install --frozen-lockfile --production",),
    ),
}
_RUN = {
    "npm": "npm run build",
    "npm without a lock file": "npm run build",
    "pnpm": "pnpm run build",
    "yarn": "yarn run build",
}
_PRUNE: dict[str, tuple[str, ...]] = {
    "npm": ("npm prune --omit=dev",),
    "npm without a lock file": ("npm prune --omit=dev",),
    "pnpm": ("pnpm prune --prod",),
    "yarn": ("yarn install --frozen-lockfile --production --ignore-scripts --prefer-offline",),
}


def _manager(files: ProjectFiles) -> tuple[str, str]:
    for manager, lock in (
        ("pnpm", "pnpm-lock.yaml"),
        ("npm", "package-lock.json"),
        ("npm", "npm-shrinkwrap.json"),
        ("yarn", "yarn.lock"),
    ):
        if files.has(lock):
            return manager, lock
    return ("npm without a lock file" if files.contents else "npm"), ""


def _package(files: ProjectFiles) -> dict[str, Any]:
    try:
        found = json.loads(files.text("package.json") or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _scripts(package: dict[str, Any]) -> dict[str, str]:
    scripts = package.get("scripts")
    if not isinstance(scripts, dict):
        return {}
    return {str(name): text for name, text in scripts.items() if isinstance(text, str)}
