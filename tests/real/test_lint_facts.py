"""Facts rules against docker-registry, with images that skopeo pushed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from rig.registries import Registry, push, serve

from bedplate.flows.file_facts import file_facts
from bedplate.flows.opening import open_session
from bedplate.linting.fact_settings import FactSettings
from bedplate.linting.fixing import apply_fixes
from bedplate.model.documents import parse_index
from bedplate.model.platform import Platform
from bedplate.model.reference import Reference
from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.layout_builder import LayoutBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.flows.session import Session
    from bedplate.model.violation import Violation

pytestmark = pytest.mark.real("docker-registry", "skopeo")


@pytest.fixture(name="registry_of_facts", scope="module")
def fixture_registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Registry]:
    """Run a registry of this module's own, whose log counts its requests alone."""
    with serve(tmp_path_factory.mktemp("facts")) as running:
        yield running


@pytest.fixture(name="session")
def fixture_session() -> Iterator[Session]:
    session = open_session(today=dt.date(2026, 11, 23))
    yield replace(session, platform=Platform("linux", "amd64"))
    session.access.registry().close()


@pytest.fixture(name="app", scope="module")
def fixture_app(
    registry_of_facts: Registry, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Push `team/app:1` and `:2`, indexes of two platforms, and `team/old:1`, an image."""
    folder = tmp_path_factory.mktemp("layout")
    builder = LayoutBuilder(folder)
    for tag in ("1", "2"):
        layer = layer_tar({"etc/tag": tag.encode()})
        entries = [
            builder.add_image([layer], architecture=architecture, listed=False)
            for architecture in ("amd64", "arm64")
        ]
        builder.add_index(entries, tag=tag)
    created = {"org.opencontainers.image.created": "2020-02-29T00:00:00Z"}
    created = {"org.opencontainers.image.created": "2020-02-29T00:00:00Z"}
    builder.add_image([layer_tar({"etc/old": b"o"})], tag="old", annotations=created)
    host = registry_of_facts.host
    for tag in ("1", "2"):
        push(folder, tag, f"{host}/team/app:{tag}")
    push(folder, "old", f"{host}/team/old:1")
    digests = {}
    client = open_session().access.registry()
    for tag in ("1", "2"):
        document = client.get_manifest(Reference.parse(f"{host}/team/app:{tag}"))
        digests[tag] = str(document.digest)
        images = parse_index(document.content).manifests
        digests[f"{tag} amd64"] = str(images[0].digest)
    client.close()
    return {"app": f"{host}/team/app", "old": f"{host}/team/old", **digests}


def _rules(text: str, session: Session, **options: Any) -> dict[str, Violation]:
    violations, skipped = file_facts(
        {"Dockerfile": text}, session, settings=FactSettings(**options)
    )
    assert skipped == []
    return {one.rule: one for one in violations}


def test_a_digest_of_one_platform(app: dict[str, str], session: Session) -> None:
    text = f"FROM {app['app']}:1@{app['1 amd64']}\n"
    found = _rules(text, session)
    assert list(found) == ["single-platform-digest"]
    fixed = apply_fixes(text, found.values())
    assert fixed == f"FROM {app['app']}:1@{app['1']}\n"
    assert _rules(fixed, session) == {}


def test_a_digest_of_another_tag(app: dict[str, str], session: Session) -> None:
    text = f"FROM {app['app']}:1@{app['2']}\n"
    found = _rules(text, session)
    assert list(found) == ["digest-drift"]
    assert len(found["digest-drift"].evidence) == 2
    fixed = apply_fixes(text, found.values(), unsafe=True)
    assert fixed == f"FROM {app['app']}:1@{app['1']}\n"


def test_a_digest_that_is_gone(app: dict[str, str], session: Session) -> None:
    assert list(_rules(f"FROM {app['app']}:1@sha256:{'0' * 64}\n", session)) == ["digest-gone"]


def test_platforms_and_age(app: dict[str, str], session: Session) -> None:
    arm = (Platform("linux", "arm64"),)
    assert _rules(f"FROM {app['app']}:1\n", session, platforms=arm) == {}
    found = _rules(f"FROM {app['old']}:1\n", session, platforms=arm)
    assert list(found) == ["platform-missing", "stale-tag"]
    assert "80 months ago, on 2020-02-29" in found["stale-tag"].message


def test_two_requests_for_each_image(
    app: dict[str, str], session: Session, registry_of_facts: Registry
) -> None:
    lines = [
        f"FROM {app['app']}:1\n",
        f"FROM {app['app']}:1@{app['2']}\n",
        f"FROM {app['app']}@{app['1']}\n",
        f"FROM {app['old']}:1\n",
    ]
    before = len(registry_of_facts.requests())
    file_facts({"Dockerfile": "".join(lines * 3), "b/Dockerfile": lines[0]}, session)
    asked = [one for one in registry_of_facts.requests()[before:] if not one.endswith("/v2/")]
    assert 0 < len(asked) <= 2 * len(lines)


def test_a_registry_that_is_not_there(session: Session) -> None:
    violations, skipped = file_facts({"Dockerfile": "FROM 127.0.0.1:9/team/app:1\n"}, session)
    assert violations == []
    assert "127.0.0.1:9" in skipped[0].reason
