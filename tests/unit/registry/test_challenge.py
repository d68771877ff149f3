"""Reading WWW-Authenticate: what servers send, and what only strangers would."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.registry.challenge import Challenge, parse_challenges

TOKEN_CHARACTERS = string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", []),
        ("Basic", [("basic", {})]),
        ('Basic realm="Registry Realm"', [("basic", {"realm": "Registry Realm"})]),
        (
            'Bearer realm="https://auth.example/token",service="r",scope="repository:a/b:pull,push"',
            [
                (
                    "bearer",
                    {
                        "realm": "https://auth.example/token",
                        "service": "r",
                        "scope": "repository:a/b:pull,push",
                    },
                )
            ],
        ),
        (
            'BEARER Realm = "x" , SERVICE=plain , BASIC realm="y"',
            [("bearer", {"realm": "x", "service": "plain"}), ("basic", {"realm": "y"})],
        ),
        (
            'Negotiate YIIJvwYGKwYBBQ==, Basic realm="a, b"',
            [("negotiate", {}), ("basic", {"realm": "a, b"})],
        ),
        ("Negotiate, NTLM", [("negotiate", {}), ("ntlm", {})]),
        (r'Basic realm="say \"hi\" \\ there"', [("basic", {"realm": r'say "hi" \ there'})]),
        ('Basic realm="never closed', [("basic", {"realm": "never closed"})]),
        ('Bearer realm="one",realm="two"', [("bearer", {"realm": "one"})]),
        (",,, Basic ,, ", [("basic", {})]),
        ('realm="belongs to nobody", Basic realm="r"', [("basic", {"realm": "r"})]),
    ],
)
def test_headers(header: str, expected: list[tuple[str, dict[str, str]]]) -> None:
    assert [(c.scheme, dict(c.parameters)) for c in parse_challenges(header)] == expected


def _written(challenge: Challenge) -> str:
    pairs = [
        '{}="{}"'.format(name, value.replace("\\", "\\\\").replace('"', '\\"'))
        for name, value in challenge.parameters.items()
    ]
    return f"{challenge.scheme} {', '.join(pairs)}"


WORDS = st.text(TOKEN_CHARACTERS.lower(), min_size=1, max_size=12).map(str.lower)
VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)
CHALLENGES = st.builds(Challenge, WORDS, st.dictionaries(WORDS, VALUES, min_size=1, max_size=4))


@given(st.lists(CHALLENGES, max_size=4))
def test_what_was_written_is_read(challenges: list[Challenge]) -> None:
    header = ", ".join(_written(challenge) for challenge in challenges)
    assert list(parse_challenges(header)) == challenges


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_complaint(header: str) -> None:
    for challenge in parse_challenges(header):
        assert challenge.scheme == challenge.scheme.lower()
        assert challenge.scheme


def test_a_flood_is_cut_off() -> None:
    many = ", ".join(f"scheme{i}" for i in range(1000))
    assert len(parse_challenges(many)) <= 16
    parameters = ", ".join(f"p{i}=1" for i in range(1000))
    assert len(parse_challenges(f"Bearer {parameters}")[0].parameters) <= 32
