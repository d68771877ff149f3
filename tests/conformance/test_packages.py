"""Package databases, metadata and lock files -> the packages in them.

A fixture is often named after what it shows (`one-package.v1.json`), not as in real life, where
the path says which format it is: the tables below give it the path that the format has.
"""

from __future__ import annotations

import lzma
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.errors import BedplateError
from bedplate.inventory import collect, collect_file
from bedplate.model.package import Package
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from pathlib import Path

KIND = "ecosystem"
KINDS = frozenset({
    *("deb", "apk", "rpm", "npm", "pypi"),
    *("golang", "cargo", "gem", "maven", "composer", "nuget", "conda"),
    *("conan", "conanlock", "mix", "mixlock", "pub", "pubspec"),
})  # fmt: skip

# Folder of the peer's reader -> the path that its format has on a disk.
_PLACES = {
    "binary": "usr/bin/program",
    "bundler": "Gemfile.lock",
    "bunlock": "bun.lock",
    "bun": "bun.lock",
    "cargolock": "Cargo.lock",
    "cargotoml": "Cargo.toml",
    "composerlock": "composer.lock",
    "condameta": "opt/conda/conda-meta/package.json",
    "deno": "deno.lock",
    "denojson": "deno.json",
    "dpkg": "var/lib/dpkg/status",
    "gemfilelock": "Gemfile.lock",
    "gobinary": "usr/bin/program",
    "gomod": "go.mod",
    "gradlelockfile": "gradle.lockfile",
    "npm": "package-lock.json",
    "opkg": "usr/lib/opkg/status",
    "packagejson": "package.json",
    "packagelockjson": "package-lock.json",
    "packaging": "site-packages/package.dist-info/METADATA",
    "composer-vendor": "vendor/composer/installed.json",
    "pdmlock": "pdm.lock",
    "pip": "requirements.txt",
    "pipenv": "Pipfile.lock",
    "pipfilelock": "Pipfile.lock",
    "pkg": "package.json",
    "pkg-json": "package.json",
    "pkg-lock": "package-lock.json",
    "pnpm": "pnpm-lock.yaml",
    "pnpmlock": "pnpm-lock.yaml",
    "poetry": "poetry.lock",
    "poetrylock": "poetry.lock",
    "pylock": "pylock.toml",
    "pyprojecttoml": "pyproject.toml",
    "requirements": "requirements.txt",
    "requires": "requirements.txt",
    "csproj": "app.csproj",
    "config": "packages.config",
    "depsjson": "app.deps.json",
    "environment": "environment.yml",
    "lock": "packages.lock.json",
    "nugetcpm": "Directory.Packages.props",
    "packagesconfig": "packages.config",
    "packageslockjson": "packages.lock.json",
    "packagesprops": "Directory.Packages.props",
    "paketlock": "paket.lock",
    "projectassetsjson": "project.assets.json",
    "gradleverificationmetadataxml": "gradle/verification-metadata.xml",
    "pom": "pom.xml",
    "pomxml": "pom.xml",
    "setup": "setup.py",
    "status.d": "var/lib/dpkg/status.d",
    "uv": "uv.lock",
    "vendor": "vendor/modules.txt",
    "uvlock": "uv.lock",
    "vsix": "extension.vsix",
    "wheelegg": "site-packages/package.dist-info/METADATA",
    "yarn": "yarn.lock",
    "yarnlock": "yarn.lock",
}
# What a fixture of an ecosystem is when no folder tells.
_USUAL = {
    "cargo": "Cargo.lock",
    "composer": "composer.lock",
    "conan": "conan.lock",
    "conanlock": "conan.lock",
    "mix": "mix.lock",
    "mixlock": "mix.lock",
    "pub": "pubspec.lock",
    "pubspec": "pubspec.lock",
    "conda": "opt/conda/conda-meta/package.json",
    "gem": "Gemfile.lock",
    "golang": "go.mod",
    "maven": "pom.xml",
    "nuget": "packages.lock.json",
}
# Names that say enough by themselves, whatever the folder.
_REAL_NAMES = re.compile(
    r"package(-lock)?\.json|npm-shrinkwrap\.json|\.package-lock\.json|yarn\.lock|pnpm-lock\.yaml"
    r"|(bun|deno|poetry|pdm|uv|Pipfile)\.lock|pylock(\.[^.]+)?\.toml|pyproject\.toml|setup\.py"
    r"|Gemfile\.lock|(Cargo|composer)\.lock|Cargo\.toml|go\.mod|gradle\.lockfile|pom\.xml|META\.(json|yml)"
    r"|packages\.(lock\.json|config)|project\.assets\.json|paket\.lock|.*[pP]ackages\.props"
    r"|.*requirements.*\.txt|.*\.(whl|egg|vsix|rpm)"
)
# Endings that say enough, in the folder where such files stand.
_ENDINGS = {
    ".deps.json": "app",
    ".gemspec": "usr/lib/ruby/gems/3.3.0/specifications",
    ".jar": "app",
    ".reg": "usr/local/lib/php/.registry",
}
_RPM_MAGIC = {b"SQLite format 3": "rpmdb.sqlite", b"RpmP": "Packages.db"}


def _place(row: dict[str, Any], content: bytes) -> str:
    """Give the path that the fixture has in real life."""
    path = PurePosixPath(row["fixture"])
    ecosystem, name = row["ecosystem"], path.name.removesuffix(".xz")
    if ecosystem == "apk":
        return "lib/apk/db/installed"
    if ecosystem == "rpm" and not name.endswith(".rpm"):
        if "rpmmanifest" in path.parts:
            return "var/lib/rpmmanifest/container-manifest-2"
        base = next((n for magic, n in _RPM_MAGIC.items() if content.startswith(magic)), "Packages")
        return f"var/lib/rpm/{base}"
    if ecosystem == "deb" and "copyright" in row["source"]["path"]:
        return f"usr/share/doc/{name}/copyright"
    if _REAL_NAMES.fullmatch(name):
        return name
    if folder := next((f for ending, f in _ENDINGS.items() if name.endswith(ending)), ""):
        return f"{folder}/{name}"
    if name in ("PKG-INFO", "egginfo", "pkginfo") or name.endswith(".egg-info"):
        return "site-packages/package.egg-info/PKG-INFO"
    folder = next((part for part in reversed(path.parts[:-1]) if part in _PLACES), "")
    place = (
        _USUAL[ecosystem]
        if folder in ("", "pkg") and ecosystem in _USUAL
        else _PLACES.get(folder, name)
    )
    return f"{place}/{name}" if folder == "status.d" else place


def _folder(path: Path) -> dict[str, bytes | str]:
    """Read a folder as it would stand in a root file system, its own name included."""
    files: dict[str, bytes | str] = {}
    for entry in sorted(path.rglob("*")):
        name = f"{path.name}/{entry.relative_to(path).as_posix()}"
        if entry.is_symlink():
            files[name] = str(entry.readlink())
        elif entry.is_file():
            files[name] = entry.read_bytes()
    return files


def _found(row: dict[str, Any], fixture: Path) -> list[Package]:
    if row["fixture_kind"] == "dir":
        found = collect(MemoryTree(_folder(fixture)), lockfiles=True)
    else:
        content = fixture.read_bytes()
        if row["fixture_kind"] == "xz":
            content = lzma.decompress(content)
        found = collect_file(_place(row, content), content)
    return [item for item in found if isinstance(item, Package)]


def _name(ecosystem: str, name: str) -> str:
    """Make names comparable: to Python packaging, `Foo_Bar` and `foo-bar` are one name."""
    return re.sub(r"[-_.]+", "-", name).lower() if ecosystem == "pypi" else name


def _version(package: dict[str, Any]) -> str:
    """Put the version together as `Package.version` has it."""
    version = package.get("version") or ""
    if package.get("release") and not version.endswith(f"-{package['release']}"):
        version = f"{version}-{package['release']}"
    version = version.removeprefix("v") if re.match(r"v\d", version) else version
    epoch = str(package.get("epoch") or "0")
    return version if epoch == "0" or version.startswith(f"{epoch}:") else f"{epoch}:{version}"


def _source(package: dict[str, Any]) -> str:
    archive: str = package.get("source_rpm") or ""
    return package.get("source_name") or archive.rpartition("-")[0].rpartition("-")[0]


def _whole_name(package: dict[str, Any]) -> str:
    """Give the name with the group, which some peers have only in the purl."""
    name: str = package.get("name") or package["path"]
    match = re.match(r"pkg:maven/([^/@]+)/([^/@]+)@", package.get("purl") or "")
    return f"{match[1]}:{match[2]}" if match else name


def _expected(row: dict[str, Any]) -> list[dict[str, Any]]:
    """List what a peer found; of Go programs, what the build information says."""
    found = [package.get("replaced_by") or package for package in row["expect"].get("packages", ())]
    found = [
        {**package, "name": _whole_name(package)}
        for package in found
        # a project without version is only told to be the root of the others
        if package.get("version") or package.get("relationship") != "root"
    ]
    if "buildinfo" not in row["expect"]:
        return found
    info = row["expect"]["buildinfo"]
    number = re.match(r"go([\d.]+)", info["go"])
    main = info.get("main", {})
    if main:
        found.append({"name": main["path"], "version": main["version"].replace("(devel)", "")})
    return [*found, {"name": "stdlib", "version": number[1] if number else ""}]


def test_packages_are_found(row: dict[str, Any], fixtures: Path) -> None:
    ecosystem = row["ecosystem"]
    try:
        packages = _found(row, fixtures / row["fixture"])
    except BedplateError:
        packages = []
    mine = {
        (_name(ecosystem, p.name), _version({"version": p.version})): p.source_name
        for p in packages
    }
    if ecosystem == "maven":
        # peers differ in whether a project is a package of its own file
        projects = {(p.name, p.version) for p in packages if "pom" in p.location and not p.direct}
        own = projects - {(p["name"], p.get("version")) for p in _expected(row)}
        mine = {key: source for key, source in mine.items() if key not in own}
    theirs = {(_name(ecosystem, p["name"]), _version(p)): _source(p) for p in _expected(row)}
    more, fewer = sorted(mine.keys() - theirs.keys()), sorted(theirs.keys() - mine.keys())
    if more or fewer:
        pytest.fail(f"too many: {more}, missing: {fewer}", pytrace=False)
    sources = {
        key: (mine[key], source)
        for key, source in theirs.items()
        if source and mine[key] and mine[key] != source
    }
    if sources:
        pytest.fail(f"other sources: {sources}", pytrace=False)
