from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Shell

FILE = "FROM debian:12 as base\r\nUSER 1000\r\n"


def test_a_folder_is_linted_and_broken_files_are_skipped(shell: Shell) -> None:
    (shell.folder / "Dockerfile").write_text("FROM debian\n")
    (shell.folder / "app.Dockerfile").write_bytes(b"FROM debian:12\nUSER 1\n<<broken\nRUN [\x00\n")
    (shell.folder / "notes.txt").write_text("FROM debian\n")
    assert shell.run("lint", "--no-facts", "--format", "json") == 1
    document = json.loads(shell.out)
    assert {one["path"] for one in document["violations"]} >= {"Dockerfile"}
    assert "notes.txt" not in document["files"]


def test_clean_files_give_zero(shell: Shell) -> None:
    (shell.folder / "Dockerfile").write_text("FROM debian:12.1\nUSER 1000\n")
    assert shell.run("lint", "--no-facts", "--format", "github") == 0
    assert shell.out == ""


def test_a_file_that_is_not_there_is_bad_input(shell: Shell) -> None:
    assert shell.run("lint", "--no-facts", "nope") == 2


def test_a_named_file_that_cannot_be_parsed_is_bad_input(shell: Shell) -> None:
    (shell.folder / "Dockerfile").write_text("FROM debian:12\nRUN <<EOF\nnever ends\n")
    assert shell.run("lint", "--no-facts", "Dockerfile") == 2
    assert shell.run("lint", "--no-facts", ".") == 0
    assert "skipped Dockerfile" in shell.out


def test_fixes_are_written_byte_for_byte(shell: Shell) -> None:
    path = shell.folder / "Dockerfile"
    path.write_bytes(b"# \xff\n" + FILE.encode())
    assert shell.run("lint", "--no-facts", "--diff") == 1
    assert path.read_bytes() == b"# \xff\n" + FILE.encode()
    assert shell.run("lint", "--no-facts", "--fix") == 1
    assert path.read_bytes() == b"# \xff\n" + FILE.replace(" as ", " AS ").encode()
    assert shell.run("lint", "--no-facts", "--diff") == 0


def test_a_baseline_is_written_and_used(shell: Shell) -> None:
    path = shell.folder / "Dockerfile"
    path.write_text("FROM debian\n")
    assert shell.run("lint", "--no-facts", "--write-baseline", "known.json") == 0
    assert shell.run("lint", "--no-facts", "--baseline", "known.json") == 0
    path.write_text("FROM debian\nRUN sudo a\n")
    assert shell.run("lint", "--no-facts", "--baseline", "known.json") == 1
    assert shell.run("lint", "--no-facts", "--baseline", "missing.json") == 2


def test_settings_come_from_the_configuration(shell: Shell) -> None:
    (shell.folder / "Dockerfile").write_text("FROM debian\n")
    (shell.folder / "bedplate.toml").write_text('[lint]\nselect = ["sudo"]\n')
    assert shell.run("lint", "--no-facts") == 0
    (shell.folder / "bedplate.toml").write_text('[lint]\nno-such-key = ["sudo"]\n')
    assert shell.run("lint", "--no-facts") == 2


def test_a_path_may_stand_behind_fix(shell: Shell) -> None:
    for name in ("a", "b", "c"):
        (shell.folder / f"{name}.Dockerfile").write_text("FROM x:1.2 as b\nUSER 5\n")
    assert shell.run("lint", "--no-facts", "--fix", "a.Dockerfile", "b.Dockerfile") == 1
    assert shell.run("lint", "--no-facts", "--fix=unsafe", "c.Dockerfile") == 1
    for name in ("a", "b", "c"):
        assert " AS " in (shell.folder / f"{name}.Dockerfile").read_text()
    assert shell.run("lint", "--no-facts", "--fix=unsfe") == 2


def test_the_policy_of_images_covers_files_of_every_kind(shell: Shell) -> None:
    (shell.folder / "pod.yaml").write_text("apiVersion: v1\nkind: Pod\nimage: team/a:1\nx: $B\n")
    (shell.folder / "Dockerfile").write_text("ARG A\nFROM $A\nUSER 5\n")
    assert shell.run("lint", "--no-facts") == 1
    assert "pod.yaml" not in shell.out
    (shell.folder / "bedplate.toml").write_text('[lint.images]\nallow = ["debian"]\n')
    assert shell.run("lint", "--no-facts") == 1
    assert "pod.yaml:3:8: error unapproved-image" in shell.out
    assert "skipped Dockerfile: $A: no value for A" in shell.out


def test_an_inline_dockerfile_is_repaired_in_its_file(shell: Shell) -> None:
    path = shell.folder / "compose.yaml"
    text = "services:\r\n a:\r\n  build:\r\n   dockerfile_inline: |\r\n    FROM x:1.2 as b\r\n"
    path.write_bytes(text.encode())
    assert shell.run("lint", "--no-facts", "--fix") == 1
    assert path.read_bytes().decode() == text.replace(" as ", " AS ")
