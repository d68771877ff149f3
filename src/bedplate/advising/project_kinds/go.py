"""Go: go.mod. The final image holds the compiled program and nothing of Go.

Sources: the Go modules reference (go and toolchain lines); cmd/cgo; the Dockerfiles of
docker-library/golang and of gcr.io/distroless.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.advising.compiled_families import compiled_families
from bedplate.advising.recipe import Recipe, arguments_of
from bedplate.advising.source_needs import GO, is_for_tests
from bedplate.advising.versions_of_tools import found_versions, tool_versions
from bedplate.model.needs import Evidence, Need, NeedKind, Start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advising.project_files import ProjectFiles
    from bedplate.model.image_family import ImageFamily
    from bedplate.model.needs import Needs

NAME, TITLE, PRODUCT = "go", "Go", "go"
DEFAULT_VERSION = "1.26"
REPOSITORIES = ("golang",)
WANTED = ("go.mod", "go.sum", "go.work")
SUFFIXES = (".go",)
SIGNS = GO
_TOOLCHAIN = re.compile(r"^toolchain\s+go(\d+\.\d+)", re.MULTILINE)
_GO_LINE = re.compile(r"^go\s+(\d+\.\d+)", re.MULTILINE)
_IMPORT_C = re.compile(r'^\s*(?:import\s+)?"C"\s*$', re.MULTILINE)
_MAIN = re.compile(r"^package\s+main\b", re.MULTILINE)
# Modules that do nothing without cgo, as their documentation says.
_CGO_MODULES = re.compile(
    r"^\s*(?:require\s+)?(github\.com/(?:mattn/go-sqlite3|confluentinc/confluent-kafka-go(?:/v2)?"
    r"|godror/godror|h2non/bimg|davidbyttow/govips(?:/v2)?|linxGnu/grocksdb|tecbot/gorocksdb"
    r"|libgit2/git2go/v\d+|marcboeker/go-duckdb(?:/v2)?|pebbe/zmq4|google/gopacket)"
    r"|gopkg\.in/gographics/imagick\.v\d)\s+v\S+(?!.*// indirect)",
    re.MULTILINE,
)
_EMBEDDED_ZONES = re.compile(r'^\s*(?:import\s+)?_\s+"time/tzdata"', re.MULTILINE)


def recognises(files: ProjectFiles) -> bool:
    """Tell whether there is a go.mod at the root."""
    return files.has("go.mod")


def versions(files: ProjectFiles) -> Iterator[tuple[str, Evidence]]:
    """Read the toolchain and go lines: the least that the compiler must be."""
    yield from tool_versions(files, "golang", "go")
    yield from found_versions(files, "go.mod", _TOOLCHAIN)
    yield from found_versions(files, "go.mod", _GO_LINE)


def needs(files: ProjectFiles) -> Iterator[Need]:
    """Find cgo: what is compiled with it needs a C library to run."""
    evidence = files.find("go.mod", _CGO_MODULES) or _first(files, _IMPORT_C)
    if evidence is not None:
        yield Need(NeedKind.NATIVE_CODE, "cgo", evidence)


def embeds_zones(files: ProjectFiles) -> bool:
    """Tell whether the program brings zone data along."""
    return _first(files, _EMBEDDED_ZONES) is not None


def start(files: ProjectFiles) -> Start:
    """Find the package main: at the root, else the first below cmd/."""
    path = _main(files)
    return Start(("/app",), Evidence(path)) if path else Start()


def families(_files: ProjectFiles, _image: str) -> tuple[ImageFamily, ...]:
    """Give images for a compiled program, built on Debian or Alpine."""
    debian = ("golang:{version}-{codename}", "golang:{version}")
    return compiled_families("golang:{version}", debian, ("golang:{version}-alpine",))


def recipe(files: ProjectFiles, wanted: Needs, _family: ImageFamily) -> Recipe:
    """Compile to one file; without cgo unless it is asked for."""
    folder = _main(files).rpartition("/")[0]
    package = f"./{folder}" if folder else "."
    cgo = bool(wanted.of(NeedKind.NATIVE_CODE))
    return Recipe(
        manifests=tuple(name for name in ("go.mod", "go.sum") if files.has(name)) or ("go.mod",),
        install=("go mod download",),
        build=(f'go build -trimpath -ldflags="-s -w" -o /out/app {package}',),
        folder="/src",
        copies=(("/out/app", "/app"),),
        build_environment=(("CGO_ENABLED", str(int(cgo))),),
        command=("/app", *arguments_of(wanted)),
        keyword="ENTRYPOINT",
        ignored=("bin", "dist", "*.test", "coverage.out"),
    )


def _main(files: ProjectFiles) -> str:
    found = [
        path
        for path in files.contents
        if path.endswith(".go") and not is_for_tests(path) and _MAIN.search(files.text(path))
    ]
    return min(found, key=lambda path: (path.count("/"), path != "main.go", path), default="")


def _first(files: ProjectFiles, pattern: re.Pattern[str]) -> Evidence | None:
    for path in files.contents:
        if path.endswith(".go") and not is_for_tests(path):
            evidence = files.find(path, pattern)
            if evidence is not None:
                return evidence
    return None
