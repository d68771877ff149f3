from __future__ import annotations

import pytest

from bedplate.errors import PlatformNotFound
from bedplate.model.descriptor import Descriptor
from bedplate.model.digest import Digest
from bedplate.model.manifest import Index, pick_platform, platforms_of
from bedplate.model.media_types import OCI_INDEX, OCI_MANIFEST
from bedplate.model.platform import Platform


def entry(
    name: str, platform: Platform | None, annotations: dict[str, str] | None = None
) -> Descriptor:
    digest = Digest.of(name.encode())
    return Descriptor(OCI_MANIFEST, digest, 1, platform, annotations or {})


def index(*entries: Descriptor) -> Index:
    return Index(OCI_INDEX, entries)


AMD64 = entry("amd64", Platform("linux", "amd64"))
ARM64 = entry("arm64", Platform("linux", "arm64", "v8"))
ARM_V6 = entry("arm v6", Platform("linux", "arm", "v6"))
ARM_V5 = entry("arm v5", Platform("linux", "arm", "v5"))
ATTESTATION = entry("attestation", Platform("unknown", "unknown"))


def test_the_entry_of_the_platform_is_picked_whatever_its_spelling() -> None:
    picked = pick_platform(index(AMD64, ATTESTATION, ARM64), Platform.parse("aarch64"), "app")
    assert picked == ARM64


def test_an_older_variant_is_picked_where_the_own_one_is_missing() -> None:
    wanted = Platform.parse("linux/arm/v7")
    assert pick_platform(index(AMD64, ARM_V5, ARM_V6), wanted, "app") == ARM_V6


def test_of_equals_the_first_is_picked() -> None:
    again = entry("again", Platform("linux", "amd64"))
    assert pick_platform(index(AMD64, again), Platform.parse("amd64"), "app") == AMD64


def test_an_attestation_is_never_picked_and_no_platform() -> None:
    marked = entry("m", Platform("linux", "riscv64"), {"vnd.docker.reference.type": "x"})
    both = index(AMD64, marked, ATTESTATION)
    assert platforms_of(both) == (Platform("linux", "amd64"),)
    for wanted in (Platform("unknown", "unknown"), Platform("linux", "riscv64")):
        with pytest.raises(PlatformNotFound):
            pick_platform(both, wanted, "app")


def test_a_missing_platform_names_the_image_and_what_there_is() -> None:
    with pytest.raises(PlatformNotFound) as caught:
        pick_platform(index(AMD64, ARM64), Platform.parse("s390x"), "app:1")
    text = str(caught.value)
    assert "app:1: no image for linux/s390x" in text
    assert "there are: linux/amd64, linux/arm64/v8" in text


def test_a_lone_entry_without_platform_is_taken() -> None:
    lone = entry("lone", None)
    assert pick_platform(index(lone, ATTESTATION), Platform.parse("amd64"), "app") == lone
    with pytest.raises(PlatformNotFound, match="names no platform"):
        pick_platform(index(lone, entry("other", None)), Platform.parse("amd64"), "app")


def test_an_endless_offer_is_shown_shortened() -> None:
    many = index(*(entry(str(i), Platform("linux", f"cpu{i}")) for i in range(500)))
    with pytest.raises(PlatformNotFound) as caught:
        pick_platform(many, Platform.parse("amd64"), "app")
    assert "and 484 more" in str(caught.value)
