"""Branches on a real remote: made, refreshed, left alone."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import BadInput, BranchMoved, Unauthorized
from bedplate.support import git_publishing
from bedplate.support.git import Git
from bedplate.support.git_objects import list_files, read_blob
from bedplate.support.git_publishing import Branch, Push, publish
from bedplate.support.git_remote import fetch, find_remote, push

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.support.git.conftest import Yard

    from bedplate.support.git_remote import Remote

NAME = "bedplate/node"
NEWER = b"FROM node:20.11\r\nRUN npm ci\n"
NEWEST = b"FROM node:20.12\r\nRUN npm ci\n"


def test_a_branch_has_one_commit_with_the_very_bytes(
    yard: Yard, git: Git, remote: Remote, wanted: Branch
) -> None:
    done = publish(git, remote, wanted)
    assert (done.action, done.commit) == (Push.CREATED, yard.tip())
    assert yard.content() == NEWER
    assert yard.git(yard.bare, "rev-parse", f"{NAME}^") == wanted.base
    assert yard.git(yard.bare, "log", "-1", "--format=%an %s", NAME) == (
        "bedplate Update node to 20.11"
    )


@pytest.mark.parametrize("autocrlf", ["true", "input", "false"])
def test_line_ends_are_not_git_s_to_change(
    yard: Yard, git: Git, remote: Remote, wanted: Branch, autocrlf: str
) -> None:
    yard.git(yard.ours, "config", "core.autocrlf", autocrlf)
    (yard.ours / ".gitattributes").write_text("* text=auto eol=lf\n")
    publish(git, remote, wanted)
    assert yard.content() == NEWER


def test_nothing_here_is_touched(yard: Yard, git: Git, remote: Remote, wanted: Branch) -> None:
    (yard.ours / "Dockerfile").write_bytes(b"FROM scratch\n")
    (yard.ours / "new.txt").write_bytes(b"new\n")
    yard.git(yard.ours, "add", "new.txt")
    before = yard.git(yard.ours, "status", "--porcelain")
    publish(git, remote, wanted)
    assert yard.git(yard.ours, "status", "--porcelain") == before
    assert yard.git(yard.ours, "branch", "--list") == "* main"
    assert yard.git(yard.ours, "worktree", "list").count("\n") == 0


def test_a_second_run_pushes_nothing(yard: Yard, git: Git, remote: Remote, wanted: Branch) -> None:
    first = publish(git, remote, wanted)
    assert publish(git, remote, wanted) == replace(first, action=Push.UNCHANGED)
    assert yard.tip() == first.commit


def test_news_replace_the_commit(yard: Yard, git: Git, remote: Remote, wanted: Branch) -> None:
    publish(git, remote, wanted)
    done = publish(git, remote, replace(wanted, files={"Dockerfile": NEWEST}))
    assert (done.action, yard.content()) == (Push.UPDATED, NEWEST)
    assert yard.git(yard.bare, "rev-list", "--count", f"main..{NAME}") == "1"


def test_a_file_that_is_no_longer_changed_goes_back(
    yard: Yard, git: Git, remote: Remote, wanted: Branch
) -> None:
    publish(git, remote, replace(wanted, files={**wanted.files, "readme.txt": b"two\n"}))
    assert publish(git, remote, wanted).action is Push.UPDATED
    assert yard.content("readme.txt") == b"one\n"


def test_a_base_that_moves_elsewhere_is_no_reason_to_push(
    yard: Yard, git: Git, remote: Remote, wanted: Branch
) -> None:
    first = publish(git, remote, wanted)
    yard.push_base("readme.txt", b"two\n")
    moved = replace(wanted, base=fetch(git, remote, "main"))
    assert publish(git, remote, moved).action is Push.UNCHANGED
    assert yard.tip() == first.commit
    assert publish(git, remote, replace(moved, rebase=True)).action is Push.UPDATED
    assert yard.content("readme.txt") == b"two\n"


def test_a_base_that_conflicts_makes_a_new_commit_on_top_of_it(
    yard: Yard, git: Git, remote: Remote, wanted: Branch
) -> None:
    publish(git, remote, wanted)
    base = yard.push_base("Dockerfile", b"FROM node:20.10\nRUN npm ci --omit=dev\n")
    fetch(git, remote, "main")
    newer = b"FROM node:20.11\nRUN npm ci --omit=dev\n"
    done = publish(git, remote, replace(wanted, base=base, files={"Dockerfile": newer}))
    assert (done.action, yard.content()) == (Push.UPDATED, newer)
    assert yard.git(yard.bare, "merge-base", "main", NAME) == base


def test_a_base_that_has_it_all_needs_no_branch(
    yard: Yard, git: Git, remote: Remote, wanted: Branch
) -> None:
    yard.push_base("Dockerfile", NEWER)
    done = publish(git, remote, replace(wanted, base=fetch(git, remote, "main")))
    assert (done.action, done.commit, yard.tip()) == (Push.EMPTY, "", "")


def test_commits_of_a_person_are_respected(
    yard: Yard, git: Git, remote: Remote, wanted: Branch
) -> None:
    publish(git, remote, wanted)
    theirs = yard.push_branch("readme.txt", b"mine\n")
    done = publish(git, remote, replace(wanted, files={"Dockerfile": NEWEST}))
    assert (done.action, done.commit) == (Push.KEPT, theirs)
    assert done.people == ("Ann <ann@example.org>",)
    assert yard.tip() == theirs


def test_an_amended_commit_is_a_person_s(
    yard: Yard, git: Git, remote: Remote, wanted: Branch
) -> None:
    publish(git, remote, wanted)
    yard.git(yard.person, "fetch", "-q")
    yard.git(yard.person, "checkout", "-q", "-B", NAME, f"origin/{NAME}")
    yard.write("Dockerfile", b"FROM node:22\n")
    yard.git(yard.person, "commit", "-q", "-a", "--amend", "--no-edit")
    yard.git(yard.person, "push", "-q", "--force", "origin", NAME)
    assert publish(git, remote, wanted).action is Push.KEPT
    assert yard.content() == b"FROM node:22\n"


def test_a_deleted_branch_is_made_again(
    yard: Yard, git: Git, remote: Remote, wanted: Branch
) -> None:
    publish(git, remote, wanted)
    yard.git(yard.bare, "update-ref", "-d", f"refs/heads/{NAME}")
    assert publish(git, remote, wanted).action is Push.CREATED
    assert yard.content() == NEWER


def test_we_delete_only_what_we_know(yard: Yard, git: Git, remote: Remote, wanted: Branch) -> None:
    done = publish(git, remote, wanted)
    theirs = yard.push_branch("readme.txt", b"mine\n")
    with pytest.raises(BranchMoved):
        push(git, remote, "", NAME, done.commit)
    assert yard.tip() == theirs
    push(git, remote, "", NAME, theirs)
    assert yard.tip() == ""


def test_a_branch_that_moves_meanwhile_is_looked_at_again(
    yard: Yard, git: Git, remote: Remote, wanted: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(git, remote, wanted)
    calls = itertools.count()

    def late_push(*arguments: object) -> None:
        if next(calls) == 0:
            yard.push_branch("readme.txt", b"mine\n")
        push(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(git_publishing, "push", late_push)
    done = publish(git, remote, replace(wanted, files={"Dockerfile": NEWEST}))
    assert done.action is Push.KEPT
    assert yard.content("readme.txt") == b"mine\n"


def test_a_protected_branch_says_so(yard: Yard, git: Git, remote: Remote, wanted: Branch) -> None:
    hook = yard.bare / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'no pushes to protected branches' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(Unauthorized, match="no pushes to protected branches") as caught:
        publish(git, remote, wanted)
    assert "protection" in caught.value.hint


def test_hooks_of_the_user_do_not_run(yard: Yard, git: Git, remote: Remote, wanted: Branch) -> None:
    for name in ("pre-commit", "commit-msg", "pre-push", "post-checkout"):
        hook = yard.ours / ".git/hooks" / name
        hook.write_text("#!/bin/sh\nexit 1\n")
        hook.chmod(0o755)
    assert publish(git, remote, wanted).action is Push.CREATED


def test_a_detached_head_is_no_hindrance(
    yard: Yard, git: Git, remote: Remote, wanted: Branch
) -> None:
    yard.git(yard.ours, "checkout", "-q", "--detach")
    assert publish(git, remote, wanted).action is Push.CREATED


def test_a_shallow_clone_is_enough_and_stays_shallow(yard: Yard, wanted: Branch) -> None:
    yard.lengthen_base(200)
    git = Git(yard.clone("shallow", "--depth=1"), yard.environment)
    remote = find_remote(git)
    first = publish(git, remote, replace(wanted, base=fetch(git, remote, "main")))
    assert first.action is Push.CREATED
    again = Git(yard.clone("again", "--depth=1"), yard.environment)
    base = fetch(again, remote, "main")
    assert publish(again, remote, replace(wanted, base=base)).action is Push.UNCHANGED
    yard.push_branch("readme.txt", b"mine\n")
    assert publish(again, remote, replace(wanted, base=base)).action is Push.KEPT
    assert yard.git(yard.folder / "again", "rev-parse", "--is-shallow-repository") == "true"


def test_links_and_submodules_are_not_written_through(
    yard: Yard, git: Git, remote: Remote, wanted: Branch
) -> None:
    (yard.person / "link").symlink_to("Dockerfile")
    base = yard.push_base("readme.txt", b"with a link\n")
    fetch(git, remote, "main")
    with pytest.raises(BadInput, match="link is not a plain file"):
        publish(git, remote, replace(wanted, base=base, files={"link": b"x"}))


@pytest.mark.parametrize("path", ["../out", "/etc/passwd", ".git/config", "a//b", "a/../b"])
def test_paths_that_lead_out_are_refused(
    yard: Yard, git: Git, remote: Remote, wanted: Branch, path: str
) -> None:
    with pytest.raises(BadInput):
        publish(git, remote, replace(wanted, files={path: b"x"}))
    assert yard.tip() == ""


def test_modes_and_strange_names_are_kept(
    yard: Yard, git: Git, remote: Remote, wanted: Branch
) -> None:
    name = "dir with space/Dockerfile\u00e4*"
    (yard.person / "dir with space").mkdir()
    yard.write(name, b"FROM a\n")
    (yard.person / name).chmod(0o755)
    base = yard.push_base("readme.txt", b"x\n")
    fetch(git, remote, "main")
    done = publish(git, remote, replace(wanted, base=base, files={name: b"FROM b\n"}))
    held = list_files(git, done.commit)[name]
    assert held.mode == "100755"
    assert read_blob(git, held.blob) == b"FROM b\n"


def test_a_key_that_can_t_sign_leaves_the_commit_unsigned_and_says_so(
    yard: Yard, git: Git, remote: Remote, wanted: Branch
) -> None:
    yard.git(yard.ours, "config", "commit.gpgSign", "true")
    yard.git(yard.ours, "config", "gpg.program", "/bin/false")
    done = publish(git, remote, wanted)
    assert done.action is Push.CREATED
    assert "failed to sign" in done.unsigned


def test_a_key_without_questions_signs(
    yard: Yard, git: Git, remote: Remote, wanted: Branch, tmp_path: Path
) -> None:
    program = tmp_path / "sign"
    program.write_text(
        "#!/bin/sh\ncat > /dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\n"
        "echo '-----BEGIN PGP SIGNATURE-----'\necho\necho x\necho '-----END PGP SIGNATURE-----'\n"
    )
    program.chmod(0o755)
    yard.git(yard.ours, "config", "commit.gpgSign", "true")
    yard.git(yard.ours, "config", "gpg.program", str(program))
    done = publish(git, remote, wanted)
    assert done.unsigned == ""
    assert "BEGIN PGP SIGNATURE" in yard.git(yard.bare, "cat-file", "commit", NAME)
    assert publish(git, remote, wanted).action is Push.UNCHANGED
