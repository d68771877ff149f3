"""Formats of advice: what matters is in them, and hostile names do no harm."""

from __future__ import annotations

import json

import pytest

from bedplate.model.advice import Advice, Judgement, Remark, Score, Standing
from bedplate.model.base_facts import BaseFacts
from bedplate.model.image_family import ImageFamily
from bedplate.model.needs import Evidence, Need, NeedKind, Needs, Start, WantedVersion
from bedplate.model.skipped import Skipped
from bedplate.reporting.look import Look
from bedplate.reporting.render_advice import ADVICE_FORMAT_NAMES, render_advice

HOSTILE = "\x1b[31mevil\x1b[0m\u202e<script>|`@all`"
SLIM = ImageFamily("slim", ("node:22-slim",))
ALPINE = ImageFamily("alpine", ("node:22-alpine",), "alpine", "musl")


def advice(text: str = "bcrypt 5.1.1 has no musl build in it") -> Advice:
    place = Evidence(text, 3, text)
    needs = Needs(
        "node",
        "Node.js",
        versions=(WantedVersion("22", place, text),),
        needs=(Need(NeedKind.SHELL, text, place, avoidable=True),),
        start=Start((text,)),
        image="node:22",
    )
    facts = BaseFacts("node:22-slim", origin="catalog", observed="2026-09-19")
    remark = Remark("proof", text, refuses=True, fix=text, evidence=(text,))
    return Advice(
        text,
        needs,
        (
            Judgement(
                "node:22-slim",
                SLIM,
                standing=Standing.ADVISED,
                score=Score(56.0, 53.0, 100.0, 72.7),
                facts=facts,
            ),
            Judgement("node:22-alpine", ALPINE, standing=Standing.REFUSED, remarks=(remark,)),
        ),
        why=(text,),
        gains=(text,),
        tests=(text,),
        next_version=text,
        skipped=(Skipped(text, text),),
    )


@pytest.mark.parametrize("name", ADVICE_FORMAT_NAMES)
@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_answer_and_the_refusal_are_there(name: str, width: int) -> None:
    text = " ".join(render_advice(advice(), name, Look(width=width)).split())
    assert "node:22-slim" in text
    assert "bcrypt 5.1.1 has no musl build in it" in text


@pytest.mark.parametrize("name", ADVICE_FORMAT_NAMES)
def test_hostile_names_do_no_harm_and_the_bytes_are_the_same_again(name: str) -> None:
    text = render_advice(advice(HOSTILE), name, Look())
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text == render_advice(advice(HOSTILE), name, Look())
    if name == "markdown":
        assert "<script>" not in text.replace("\\<", "")
        assert "`@all`" not in text


def test_json_says_what_is_not_known() -> None:
    document = json.loads(render_advice(advice(), "json", Look()))
    assert document["schema"] == "bedplate/advice/1"
    assert document["advised"] == "node:22-slim"
    slim, alpine = document["candidates"]
    assert slim["compressed_size"] is None
    assert slim["vulnerabilities"] is None
    assert alpine["score"] is None
    assert alpine["remarks"][0]["refuses"]


def test_the_day_of_the_catalog_is_told() -> None:
    assert "as of 2026-09-19" in render_advice(advice(), "terminal", Look())
