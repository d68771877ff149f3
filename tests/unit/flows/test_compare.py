from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

import bedplate.flows.compare
from bedplate.errors import ImageNotFound, PlatformNotFound
from bedplate.flows.compare import compare
from bedplate.testing.sample_facts import alpine_sample, debian_sample, unknown_sample

if TYPE_CHECKING:
    from bedplate.flows.session import Session
    from bedplate.model.base_facts import BaseFacts

NOBODY = cast("Session", None)


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names that were inspected, in order."""
    names: list[str] = []
    known = {
        "big": debian_sample("big"),
        "small": alpine_sample("small"),
        "again": replace(debian_sample("again"), reference="other"),
        "dark": unknown_sample("dark"),
        "darker": unknown_sample("darker"),
    }

    def inspect(name: str, _session: object) -> tuple[BaseFacts, ...]:
        names.append(name)
        if name == "odd":
            raise PlatformNotFound("odd has no linux/amd64", "see --platform")
        if name not in known:
            raise ImageNotFound(f"no {name}")
        return (known[name],)

    monkeypatch.setattr(bedplate.flows.compare, "inspect", inspect)
    return names


def test_images_are_looked_at_once_in_the_order_asked_for(asked: list[str]) -> None:
    report = compare(["small", "big", "small"], NOBODY)
    assert asked == ["small", "big"]
    assert [image.facts.name for image in report.images] == ["small", "big"]


def test_an_image_that_was_named_must_be_there() -> None:
    with pytest.raises(ImageNotFound):
        compare(["big", "nothing"], NOBODY)


def test_a_variant_that_fails_stops_nothing() -> None:
    report = compare(["big"], NOBODY, ["odd", "small"])
    assert [image.facts.name for image in report.images] == ["big", "small"]
    assert [(note.what, note.reason) for note in report.skipped] == [
        ("odd", "odd has no linux/amd64")
    ]


def test_a_variant_that_is_the_same_image_is_left_out() -> None:
    report = compare(["big"], NOBODY, ["again"])
    assert [image.facts.name for image in report.images] == ["big"]
    assert report.skipped[0].reason == "the same image as big"


def test_images_without_a_digest_are_never_taken_for_one() -> None:
    report = compare(["dark"], NOBODY, ["darker"])
    assert len(report.images) == 2
