from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bedplate.errors import InvalidReference
from bedplate.model.digest import Digest
from bedplate.model.reference import Reference

HEX = "0123456789abcdef" * 4
PIN = f"sha256:{HEX}"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("python", "docker.io/library/python"),
        ("python:3.13-slim", "docker.io/library/python:3.13-slim"),
        ("grafana/loki", "docker.io/grafana/loki"),
        ("docker.io/python", "docker.io/library/python"),
        ("index.docker.io/grafana/loki:3", "docker.io/grafana/loki:3"),
        ("ghcr.io/owner/team/app:1", "ghcr.io/owner/team/app:1"),
        ("localhost/app", "localhost/app"),
        ("registry:5000/app:1", "registry:5000/app:1"),
        ("[2001:db8::7]:5000/app", "[2001:db8::7]:5000/app"),
        ("BUILDHOST/app", "BUILDHOST/app"),
        (f"app:1@{PIN}", f"docker.io/library/app:1@{PIN}"),
        # One component is never a host: what follows its colon is a tag.
        ("registry.example:5000", "docker.io/library/registry.example:5000"),
    ],
)
def test_defaults_are_filled_in(text: str, canonical: str) -> None:
    assert str(Reference.parse(text)) == canonical


def test_the_parts_of_a_reference_can_be_read() -> None:
    reference = Reference.parse(f"quay.io/org/app:2.1@{PIN}")
    assert reference.registry == "quay.io"
    assert reference.repository == "org/app"
    assert reference.tag == "2.1"
    assert reference.digest == Digest("sha256", HEX)
    assert reference.name == "quay.io/org/app"


def test_no_tag_and_no_digest_are_empty_and_none() -> None:
    reference = Reference.parse("app")
    assert reference.tag == ""
    assert reference.digest is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("Grafana/Loki", "upper-case letters in the repository"),
        ("Python", "upper-case letters in the repository"),
        ("https://quay.io/org/app", "web address"),
        (HEX, "image id"),
        ("my app", "white space"),
        ("café", "'é'"),
        ("app@", "nothing after '@'"),
        ("app@sha256:abc", "no digest in 'sha256:abc'"),
        (f"app@sha256:{HEX.upper()}", "lower-case hex digits"),
        (f"app@md5:{HEX}", "is not a digest"),
        ("app:", "nothing after ':'"),
        ("app:-1", "no valid tag in '-1'"),
        (f"app:{'x' * 129}", "no valid tag"),
        ("quay.io//app", "empty part"),
        ("quay.io/", "names no repository"),
        ("[::1]:5000", "a registry but no repository"),
        ("host.:99/app", "no valid registry host in 'host.:99'"),
        ("org/app__", "'app__' in the repository"),
        ("org/.app", "'.app' in the repository"),
        ("a/" * 128 + "app", "more than 255 characters"),
        ("a" * 2000, "longer than 1024"),
    ],
)
def test_errors_say_which_part_is_wrong(text: str, words: str) -> None:
    with pytest.raises(InvalidReference) as caught:
        Reference.parse(text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("text", "familiar"),
    [
        ("docker.io/library/python:3", "python:3"),
        ("docker.io/grafana/loki", "grafana/loki"),
        ("docker.io/library/a/b", "library/a/b"),
        ("quay.io/org/app", "quay.io/org/app"),
        # Without the host the first folder would be read as one.
        ("docker.io/foo.bar/app", "docker.io/foo.bar/app"),
    ],
)
def test_familiar_is_the_shortest_text_that_means_the_same(text: str, familiar: str) -> None:
    reference = Reference.parse(text)
    assert reference.familiar == familiar
    assert Reference.parse(familiar) == reference


def test_latest_is_the_tag_of_a_reference_without_tag_and_digest_only() -> None:
    assert str(Reference.parse("app").with_default_tag()) == "docker.io/library/app:latest"
    assert Reference.parse("app:1").with_default_tag().tag == "1"
    assert Reference.parse(f"app@{PIN}").with_default_tag().tag == ""


def test_a_registry_is_asked_for_the_digest_before_the_tag() -> None:
    both = Reference.parse(f"app:1@{PIN}")
    assert both.target == PIN
    assert both.to_pull() == Reference.parse(f"app@{PIN}")
    assert Reference.parse("app:1").target == "1"
    assert Reference.parse("app").target == "latest"
    assert Reference.parse("app").to_pull().tag == "latest"


def test_pinning_keeps_the_tag() -> None:
    pinned = Reference.parse("app:1").with_digest(Digest.parse(PIN))
    assert str(pinned) == f"docker.io/library/app:1@{PIN}"


@given(st.text(max_size=80) | st.text("aB0.-_:/@[] ", max_size=40))
@example("index.docker.io/x")
@example("localhost/library/x")
@example(f"x@sha512:{HEX}{HEX}")
def test_any_text_is_a_reference_or_refused_and_comes_back_the_same(text: str) -> None:
    try:
        reference = Reference.parse(text)
    except InvalidReference:
        pass
    else:
        assert Reference.parse(str(reference)) == reference
        assert Reference.parse(reference.familiar) == reference


_WORDS = st.from_regex(r"[a-z0-9]{1,8}([._-][a-z0-9]{1,4})?", fullmatch=True)
_HOSTS = st.sampled_from(["docker.io", "quay.io", "localhost:5000", "[::1]:80", "HOST", "a.b-c"])
_DIGESTS = st.none() | st.binary(max_size=4).map(Digest.of)
_TAGS = st.just("") | st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}", fullmatch=True)


@given(_HOSTS, st.lists(_WORDS, min_size=1, max_size=4), _TAGS, _DIGESTS)
def test_made_references_come_back_from_their_text(
    host: str, words: list[str], tag: str, digest: Digest | None
) -> None:
    path = "/".join(words)
    if host == "docker.io" and len(words) == 1:
        path = f"library/{path}"
    reference = Reference(host, path, tag, digest)
    assert Reference.parse(str(reference)) == reference
    assert Reference.parse(reference.familiar) == reference
