"""Decisions over registries of any content: what holds whatever is published."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.model.base_facts import EndOfLife
from bedplate.model.candidate import Candidate
from bedplate.model.digest import Digest
from bedplate.model.platform import Platform
from bedplate.model.reference import Reference
from bedplate.model.tag_choice import Axis
from bedplate.model.tag_policy import Ended
from bedplate.model.update_policy import UpdatePolicy
from bedplate.tags import compare, parse
from bedplate.updating.decide import Means, Question, decide
from bedplate.updating.published import Listed, Published

if TYPE_CHECKING:
    from bedplate.model.decision import Decision

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
AMD, ARM = Platform("linux", "amd64"), Platform("linux", "arm64")
NODE = Reference("docker.io", "library/node", "20.1.0-slim")


def digest(text: str) -> str:
    return str(Digest.of(text.encode()))


@dataclass
class World:
    """What is published, by tag or digest; every question is noted."""

    images: dict[str, Published] = field(default_factory=dict)
    listed: Listed | None = None
    asked: list[str] = field(default_factory=list)

    def add(self, tag: str, *platforms: Platform, created: str = "", seed: str = "") -> str:
        name = digest(tag + seed)
        images = {str(one): digest(f"{tag}{seed}{one}") for one in platforms}
        made = Published(name, platforms or None, images, created, "a test" if created else "")
        self.images[tag] = self.images[name] = made
        return name

    def tags(self, _: Reference) -> Listed:
        self.asked.append("tags")
        return self.listed or Listed(tuple(tag for tag in self.images if ":" not in tag))

    def published(self, reference: Reference) -> Published:
        self.asked.append(reference.target)
        gone = Published(failure="no such image", gone=True)
        return self.images.get(reference.target, gone)

    def looked_into(self, reference: Reference) -> Published:
        return self.published(reference)


def decided(
    world: World, reference: Reference = NODE, policy: UpdatePolicy | None = None
) -> Decision:
    question = Question(reference, policy or UpdatePolicy())
    return decide(question, Means(world, lambda *_: None, NOW))


def reasons(decision: Decision) -> dict[str, str]:
    return {one.tag: one.reason for one in decision.refused}


versions = st.tuples(st.integers(18, 22), st.integers(0, 2), st.integers(0, 1))
tags = st.builds(
    lambda v, variant: f"{'.'.join(map(str, v))}{variant}",
    versions,
    st.sampled_from(("", "-slim", "-alpine3.20", "-alpine3.21", "-slim-rc1")),
)
platform_sets = st.sets(st.sampled_from((AMD, ARM)), min_size=1).map(tuple)


@given(st.dictionaries(tags, platform_sets, min_size=1, max_size=25), st.data())
def test_whatever_is_published(there: dict[str, tuple[Platform, ...]], data: st.DataObject) -> None:
    world = World()
    for tag, platforms in there.items():
        world.add(tag, *platforms)
    current = data.draw(st.sampled_from(sorted(there)))
    axes = data.draw(st.sets(st.sampled_from(Axis)))
    reference = replace(NODE, tag=current)
    decision = decided(world, reference, UpdatePolicy(axes=frozenset(axes)))
    candidate = decision.candidate
    if candidate is None:
        return
    old, new = parse("node", current), parse("node", candidate.tag)
    assert compare(new, old) > 0
    assert new.shape == old.shape
    assert set(candidate.axes) <= axes
    assert set(map(str, there[current])) <= set(candidate.platforms or ())
    assert candidate.digest == world.images[candidate.tag].digest
    assert (
        len(world.asked) <= 2 + sum(one.reason == "platform lost" for one in decision.refused) + 1
    )


def test_three_questions_for_a_pin_that_has_drifted() -> None:
    world = World()
    old = world.add("20.1.0-slim", AMD, seed="old")
    new = world.add("20.1.0-slim", AMD)
    decision = decided(world, replace(NODE, digest=Digest.parse(old)))
    assert decision.candidate == Candidate("20.1.0-slim", (Axis.DIGEST,), new, ("linux/amd64",))
    assert len(world.asked) == 3


def test_a_tag_without_a_version_is_not_listed() -> None:
    world = World()
    world.add("latest", AMD)
    assert decided(world, replace(NODE, tag="latest")).candidate is None
    assert world.asked == ["latest"]


def test_a_pin_to_the_image_of_one_platform_is_current_with_its_index() -> None:
    world = World()
    world.add("20.1.0-slim", AMD, ARM)
    child = world.images["20.1.0-slim"].images["linux/amd64"]
    decision = decided(world, replace(NODE, digest=Digest.parse(child)))
    assert decision.candidate is None


def test_a_digest_of_an_earlier_build_does_not_come_back() -> None:
    world = World()
    new = world.add("20.1.0-slim", AMD, created="2025-12-20T00:00:00Z", seed="new")
    world.add("20.1.0-slim", AMD, created="2025-12-01T00:00:00Z")
    decision = decided(world, replace(NODE, digest=Digest.parse(new)))
    assert decision.candidate is None
    assert reasons(decision) == {"20.1.0-slim": "older build"}


def test_a_pinned_digest_that_is_gone_moves_on_with_a_note() -> None:
    world = World()
    world.add("20.1.0-slim", AMD)
    decision = decided(world, replace(NODE, digest=Digest.parse(digest("gone"))))
    assert decision.candidate is not None
    assert "does not have the pinned digest" in decision.notes[0]


def test_a_tag_that_is_listed_and_not_there_is_passed_over() -> None:
    world = World()
    world.add("20.1.0-slim", AMD)
    world.add("20.2.0-slim", AMD)
    world.listed = Listed(("20.1.0-slim", "20.2.0-slim", "20.3.0-slim"))
    decision = decided(world)
    assert decision.candidate is not None
    assert decision.candidate.tag == "20.2.0-slim"
    assert reasons(decision) == {"20.3.0-slim": "not examined"}


def test_versions_that_are_ignored() -> None:
    world = World()
    for major in range(20, 60):
        world.add(f"{major}.1.0-slim", AMD)
    decision = decided(world, policy=UpdatePolicy(ignored=(">=22",)))
    assert decision.candidate is not None
    assert decision.candidate.tag == "21.1.0-slim"
    assert reasons(decision)["59.1.0-slim"] == "ignored"
    assert decision.more_refused == 18


def test_a_gatekeeper_sends_us_to_the_next_nearer_one() -> None:
    world = World()
    for minor in range(4):
        world.add(f"20.{minor}.0-slim", AMD)

    class Strict:
        def refusal(self, reference: Reference, candidate: Candidate, _: UpdatePolicy) -> str:
            assert str(reference.digest) == digest("20.1.0-slim")
            return "no" if candidate.tag == "20.3.0-slim" else ""

    means = Means(world, lambda *_: None, NOW, Strict())
    decision = decide(Question(NODE, UpdatePolicy()), means)
    assert decision.candidate is not None
    assert decision.candidate.tag == "20.2.0-slim"
    assert reasons(decision)["20.3.0-slim"] == "gate"


def test_releases_near_their_end_are_refused_unless_asked_for() -> None:
    world = World()
    for major in (20, 21, 22):
        world.add(f"{major}.1.0-slim", AMD)

    def ends(product: str, cycle: str) -> EndOfLife | None:
        days = {"20": "2026-12-01", "21": "2030-01-01", "22": "2026-03-01"}
        if product != "nodejs" or cycle not in days:
            return None
        return EndOfLife(product, f"Node.js {cycle}", cycle, days[cycle], lts=cycle != "21")

    found = decide(Question(NODE, UpdatePolicy()), Means(world, ends, NOW))
    assert found.candidate is None
    assert reasons(found) == {"22.1.0-slim": "end of life", "21.1.0-slim": "not long-term"}
    asked = UpdatePolicy(ended=Ended.ALWAYS)
    found = decide(Question(NODE, asked), Means(world, ends, NOW))
    assert found.candidate is not None
    assert found.candidate.tag == "22.1.0-slim"


@pytest.mark.parametrize("created", ["", "yesterday", "1970-01-01T00:00:00Z", "0001-01-01"])
def test_a_minimum_age_is_fail_closed(created: str) -> None:
    world = World()
    world.add("20.1.0-slim", AMD)
    world.add("20.2.0-slim", AMD, created=created)
    decision = decided(world, policy=UpdatePolicy(minimum_age=3))
    assert decision.candidate is None
    assert reasons(decision) == {"20.2.0-slim": "age not known"}


def test_named_platforms_count_where_the_current_image_has_them() -> None:
    world = World()
    world.add("20.1.0-slim", AMD)
    world.add("20.2.0-slim", AMD)
    policy = UpdatePolicy(platforms=(AMD, ARM))
    assert decided(world, policy=policy).candidate is not None


def test_builds_of_windows_move_with_every_patch() -> None:
    world = World()
    world.add("20.1.0-slim", Platform("windows", "amd64", os_version="10.0.20348.2031"))
    world.add("20.2.0-slim", Platform("windows", "amd64", os_version="10.0.20348.2113"))
    world.add("20.3.0-slim", Platform("windows", "amd64", os_version="10.0.26100.1"))
    decision = decided(world)
    assert decision.candidate is not None
    assert decision.candidate.tag == "20.2.0-slim"
