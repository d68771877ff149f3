"""A pin adds a digest and nothing else; taking it away gives the old file back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BadInput
from bedplate.model.image_use import ImageUse, SkippedUse
from bedplate.repofiles import images
from bedplate.updating.answer import Answer
from bedplate.updating.edited_file import EditedFile
from bedplate.updating.pin_file import NamedImages, pin_file, unpin_file

if TYPE_CHECKING:
    from bedplate.model.reference import Reference

DIGEST = f"sha256:{'5a' * 32}"
WORDS = ("FROM", "COPY --from=", "ARG B=", "RUN --mount=from=", "# syntax=", "\\\n", "\\")
LINES = st.lists(
    st.one_of(
        st.sampled_from(("node:20", " node:20 ", "$B", "${B}", "a/b", " AS x", "scratch", "x:1")),
        st.sampled_from((*WORDS, "\n", "\r\n", "\t", '"', "'", "\ufeff", "\udcff", " ")),
    ),
    max_size=30,
).map("".join)


class SameForAll:
    """Knows one digest, and no exact tags."""

    def of(self, _: Reference) -> Answer:
        return Answer(DIGEST, "2026-01-01")

    def exact_tag(self, _: Reference) -> str:
        return ""


def named(path: str, text: str) -> NamedImages:
    file = EditedFile(path, Path(path), text.encode("utf-8", "surrogateescape"))
    found = (one for one in images(path, text) if isinstance(one, ImageUse | SkippedUse))
    return NamedImages(file, tuple(found))


def pinned(path: str, text: str) -> str:
    _, changed = pin_file(named(path, text), SameForAll(), expand=False)
    return changed.new if changed else text


@given(LINES)
def test_only_digests_are_added_to_any_text(noise: str) -> None:
    text = f"FROM node:20\n{noise}"
    try:
        named("Dockerfile", text)
    except BadInput:
        return
    new = pinned("Dockerfile", text)
    assert new.replace(f"@{DIGEST}", "").replace(":latest", "") == text.replace(":latest", "")
    assert pinned("Dockerfile", new) == new


@given(st.lists(st.sampled_from(("node:20", '"a/b:1" # x', "'h:5000/c:v1'")), min_size=1))
def test_unpin_gives_the_old_file_back(values: list[str]) -> None:
    text = "services:\r\n" + "".join(f"  s{n}:\r\n    image: {v}\r\n" for n, v in enumerate(values))
    new = pinned("compose.yaml", text)
    assert new.count(f"@{DIGEST}") == len(values)
    _, back = unpin_file(named("compose.yaml", new))
    assert back is not None
    assert back.new == text


def test_two_uses_in_one_line_are_both_pinned() -> None:
    text = "FROM scratch\nRUN --mount=from=a/b:1,target=/x --mount=from=a/b:1,target=/y true\n"
    assert pinned("Dockerfile", text).count(f"a/b:1@{DIGEST},") == 2


def test_parts_that_stand_apart() -> None:
    text = "image:\n  repository: team/app\n  tag: '1.2'\n"
    assert pinned("values.yaml", text) == text.replace("1.2", f"1.2@{DIGEST}")


def test_escapes_and_templates_are_left_to_people() -> None:
    text = 'services:\n  a:\n    image: "node:\\x320"\n  b:\n    image: "{{ x }}"\n'
    pins, changed = pin_file(named("compose.yaml", text), SameForAll(), expand=False)
    assert changed is None
    assert [str(pin.status) for pin in pins] == ["skipped", "skipped"]
    assert all(pin.note for pin in pins)
