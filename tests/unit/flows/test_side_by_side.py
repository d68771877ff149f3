from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bedplate.flows.differences import package_difference, platform_differences
from bedplate.flows.side_by_side import side_by_side
from bedplate.model.base_facts import BaseFacts, Libc
from bedplate.model.package import Package
from bedplate.testing.sample_facts import alpine_sample, debian_sample, unknown_sample


def with_packages(name: str, *packages: tuple[str, str, str]) -> BaseFacts:
    return BaseFacts(name, packages=tuple(Package(*package) for package in packages))


def test_ratios_are_of_one_measure_and_unknown_stays_unknown() -> None:
    rows = [
        BaseFacts("a", compressed_size=400, disk_size=1000),
        BaseFacts("b", compressed_size=100),
        BaseFacts("c", disk_size=500),
    ]
    a, b, c = side_by_side(rows).images
    assert a.compressed_ratio is not None
    assert b.compressed_ratio is not None
    assert c.disk_ratio is not None
    assert (a.compressed_ratio.to_largest, a.compressed_ratio.to_smallest) == (1, 4)
    assert (b.compressed_ratio.to_largest, b.compressed_ratio.to_smallest) == (0.25, 1)
    assert b.disk_ratio is None
    assert c.compressed_ratio is None
    assert c.disk_ratio.to_largest == 0.5


def test_an_empty_image_does_not_divide_by_nought() -> None:
    rows = [BaseFacts("scratch", compressed_size=0), BaseFacts("a", compressed_size=10)]
    empty, full = side_by_side(rows).images
    assert empty.compressed_ratio is not None
    assert full.compressed_ratio is not None
    assert (empty.compressed_ratio.to_largest, empty.compressed_ratio.to_smallest) == (0, 0)
    assert full.compressed_ratio.to_smallest == 1
    assert side_by_side(rows[:1]).images[0].compressed_ratio is not None


def test_packages_that_differ() -> None:
    before = with_packages("a", ("deb", "x", "1"), ("deb", "y", "1"), ("npm", "y", "1"))
    after = with_packages("b", ("deb", "x", "2"), ("npm", "y", "1"), ("deb", "z", "3"))
    found = package_difference(before, after)
    assert found is not None
    assert found.against == "a"
    assert [(c.name, c.before, c.after) for c in found.changed] == [("x", ("1",), ("2",))]
    assert [(c.type, c.name, c.after) for c in found.added] == [("deb", "z", ("3",))]
    assert [(c.type, c.name, c.before) for c in found.removed] == [("deb", "y", ("1",))]
    assert found.same == 1


def test_a_package_in_several_versions_is_one_package() -> None:
    before = with_packages("a", ("npm", "x", "1"), ("npm", "x", "2"))
    after = with_packages("b", ("npm", "x", "2"))
    found = package_difference(before, after)
    assert found is not None
    assert [(c.before, c.after) for c in found.changed] == [(("1", "2"), ("2",))]


def test_unknown_packages_are_no_difference() -> None:
    assert package_difference(debian_sample(), unknown_sample()) is None
    assert package_difference(unknown_sample(), debian_sample()) is None


PACKAGES = st.lists(
    st.tuples(st.sampled_from(["deb", "npm"]), st.sampled_from("abcd"), st.sampled_from("123")),
    max_size=8,
)


@given(PACKAGES, PACKAGES)
def test_differences_seen_from_the_other_side_are_turned_round(
    left: list[tuple[str, str, str]], right: list[tuple[str, str, str]]
) -> None:
    a, b = with_packages("a", *left), with_packages("b", *right)
    there, back = package_difference(a, b), package_difference(b, a)
    assert there is not None
    assert back is not None
    assert [(c.type, c.name) for c in there.added] == [(c.type, c.name) for c in back.removed]
    assert [(c.before, c.after) for c in there.changed] == [
        (c.after, c.before) for c in back.changed
    ]
    assert there.same == back.same
    names = {package[:2] for package in left + right}
    different = len(there.added) + len(there.removed) + len(there.changed)
    assert there.same + different == len(names)


def test_the_first_image_is_the_one_held_against_on_each_platform() -> None:
    def row(name: str, platform: str, version: str) -> BaseFacts:
        return replace(with_packages(name, ("deb", "x", version)), platform=platform)

    rows = [
        row("a", "linux/amd64", "1"),
        row("a", "linux/arm64", "2"),
        row("b", "linux/amd64", "1"),
        row("b", "linux/arm64", "1"),
        row("c", "linux/s390x", "1"),
    ]
    images = side_by_side(rows).images
    assert [image.is_reference for image in images] == [True, True, False, False, False]
    differences = [image.packages for image in images]
    assert differences[:2] == [None, None]
    assert [len(found.changed) for found in differences[2:] if found] == [0, 1, 0]


def test_platform_differences_name_only_what_is_known_and_differs() -> None:
    arm = replace(
        debian_sample(),
        platform="linux/arm64/v8",
        compressed_size=390_000_000,
        disk_size=None,
        packages=(Package("deb", "zlib1g", "1:1.2.13.dfsg-1"),),
    )
    found = {item.fact: dict(item.values) for item in platform_differences([debian_sample(), arm])}
    assert found["compressed_size"] == {"linux/amd64": 398_333_882, "linux/arm64/v8": 390_000_000}
    assert "disk_size" not in found
    assert "distro" not in found
    assert found["package deb libssl3"] == {
        "linux/amd64": "3.0.17-1~deb12u3",
        "linux/arm64/v8": "",
    }
    assert "package deb zlib1g" not in found


def test_other_images_are_not_other_platforms() -> None:
    assert platform_differences([debian_sample(), alpine_sample()]) == ()


def test_a_version_known_on_one_platform_only_is_no_difference() -> None:
    arm = replace(debian_sample(), platform="linux/arm64", libcs=(Libc("glibc"),), packages=None)
    assert platform_differences([debian_sample(), arm]) == ()
