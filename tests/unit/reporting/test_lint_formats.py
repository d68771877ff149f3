from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from bedplate.cli.commands import lint as command
from bedplate.linting import lint, rule_id
from bedplate.linting.rules import RULES
from bedplate.model.lint_report import LintReport, RuleSummary
from bedplate.model.skipped import Skipped
from bedplate.reporting.lint_formats import LINT_FORMATS
from bedplate.reporting.look import Look
from bedplate.reporting.render_lint import render_lint

TEXT = "FROM debian\nRUN sudo a \\\n  b\nMAINTAINER \x1b[31m<&>%\n"
PATH = "a,b:c/Dockerfile"
NAMES = [entry.NAME for entry in LINT_FORMATS]


@pytest.fixture
def report() -> LintReport:
    summaries = [RuleSummary(rule_id(rule), "Finds.", rule.SEVERITY, rule.TWINS) for rule in RULES]
    return LintReport(
        texts={PATH: TEXT},
        violations=tuple(lint(TEXT, path=PATH)),
        rules=tuple(summaries),
        skipped=(Skipped("bad\x1b", "not UTF\n-8"),),
        known=2,
    )


def test_the_command_offers_every_format() -> None:
    assert list(command.FORMATS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_no_control_character_of_a_file_gets_through(report: LintReport, name: str) -> None:
    text = render_lint(report, name, Look())
    assert text.endswith("\n")
    assert all(char.isprintable() or char == "\n" for char in text)


def test_terminal_shows_the_line_with_a_marker(report: LintReport) -> None:
    lines = render_lint(report, "terminal", Look()).splitlines()
    at = next(n for n, line in enumerate(lines) if "untagged-base" in line)
    assert lines[at].startswith(f"{PATH}:1:6: warning untagged-base (DL3006, DS-0001): ")
    assert lines[at + 1 : at + 3] == ["  1 | FROM debian", "    |      ^^^^^^"]
    assert lines[-1].startswith(f"{len(report.violations)} violations in 1 file, 2 known")


def test_terminal_colours_only_when_welcome(report: LintReport) -> None:
    assert "\x1b[33;1m" in render_lint(report, "terminal", Look(color=True))


def test_json_tells_everything(report: LintReport) -> None:
    document = json.loads(render_lint(report, "json", Look()))
    assert document["schema_version"] == 1
    assert document["files"] == [PATH]
    assert document["known"] == 2
    first = document["violations"][0]
    assert (first["line"], first["instruction_line"], first["column"]) == (1, 1, 1)
    sudo = next(one for one in document["violations"] if one["rule"] == "sudo")
    assert (sudo["line"], sudo["end_line"], sudo["end_column"]) == (2, 3, 4)


def test_sarif_results_point_at_their_rules(report: LintReport) -> None:
    [run] = json.loads(render_lint(report, "sarif", Look()))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        [location] = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == "a%2Cb%3Ac/Dockerfile"
    [invocation] = run["invocations"]
    assert len(invocation["toolExecutionNotifications"]) == 1


def test_github_commands_escape_what_would_end_them(report: LintReport) -> None:
    for line in render_lint(report, "github", Look()).splitlines():
        command_word, _, rest = line.removeprefix("::").partition(" ")
        assert command_word in ("error", "warning", "notice")
        assert "file=a%2Cb%3Ac/Dockerfile" in rest or "skipped" in rest


def test_gitlab_fingerprints_differ_and_stay(report: LintReport) -> None:
    issues = json.loads(render_lint(report, "gitlab", Look()))
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints) == len(report.violations)
    assert json.loads(render_lint(report, "gitlab", Look())) == issues


def test_junit_is_xml_with_a_case_for_each_violation(report: LintReport) -> None:
    root = ET.fromstring(render_lint(report, "junit", Look()))
    assert len(root.findall(".//failure")) == len(report.violations)
    assert len(root.findall(".//skipped")) == 1
    empty = LintReport({"Dockerfile": ""}, (), ())
    assert len(ET.fromstring(render_lint(empty, "junit", Look())).findall(".//testcase")) == 1
