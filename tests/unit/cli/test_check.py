"""`bedplate check`: one answer of four parts, and for all that is red the edit that ends it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.cli.commands import check as command
from bedplate.reporting.check_formats import CHECK_FORMATS
from bedplate.testing.forge_servers.gitea import GiteaServer
from bedplate.testing.forge_servers.github import GithubServer
from bedplate.testing.forge_servers.gitlab import GitlabServer
from bedplate.testing.forge_servers.state import HeldRequest
from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.registry import MemoryRegistry
from bedplate.testing.vulnerable_image import BASE, IN_MUSL, write_advisories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Shell

FIXED = BASE.replace(b"1.2.6-r2", b"1.2.6-r9")
ROOT_ALLOWED = '[lint]\nignore = ["root-user"]\n'
SECRET = "s3cret-t0ken-of-the-forge"


@pytest.fixture
def registry() -> Iterator[MemoryRegistry]:
    with MemoryRegistry() as running:
        yield running


@pytest.fixture(autouse=True)
def advisories(shell: Shell, tmp_path: Any) -> None:
    write_advisories(tmp_path / "home/.cache/bedplate/advisories", built="2025-12-31")


def push(registry: MemoryRegistry, tag: str, layer: bytes = FIXED, name: str = "app") -> str:
    config = {"created": "2025-12-01T00:00:00Z", "config": {"Labels": {"t": tag}}}
    image = registry.add_image(name, "", [layer], config)
    return str(registry.add_index(name, tag, {"linux/amd64": image}).digest)


def policy(shell: Shell, text: str) -> None:
    (shell.folder / "bedplate.toml").write_text(text)


def dockerfile(shell: Shell, *lines: str) -> None:
    (shell.folder / "Dockerfile").write_text("".join(f"{line}\n" for line in lines))


def checked(shell: Shell, *words: str) -> Any:
    shell.run("check", "--no-update", "--platform", "linux/amd64", "--format", "json", *words)
    return json.loads(shell.out)


def states(report: Any) -> dict[str, str]:
    return {part["part"]: part["state"] for part in report["parts"]}


def failing(report: Any) -> list[Any]:
    return [one for part in report["parts"] for one in part["problems"] if one["fails"]]


def red(shell: Shell, registry: MemoryRegistry) -> None:
    """Write a repository in which every part fails."""
    gone = "sha256:" + "0" * 64
    push(registry, "1.0.0", BASE)
    push(registry, "1.0.1")
    push(registry, "2.0.0")
    policy(shell, '[check]\nscan = ["medium,fixable"]\n' + ROOT_ALLOWED)
    dockerfile(
        shell,
        f"FROM {registry.host}/app:2.0.0@{gone} AS tools",
        f"FROM {registry.host}/app:1.0.0",
        "MAINTAINER ann",
        "ENTRYPOINT run $X",
        "FROM $MISSING_STAGE",
        f"FROM {registry.host}/app:1.0.0",
        "COPY --from=3 /a /b",
    )


def test_formats_of_the_command_are_those_of_the_shelf() -> None:
    assert tuple(entry.NAME for entry in CHECK_FORMATS) == command.FORMATS


def test_the_edits_that_are_named_turn_red_to_green(shell: Shell, registry: MemoryRegistry) -> None:
    old = push(registry, "1.0.0", BASE)
    newer = push(registry, "1.0.1")
    moved = push(registry, "2.0.0", layer_tar({"a": b"b"}))
    push(registry, "2.0.0")
    policy(shell, '[check]\nscan = ["any,fixable"]\noutdated = "patch"\n' + ROOT_ALLOWED)
    dockerfile(
        shell,
        f"FROM {registry.host}/app:2.0.0@{moved} AS tools",
        f"FROM {registry.host}/app:1.0.0@{old}",
    )
    report = checked(shell)
    assert states(report) == {
        "lint": "passed",
        "pins": "failed",
        "outdated": "failed",
        "scan": "failed",
    }
    scan = next(one for one in failing(report) if one["rule"] == "scan")
    assert IN_MUSL in scan["message"]
    assert scan["replacement"] == f"{registry.host}/app:1.0.1@{newer}"
    file = shell.folder / "Dockerfile"
    lines = file.read_text().splitlines()
    for one in failing(report):
        words = lines[one["line"] - 1].split(" ")
        words[1] = one["replacement"]
        lines[one["line"] - 1] = " ".join(words)
    file.write_text("\n".join(lines) + "\n")
    assert shell.run("check", "--no-update", "--platform", "linux/amd64") == 0, shell.out
    assert shell.out.splitlines()[-1] == "passed"


def test_the_same_bytes_give_the_same_report_and_nothing_is_asked_twice(
    shell: Shell, registry: MemoryRegistry
) -> None:
    red(shell, registry)
    shell.run("check", "--no-update", "--format", "json")
    first = shell.out
    asked = Counter(
        (one.method, one.path) for one in registry.requests if "/manifests/" in one.path
    )
    assert set(asked.values()) == {1}
    assert {method for method, _ in asked} == {"GET"}
    lists = [one for one in registry.requests if "/tags/" in one.path]
    assert len(lists) == 1
    shell.run("check", "--no-update", "--format", "json")
    assert shell.out == first


def test_a_gone_digest_is_told_once_with_what_to_write(
    shell: Shell, registry: MemoryRegistry
) -> None:
    now = push(registry, "1.0.0")
    dockerfile(shell, f"FROM {registry.host}/app:1.0.0@sha256:{'0' * 64}")
    [problem] = failing(checked(shell))
    assert problem["rule"] == "pin-gone"
    assert problem["replacement"] == f"{registry.host}/app:1.0.0@{now}"
    assert problem["remedy"] == f"write {problem['replacement']}"


def test_a_tag_with_the_same_content_is_no_drift(shell: Shell, registry: MemoryRegistry) -> None:
    image = registry.add_image("app", "", [FIXED], {"created": "2025-12-01T00:00:00Z"})
    arm = [registry.add_image("app", "", [layer_tar({n: b""})]) for n in ("a", "b")]
    old = registry.add_index("app", "1", {"linux/amd64": image, "linux/arm64": arm[0]})
    registry.add_index("app", "1", {"linux/amd64": image, "linux/arm64": arm[1]})
    policy(shell, ROOT_ALLOWED)
    dockerfile(shell, f"FROM --platform=linux/amd64 {registry.host}/app:1@{old.digest}")
    report = checked(shell)
    assert states(report)["pins"] == "passed"
    [pins] = [part for part in report["parts"] if part["part"] == "pins"]
    assert "kept: the same for the platforms in use" in pins["problems"][0]["message"]


@pytest.mark.parametrize(
    ("table", "part", "state"),
    [
        ("lint = false", "lint", "off"),
        ('lint = "style"', "lint", "failed"),
        ('lint = "error"', "lint", "passed"),
        ("pins = false", "pins", "off"),
        ('pins = "required"', "pins", "failed"),
        ("pins = true", "pins", "passed"),
        ("outdated = false", "outdated", "off"),
        ('outdated = "digest"', "outdated", "passed"),
        ('outdated = "digest, minor"', "outdated", "failed"),
        ("scan = false", "scan", "off"),
        ("scan = []", "scan", "passed"),
        ('scan = ["any"]', "scan", "failed"),
        ('scan = ["critical"]', "scan", "passed"),
    ],
)
def test_the_policy_says_which_parts_run_and_what_fails(
    shell: Shell, registry: MemoryRegistry, table: str, part: str, state: str
) -> None:
    push(registry, "1.0.0", BASE)
    push(registry, "1.1.0", BASE)
    dockerfile(shell, f"FROM {registry.host}/app:1.0.0")
    policy(shell, f"[check]\n{table}\n")
    assert states(checked(shell))[part] == state


def test_a_newer_image_that_fails_too_is_not_proposed(
    shell: Shell, registry: MemoryRegistry
) -> None:
    push(registry, "1.0.0", BASE)
    push(registry, "1.1.0", BASE + b"\0" * 512)
    dockerfile(shell, f"FROM {registry.host}/app:1.0.0")
    policy(shell, '[check]\nscan = ["any"]\n')
    [problem] = failing(checked(shell))
    assert problem["replacement"] is None
    assert "1.1.0: not better" in problem["remedy"]


def test_a_newer_image_in_which_nothing_is_recognised_does_not_pass(
    shell: Shell, registry: MemoryRegistry
) -> None:
    push(registry, "1.0.0", BASE)
    push(registry, "1.1.0", layer_tar({"a": b"b"}))
    dockerfile(shell, f"FROM {registry.host}/app:1.0.0")
    policy(shell, '[check]\nscan = ["any"]\n')
    [problem] = failing(checked(shell))
    assert "1.1.0: not better" in problem["remedy"]


def test_old_advisories_are_mended_by_newer_ones(shell: Shell, registry: MemoryRegistry) -> None:
    push(registry, "1.0.0")
    dockerfile(shell, f"FROM {registry.host}/app:1.0.0")
    policy(shell, "[scan]\nmax-db-age = 0\n")
    problems = failing(checked(shell))
    assert {one["remedy"] for one in problems} == {"bedplate db update"}


@pytest.mark.parametrize(
    "table",
    [
        'lint = "fatal"',
        "lint = true",
        "pins = 1",
        'outdated = "variant"',
        "outdated = true",
        'outdated = ""',
        'scan = "high"',
        'scan = ["hihg"]',
        "scan = [1]",
        'unexamined = "maybe"',
        "lnit = false",
    ],
)
def test_a_policy_that_is_not_understood_is_refused(shell: Shell, table: str) -> None:
    policy(shell, f"[check]\n{table}\n")
    assert shell.run("check", "--offline") == 2
    assert "bedplate.toml" in shell.err or "hihg" in shell.err


def test_what_is_not_examined_fails_as_the_policy_says(
    shell: Shell, registry: MemoryRegistry
) -> None:
    push(registry, "1.0.0")
    dockerfile(shell, f"FROM {registry.host}/gone:1.0.0", f"FROM {registry.host}/app:1.0.0")
    report = checked(shell)
    assert states(report)["outdated"] == "unknown"
    assert states(report)["scan"] == "passed"
    assert shell.run("check", "--no-update", "--platform", "linux/amd64") == 3
    policy(shell, '[check]\nunexamined = "pass"\n')
    assert shell.run("check", "--no-update", "--platform", "linux/amd64") == 0
    assert "not examined" in shell.out


def test_a_rate_limit_in_the_middle_is_unknown_and_the_rest_is_told(
    shell: Shell, registry: MemoryRegistry
) -> None:
    push(registry, "1.0.0")
    with MemoryRegistry() as other:
        other.faults.refuse_with = [429] * 100
        other.faults.refuse_headers = {"Retry-After": "3600"}
        push(registry, "1.0.1")
        dockerfile(shell, f"FROM {other.host}/app:1", f"FROM {registry.host}/app:1.0.0")
        report = checked(shell)
        assert len(other.requests) == 1
    assert report["state"] == "failed"
    [problem] = failing(report)
    assert problem["rule"] == "outdated-patch"
    [outdated] = [part for part in report["parts"] if part["part"] == "outdated"]
    assert len(outdated["unexamined"]) == 1


def test_a_dockerfile_that_can_not_be_read_does_not_pass_unseen(shell: Shell) -> None:
    (shell.folder / "Dockerfile").write_bytes(b"FROM a\0\n")
    report = checked(shell)
    assert states(report)["lint"] == "unknown"
    assert report["state"] == "unknown"
    told = [one["what"] for part in report["parts"] for one in part["skipped"]]
    assert told == []


def test_an_image_can_be_checked(shell: Shell, registry: MemoryRegistry) -> None:
    push(registry, "1.0.0", BASE)
    push(registry, "1.0.1")
    policy(shell, '[check]\nscan = ["any"]\n')
    report = checked(shell, f"{registry.host}/app:1.0.0")
    assert states(report) == {
        "lint": "off",
        "pins": "off",
        "outdated": "failed",
        "scan": "failed",
    }
    assert checked(shell, f"docker://{registry.host}/app:1.0.1")["state"] == "passed"
    assert shell.run("check", "no/such/folder") == 2
    assert "no such file or folder" in shell.err
    assert shell.run("check", "no/such", "nor/such") == 2


def test_every_format_names_the_edits_and_is_well_formed(
    shell: Shell, registry: MemoryRegistry
) -> None:
    red(shell, registry)
    (shell.folder / "Dockerfile\x1b[2J").write_text("FROM a\n")
    texts = {}
    for name in command.FORMATS:
        assert shell.run("check", "--no-update", "--format", name) == 1
        texts[name] = shell.out
        assert "\x1b" not in shell.out
    newest = f"{registry.host}/app:1.0.1"
    assert all(newest in text for text in texts.values())
    suites = ET.fromstring(texts["junit"])
    assert len(suites) == 4
    [run] = json.loads(texts["sarif"])["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in run["results"])
    assert all(line.startswith("::") for line in texts["github"].splitlines())


def test_the_summary_of_the_job_is_added_to(shell: Shell, registry: MemoryRegistry) -> None:
    push(registry, "1.0.0")
    dockerfile(shell, f"FROM {registry.host}/app:1.0.0")
    summary = shell.folder / "summary.md"
    summary.write_text("before\n")
    shell.environment["GITHUB_STEP_SUMMARY"] = str(summary)
    words = ("check", "--no-update", "--platform", "linux/amd64")
    assert shell.run(*words) == 0
    assert summary.read_text().startswith("before\n### 🟢 bedplate check: passed")
    shell.environment["GITHUB_STEP_SUMMARY"] = str(shell.folder / "no/such")
    assert shell.run(*words) == 0
    assert "no summary of the job" in shell.err


def job(name: str, url: str, number: int, folder: Any) -> dict[str, str]:
    """Give the variables that a forge sets for a change request, and a token."""
    event = folder / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": number}}))
    if name == "gitlab":
        return {
            "GITLAB_CI": "true",
            "CI_SERVER_URL": url,
            "CI_MERGE_REQUEST_PROJECT_URL": f"{url}/acme/shop",
            "CI_MERGE_REQUEST_IID": str(number),
            "GITLAB_TOKEN": SECRET,
        }
    github = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_SERVER_URL": url,
        "GITHUB_REPOSITORY": "acme/shop",
    }
    if name == "gitea":
        ref = {"GITHUB_REF": f"refs/pull/{number}/head", "GITEA_ACTIONS": "true"}
        return github | ref | {"GITEA_TOKEN": SECRET}
    more = {"GITHUB_REF": "refs/heads/main", "GITHUB_EVENT_PATH": str(event)}
    return github | more | {"GITHUB_TOKEN": SECRET}


@pytest.mark.parametrize("server_of", [GithubServer, GitlabServer, GiteaServer])
def test_one_comment_is_kept_in_the_change_request(
    shell: Shell, registry: MemoryRegistry, server_of: Any
) -> None:
    red(shell, registry)
    with server_of(SECRET) as server:
        held = server.add_repository("acme/shop")
        request = held.add_request(HeldRequest(0, "theirs", "", head="feature"))
        name = server_of.__name__.removesuffix("Server").lower()
        shell.environment |= job(name, server.url, request.number, shell.folder)
        words = ("check", "--no-update", "--comment")
        assert shell.run(*words) == 1
        assert "no comment" not in shell.err
        [comment] = request.comments
        assert "🔴" in comment.body
        before = server.mutations
        shell.run(*words)
        assert server.mutations == before
        dockerfile(shell, "FROM scratch")
        assert shell.run(*words) == 0
        assert len(request.comments) == 1
        assert "🟢" in request.comments[0].body


def test_a_token_without_rights_does_not_change_the_answer(shell: Shell) -> None:
    dockerfile(shell, "FROM scratch")
    assert shell.run("check", "--offline", "--comment") == 0
    assert "the environment names no change request" in shell.err
    with GithubServer("another") as server:
        held = server.add_repository("acme/shop")
        request = held.add_request(HeldRequest(0, "theirs", "", head="feature"))
        shell.environment |= job("github", server.url, request.number, shell.folder)
        assert shell.run("check", "--offline", "--comment") == 0
        assert "no comment" in shell.err
        assert SECRET not in shell.err
