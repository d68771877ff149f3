""".NET: a project or solution file. The final image has the runtime and what was published.

Sources: Microsoft's documentation of TargetFramework, global.json, InvariantGlobalization, and of
the images of mcr.microsoft.com/dotnet.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.advising.recipe import Recipe
from bedplate.advising.source_needs import DOTNET
from bedplate.advising.versions_of_tools import found_versions
from bedplate.model.image_family import ImageFamily
from bedplate.model.needs import Evidence, Need, NeedKind, Start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advising.project_files import ProjectFiles
    from bedplate.model.needs import Needs

NAME, TITLE, PRODUCT = "dotnet", ".NET", "dotnet"
DEFAULT_VERSION = "10"
_HOST = "mcr.microsoft.com/dotnet"
REPOSITORIES = (f"{_HOST}/sdk", f"{_HOST}/aspnet", f"{_HOST}/runtime", f"{_HOST}/runtime-deps")
WANTED = ("*.csproj", "*.fsproj", "*.vbproj", "*.sln", "global.json", "packages.lock.json")
SUFFIXES = (".cs", ".fs")
SIGNS = DOTNET
_FRAMEWORK = re.compile(r"<TargetFrameworks?>\s*net(\d+)\.\d")
_SDK = re.compile(r'"version"\s*:\s*"(\d+)\.')
_INVARIANT = re.compile(r"<InvariantGlobalization>\s*true", re.IGNORECASE)
_ASSEMBLY = re.compile(r"<AssemblyName>\s*([\w.-]+)\s*<")
_PROJECTS = ("*.csproj", "*.fsproj", "*.vbproj")
_SDK_IMAGE = (f"{_HOST}/sdk:{{version}}.0",)


def recognises(files: ProjectFiles) -> bool:
    """Tell whether there is a project file."""
    return bool(_project(files)) or any(files.named("*.sln"))


def versions(files: ProjectFiles) -> Iterator[tuple[str, Evidence]]:
    """Read the target framework, then global.json."""
    for path in files.named(*_PROJECTS):
        yield from found_versions(files, path, _FRAMEWORK)
    yield from found_versions(files, "global.json", _SDK)


def needs(files: ProjectFiles) -> Iterator[Need]:
    """Find whether it does without the data of languages, which small images lack."""
    project = _project(files)
    if project and not _INVARIANT.search(files.text(project)):
        what = "data of languages (ICU), as InvariantGlobalization is not set"
        yield Need(NeedKind.TOOL, what, Evidence(project))


def start(files: ProjectFiles) -> Start:
    """Start the assembly."""
    project = _project(files)
    return Start(("dotnet", f"{_assembly(files)}.dll"), Evidence(project)) if project else Start()


def families(files: ProjectFiles, image: str) -> tuple[ImageFamily, ...]:
    """Give those of Microsoft: for web projects or for others."""
    web = "Microsoft.NET.Sdk.Web" in files.text(_project(files)) or "aspnet" in image
    name = f"{_HOST}/{'aspnet' if web or not files.contents else 'runtime'}"
    full = ImageFamily("full", _SDK_IMAGE, builder=_SDK_IMAGE, user="1654")
    return (
        full,
        replace(full, name="runtime", images=(f"{name}:{{version}}.0",)),
        replace(
            full,
            name="runtime alpine",
            images=(f"{name}:{{version}}.0-alpine",),
            distro="alpine",
            libc="musl",
            manager="apk",
            time_zones=False,
        ),
        replace(
            full,
            name="chiseled",
            images=(f"{name}:{{version}}.0-noble-chiseled",),
            distro="ubuntu",
            shell=False,
            manager="",
            time_zones=False,
        ),
    )


def recipe(files: ProjectFiles, _wanted: Needs, _family: ImageFamily) -> Recipe:
    """Restore, publish, and keep what was published."""
    project = _project(files)
    return Recipe(
        manifests=(project,) if project and "/" not in project else (),
        install=(f"dotnet restore {project}",) if project and "/" not in project else (),
        build=(f"dotnet publish {project}".strip() + " --configuration Release --output /out",),
        folder="/app",
        copies=(("/out", "./"),),
        command=("dotnet", f"{_assembly(files)}.dll"),
        ignored=("bin", "obj"),
    )


def _project(files: ProjectFiles) -> str:
    return next(files.named(*_PROJECTS), "")


def _assembly(files: ProjectFiles) -> str:
    project = _project(files)
    match = _ASSEMBLY.search(files.text(project)) if project else None
    return match.group(1) if match else (project.rpartition("/")[2].rpartition(".")[0] or "app")
