"""Rules whose evidence a registry gives, against one in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bedplate.linting.fixing import apply_fixes
from bedplate.model.media_types import OCI_EMPTY
from bedplate.model.platform import Platform
from bedplate.model.skipped import Skipped
from bedplate.testing.layer_builder import layer_tar

if TYPE_CHECKING:
    from bedplate.model.descriptor import Descriptor
    from bedplate.testing.registry import MemoryRegistry

LAYER = layer_tar({"etc/one": b"1"})
PLATFORMS = ("linux/amd64", "linux/arm64")


def push(registry: MemoryRegistry, tag: str, word: str = "") -> tuple[Descriptor, Descriptor]:
    """Hold `team/app` for two platforms; gives the index and the image of linux/amd64."""
    made = {
        platform: registry.add_image(
            "team/app",
            "",
            [LAYER],
            {"architecture": platform.partition("/")[2], "author": word},
        )
        for platform in PLATFORMS
    }
    return registry.add_index("team/app", tag, made), made["linux/amd64"]


def pinned(registry: MemoryRegistry, tag: str, digest: object) -> str:
    return f"FROM {registry.host}/team/app:{tag}@{digest}\n"


def test_the_digest_of_the_index_is_fine(linter: Any, registry: MemoryRegistry) -> None:
    index, _ = push(registry, "1")
    assert linter.run(pinned(registry, "1", index.digest)) == []
    assert linter.run(f"FROM {registry.host}/team/app:1\n") == []


def test_the_digest_of_one_platform_becomes_that_of_the_index(
    linter: Any, registry: MemoryRegistry
) -> None:
    index, amd64 = push(registry, "1")
    text = pinned(registry, "1", amd64.digest)
    [found] = linter.violations(text)
    assert found.rule == "single-platform-digest"
    assert "one platform" in found.message
    assert found.span.of(text) == str(amd64.digest)
    assert any(f"{index.digest}, an index of 2 platforms" in line for line in found.evidence)
    assert apply_fixes(text, [found], unsafe=False) == pinned(registry, "1", index.digest)


def test_a_platform_that_was_chosen_may_have_its_digest(
    linter: Any, registry: MemoryRegistry
) -> None:
    _, amd64 = push(registry, "1")
    text = pinned(registry, "1", amd64.digest).replace("FROM", "FROM --platform=linux/amd64")
    assert linter.violations(text) == []


def test_an_old_digest_of_one_platform_is_repaired_only_when_asked(
    linter: Any, registry: MemoryRegistry
) -> None:
    _, old = push(registry, "1", "old")
    index, _ = push(registry, "1", "new")
    text = pinned(registry, "1", old.digest)
    found = linter.violations(text)
    assert [one.rule for one in found] == ["digest-drift", "single-platform-digest"]
    assert apply_fixes(text, found[1:], unsafe=False) == text
    assert apply_fixes(text, found[1:], unsafe=True) == pinned(registry, "1", index.digest)


def test_a_tag_that_moved(linter: Any, registry: MemoryRegistry) -> None:
    old, _ = push(registry, "1", "old")
    new, _ = push(registry, "1", "new")
    text = pinned(registry, "1", old.digest)
    [found] = linter.violations(text)
    assert found.rule == "digest-drift"
    assert f"{new.digest.hex[:12]} today, no longer sha256:{old.digest.hex[:12]}" in found.message
    assert apply_fixes(text, [found], unsafe=True) == pinned(registry, "1", new.digest)
    assert len(found.evidence) == 2


def test_a_digest_that_is_gone(linter: Any, registry: MemoryRegistry) -> None:
    index, _ = push(registry, "1")
    text = pinned(registry, "1", "sha256:" + "0" * 64)
    [found] = linter.violations(text)
    assert found.rule == "digest-gone"
    assert any("does not have sha256:000" in line for line in found.evidence)
    assert apply_fixes(text, [found], unsafe=True) == pinned(registry, "1", index.digest)
    [lone] = linter.violations(f"FROM {registry.host}/team/app@sha256:{'0' * 64}\n")
    assert (lone.rule, lone.fix) == ("digest-gone", None)


def test_an_index_whose_image_is_gone(linter: Any, registry: MemoryRegistry) -> None:
    index, amd64 = push(registry, "1")
    del registry.stored.manifests["team/app", str(amd64.digest)]
    [found] = linter.violations(pinned(registry, "1", index.digest))
    assert found.rule == "digest-gone"
    assert amd64.digest.hex[:12] in found.message
    assert found.fix is None


@pytest.mark.parametrize(
    ("extra", "word"),
    [
        ({"artifactType": "application/vnd.example+json"}, "vnd.example"),
        ({"layers": [{"mediaType": "application/vnd.in-toto+json"}]}, "an attestation"),
        (
            {"layers": [{"mediaType": "application/vnd.dev.cosign.simplesigning.v1+json"}]},
            "a signature",
        ),
        ({"config": {"mediaType": OCI_EMPTY}}, "an artifact without a type"),
    ],
)
def test_a_digest_of_no_image(
    linter: Any, registry: MemoryRegistry, extra: dict[str, Any], word: str
) -> None:
    index, _ = push(registry, "1")
    blob = registry.add_blob(b"{}")
    place = {"digest": str(blob.digest), "size": blob.size}
    if "layers" in extra:
        extra = {"layers": [extra["layers"][0] | place]}
    if "config" in extra:
        extra = {"config": extra["config"] | place}
    artifact = registry.add_image("team/app", "", extra=extra)
    text = pinned(registry, "1", artifact.digest)
    [found] = linter.violations(text)
    assert found.rule == "digest-is-signature"
    assert word in found.message
    assert apply_fixes(text, [found], unsafe=True) == pinned(registry, "1", index.digest)


def test_an_attestation_that_the_index_of_the_tag_lists(
    linter: Any, registry: MemoryRegistry
) -> None:
    blob = registry.add_blob(b"{}", "application/vnd.in-toto+json")
    layer = {"mediaType": blob.media_type, "digest": str(blob.digest), "size": blob.size}
    attestation = registry.add_image("team/app", "", extra={"layers": [layer]})
    amd64 = registry.add_image("team/app", "", [LAYER])
    registry.add_index("team/app", "1", {"linux/amd64": amd64, "unknown/unknown": attestation})
    [found] = linter.violations(pinned(registry, "1", attestation.digest))
    assert found.rule == "digest-is-signature"
    assert "an attestation" in found.message


def test_tags_of_signatures(linter: Any, registry: MemoryRegistry) -> None:
    tag = f"sha256-{'a' * 64}.sig"
    text = f"FROM {registry.host}/team/app:{tag}\n"
    [found] = linter.violations(text)
    assert (found.rule, found.span.of(text)) == ("digest-is-signature", tag)


def test_platforms_of_an_index(linter: Any, registry: MemoryRegistry) -> None:
    push(registry, "1")
    text = f"FROM --platform=linux/s390x {registry.host}/team/app:1\n"
    [found] = linter.violations(text)
    assert found.rule == "platform-missing"
    assert "not made for linux/s390x; there are: linux/amd64, linux/arm64" in found.message
    assert found.twins == ("InvalidBaseImagePlatform",)
    assert linter.violations(text.replace("s390x", "arm64/v8")) == []
    assert linter.violations(text.replace("linux/s390x", "$BUILDPLATFORM")) == []


def test_a_platform_of_the_place_is_selected_and_ignored_by_the_code_of_buildkit(
    linter: Any, registry: MemoryRegistry
) -> None:
    push(registry, "1")
    code = frozenset({"InvalidBaseImagePlatform"})
    text = f"FROM --platform=linux/s390x {registry.host}/team/app:1\n"
    assert [one.rule for one in linter.violations(text, select=code)] == ["platform-missing"]
    assert linter.violations(text, ignore=code) == []
    elsewhere = f"FROM {registry.host}/team/app:1\n"
    wanted = (Platform("linux", "s390x"),)
    [found] = linter.violations(elsewhere, platforms=wanted, ignore=code)
    assert (found.rule, found.twins) == ("platform-missing", ())


def test_platforms_of_a_single_image(linter: Any, registry: MemoryRegistry) -> None:
    registry.add_image("team/one", "1", [LAYER])
    text = f"FROM {registry.host}/team/one:1\n"
    wanted = (Platform.parse("linux/amd64"), Platform.parse("linux/arm64"))
    [found] = linter.violations(text, platforms=wanted)
    assert "not made for linux/arm64; there are: linux/amd64" in found.message
    # a processor of 64 bit runs images of 32 bit, but they are not what was asked for
    registry.add_image("team/small", "1", [LAYER], {"architecture": "386"})
    text = f"FROM {registry.host}/team/small:1\n"
    assert len(linter.violations(text, platforms=wanted[:1])) == 1


@pytest.mark.parametrize(
    ("created", "months"),
    [("2025-11-23T10:00:00Z", 12), ("2025-11-24T10:00:00Z", None), ("2020-01-31", 81)],
)
def test_stale_tags(
    linter: Any, registry: MemoryRegistry, created: str, months: int | None
) -> None:
    registry.add_image("team/old", "1", [LAYER], {"created": created})
    found = linter.violations(f"FROM {registry.host}/team/old:1\n")
    assert len(found) == (months is not None)
    if months:
        assert f"built {months} months ago, on {created[:10]}" in found[0].message
        assert "set by the publisher" in found[0].message
        assert found[0].fix is None


@pytest.mark.parametrize("created", ["1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z"])
def test_dates_of_reproducible_builds_are_none(
    linter: Any, registry: MemoryRegistry, created: str
) -> None:
    registry.add_image("team/old", "1", [LAYER], {"created": created})
    assert linter.violations(f"FROM {registry.host}/team/old:1\n") == []


def test_each_image_is_asked_for_once_and_twice_at_most(
    linter: Any, registry: MemoryRegistry
) -> None:
    old, _ = push(registry, "1", "old")
    push(registry, "1", "new")
    push(registry, "2")
    registry.add_image("team/one", "1", [LAYER])
    lines = [
        pinned(registry, "1", old.digest),
        f"FROM {registry.host}/team/app:2\n",
        f"FROM {registry.host}/team/one:1\n",
        f"FROM {registry.host}/team/app@{old.digest}\n",
    ]
    linter.run("".join(lines * 5))
    asked = [one for one in registry.requests if one.path != "/v2/"]
    assert len(asked) == 2 * len(lines)


def test_a_registry_that_fails_is_a_reason_not_an_error(
    linter: Any, registry: MemoryRegistry
) -> None:
    registry.faults.refuse_with = [500] * 10
    [found] = linter.run(f"FROM {registry.host}/team/app:1\n")
    assert isinstance(found, Skipped)
    assert found.reason


def test_a_registry_out_of_reach(linter: Any) -> None:
    found = linter.run("FROM 127.0.0.1:9/team/app:1\nFROM 127.0.0.1:9/library/openjdk:2\n")
    assert [type(one) for one in found] == [Skipped, Skipped]
    assert "127.0.0.1:9" in found[0].reason


def test_what_is_no_image(linter: Any, registry: MemoryRegistry) -> None:
    [missing] = linter.run(f"FROM {registry.host}/team/none:1\n")
    assert isinstance(missing, Skipped)
    registry.add_manifest("team/bad", b"{", "1")
    [bad] = linter.run(f"FROM {registry.host}/team/bad:1\n")
    assert isinstance(bad, Skipped)
