"""Rewriting changes the spans of the replaced parts and nothing else."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BadInput
from bedplate.model.image_use import ImageUse
from bedplate.repofiles import Replacement, images, rewrite

DIGEST = "sha256:" + "cd" * 32


def _uses(path: str, text: str) -> list[ImageUse]:
    return [one for one in images(path, text) if isinstance(one, ImageUse)]


def _pinned(path: str, text: str, digest: str = DIGEST) -> str:
    return rewrite(path, text, [Replacement(use, digest=digest) for use in _uses(path, text)])


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("Dockerfile", "FROM  node:20 AS a # x\r\n", "FROM  node:20@§ AS a # x\r\n"),
        ("Dockerfile", "ARG T=20\nFROM node:${T}\n", "ARG T=20@§\nFROM node:${T}\n"),
        ("compose.yml", 'services: {a: {image: "a"}} # x\r\n',
         'services: {a: {image: "a@§"}} # x\r\n'),
        ("compose.yml", "services:\n  a:\n    image: ${I:-a:1}\n",
         "services:\n  a:\n    image: ${I:-a:1@§}\n"),
        ("compose.yml", "services:\n  a:\n    image: a:1@sha256:00\n",
         "services:\n  a:\n    image: a:1@§\n"),
        ("compose.yml", "services:\n  a:\n    image: >-\n      a:1\n",
         "services:\n  a:\n    image: >-\n      a:1@§\n"),
        (".drone.yml", 'steps:\n- image: "a:1\\\n    @sha256:00"\n',
         'steps:\n- image: "a:1\\\n    @§"\n'),
        ("values.yaml", "image:\n  tag: '1' # t\n  repository: a\n",
         "image:\n  tag: '1@§' # t\n  repository: a\n"),
        ("values.yaml", "image:\n  digest: sha256:00\n  repository: a\n  tag: b\n",
         "image:\n  digest: §\n  repository: a\n  tag: b\n"),
        ("kustomization.yaml", "images:\n- name: a\n  newTag: v1\n",
         "images:\n- name: a\n  newTag: v1@§\n"),
        ("devcontainer.json", '{\n\t"image": "a:1", // x\n}', '{\n\t"image": "a:1@§", // x\n}'),
        ("compose.yml", ("services:\n  a:\n    build:\n      dockerfile_inline: |\n"
         "        # x\n        FROM a:1\n"),
         ("services:\n  a:\n    build:\n      dockerfile_inline: |\n"
         "        # x\n        FROM a:1@§\n")),
    ],
)  # fmt: skip
def test_pin_goes_where_the_reference_ends(path: str, before: str, after: str) -> None:
    assert _pinned(path, before) == after.replace("§", DIGEST)


def test_each_part_is_replaced_on_its_own() -> None:
    text = "services: {a: {image: 'r.test/a:1@sha256:00'}}"
    (use,) = _uses("compose.yml", text)

    def changed(**parts: str) -> str:
        return rewrite("compose.yml", text, [Replacement(use, **parts)])

    assert changed(name="b") == text.replace("r.test/a", "b")
    assert changed(tag="2") == text.replace(":1@", ":2@")
    assert changed(tag="") == text.replace(":1@", "@")
    assert changed(digest="") == text.replace("@sha256:00", "")
    assert changed(name="b", tag="2", digest=DIGEST) == text.replace(
        "r.test/a:1@sha256:00", f"b:2@{DIGEST}"
    )


def test_tag_and_digest_are_put_behind_a_bare_name() -> None:
    text = "services: {a: {image: a}}"
    (use,) = _uses("compose.yml", text)
    assert rewrite("compose.yml", text, [Replacement(use, tag="1", digest=DIGEST)]) == (
        f"services: {{a: {{image: a:1@{DIGEST}}}}}"
    )


def test_only_the_use_that_is_meant_changes() -> None:
    text = "services:\n  a: {image: x:1}\n  b: {image: x:1}\n"
    second = _uses("compose.yml", text)[1]
    assert rewrite("compose.yml", text, [Replacement(second, tag="2")]) == (
        "services:\n  a: {image: x:1}\n  b: {image: x:2}\n"
    )


def test_argument_that_two_stages_share_is_edited_once() -> None:
    text = "ARG B=node:20\nFROM $B AS a\nFROM $B\n"
    assert _pinned("Dockerfile", text) == f"ARG B=node:20@{DIGEST}\nFROM $B AS a\nFROM $B\n"


def test_two_wishes_for_one_place_are_refused() -> None:
    text = "services: {a: {image: a:1}}"
    (use,) = _uses("compose.yml", text)
    with pytest.raises(BadInput, match="two different things"):
        rewrite("compose.yml", text, [Replacement(use, tag="2"), Replacement(use, tag="3")])


def test_part_that_stands_nowhere_is_refused() -> None:
    text = "image: $R/a:1"
    (use,) = images(".gitlab-ci.yml", text, variables={"R": "r.test"})
    assert isinstance(use, ImageUse)
    with pytest.raises(BadInput, match=r"\.gitlab-ci\.yml:1: the name of '\$R/a:1'"):
        rewrite(".gitlab-ci.yml", text, [Replacement(use, name="b")])


def test_tag_on_a_line_of_its_own_is_not_taken_away() -> None:
    text = "image:\n  repository: a\n  tag: b\n"
    (use,) = _uses("values.yaml", text)
    with pytest.raises(BadInput, match="stands alone"):
        rewrite("values.yaml", text, [Replacement(use, tag="")])


def test_file_that_changed_meanwhile_is_refused() -> None:
    text = "services: {a: {image: a:1}}"
    (use,) = _uses("compose.yml", text)
    with pytest.raises(BadInput, match="not the one in which"):
        rewrite("compose.yml", f"# {text}", [Replacement(use, tag="2")])


@pytest.mark.parametrize("new", ["1\n", "1 # x", "'", "a b", "${X}"])
def test_new_part_can_not_break_out_of_its_value(new: str) -> None:
    text = "services: {a: {image: a:1}}"
    (use,) = _uses("compose.yml", text)
    with pytest.raises(BadInput, match="can't be part of an image reference"):
        rewrite("compose.yml", text, [Replacement(use, tag=new)])


_NAMES = st.from_regex(r"[a-z]{1,8}(/[a-z0-9]{1,8})?", fullmatch=True)
_TAGS = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,12}", fullmatch=True)
_QUOTES = st.sampled_from(["", "'", '"'])
_ENDS = st.sampled_from(["\n", "\r\n", "  # 🙂 note\n"])


@given(st.lists(st.tuples(_NAMES, _TAGS, _QUOTES, _ENDS), min_size=1, max_size=6), _TAGS, st.data())
def test_an_edit_changes_its_span_alone(
    services: list[tuple[str, str, str, str]], new: str, data: st.DataObject
) -> None:
    lines = [
        f"  s{number}:\n    image: {quote}{name}:{tag}{quote}{end}"
        for number, (name, tag, quote, end) in enumerate(services)
    ]
    text = "services:\n" + "".join(lines)
    uses = _uses("compose.yml", text)
    assert [(use.name, use.tag) for use in uses] == [(name, tag) for name, tag, _, _ in services]
    use = data.draw(st.sampled_from(uses))
    assert use.tag_span is not None
    after = rewrite("compose.yml", text, [Replacement(use, tag=new)])
    assert after == text[: use.tag_span.start] + new + text[use.tag_span.end :]


@given(st.text())
def test_nothing_to_replace_is_the_identity(text: str) -> None:
    assert rewrite("compose.yml", text, []) == text


def test_pinning_twice_changes_nothing() -> None:
    text = textwrap.dedent("""
        image: {repository: a, tag: 1}
        otherImage: b
    """)
    once = _pinned("values.yaml", text)
    assert once != text
    assert _pinned("values.yaml", once) == once
