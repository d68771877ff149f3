from __future__ import annotations

import struct
from stat import S_IFDIR, S_IFREG
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rig import rpm_database_writers as writers

from bedplate.inventory.package_formats import rpm
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping

FILES = {"/lib64/libwidget.so.1": S_IFREG | 0o755, "/usr/share/widget": S_IFDIR | 0o755}
BLOBS = [
    writers.package(
        "widget-libs",
        FILES,
        epoch=1,
        size=4096,
        license="MIT",
        vendor="Wanda Widget",
        group="Unspecified",
        source_rpm="widget-1.0-1.src.rpm",
    ),
    writers.package("gpg-pubkey", version="8483c65d", release="5ccc5b19"),
    writers.package("large", {f"/opt/large/{n:06}": S_IFREG for n in range(3000)}),
    *(writers.package(f"small-{number}") for number in range(60)),
]
NAMES = ["widget-libs", "large", *(f"small-{number}" for number in range(60))]


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, bytes]]:
    path = tmp_path_factory.mktemp("rpm") / "rpmdb.sqlite"
    return {
        "sqlite": ("rpmdb.sqlite", writers.sqlite(path, BLOBS)),
        "ndb": ("Packages.db", writers.ndb(BLOBS)),
        "bdb": ("Packages", writers.bdb(BLOBS)),
        "bdb of old": ("Packages", writers.bdb(BLOBS, kind=2, page_size=512)),
        "bdb of a large-endian machine": ("Packages", writers.bdb(BLOBS, order=">")),
    }


every_kind = pytest.mark.parametrize(
    "kind", ["sqlite", "ndb", "bdb", "bdb of old", "bdb of a large-endian machine"]
)


def _read(
    files: Mapping[str, bytes | str], layers: Mapping[str, int] | None = None
) -> list[Package | Skipped]:
    return list(rpm.read(MemoryTree(files, rpm.WANTS, layers)))


def _names(found: list[Package | Skipped]) -> list[str]:
    return [one.name for one in found if isinstance(one, Package)]


@every_kind
def test_every_database_gives_the_same(kind: str, databases: dict[str, tuple[str, bytes]]) -> None:
    name, content = databases[kind]
    files: dict[str, bytes | str] = {
        f"var/lib/rpm/{name}": content,
        "lib64": "usr/lib64",
        "usr/lib64/libwidget.so.1": b"",
        "etc/os-release": b"ID=rhel\nVERSION_ID=10.1\n",
    }
    found = _read(files, {"usr/lib64/libwidget.so.1": 1})
    assert sorted(_names(found)) == sorted(NAMES)
    assert len(found) == len(NAMES)
    assert (
        Package(
            type="rpm",
            name="widget-libs",
            version="1:1.0-1",
            architecture="noarch",
            source_name="widget",
            source_version="1:1.0-1",
            licenses=("MIT",),
            purl="pkg:rpm/redhat/widget-libs@1.0-1?arch=noarch&distro=rhel-10.1&epoch=1",
            location=f"var/lib/rpm/{name}",
            layer=1,
            installed_size=4096,
            files=("usr/lib64/libwidget.so.1",),
            vendor="Wanda Widget",
        )
        in found
    )
    large = next(one for one in found if isinstance(one, Package) and one.name == "large")
    assert large.files == tuple(f"opt/large/{n:06}" for n in range(3000))


@every_kind
def test_a_cut_database_ends_in_a_skip(kind: str, databases: dict[str, tuple[str, bytes]]) -> None:
    name, content = databases[kind]
    for size in (0, 10, 511, 4096, len(content) // 2):
        found = _read({f"var/lib/rpm/{name}": content[:size]})
        assert isinstance(found[-1], Skipped), size
        assert found[-1].what == f"var/lib/rpm/{name}"


@every_kind
def test_any_change_is_read_or_skipped(kind: str, databases: dict[str, tuple[str, bytes]]) -> None:
    name, content = databases[kind]

    @given(st.integers(0, len(content) - 1), st.binary(min_size=1, max_size=12))
    @settings(max_examples=30, deadline=None)
    def check(place: int, octets: bytes) -> None:
        changed = content[:place] + octets + content[place + len(octets) :]
        found = _read({f"var/lib/rpm/{name}": changed})
        assert found
        assert len(found) <= len(BLOBS) + 3

    check()


@given(st.sampled_from(["rpmdb.sqlite", "Packages.db", "Packages"]), st.binary(max_size=600))
def test_any_bytes_are_skipped(name: str, content: bytes) -> None:
    [skipped] = _read({f"usr/lib/sysimage/rpm/{name}": content})
    assert isinstance(skipped, Skipped)


@pytest.mark.parametrize("folder", ["var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm"])
def test_every_place_is_known_and_the_kind_is_told_by_content(folder: str) -> None:
    assert _names(_read({f"{folder}/Packages": writers.ndb([writers.package("a")])})) == ["a"]


def test_a_linked_database_is_read_once() -> None:
    content = writers.ndb([writers.package("a")])
    files = {
        "usr/lib/sysimage/rpm/Packages.db": content,
        "var/lib/rpm": "../../usr/lib/sysimage/rpm",
    }
    [package] = _read(files)
    assert isinstance(package, Package)
    assert package.location == "usr/lib/sysimage/rpm/Packages.db"


def test_what_a_conversion_left_behind_does_not_count() -> None:
    old, new = writers.bdb([writers.package("a")]), writers.ndb([writers.package("b")])
    assert _names(_read({"var/lib/rpm/Packages": old, "var/lib/rpm/Packages.db": new})) == ["b"]


def test_an_empty_or_broken_database_gives_way_to_another() -> None:
    files = {
        "var/lib/rpm/rpmdb.sqlite": b"broken",
        "var/lib/rpm/Packages.db": writers.ndb([]),
        "usr/lib/sysimage/rpm/Packages": writers.bdb([writers.package("a")]),
    }
    skipped, package = _read(files)
    assert skipped == Skipped(
        "var/lib/rpm/rpmdb.sqlite", "not an RPM database of a kind that bedplate reads"
    )
    assert _names([package]) == ["a"]


def test_a_broken_package_hides_no_others() -> None:
    content = writers.ndb([writers.package("a"), b"no header at all", writers.package("b")])
    *packages, skipped = _read({"var/lib/rpm/Packages.db": content})
    assert _names(packages) == ["a", "b"]
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("1 broken package(s): an RPM header")


@pytest.mark.parametrize(
    ("source_rpm", "expected"),
    [
        ("a-b-1.0-1.src.rpm", ("a-b", "3:1.0-1")),
        ("a-b-2.0-1.fc43.nosrc.rpm", ("a-b", "2.0-1.fc43")),
        ("(none)", ("", "")),
        ("nonsense", ("", "")),
        ("", ("", "")),
    ],
)
def test_the_source_is_in_the_name_of_its_file(source_rpm: str, expected: tuple[str, str]) -> None:
    blob = writers.package("a", epoch=3, source_rpm=source_rpm)
    [package] = _read({"var/lib/rpm/Packages.db": writers.ndb([blob])})
    assert isinstance(package, Package)
    assert (package.source_name, package.source_version) == expected


def test_modules_are_in_the_purl() -> None:
    blob = writers.package("a", modularity_label="nodejs:22:8100:489197e6")
    [package] = _read({"var/lib/rpm/Packages.db": writers.ndb([blob])})
    assert isinstance(package, Package)
    assert package.purl == "pkg:rpm/a@1.0-1?arch=noarch&modularitylabel=nodejs:22:8100:489197e6"


def test_ndb_packages_that_overlap_are_refused() -> None:
    # one package in many slots, each as long as the file
    content = bytearray(writers.ndb([writers.package("a")]))
    slot = struct.unpack_from("<4sIII", content, 32)
    for number in range(2, 100):
        struct.pack_into("<4sIII", content, 16 + 16 * number, slot[0], number, *slot[2:])
    found = _read({"var/lib/rpm/Packages.db": bytes(content)})
    assert _names(found) == ["a"]
    assert isinstance(found[-1], Skipped)


def test_berkeley_db_chains_that_loop_are_refused() -> None:
    content = bytearray(writers.bdb([writers.package("a", license="x" * 9000)]))
    last = len(content) - 4096
    struct.pack_into("<I", content, last - 4096 + 16, last // 4096 - 1)
    [skipped] = _read({"var/lib/rpm/Packages": bytes(content)})
    assert isinstance(skipped, Skipped)
    assert "broken chain" in skipped.reason


@pytest.mark.parametrize(("place", "octet"), [(24, 1), (26, 1), (25, 9), (20, 7)])
def test_unusual_berkeley_databases_are_told(place: int, octet: int) -> None:
    content = bytearray(writers.bdb([writers.package("a")]))
    content[place] = octet
    [skipped] = _read({"var/lib/rpm/Packages": bytes(content)})
    assert isinstance(skipped, Skipped)
    assert "Berkeley DB" in skipped.reason


MANIFEST = "var/lib/rpmmanifest/container-manifest-2"
LINE = "widget\t1.0-2.azl3\t1767225600\t1767225601\tWanda\t(none)\t4096\tx86_64\t0"
LINE += "\tw-1.0-2.azl3.src.rpm"


def test_distroless_images_have_a_list() -> None:
    content = f"{LINE}\n\n{LINE.replace('(none)', '2').replace('_64	0', '_64	2')}\n".encode()
    plain, with_epoch = _read({MANIFEST: content, "etc/os-release": b"ID=azurelinux\n"})
    assert plain == Package(
        type="rpm",
        name="widget",
        version="1.0-2.azl3",
        architecture="x86_64",
        source_name="w",
        source_version="1.0-2.azl3",
        purl="pkg:rpm/azurelinux/widget@1.0-2.azl3?arch=x86_64&distro=azurelinux",
        location=MANIFEST,
        layer=0,
        installed_size=4096,
        vendor="Wanda",
    )
    assert isinstance(with_epoch, Package)
    assert with_epoch.version == "2:1.0-2.azl3"


def test_a_list_of_another_form_is_told() -> None:
    [package, skipped] = _read({MANIFEST: f"{LINE}\nwidget-1.0-1.x86_64\n".encode()})
    assert isinstance(package, Package)
    assert skipped == Skipped(MANIFEST, "line 2 is not a package")


@given(st.binary(max_size=200))
def test_any_bytes_of_a_list_are_read_or_skipped(content: bytes) -> None:
    assert _names(_read({MANIFEST: LINE.encode() + b"\n" + content}))[0] == "widget"
