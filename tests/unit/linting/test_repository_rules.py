from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.errors import InvalidConfiguration
from bedplate.flows.named_images import named_images
from bedplate.linting.comment_filter import without_hidden
from bedplate.linting.fact_rules import FACT_RULES
from bedplate.linting.fixing import apply_fixes
from bedplate.linting.repository_checking import check_repository, repository_rule_id
from bedplate.linting.repository_rules import REPOSITORY_RULES
from bedplate.linting.rules import RULES
from bedplate.linting.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.linting.repository_rule import RepositoryRule
    from bedplate.model.violation import Violation

BAD = [(rule, texts) for rule in REPOSITORY_RULES for texts in rule.BAD]
GOOD = [(rule, texts) for rule in REPOSITORY_RULES for texts in rule.GOOD]


def check(texts: Mapping[str, str], **table: Any) -> list[Violation]:
    settings = read_settings(table)
    found = check_repository(named_images(texts).places, settings)
    return without_hidden(found, texts, settings)


@pytest.mark.parametrize(("rule", "texts"), BAD)
def test_bad_repositories_break_the_rule(rule: RepositoryRule, texts: Mapping[str, str]) -> None:
    found = check(texts, **rule.SETTINGS, select=[repository_rule_id(rule)])
    assert found
    for one in found:
        assert 0 <= one.span.start < one.span.end <= len(texts[one.path])


@pytest.mark.parametrize(("rule", "texts"), GOOD)
def test_good_repositories_do_not(rule: RepositoryRule, texts: Mapping[str, str]) -> None:
    assert check(texts, **rule.SETTINGS, select=[repository_rule_id(rule)]) == []


@pytest.mark.parametrize("rule", REPOSITORY_RULES, ids=repository_rule_id)
def test_the_docstring_says_what_and_how_to_repair(rule: RepositoryRule) -> None:
    summary, _, rest = (rule.__doc__ or "").partition("\n")
    assert re.fullmatch(r"[A-Z].*\.", summary)
    assert "Fix: " in rest


def test_ids_are_not_those_of_other_rules() -> None:
    names = {rule.__name__.rpartition(".")[2] for rule in REPOSITORY_RULES}
    assert names.isdisjoint(rule.__name__.rpartition(".")[2] for rule in (*RULES, *FACT_RULES))


def test_files_behind_the_newest_version_are_named_with_those_that_have_it() -> None:
    texts = {f"{letter}/Dockerfile": "FROM python:3.12-slim\n" for letter in "abcde"}
    texts["old/Dockerfile"] = "FROM python:3.9\nFROM python:3.9-slim\n"
    [one] = check(texts)
    assert (one.path, one.line) == ("old/Dockerfile", 1)
    assert one.message == (
        "python is 3.9 here, 3.12 in a/Dockerfile, b/Dockerfile, c/Dockerfile and 2 more files"
    )


def test_numbers_are_compared_as_numbers_and_words_are_no_versions() -> None:
    found = check({"a/Dockerfile": "FROM go:1.9-slim\n", "b/Dockerfile": "FROM go:1.10\n"})
    assert [one.path for one in found] == ["a/Dockerfile"]
    assert not check({"a/Dockerfile": "FROM x:v2-a\n", "b/Dockerfile": "FROM x:stable1\n"})


def test_comments_hide_rules_over_several_files() -> None:
    policy = {"images": {"allow": ["debian"]}}
    lines = [
        "services:",
        "  a:",
        "    # bedplate: ignore=unapproved-image we know",
        "    image: team/a:1",
        "  b:",
        "    image: team/b:1 # bedplate: ignore=unapproved-image",
        "  c:",
        "    image: team/c:1",
        "  d:",
        "    build:",
        "      dockerfile_inline: |",
        "        # bedplate: ignore=unapproved-image",
        "        FROM team/d:1",
        "        COPY --from=team/e:1 / /",
    ]
    found = check({"compose.yaml": "\n".join(lines) + "\n"}, **policy)
    assert [one.line for one in found] == [8, 14]
    text = "# bedplate: ignore=unapproved-image\nFROM a:1\nFROM a:2\n"
    assert [one.line for one in check({"Dockerfile": text}, **policy)] == [3]
    assert not check({"Dockerfile": text}, **policy, ignore=["unapproved-image"])
    whole = "# bedplate: ignore-file=unapproved-image\napiVersion: v1\nkind: Pod\nimage: a:1\n"
    assert not check({"pod.yaml": whole}, **policy)


@pytest.mark.parametrize(
    ("pattern", "fits", "fits_not"),
    [
        ("docker.io/library/*", ["node", "docker.io/node:20", "library/a"], ["team/a", "q.io/a/b"]),
        ("gcr.io/distroless/**", ["gcr.io/distroless/a/b:1"], ["gcr.io/other/a"]),
        ("node", ["node:20", "docker.io/library/node"], ["team/node", "nodejs"]),
        ("node:20-*", ["node:20-slim"], ["node:20", "node:22-slim"]),
        ("node:latest", ["node", "node:latest"], ["node:1", f"node@sha256:{'0' * 64}"]),
        ("r.example:5000/a", ["r.example:5000/a:1"], ["r.example/a"]),
        ("**@*", [f"a.example/b@sha256:{'0' * 64}"], ["a.example/b:1"]),
        ("*.example/**", ["a.example/b/c"], ["a.test/b", "example/c"]),
    ],
)
def test_patterns_of_images(pattern: str, fits: list[str], fits_not: list[str]) -> None:
    policy = read_settings({"images": {"allow": [pattern]}}).images
    assert [one for one in fits if not policy.allows(one)] == []
    assert [one for one in fits_not if policy.allows(one)] == []


@pytest.mark.parametrize(
    ("text", "replacement", "after"),
    [
        ("FROM centos:7\n", "almalinux", "FROM almalinux:7\n"),
        ("FROM centos:7\n", "almalinux:9", "FROM almalinux:9\n"),
        ("FROM centos\n", "q.io/a/b:9", "FROM q.io/a/b:9\n"),
        ("ARG B=centos:7\nFROM $B\n", "almalinux:9", "ARG B=almalinux:9\nFROM $B\n"),
        (f"FROM centos@sha256:{'0' * 64}\n", "a:9", f"FROM centos@sha256:{'0' * 64}\n"),
        ("ARG V=7\nFROM centos:$V\n", "almalinux:9", "ARG V=9\nFROM almalinux:$V\n"),
    ],
)
def test_a_denied_image_is_replaced(text: str, replacement: str, after: str) -> None:
    deny = [{"image": "centos", "reason": "over", "replacement": replacement}]
    [one] = check({"Dockerfile": text}, images={"deny": deny})
    assert "is denied: over; use" in one.message
    assert apply_fixes(text, [one]) == text
    assert apply_fixes(text, [one], unsafe=True) == after


@pytest.mark.parametrize(
    "table",
    [
        {"images": []},
        {"images": {"allowed": []}},
        {"images": {"allow": "a"}},
        {"images": {"allow": [1]}},
        {"images": {"allow": [""]}},
        {"images": {"allow": ["a b"]}},
        {"images": {"allow": ["*a" * 11]}},
        {"images": {"deny": [{"reason": "x"}]}},
        {"images": {"deny": [{"image": "a", "because": "x"}]}},
        {"images": {"deny": [{"image": "a", "reason": "x\ny"}]}},
        {"images": {"deny": [{"image": "a", "replacement": "Not An Image"}]}},
        {"images": {"deny": [{"image": "a", "replacement": f"a@sha256:{'0' * 64}"}]}},
        {"contexts": []},
        {"contexts": {"Dockerfile": 1}},
    ],
)
def test_settings_that_are_wrong(table: dict[str, Any]) -> None:
    with pytest.raises(InvalidConfiguration, match="lint"):
        read_settings(table)


def test_the_page_of_rules_has_them() -> None:
    page = Path(__file__).parents[3] / "docs" / "rules.md"
    text = page.read_text(encoding="utf-8")
    assert all(f"\n## {repository_rule_id(rule)}\n" in text for rule in REPOSITORY_RULES)
