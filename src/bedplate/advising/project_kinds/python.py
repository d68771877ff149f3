"""Python: requirements files, pyproject.toml with pip, uv, Poetry or PDM, Pipfile.

Sources: the Python packaging user guide (pyproject.toml), the documentation of uv, Poetry and
PDM; the Dockerfiles of docker-library/python and of gcr.io/distroless/python3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.advising.recipe import Recipe
from bedplate.advising.source_needs import PYTHON
from bedplate.advising.versions_of_tools import found_versions, tool_versions
from bedplate.model.image_family import ImageFamily
from bedplate.model.needs import Evidence, Start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advising.project_files import ProjectFiles
    from bedplate.model.needs import Need, Needs

NAME, TITLE, PRODUCT = "python", "Python", "python"
DEFAULT_VERSION = "3.13"
REPOSITORIES = ("python",)
WANTED = (
    "requirements*.txt",
    "pyproject.toml",
    "poetry.lock",
    "uv.lock",
    "pdm.lock",
    "pylock.toml",
    "Pipfile",
    "Pipfile.lock",
    "setup.py",
    "setup.cfg",
    ".python-version",
    "runtime.txt",
)
SUFFIXES = (".py",)
SIGNS = PYTHON
_PLAIN_VERSION = re.compile(r"^\s*(?:python-|cpython-)?(\d[\w.]*)", re.MULTILINE)
_REQUIRES = re.compile(r"^\s*requires-python\s*=\s*[\"']([^\"'\n]{1,100})[\"']", re.MULTILINE)
_POETRY = re.compile(r"^\s*python\s*=\s*[\"']([^\"'\n]{1,100})[\"']", re.MULTILINE)
_SETUP = re.compile(r"python_requires\s*=\s*[\"']?([^\"'\n]{1,100})")
_PIPFILE = re.compile(r"^\s*python_(?:full_)?version\s*=\s*[\"']([^\"'\n]{1,50})", re.MULTILINE)
_FULL = ("python:{version}",)
_FAMILIES = (
    ImageFamily("full", _FULL, builder=_FULL),
    ImageFamily("slim", ("python:{version}-slim",), builder=_FULL),
    ImageFamily(
        "alpine",
        ("python:{version}-alpine",),
        "alpine",
        "musl",
        manager="apk",
        builder=("python:{version}-alpine",),
        tools=False,
    ),
    ImageFamily(
        "distroless",
        ("gcr.io/distroless/python3-debian13:nonroot",),
        shell=False,
        manager="",
        builder=_FULL,
        user="65532",
        entrypoint="python",
    ),
    ImageFamily(
        "chainguard",
        ("cgr.dev/chainguard/python:latest",),
        "wolfi",
        shell=False,
        manager="",
        builder=_FULL,
        user="65532",
        entrypoint="python",
        reached_only=True,
    ),
)
_SITE = "/app/site-packages"  # where the interpreter of another image finds packages
_PIP = "pip install --no-cache-dir"
_INTO = "/venv/bin/pip install --no-cache-dir"
_MAIN = ("main.py", "app.py", "server.py", "manage.py", "__main__.py")


def recognises(files: ProjectFiles) -> bool:
    """Tell whether a file of a packaging tool, or a script at the root, is there."""
    return files.has(
        "requirements.txt",
        "pyproject.toml",
        "Pipfile",
        "setup.py",
        "setup.cfg",
        *_MAIN,
    )


def versions(files: ProjectFiles) -> Iterator[tuple[str, Evidence]]:
    """Read .python-version, the files of asdf and mise, and what packaging tools ask for."""
    yield from found_versions(files, ".python-version", _PLAIN_VERSION)
    yield from tool_versions(files, "python")
    yield from found_versions(files, "runtime.txt", _PLAIN_VERSION)
    yield from found_versions(files, "pyproject.toml", _REQUIRES)
    yield from found_versions(files, "pyproject.toml", _POETRY)
    yield from found_versions(files, "Pipfile", _PIPFILE)
    for path in ("setup.cfg", "setup.py"):
        yield from found_versions(files, path, _SETUP)


def needs(_files: ProjectFiles) -> Iterator[Need]:
    """Ask for nothing: sources, locks and the Dockerfile tell it all."""
    yield from ()


def start(files: ProjectFiles) -> Start:
    """Take the script at the root that has a usual name."""
    path = files.first(*_MAIN)
    return Start(("python", path), Evidence(path)) if path else Start()


def families(_files: ProjectFiles, _image: str) -> tuple[ImageFamily, ...]:
    """Give those of Docker Hub, distroless and Chainguard."""
    return _FAMILIES


def recipe(files: ProjectFiles, wanted: Needs, family: ImageFamily) -> Recipe:
    """Install into a virtual environment, which goes over whole; the sources go beside it."""
    manifests, install = _install(files)
    environment = [("PYTHONUNBUFFERED", "1"), ("PYTHONDONTWRITEBYTECODE", "1")]
    command = wanted.start.command or ("python", "main.py")
    copies = [("/app", "./")]
    if family.entrypoint:
        # its interpreter is at another place, so an environment of the builder's does not work
        install = (*install, f"mv /venv/lib/python*/site-packages {_SITE}")
        environment.append(("PYTHONPATH", _SITE))
        command = command[1:] if command[0] in ("python", "python3") else ("-m", *command)
    else:
        copies.insert(0, ("/venv", "/venv"))
        environment.append(("PATH", "/venv/bin:$PATH"))
    return Recipe(
        manifests=manifests,
        install=("python -m venv /venv", *install),
        copies=tuple(copies),
        build_environment=(("VIRTUAL_ENV", "/venv"),),
        environment=tuple(environment),
        command=command,
        ignored=("__pycache__", "*.pyc", ".venv", "venv", ".pytest_cache", ".mypy_cache"),
    )


def _install(files: ProjectFiles) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give manifests and commands for the tool whose lock file is there."""
    if files.has("uv.lock"):
        sync = "uv sync --active --frozen --no-dev --no-install-project"
        return ("pyproject.toml", "uv.lock"), (f'{_PIP} "uv>=0.6,<1"', sync)
    if files.has("poetry.lock"):
        return (
            ("pyproject.toml", "poetry.lock"),
            (
                f'{_PIP} "poetry>=2,<3"',
                "poetry install --only main --no-root --no-interaction",
            ),
        )
    if files.has("pdm.lock"):
        return (
            ("pyproject.toml", "pdm.lock"),
            (f'{_PIP} "pdm>=2,<3"', "pdm sync --prod --no-self"),
        )
    if files.has("Pipfile.lock"):
        return (
            ("Pipfile", "Pipfile.lock"),
            (
                f'{_PIP} "pipenv>=2024"',
                "pipenv requirements > requirements.txt",
                f"{_INTO} --requirement requirements.txt",
            ),
        )
    if files.has("requirements.txt") or not files.contents:
        names = tuple(files.named("requirements*.txt")) or ("requirements.txt",)
        return (
            tuple(name for name in names if "/" not in name),
            (f"{_INTO} --requirement requirements.txt",),
        )
    return (".",), (f"{_INTO} .",) if files.has("pyproject.toml", "setup.py") else ()
