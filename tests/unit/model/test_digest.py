from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import InvalidDigest
from bedplate.model.digest import Digest


@pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512"])
def test_registered_digests_are_read_and_computed(algorithm: str) -> None:
    text = f"{algorithm}:{hashlib.new(algorithm, b'layer').hexdigest()}"
    digest = Digest.parse(text)
    assert str(digest) == text
    assert Digest.of(b"layer", algorithm) == digest == Digest.parse_any(text)
    hasher = digest.hasher()
    hasher.update(b"layer")
    assert hasher.hexdigest() == digest.hex


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sha256",
        "sha256:",
        "sha256:abc",
        f"sha256:{'A' * 64}",
        f"SHA256:{'a' * 64}",
        "md5:" + "a" * 32,
    ],
)
def test_other_texts_are_not_digests(text: str) -> None:
    with pytest.raises(InvalidDigest):
        Digest.parse(text)


def test_documents_may_hold_digests_that_nobody_can_verify() -> None:
    digest = Digest.parse_any("blake3+b64:Ab_9=")
    assert (digest.algorithm, digest.hex) == ("blake3+b64", "Ab_9=")
    with pytest.raises(InvalidDigest, match="can't be verified"):
        digest.hasher()
    with pytest.raises(InvalidDigest, match="can't be verified"):
        Digest.of(b"", "blake3+b64")


@pytest.mark.parametrize("text", ["sha256:abc", "a..b:x", "+a:x", "a:", "a:x/y", "a:" + "x" * 600])
def test_the_grammar_holds_for_every_algorithm(text: str) -> None:
    with pytest.raises(InvalidDigest):
        Digest.parse_any(text)


@given(st.text(max_size=60))
def test_any_text_is_a_digest_or_refused_in_one_short_line(text: str) -> None:
    line = ""
    try:
        assert str(Digest.parse_any(text)) == text
    except InvalidDigest as error:
        line = str(error)
    assert "\n" not in line
    assert len(line) < 1000
