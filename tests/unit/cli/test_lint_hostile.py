"""Files and folders that are not what they should be, by the command line."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bedplate.updating.edited_file import EditedFile
    from conftest import Shell

GOOD = "FROM debian:12.1\nUSER 1000\n"
FILES = {
    "binary": b"FROM a:1\n\0\x01RUN x\n",
    "large": b"FROM a:1\n" + b"RUN echo hello\n" * 700_000,
    "long line": b"FROM a:1\nRUN " + b"a && " * 20_000,
    "many stages": b"FROM a:1\n" * 20_000,
    "no end": b"FROM a:1\nRUN <<EOF\n",
    "nothing": b"# nothing\n",
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_linted(shell: Shell, content: bytes) -> None:
    (shell.folder / "Dockerfile").write_text(GOOD)
    path = shell.folder / "bad.Dockerfile"
    path.write_bytes(content)
    assert shell.run("lint", "--no-facts", "--fix", "bad.Dockerfile") == 2
    assert shell.err.startswith("bedplate: error: bad.Dockerfile: ")
    assert shell.out == ""
    assert shell.run("lint", "--no-facts", "--fix", "--format", "json") == 0
    document = json.loads(shell.out)
    assert [one["what"] for one in document["skipped"]] == ["bad.Dockerfile"]
    assert document["files"] == ["Dockerfile"]
    assert path.read_bytes() == content


def test_many_continuation_lines_are_read(shell: Shell) -> None:
    text = "FROM a:1.2\nUSER 5\nRUN true" + " \\\n x" * 100_000 + "\n"
    (shell.folder / "Dockerfile").write_text(text)
    assert shell.run("lint", "--no-facts") == 0


def test_values_that_grow_are_not_expanded(shell: Shell) -> None:
    lines = [f"ARG A{i + 1}=$A{i}$A{i}$A{i}$A{i}\n" for i in range(40)]
    (shell.folder / "Dockerfile").write_text(f"ARG A0=aaaa\n{''.join(lines)}FROM $A40\nUSER 5\n")
    assert shell.run("lint", "--no-facts", "--format", "json") in (0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x,x]\n"
        + "".join(
            f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
        )
        + "services: {s: {build: {dockerfile_inline: *k40}}}\n",
        "services:\n  build: !!python/object/apply:os.system [exit]\n",
        "services: {a: &a {build: {dockerfile_inline: 'FROM a:1.2'}, x: *a}}\n",
        "build: &b\n  <<: *b\nservices: *b\n",
        "services: {build: " + "[" * 5000,
    ],
)
def test_hostile_yaml_costs_nothing(shell: Shell, text: str) -> None:
    (shell.folder / "compose.yaml").write_text(text)
    (shell.folder / "Dockerfile").write_text(GOOD)
    assert shell.run("lint", "--no-facts") in (0, 1)


def test_pipes_devices_and_links_that_lead_out(shell: Shell) -> None:
    (shell.folder / "Dockerfile").write_text(GOOD)
    outside = shell.folder.parent / "outside"
    outside.write_text("FROM a:1.2 as b\n")
    os.mkfifo(shell.folder / "fifo.Dockerfile")
    (shell.folder / "link.Dockerfile").symlink_to(outside)
    (shell.folder / "gone.Dockerfile").symlink_to("nowhere")
    assert shell.run("lint", "--no-facts", "--fix") == 0
    assert "skipped link.Dockerfile: a link that leads out" in shell.out
    assert outside.read_text() == "FROM a:1.2 as b\n"
    assert shell.run("lint", "--no-facts", "fifo.Dockerfile") == 2
    assert "not a regular file" in shell.err


def test_a_link_within_is_followed_once_and_stays(shell: Shell) -> None:
    path = shell.folder / "Dockerfile"
    path.write_text("FROM a:1.2 as b\nUSER 5\n")
    path.chmod(0o640)
    (shell.folder / "x.Dockerfile").symlink_to(path)
    assert shell.run("lint", "--no-facts", "--fix") == 1
    assert (shell.folder / "x.Dockerfile").is_symlink()
    assert path.read_text() == "FROM a:1.2 AS b\nUSER 5\n"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_file_that_cannot_be_written_stops_no_other(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (shell.folder / f"{name}.Dockerfile").write_text("FROM a:1.2 as b\nUSER 5\n")

    def replace_file(target: object, content: bytes) -> None:
        if "a.Dockerfile" in str(target):
            raise PermissionError(13, "Permission denied")
        (shell.folder / "b.Dockerfile").write_bytes(content)

    monkeypatch.setattr("bedplate.updating.edited_file.replace_file", replace_file)
    assert shell.run("lint", "--no-facts", "--fix") == 2
    assert "a.Dockerfile: not repaired: can't be written: Permission denied" in shell.err
    assert " as b" in (shell.folder / "a.Dockerfile").read_text()
    assert " AS b" in (shell.folder / "b.Dockerfile").read_text()


def test_a_file_that_was_changed_meanwhile_stays(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shell.folder / "Dockerfile"
    path.write_text("FROM a:1.2 as b\nUSER 5\n")
    from bedplate.updating.edited_file import read_edited  # noqa: PLC0415

    def changed(place: object, name: str) -> EditedFile:
        path.write_text("FROM c:1.2\n")
        return read_edited(path, name)

    monkeypatch.setattr("bedplate.flows.lint.read_edited", changed)
    assert shell.run("lint", "--no-facts", "--fix") == 2
    assert "changed while" in shell.err
    assert path.read_text() == "FROM c:1.2\n"
