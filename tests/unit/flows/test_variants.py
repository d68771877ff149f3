from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from bedplate.errors import BadInput, RegistryUnreachable
from bedplate.flows.variants import LIMIT, sibling_tags, split_tag, variants

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.flows.session import Session

NODE = (
    *("20", "20-slim", "20-alpine", "20-alpine3.22", "20-alpine3.23"),
    *("20-bookworm", "20-bookworm-slim", "20-trixie", "20-trixie-slim"),
    *("20-bullseye", "20-bullseye-slim", "20-20250101"),
    *("20-windowsservercore", "20-nanoserver-ltsc2022"),
    *("22", "22-slim", "20.1", "20.1-slim", "latest", "slim", "alpine", "bookworm", "lts"),
)


@pytest.mark.parametrize(
    ("tag", "version", "words"),
    [
        ("20", "20", ()),
        ("20.11-bookworm-slim", "20.11", ("bookworm", "slim")),
        ("v1.2.3-alpine", "v1.2.3", ("alpine",)),
        ("latest", "", ()),
        ("slim", "", ("slim",)),
        ("alpine3.22", "", ("alpine3.22",)),
        ("bookworm-slim", "bookworm", ("slim",)),
        ("lts-alpine", "lts", ("alpine",)),
    ],
)
def test_tags_split_into_version_and_words(tag: str, version: str, words: tuple[str, ...]) -> None:
    assert split_tag(tag) == (version, words)


def test_siblings_have_the_same_version_and_other_words() -> None:
    found = sibling_tags("20", NODE)
    assert found[:2] == ["20-alpine", "20-bookworm"]
    assert set(found[:8]) == {
        *("20-alpine", "20-bookworm", "20-bullseye", "20-slim", "20-trixie"),
        *("20-bookworm-slim", "20-bullseye-slim", "20-trixie-slim"),
    }
    assert found[8:] == ["20-alpine3.22", "20-alpine3.23"]


def test_the_image_itself_is_no_sibling_but_the_plain_one_is() -> None:
    found = sibling_tags("20-slim", NODE)
    assert found[0] == "20"
    assert "20-slim" not in found


def test_codenames_are_versions_of_a_distribution() -> None:
    debian = ["bookworm", "bookworm-slim", "bookworm-backports", "trixie", "12", "12-slim"]
    assert sibling_tags("bookworm", debian) == ["bookworm-backports", "bookworm-slim"]
    assert sibling_tags("12", debian) == ["12-slim"]


class FakeRegistry:
    def __init__(self, tags: Iterable[str] | Exception) -> None:
        self._tags = tags

    def tags(self, _reference: object) -> Iterable[str]:
        if isinstance(self._tags, Exception):
            raise self._tags
        return self._tags


def session(
    tags: Iterable[str] | Exception = (),
    *,
    offline: bool = False,
    known: Iterable[str] = (),
    siblings: Iterable[str] = (),
    notices: list[str] | None = None,
) -> Session:
    catalog = SimpleNamespace(
        tags=lambda repository: (
            SimpleNamespace(tags=tuple(known)) if repository == "docker.io/library/node" else None
        ),
        siblings=lambda _reference: tuple(
            SimpleNamespace(reference=name, repository=name.rpartition(":")[0] or name)
            for name in siblings
        ),
    )
    return cast(
        "Session",
        SimpleNamespace(
            access=SimpleNamespace(registry=lambda: FakeRegistry(tags), scratch=Path()),
            catalog=catalog,
            offline=offline,
            notify=(notices if notices is not None else []).append,
        ),
    )


def test_variants_are_named_as_the_user_writes_and_end_with_the_equals() -> None:
    equals = ["docker.io/library/node:22", "gcr.io/distroless/nodejs20-debian12:latest", "scratch"]
    found = variants("node:20", session(NODE, siblings=equals))
    assert found[0] == "node:20-alpine"
    assert found[-2:] == ("gcr.io/distroless/nodejs20-debian12:latest", "scratch")
    assert len(found) <= LIMIT


def test_variants_are_bounded() -> None:
    many = [f"1-word{number}x" for number in range(1000)]
    assert len(variants("registry.example:5000/team/app:1", session(many))) == LIMIT


def test_a_registry_with_a_port_and_a_digest_keep_their_name() -> None:
    tags = ["1", "1-slim"]
    assert variants("localhost:5000/app:1", session(tags)) == ("localhost:5000/app:1-slim",)
    assert variants("localhost:5000/app", session(["latest", "slim"])) == (
        "localhost:5000/app:slim",
    )
    pinned = "localhost:5000/app:1@sha256:" + "0" * 64
    assert variants(pinned, session(tags)) == ("localhost:5000/app:1-slim",)


def test_offline_the_catalog_knows_the_tags() -> None:
    refuse = RegistryUnreachable("must not be asked")
    found = variants("node:20", session(refuse, offline=True, known=["20", "20-slim"]))
    assert found == ("node:20-slim",)


def test_a_registry_out_of_reach_is_said_and_the_catalog_answers() -> None:
    notices: list[str] = []
    error = RegistryUnreachable("docker.io does not answer")
    found = variants("node:20", session(error, known=["20-slim"], notices=notices))
    assert found == ("node:20-slim",)
    assert "docker.io does not answer" in notices[0]


def test_local_images_have_no_variants() -> None:
    with pytest.raises(BadInput, match="no variants"):
        variants("oci:folder", session())
