"""Pinning a repository against a registry in memory."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import BadInput, InvalidDocument
from bedplate.flows.opening import open_session
from bedplate.flows.pin import pin, pin_lock, unpin, verify_pins
from bedplate.model.pin import PinStatus
from bedplate.testing.registry import Login, MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bedplate.flows.session import Session
    from bedplate.model.pin import PinReport

TODAY = dt.date(2026, 2, 3)


@pytest.fixture
def registry() -> Iterator[MemoryRegistry]:
    with MemoryRegistry() as running:
        yield running


@pytest.fixture
def session() -> Iterator[Session]:
    opened = open_session(today=TODAY)
    yield opened
    opened.access.registry().close()


def index(registry: MemoryRegistry, repository: str, *tags: str, seed: str = "") -> str:
    """Hold an index of two platforms under some tags; gives its digest."""
    image = registry.add_image(repository, "", config={"created": f"{repository} {seed}"})
    platforms = {"linux/amd64": image, "linux/arm64": image}
    (digest,) = {str(registry.add_index(repository, tag, platforms).digest) for tag in tags}
    return digest


def statuses(report: PinReport) -> list[str]:
    return [str(one.status) for one in report.pins]


def heads(registry: MemoryRegistry) -> int:
    return len(registry.paths("HEAD"))


def test_the_digest_of_the_index_is_put_behind_the_tag(
    tmp_path: Path, registry: MemoryRegistry, session: Session
) -> None:
    digest = index(registry, "node", "20-alpine")
    file = tmp_path / "Dockerfile"
    name = f"{registry.host}/node"
    file.write_bytes(
        f"\ufefffrom   {name}:20-alpine\tAS a\r\nFROM scratch\r\nCOPY --from=a /x /x".encode()
    )
    report = pin(tmp_path, [], session)
    assert (
        file.read_bytes()
        == (
            f"\ufefffrom   {name}:20-alpine@{digest}\tAS a\r\nFROM scratch\r\nCOPY --from=a /x /x"
        ).encode()
    )
    (only,) = report.pins
    assert (only.status, only.digest, only.note) == (PinStatus.PINNED, digest, "")
    assert only.observed == "2026-02-03"
    assert report.written
    assert statuses(pin(tmp_path, [], session)) == ["kept"]


def test_an_image_without_index_is_pinned_and_said_so(
    tmp_path: Path, registry: MemoryRegistry, session: Session
) -> None:
    digest = registry.add_image("app", "1").digest
    (tmp_path / "compose.yml").write_text(f"services: {{a: {{image: '{registry.host}/app:1'}}}}\n")
    (only,) = pin(tmp_path, [], session).pins
    assert only.digest == str(digest)
    assert "one platform" in only.note


def test_an_untagged_image_gets_the_tag_that_it_means(
    tmp_path: Path, registry: MemoryRegistry, session: Session
) -> None:
    digest = index(registry, "node", "latest")
    file = tmp_path / "Dockerfile"
    file.write_text(f"FROM {registry.host}/node\n")
    pin(tmp_path, [], session)
    assert file.read_text() == f"FROM {registry.host}/node:latest@{digest}\n"


def test_variables(tmp_path: Path, registry: MemoryRegistry, session: Session) -> None:
    one, two = index(registry, "one", "1", "1-x"), index(registry, "two", "1")
    assert one != two
    host = registry.host
    cases = {
        f"ARG B={host}/one:1\nFROM $B\nFROM $B\n": f"ARG B={host}/one:1@{one}\nFROM $B\nFROM $B\n",
        f"ARG V=1\nFROM {host}/one:$V\n": f"ARG V=1@{one}\nFROM {host}/one:$V\n",
        f"ARG V=1\nFROM {host}/one:$V-x\n": "",
        f"ARG V=1\nFROM {host}/one:$V\nFROM {host}/two:$V\n": "",
        f"ARG V=1\nFROM {host}/one:$V\nARG V\nLABEL v=$V\n": "",
        f"FROM {host}/one:$NOWHERE\n": "",
    }
    file = tmp_path / "Dockerfile"
    for text, pinned in cases.items():
        file.write_text(text)
        report = pin(tmp_path, [], session)
        assert file.read_text() == (pinned or text)
        if not pinned:
            assert set(statuses(report)) == {"skipped"}
            assert all(pin.note for pin in report.pins)


def test_expand_finds_the_exact_tag_by_its_digest(
    tmp_path: Path, registry: MemoryRegistry, session: Session
) -> None:
    digest = index(registry, "node", "20-alpine", "20.9.0-alpine3.18", "20.9-alpine3.18")
    index(registry, "node", "20.10.0-alpine3.19", "20.10.0-alpine", seed="newer, not pushed yet")
    index(registry, "node", "edge", seed="alone")
    file = tmp_path / "Dockerfile"
    file.write_text(f"FROM {registry.host}/node:20-alpine\nFROM {registry.host}/node:edge\n")
    floating, alone = pin(tmp_path, [], session, expand=True).pins
    assert floating.tag == "20.9.0-alpine3.18"
    assert f"{registry.host}/node:20.9.0-alpine3.18@{digest}\n" in file.read_text()
    assert alone.tag == ""
    assert "no exacter tag" in alone.note
    # two floating tags, and of the candidates each once at most
    assert heads(registry) == len(set(registry.paths("HEAD"))) <= 7


def test_expand_gives_up_after_a_few_questions(
    tmp_path: Path, registry: MemoryRegistry, session: Session
) -> None:
    index(registry, "node", "20")
    for patch in range(40):
        index(registry, "node", f"20.1.{patch}", seed=str(patch))
    (tmp_path / "Dockerfile").write_text(f"FROM {registry.host}/node:20\n")
    (only,) = pin(tmp_path, [], session, expand=True).pins
    assert only.tag == ""
    assert heads(registry) <= 13


def test_each_image_is_asked_once(
    tmp_path: Path, registry: MemoryRegistry, session: Session
) -> None:
    for number in range(12):
        index(registry, f"team/base-{number}", "1")
    for number in range(40):
        name = f"{registry.host}/team/base-{number % 12}"
        folder = tmp_path / f"service-{number}"
        folder.mkdir()
        (folder / "Dockerfile").write_text(f"FROM {name}:1\nCOPY --from={name}:1 /a /a\n")
    report = pin(tmp_path, [], session)
    assert statuses(report) == ["pinned"] * 80
    assert heads(registry) == 12
    assert registry.paths("GET") == []
    verify_pins(tmp_path, [], session)
    assert heads(registry) == 24


def test_verify_tells_drift_from_a_digest_that_is_gone(
    tmp_path: Path, registry: MemoryRegistry, session: Session
) -> None:
    fine, old = index(registry, "fine", "1"), index(registry, "moved", "1")
    new = index(registry, "moved", "1", seed="new")
    host, gone = registry.host, f"sha256:{'0' * 64}"
    index(registry, "gone", "1")
    lines = (
        f"fine:1@{fine}",
        f"moved:1@{old}",
        f"gone:1@{gone}",
        f"gone@{gone}",
        f"fine@{fine}",
        "fine:1",
        "fine:1@sha256:12",
    )
    text = "".join(f"FROM {host}/{line}\n" for line in lines)
    (tmp_path / "Dockerfile").write_text(text)
    report = verify_pins(tmp_path, [], session)
    expected = ["verified", "drifted", "gone", "gone", "verified", "skipped", "gone"]
    assert statuses(report) == expected
    assert new in report.pins[1].note
    assert (tmp_path / "Dockerfile").read_text() == text


def test_unpin_is_the_way_back(tmp_path: Path, registry: MemoryRegistry, session: Session) -> None:
    digest = index(registry, "node", "20")
    text = f"FROM {registry.host}/node:20 AS a # x\nFROM {registry.host}/node@{digest}\n"
    file = tmp_path / "Dockerfile"
    file.write_text(text)
    pin(tmp_path, [], session)
    assert file.read_text() != text
    assert statuses(unpin(tmp_path, [])) == ["unpinned", "skipped"]
    assert file.read_text() == text


def test_nothing_is_written_when_it_is_only_to_be_shown(
    tmp_path: Path, registry: MemoryRegistry, session: Session
) -> None:
    digest = index(registry, "node", "20")
    file = tmp_path / "Dockerfile"
    file.write_text(f"FROM {registry.host}/node:20\n")
    report = pin(tmp_path, [], session, write=False)
    pin_lock(tmp_path, [], session, write=False)
    assert [path.name for path in tmp_path.iterdir()] == ["Dockerfile"]
    assert file.read_text() == report.changed[0].old
    assert digest in report.changed[0].new


def test_the_lock_file_keeps_what_files_do_not_say(
    tmp_path: Path, registry: MemoryRegistry, session: Session
) -> None:
    digest = index(registry, "node", "20")
    host, file, lock = registry.host, tmp_path / "Dockerfile", tmp_path / "bedplate.lock"
    text = f"ARG V=2\nFROM {host}/node:${{V}}0\n"
    file.write_text(text)
    assert statuses(pin_lock(tmp_path, [], session)) == ["pinned"]
    locked = lock.read_text()
    assert (file.read_text(), digest in locked) == (text, True)
    assert statuses(verify_pins(tmp_path, [], session)) == ["verified"]

    new = index(registry, "node", "20", seed="new")
    assert statuses(pin_lock(tmp_path, [], open_session(today=TODAY))) == ["kept"]
    assert lock.read_text() == locked
    (moved,) = verify_pins(tmp_path, [], session).pins
    assert moved.status is PinStatus.DRIFTED
    assert new in moved.note

    index(registry, "other", "1")
    file.write_text(f"{text}FROM {host}/other:1\n")
    assert statuses(verify_pins(tmp_path, [], session)) == ["drifted", "unlocked"]
    assert statuses(pin_lock(tmp_path, ["Dockerfile"], session, drop=True)) == ["unpinned", "kept"]
    assert digest not in lock.read_text()


def test_the_lock_forgets_what_nobody_names(
    tmp_path: Path, registry: MemoryRegistry, session: Session
) -> None:
    index(registry, "one", "1")
    index(registry, "two", "1")
    file, lock = tmp_path / "Dockerfile", tmp_path / "bedplate.lock"
    file.write_text(f"FROM {registry.host}/one:1\n")
    pin_lock(tmp_path, [], session)
    file.write_text(f"FROM {registry.host}/two:1\n")
    pin_lock(tmp_path, ["Dockerfile"], session)
    assert "/one:1" in lock.read_text()
    pin_lock(tmp_path, [], session)
    assert "/one:1" not in lock.read_text()
    assert "/two:1" in lock.read_text()


def test_a_damaged_lock_file_stops_before_anything_is_asked(
    tmp_path: Path, registry: MemoryRegistry, session: Session
) -> None:
    (tmp_path / "Dockerfile").write_text(f"FROM {registry.host}/one:1\n")
    (tmp_path / "bedplate.lock").write_text("{")
    for run in (verify_pins, pin_lock):
        with pytest.raises(InvalidDocument, match=r"bedplate\.lock"):
            run(tmp_path, [], session)
    assert registry.requests == []


def test_what_a_registry_refuses_is_told_and_the_rest_is_pinned(
    tmp_path: Path, registry: MemoryRegistry, session: Session
) -> None:
    index(registry, "here", "1")
    with MemoryRegistry(Login.BASIC, user="u", password="p") as private:
        (tmp_path / "Dockerfile").write_text(
            f"FROM {registry.host}/here:1\nFROM {registry.host}/absent:1\nFROM {private.host}/x:1\n"
        )
        report = pin(tmp_path, [], session)
    assert statuses(report) == ["pinned", "unexamined", "unexamined"]
    assert all(one.note for one in report.pins[1:])
    assert (tmp_path / "Dockerfile").read_text().count("@sha256:") == 1


def test_a_registry_that_does_not_answer_is_told_for_each_image(
    tmp_path: Path, session: Session
) -> None:
    with MemoryRegistry() as closed:
        host = closed.host
    (tmp_path / "Dockerfile").write_text(f"FROM {host}/a:1\nFROM {host}/b:1\n")
    report = pin(tmp_path, [], session)
    assert statuses(report) == ["unexamined", "unexamined"]
    assert all(host in one.note for one in report.pins)
    assert report.changed == ()


def test_offline_the_catalog_answers_with_its_date(tmp_path: Path) -> None:
    session = open_session(today=TODAY, offline=True)
    file = tmp_path / "Dockerfile"
    file.write_text("FROM node:20-alpine\nFROM registry.example/nowhere:1\n")
    known, unknown = pin(tmp_path, [], session, expand=True).pins
    assert known.tag == "20.20.2-alpine3.23"
    assert known.observed in known.note
    assert unknown.status is PinStatus.UNEXAMINED
    assert statuses(verify_pins(tmp_path, [], session))[0] == "verified"
    # an old answer does not prove that a tag has moved
    file.write_text(f"FROM node:20-alpine@sha256:{'0' * 64}\n")
    assert statuses(verify_pins(tmp_path, [], session)) == ["unexamined"]


def test_links_are_kept_and_written_once(
    tmp_path: Path, registry: MemoryRegistry, session: Session
) -> None:
    digest = index(registry, "one", "1")
    outside, folder = tmp_path / "outside", tmp_path / "repository"
    folder.mkdir()
    outside.write_text(f"FROM {registry.host}/one:1\n")
    (folder / "real").write_text(f"FROM {registry.host}/one:1\n")
    (folder / "Dockerfile").symlink_to("real")
    (folder / "Dockerfile.twin").symlink_to("real")
    (folder / "Dockerfile.away").symlink_to(outside)
    report = pin(folder, [], session)
    assert statuses(report) == ["pinned"]
    assert digest in (folder / "real").read_text()
    assert (folder / "Dockerfile").is_symlink()
    (left,) = report.skipped
    assert "leads out" in left.reason
    assert digest not in outside.read_text()
    pin(folder, ["Dockerfile.away"], session)  # named: then it is meant
    assert digest in outside.read_text()


def test_files_that_can_not_be_read_are_skipped_or_refused_when_named(
    tmp_path: Path, session: Session
) -> None:
    (tmp_path / "Dockerfile").write_bytes(b"FROM x\0")
    (tmp_path / "notes.txt").write_text("hello")
    (skipped,) = pin(tmp_path, [], session).skipped
    assert (skipped.what, skipped.reason) == ("Dockerfile", "a binary file")
    for name in ("Dockerfile", "notes.txt", "absent"):
        with pytest.raises(BadInput, match=name):
            pin(tmp_path, [name], session)


def test_a_file_that_can_not_be_written_is_told(
    tmp_path: Path, registry: MemoryRegistry, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(registry, "one", "1")
    for name in ("Dockerfile.a", "Dockerfile.b"):
        (tmp_path / name).write_text(f"FROM {registry.host}/one:1\n")
    monkeypatch.setattr(
        "bedplate.updating.edited_file.os.access",
        lambda path, _mode: not str(path).endswith("a"),
    )
    report = pin(tmp_path, [], session)
    (failed,) = report.failed
    assert failed.what == "Dockerfile.a"
    assert "read-only" in failed.reason
    assert "@" not in (tmp_path / "Dockerfile.a").read_text()
    assert "@" in (tmp_path / "Dockerfile.b").read_text()
