"""Base scores: examples of the specifications, and bounds for any vector."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.advisories.cvss import base_score, rate
from bedplate.model.rating import Level, Rating


@pytest.mark.parametrize(
    ("vector", "score"),
    [
        # CVSS v3.1 examples, first.org/cvss/v3.1/examples
        ("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4),
        ("CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 3.1),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5),
        ("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0),
        ("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 7.8),
        ("CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N", 4.6),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0.0),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U", 9.8),
        # CVSS v2, section 3.3
        ("AV:N/AC:L/Au:N/C:N/I:N/A:C", 7.8),
        ("AV:N/AC:L/Au:N/C:C/I:C/A:C", 10.0),
        ("(AV:L/AC:H/Au:N/C:C/I:C/A:C)", 6.2),
        ("AV:N/AC:M/Au:N/C:N/I:P/A:N", 4.3),
        # CVSS v4.0, first.org/cvss/v4-0/examples, and corners of its classes
        ("CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.3),
        ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 10.0),
        ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:L/VA:N/SC:N/SI:N/SA:N", 5.3),
        ("CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N/E:U", 7.1),
        ("CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", 1.0),
        ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0.0),
    ],
)
def test_scores(vector: str, score: float) -> None:
    assert base_score(vector) == score


@pytest.mark.parametrize(
    "vector",
    ["", "x", "CVSS:3.1/AV:N", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:X/C:H/I:H/A:H", "AV:N/AC:Q"],
)
def test_what_is_no_vector_has_no_score(vector: str) -> None:
    assert base_score(vector) is None
    assert rate("x", vector) is None


def test_a_rating_has_level_score_and_vector() -> None:
    vector = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
    assert rate("ghsa", vector) == Rating("ghsa", Level.CRITICAL, 9.3, vector)


@given(st.lists(st.sampled_from("HLN"), min_size=6, max_size=6), st.integers(0, 5))
def test_version_4_never_falls_when_an_impact_grows(impacts: list[str], at: int) -> None:
    names = ("VC", "VI", "VA", "SC", "SI", "SA")
    graver = [*impacts[:at], "H", *impacts[at + 1 :]]

    def score(values: list[str]) -> float:
        said = "/".join(f"{name}:{value}" for name, value in zip(names, values, strict=True))
        found = base_score(f"CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/{said}")
        assert found is not None
        return found

    assert 0 <= score(impacts) <= score(graver) <= 10


def _metrics() -> st.SearchStrategy[list[str]]:
    values = {
        "AV": "NALP",
        "AC": "LH",
        "PR": "NLH",
        "UI": "NR",
        "S": "UC",
        "C": "HLN",
        "I": "HLN",
        "A": "HLN",
    }
    return st.tuples(
        *(st.sampled_from([f"{name}:{value}" for value in of]) for name, of in values.items())
    ).flatmap(lambda metrics: st.permutations(list(metrics)))


@given(_metrics())
def test_any_vector_has_a_score_in_bounds(metrics: list[str]) -> None:
    score = base_score("/".join(["CVSS:3.1", *metrics]))
    assert score is not None
    assert 0 <= score <= 10
    assert (score == 0) is ({"C:N", "I:N", "A:N"} <= set(metrics))


@given(st.text(max_size=60))
def test_no_text_makes_it_fall_over(text: str) -> None:
    rate("x", text)
    rate("x", f"CVSS:3.1/{text}")
