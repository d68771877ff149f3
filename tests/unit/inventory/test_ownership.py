"""Every byte has one owner, and the shares add up."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.images.file_tree import FileTree
from bedplate.images.index_layer import index_layer
from bedplate.images.limits import DEFAULT_LIMITS
from bedplate.images.selection import Selection
from bedplate.inventory.ownership import Ownership, assign
from bedplate.inventory.parts import part_of_package
from bedplate.model.distro_release import DistroRelease
from bedplate.model.package import Package
from bedplate.model.runtime import Runtime, Tool
from bedplate.testing.layer_builder import layer_tar

DEBIAN = DistroRelease("debian", "Debian GNU/Linux", "12.11")


def tree(*layers: dict[str, bytes]) -> FileTree:
    nothing = Selection([])
    return FileTree(
        [
            index_layer(io.BytesIO(layer_tar(files)), "a layer", nothing, DEFAULT_LIMITS)
            for files in layers
        ]
    )


def sizes(ownership: Ownership) -> dict[tuple[str, str], int | None]:
    return {(part.key, part.label): part.disk_size for part in ownership.parts}


def deb(name: str, *files: str, source: str = "", section: str = "") -> Package:
    return Package("deb", name, "1", source_name=source, section=section, files=files)


def test_each_part_has_its_bytes_and_they_add_up() -> None:
    files = {
        "usr/bin/bash": b"1" * 10,
        "usr/bin/apt": b"1" * 20,
        "usr/bin/gcc": b"1" * 40,
        "usr/share/doc/bash/copyright": b"1" * 80,
        "usr/local/bin/node": b"1" * 160,
        "usr/local/lib/node_modules/npm/package.json": b"1" * 320,
        "usr/local/lib/node_modules/npm/node_modules/semver/package.json": b"1" * 640,
        "app/node_modules/left-pad/index.js": b"1" * 1280,
        "app/server.js": b"1" * 2560,
        "var/lib/dpkg/status": b"1" * 5120,
    }
    npm = Tool("npm", "10.8.2", ("usr/local/lib/node_modules/npm",))
    node = Runtime("node", "Node.js", "20.20.2", bundled=(npm,), roots=("usr/local/bin/node",))
    packages = [
        deb("bash", "usr/bin/bash", "usr/share/doc/bash/copyright"),
        deb("apt", "usr/bin/apt"),
        deb("gcc-12", "usr/bin/gcc"),
        Package("npm", "npm", "10.8.2", location="usr/local/lib/node_modules/npm/package.json"),
        Package(
            "npm",
            "semver",
            "7",
            location="usr/local/lib/node_modules/npm/node_modules/semver/package.json",
        ),
        Package("npm", "left-pad", "1", location="app/node_modules/left-pad/package.json"),
    ]
    outcome = assign(tree(files), packages, [node], DEBIAN)
    assert sizes(outcome) == {
        ("os", "Debian GNU/Linux 12.11"): 10 + 5120,
        ("runtime", "Node.js 20.20.2"): 160,
        ("package-manager", "npm 10.8.2"): 320 + 640,
        ("package-manager", "apt and dpkg"): 20,
        ("libraries", "npm packages"): 1280,
        ("build-tools", "Build tools and headers"): 40,
        ("documentation", "Documentation and locales"): 80,
        ("other", "Other files"): 2560,
    }
    measured = {(each.type, each.name): each.installed_size for each in outcome.packages}
    assert measured["deb", "bash"] == 90
    assert measured["npm", "npm"] == 320
    assert measured["npm", "left-pad"] == 1280


def test_a_distribution_s_own_runtime_is_a_runtime_with_its_libraries() -> None:
    files = {"usr/bin/python3.11": b"1" * 5, "usr/lib/python3.11/os.py": b"1" * 7}
    python = Runtime("python", "Python", "3.11.2", path="usr/bin/python3.11", packaged=True)
    packages = [
        deb("python3.11-minimal", "usr/bin/python3.11", source="python3.11"),
        deb("libpython3.11-stdlib", "usr/lib/python3.11/os.py", source="python3.11"),
    ]
    outcome = assign(tree(files), packages, [python], DEBIAN)
    assert sizes(outcome)["runtime", "Python 3.11.2"] == 12


def test_a_language_s_package_from_the_distribution_is_the_system_s() -> None:
    path = "usr/share/nodejs/semver/package.json"
    packages = [deb("node-semver", path), Package("npm", "semver", "7", location=path)]
    outcome = assign(tree({path: b"1" * 9}), packages, [], DEBIAN)
    assert sizes(outcome) == {("os", "Debian GNU/Linux 12.11"): 9}
    assert [package.installed_size for package in outcome.packages] == [9, 9]


def test_what_later_layers_hide_is_a_part_of_its_own() -> None:
    outcome = assign(tree({"app": b"1" * 100}, {"app": b"1"}), [], [], None)
    assert sizes(outcome) == {
        ("other", "Other files"): 1,
        ("hidden", "Overwritten or deleted by later layers"): 100,
    }


@pytest.mark.parametrize(
    ("name", "section", "part"),
    [
        ("bash", "shells", "os"),
        ("libc6", "libs", "os"),
        ("apt", "admin", "package-manager"),
        ("debian-archive-keyring", "misc", "package-manager"),
        ("libssl-dev", "libdevel", "build-tools"),
        ("musl-dev", "", "build-tools"),
        ("g++-12", "devel", "build-tools"),
        ("glibc-devel", "", "build-tools"),
        ("git", "vcs", "build-tools"),
        ("perl-doc", "doc", "documentation"),
        ("locales", "localization", "documentation"),
        ("apk-tools", "", "package-manager"),
        ("microdnf", "", "package-manager"),
        ("libstdc++", "", "os"),
        ("libgcc", "", "os"),
        ("libstdc++-devel", "", "build-tools"),
    ],
)
def test_packages_are_filed_as_a_person_would(name: str, section: str, part: str) -> None:
    assert part_of_package(deb(name, section=section)) == part


paths = st.sampled_from(
    ["usr/bin/a", "usr/share/doc/a/b", "app/x/y", "etc/z", "usr/local/lib/n/m", "srv/q"]
)


@given(
    st.lists(st.dictionaries(paths, st.binary(max_size=9)), min_size=1, max_size=3),
    st.lists(paths, max_size=3),
)
def test_the_parts_always_add_up_to_the_disk_size(
    layers: list[dict[str, bytes]], owned: list[str]
) -> None:
    merged = tree(*layers)
    runtime = Runtime("n", "N", roots=("usr/local/lib",))
    outcome = assign(merged, [deb("p", *owned)], [runtime], DEBIAN)
    assert sum(part.disk_size or 0 for part in outcome.parts) == merged.disk_size()


def test_packages_of_languages_have_their_folders() -> None:
    ruby = "usr/local/lib/ruby/gems/3.4.0"
    files = {
        f"{ruby}/specifications/rack-3.1.8.gemspec": b"1",
        f"{ruby}/gems/rack-3.1.8/lib/rack.rb": b"1" * 10,
        f"{ruby}/gems/rack-3.1.80/lib/rack.rb": b"1" * 10000,
        "app/vendor/psr/log/src/Log.php": b"1" * 100,
        "app/vendor/composer/installed.json": b"1" * 20000,
        "app/app.jar": b"1" * 1000,
    }
    packages = [
        Package("gem", "rack", "3.1.8", location=f"{ruby}/specifications/rack-3.1.8.gemspec"),
        Package("composer", "psr/log", "3.0.0", location="app/vendor/composer/installed.json"),
        Package("maven", "org.example:app", "1", location="app/app.jar"),
        Package("maven", "org.example:in", "1", location="app/app.jar", inside="lib/in.jar"),
        Package("maven", "org.example:part", "1", location="app/app.jar", section="shaded"),
    ]
    ownership = assign(tree(files), packages, [], None)
    assert [one.installed_size for one in ownership.packages] == [11, 100, 1000, None, None]
    assert sizes(ownership)["libraries", "Java archives"] == 1000
    assert sizes(ownership)["libraries", "Ruby gems"] == 11
    assert sizes(ownership)["libraries", "PHP packages"] == 100
