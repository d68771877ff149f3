"""`bedplate init`: what it writes reads back as the policy that it was made from."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bedplate.cli.check_request import read_policy
from bedplate.cli.commands import init as command
from bedplate.cli.configuration import read_configuration
from bedplate.flows.update_settings import read_update_settings
from bedplate.model.starter import StarterProject
from bedplate.model.tag_choice import Axis
from bedplate.updating.starter_files import STARTER_FILES, gitlab

if TYPE_CHECKING:
    from conftest import Shell

ROOT = Path(__file__).parents[3]
OWN = """\
[update]
axes = ["digest", "patch", "minor"]
minimum-age = "5d"
labels = ["docker", "ä"]
open-requests = 3
base = "develop"
title-prefix = "build: "

[[update.rule]]
images = ["postgres"]
enabled = false
reason = "the database moves by hand"

[[update.rule]]
images = ["node"]
moves = ["minor"]
enabled = false
"""


@pytest.fixture(autouse=True)
def project(shell: Shell) -> None:
    (shell.folder / ".git").mkdir()
    (shell.folder / "api").mkdir()
    (shell.folder / "Dockerfile").write_text("FROM node:20\nFROM scratch\n")
    (shell.folder / "api/Dockerfile").write_text("FROM python:3.12\n")
    (shell.folder / "compose.yaml").write_text("services: {db: {image: 'postgres:16'}}\n")
    (shell.folder / "package.json").write_text('{"name": "shop"}')


def test_every_workflow_of_the_shelf_has_its_word() -> None:
    workflows = tuple(one.NAME for one in STARTER_FILES if one.WORKFLOW)
    assert set(workflows) == set(command._WORKFLOWS)


def test_our_own_policy_is_made_for_the_project_and_can_be_read(shell: Shell) -> None:
    assert shell.run("init") == 0
    assert shell.out.startswith("wrote bedplate.toml\n")
    path = shell.folder / "bedplate.toml"
    text = path.read_text()
    assert "1 compose, 2 dockerfile; Node.js" in text
    assert "odd releases of Node.js" in text
    assert read_policy(read_configuration(path)["check"], "") == read_policy({}, "")
    settings = read_update_settings(shell.folder, path)
    assert settings.policy == type(settings.policy)()
    assert shell.run("check", "--offline", "--no-update") in (0, 1)


def test_pinned_projects_demand_pins(shell: Shell) -> None:
    digest = "sha256:" + "0" * 64
    (shell.folder / "compose.yaml").unlink()
    (shell.folder / "api/Dockerfile").unlink()
    (shell.folder / "Dockerfile").write_text(f"FROM node:20@{digest}\n")
    shell.run("init")
    check = read_configuration(shell.folder / "bedplate.toml")["check"]
    assert check["pins"] == "required"
    (shell.folder / "Dockerfile").write_text(f"FROM node:20@{digest}\nFROM node:22\n")
    shell.run("init", "--force")
    tables = read_configuration(shell.folder / "bedplate.toml")
    assert (tables["check"]["pins"], tables["update"]["pin-digests"]) == (True, True)


def axes_by_image(shell: Shell, settings: Any) -> dict[str, frozenset[Axis]]:
    found = {}
    for name, path, kind in (
        ("node", "Dockerfile", "dockerfile"),
        ("python", "api/Dockerfile", "dockerfile"),
        ("postgres", "compose.yaml", "compose"),
    ):
        policy = settings.policy_for(path, (name,), kind, shell.world.today)
        axes = policy.axes if policy.enabled else frozenset()
        found[name] = axes - {Axis.DIGEST}
    return found


@pytest.mark.parametrize(
    ("option", "place"),
    [("--renovate", "renovate.json"), ("--dependabot", ".github/dependabot.yml")],
)
def test_files_of_other_tools_say_what_our_policy_says(
    shell: Shell, option: str, place: str
) -> None:
    own = shell.folder / "bedplate.toml"
    own.write_text(OWN)
    ours = read_update_settings(shell.folder, own)
    assert shell.run("init", option) == 0
    assert f"wrote {place}" in shell.out
    theirs = read_update_settings(shell.folder)
    assert theirs.sources == (place,)
    assert theirs.skipped == ()
    assert axes_by_image(shell, theirs) == axes_by_image(shell, ours)
    policy = theirs.policy_for("Dockerfile", ("node",), "dockerfile", shell.world.today)
    assert (policy.enabled, policy.minimum_age) == (True, 5)
    assert policy.labels == ("docker", "ä")
    assert (theirs.base, theirs.title_prefix) == ("develop", "build: ")


@pytest.mark.parametrize("option", ["--renovate", "--dependabot"])
def test_what_another_tool_can_not_say_is_told(shell: Shell, option: str) -> None:
    more = '[[update.rule]]\nimages = ["node"]\nwithin = "<21"\n'
    (shell.folder / "bedplate.toml").write_text(f"[update]\nmargin = '1d'\n{more}")
    shell.run("init", option)
    assert "can't say: margin" in shell.out
    assert "does not say 1 rule" in shell.out


def test_nothing_is_written_over_without_force(shell: Shell) -> None:
    workflow = shell.folder / ".github/workflows/bedplate.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text("mine\n")
    workflow.chmod(0o600)
    assert shell.run("init", "--workflow", "github") == 2
    assert ".github/workflows/bedplate.yml is there already" in shell.err
    assert not (shell.folder / "bedplate.toml").exists()
    assert workflow.read_text() == "mine\n"
    assert shell.run("init", "--workflow", "github", "--force") == 0
    assert workflow.read_text() != "mine\n"
    assert stat.S_IMODE(workflow.stat().st_mode) == 0o600


def test_nothing_is_written_through_links(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (shell.folder / ".github").symlink_to(tmp_path / "elsewhere")
    assert shell.run("init", "--workflow", "github") == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []
    (shell.folder / "bedplate.toml").symlink_to(tmp_path / "nowhere")
    assert shell.run("init") == 2


def test_a_dry_run_shows_and_writes_nothing(shell: Shell) -> None:
    assert shell.run("init", "--dry-run", "--workflow", "gitlab") == 0
    assert "[check]" in shell.out
    assert "bedplate-check:" in shell.out
    assert not (shell.folder / "bedplate.toml").exists()


def test_an_empty_project_gets_the_defaults(shell: Shell) -> None:
    for path in (*shell.folder.glob("*Dockerfile"), *shell.folder.glob("*/Dockerfile")):
        path.unlink()
    (shell.folder / "compose.yaml").unlink()
    for option in ((), ("--renovate",), ("--dependabot",)):
        assert shell.run("init", *option) == 0


@pytest.mark.parametrize("name", ["github", "gitlab", "gitea"])
def test_workflows_call_what_there_is_and_put_nothing_into_scripts(shell: Shell, name: str) -> None:
    [entry] = [one for one in STARTER_FILES if name == one.NAME]
    document = yaml.safe_load(entry.write(StarterProject()).text)
    if name == "gitlab":
        jobs = [document["bedplate-check"], document["bedplate-update"]]
        scripts = [line for job in jobs for line in job["script"]]
    else:
        steps = [step for job in document["jobs"].values() for step in job["steps"]]
        scripts = [step["run"] for step in steps if "run" in step]
        assert all("${{" not in script for script in scripts)
    ours = [script.split()[1:] for script in scripts if script.startswith("bedplate ")]
    assert [words[0] for words in ours] == ["check", "update"]
    for words in ours:
        assert shell.run(*words, "--help") == 0


def test_the_template_in_the_repository_is_what_init_writes() -> None:
    text = (ROOT / "templates/bedplate.gitlab-ci.yml").read_text()
    assert text == gitlab.write(StarterProject()).text


ACTION = yaml.safe_load((ROOT / "action.yml").read_text())


def run_action(tmp_path: Path, **inputs: str) -> tuple[int, list[str], dict[str, str]]:
    """Run the last step of the action with a program that tells how it was called."""
    program = tmp_path / "bedplate/bin/bedplate"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$OUT/words"\nenv > "$OUT/variables"\n')
    program.chmod(0o755)
    step = ACTION["runs"]["steps"][-1]
    defaults = {name: row["default"] for name, row in ACTION["inputs"].items()}
    values = {**defaults, "token": "t0ken", **inputs}
    variables = {
        name: values[text.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, text in step["env"].items()
    }
    environment = {"PATH": os.environ["PATH"], "RUNNER_TEMP": str(tmp_path), "OUT": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]], env={**environment, **variables}, check=False
    )
    words = tmp_path / "words"
    if not words.exists():
        return done.returncode, [], {}
    rows = (tmp_path / "variables").read_text().splitlines()
    return (
        done.returncode,
        words.read_text().splitlines(),
        dict(r.split("=", 1) for r in rows if "=" in r),
    )


@pytest.mark.parametrize(
    ("inputs", "words", "variable"),
    [
        ({"command": "check"}, ["check", "--format", "github", "--comment"], "GITHUB_TOKEN"),
        ({"command": "check", "comment": "false"}, ["check", "--format", "github"], "GITHUB_TOKEN"),
        ({"command": "update"}, ["update", "--pr", "--forge=github"], "GITHUB_TOKEN"),
        (
            {"command": "update", "forge": "gitea"},
            ["update", "--pr", "--forge=gitea"],
            "GITEA_TOKEN",
        ),
        ({"command": "lint"}, ["lint", "--format", "github"], ""),
        ({"command": "verify"}, ["pin", "--verify"], ""),
    ],
)
def test_the_action_calls_the_command_and_shows_the_token_to_few(
    tmp_path: Path, inputs: dict[str, str], words: list[str], variable: str
) -> None:
    code, called, variables = run_action(tmp_path, **inputs)
    assert (code, called) == (0, [*words, "--", "."])
    holders = {name for name, value in variables.items() if value == "t0ken"}
    assert holders == ({variable} if variable else set())


def test_inputs_of_the_action_are_words_and_never_script(tmp_path: Path) -> None:
    evil = '$(touch "$OUT/pwned"); `touch "$OUT/pwned"` "; touch $OUT/pwned'
    _, called, _ = run_action(
        tmp_path, command="check", paths=f"a b\n{evil}", arguments=evil, forge=evil
    )
    assert called[-2:] == ["a b", evil]
    assert evil in called[: called.index("--")]
    assert not (tmp_path / "pwned").exists()


def test_an_unknown_command_of_the_action_ends_with_2(tmp_path: Path) -> None:
    assert run_action(tmp_path, command="x\n::error::y")[0] == 2
