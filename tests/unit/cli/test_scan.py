"""`bedplate scan` and `bedplate sbom` as users call them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.cli.commands.scan import FORMATS, POLICIES
from bedplate.matching import policy
from bedplate.reporting.render_scan import SCAN_FORMAT_NAMES
from bedplate.testing.vulnerable_image import (
    IN_LEFT_PAD,
    IN_MUSL,
    vulnerable_image,
    write_advisories,
)

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Shell


@pytest.fixture
def image(shell: Shell, tmp_path: Path) -> str:
    # later than the day of `shell`: no report may stumble over it
    write_advisories(tmp_path / "home/.cache/bedplate/advisories")
    return vulnerable_image(shell.folder / "layout")


def scanned(shell: Shell, *words: str) -> Any:
    shell.run("scan", "--no-update", "--format", "json", *words)
    return json.loads(shell.out)


def found(shell: Shell, *words: str) -> list[str]:
    scans = scanned(shell, *words)["scans"]
    return sorted(finding["vulnerability"] for one in scans for finding in one["findings"])


def test_the_command_knows_all_policies_and_formats() -> None:
    assert set(POLICIES) == set(policy.POLICIES)
    assert FORMATS == SCAN_FORMAT_NAMES


def test_findings_alone_do_not_fail(shell: Shell, image: str) -> None:
    assert shell.run("scan", "--no-update", image) == 0
    assert IN_MUSL in shell.out
    assert shell.err == ""


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (["--fail-on", "high"], 1, f"high: 1 finding: {IN_LEFT_PAD}"),
        (["--fail-on", "fixable"], 1, f"fixable: 1 finding: {IN_MUSL}"),
        (["--fail-on", "high,fixable"], 0, ""),
        (["--fail-on", "high", "--only", "fixable"], 1, IN_LEFT_PAD),
        (["--fail-on", "critical", "--fail-on", "any"], 1, "any: 2 findings"),
        (["--fail-on", "fixable", "--grace", "7d"], 1, IN_MUSL),
        (["--fail-on", "high", "--grace", "7d"], 0, ""),
        (["--max-db-age", "0"], 1, "advisories are too old"),
    ],
)
def test_gates_decide_the_exit_code(
    shell: Shell, image: str, words: list[str], code: int, reason: str
) -> None:
    assert shell.run("scan", "--no-update", image, *words) == code
    assert reason in shell.err
    assert ("bedplate: fails: " in shell.err) == bool(code)


def test_nothing_recognised_is_3_and_never_0(shell: Shell) -> None:
    (shell.folder / "root/etc").mkdir(parents=True)
    assert shell.run("scan", "--no-update", f"dir:{shell.folder}/root") == 3
    assert "unknown: nothing was recognised" in shell.out
    assert (
        shell.run("scan", "--no-update", f"dir:{shell.folder}/root", "--write-baseline", "b.json")
        == 3
    )
    assert "nothing was recognised" in shell.err


def test_one_that_is_unknown_among_others_is_3_and_a_gate_goes_first(
    shell: Shell, image: str
) -> None:
    (shell.folder / "root/etc").mkdir(parents=True)
    assert shell.run("scan", "--no-update", image, f"dir:{shell.folder}/root") == 3
    assert (
        shell.run("scan", "--no-update", image, f"dir:{shell.folder}/root", "--fail-on", "any") == 1
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["oci:absent"], "absent"),
        (["sbom:absent.json"], "absent.json"),
        (["--fail-on", "hihg"], "hihg"),
        (["--fail-on", "new"], "--baseline"),
        (["--grace", "soon"], "7d"),
        (["--vex", "absent.json"], "absent.json"),
        (["--baseline", "absent.json"], "absent.json"),
        (["--ignore-file", "absent.toml"], "absent.toml"),
        (["--dockerfile", "Absentfile"], "Absentfile"),
        (["--count", "everything"], "--count"),
        ([], "TARGET"),
    ],
)
def test_bad_requests_are_2_in_one_line(
    shell: Shell, image: str, words: list[str], told: str
) -> None:
    target = [image] if words and words[0].startswith("--") else []
    assert shell.run("scan", "--no-update", *target, *words) == 2
    assert told in shell.err
    assert shell.err.count("\n") == 1
    assert shell.out == ""


def test_settings_stand_in_for_options_which_overrule_them(shell: Shell, image: str) -> None:
    (shell.folder / "bedplate.toml").write_text(
        '[scan]\nfail-on = ["high"]\nreading = "cvss"\nmax-db-age = 9000\n\n'
        f'[[scan.ignore]]\nid = "{IN_MUSL}"\nreason = "not reached"\n'
    )
    assert shell.run("scan", "--no-update", image) == 1
    assert shell.run("scan", "--no-update", image, "--fail-on", "critical") == 0
    document = scanned(shell, image)
    assert document["reading"] == "cvss"
    assert [one["vulnerability"] for one in document["scans"][0]["findings"]] == [IN_LEFT_PAD]


@pytest.mark.parametrize(
    "line", ["fail_on = 5", 'reading = "nvd"', "max-db-age = -1", "ignore = 5"]
)
def test_settings_that_can_t_be_used_are_told(shell: Shell, image: str, line: str) -> None:
    (shell.folder / "bedplate.toml").write_text(f"[scan]\n{line}\n")
    assert shell.run("scan", "--no-update", image) == 2
    assert "bedplate.toml" in shell.err
    assert shell.err.count("\n") == 1


def test_the_ignore_file_here_is_read_by_itself(shell: Shell, image: str) -> None:
    file = shell.folder / ".bedplate-ignore.toml"
    file.write_text(f'[[ignore]]\nid = "{IN_LEFT_PAD}"\nreason = "no untrusted input"\n')
    assert found(shell, image) == [IN_MUSL]
    assert shell.run("scan", "--no-update", image, "--show-suppressed") == 0
    assert "no untrusted input" in shell.out
    file.write_text('[[ignore]]\nid = "CVE-1"\n')
    assert shell.run("scan", "--no-update", image) == 2
    assert "reason" in shell.err


def test_a_baseline_holds_all_and_only_new_findings_fail(shell: Shell, image: str) -> None:
    words = ("--write-baseline", "b.json", "--only", "fixable", "--severity", "critical")
    assert shell.run("scan", "--no-update", image, *words) == 0
    assert shell.out == ""
    gate = ("--baseline", "b.json", "--fail-on", "new")
    assert shell.run("scan", "--no-update", image, *gate) == 0
    # an update of the baseline forgets nothing
    again = ("--baseline", "b.json", "--write-baseline", "c.json")
    assert shell.run("scan", "--no-update", image, *again) == 0
    assert (shell.folder / "c.json").read_bytes() == (shell.folder / "b.json").read_bytes()
    (shell.folder / "b.json").write_text('{"version": 1, "findings": []}')
    assert shell.run("scan", "--no-update", image, *gate) == 1


def test_a_report_serves_as_baseline(shell: Shell, image: str) -> None:
    assert shell.run("scan", "--no-update", image, "--format", "json", "--output", "r.json") == 0
    assert found(shell, image, "--baseline", "r.json") == []


def test_a_vex_document_of_the_user_counts(shell: Shell, image: str) -> None:
    document = {
        "@context": "https://openvex.dev/ns/v0.2.0",
        "author": "Team",
        "timestamp": "2026-01-01T00:00:00Z",
        "statements": [
            {
                "vulnerability": {"name": IN_MUSL},
                "products": [{"@id": "pkg:apk/alpine/musl"}],
                "status": "not_affected",
            }
        ],
    }
    (shell.folder / "vex.json").write_text(json.dumps(document))
    assert found(shell, image, "--vex", "vex.json") == [IN_LEFT_PAD]


def test_an_update_is_tried_unless_the_user_says_no(shell: Shell, image: str) -> None:
    (shell.folder / "bedplate.toml").write_text(
        '[db]\nmirrors = {"https://" = "http://127.0.0.1:9/"}\n'
    )
    assert shell.run("scan", image) == 0
    assert "epss: not fetched" in shell.err
    assert IN_MUSL in shell.out
    for word in ("--no-update", "--offline"):
        assert shell.run("scan", image, word) == 0
        assert shell.err == ""


def test_a_store_that_can_t_be_read_is_told_with_what_to_do(
    shell: Shell, image: str, tmp_path: Path
) -> None:
    (tmp_path / "home/.cache/bedplate/advisories/npm.sqlite").write_bytes(b"no store")
    assert shell.run("scan", "--no-update", image) == 3
    assert "npm.sqlite" in shell.err
    assert "bedplate db update" in shell.err


@pytest.mark.parametrize("name", ["cyclonedx", "spdx"])
def test_an_sbom_of_ours_scans_like_the_image(shell: Shell, image: str, name: str) -> None:
    assert shell.run("sbom", image, "--format", name, "--output", "sbom.json") == 0
    assert found(shell, f"sbom:{shell.folder}/sbom.json") == [IN_MUSL, IN_LEFT_PAD]


def test_an_sbom_is_of_one_platform_and_of_what_was_read(shell: Shell, image: str) -> None:
    assert shell.run("sbom", image, "--platform", "all") == 2
    assert shell.run("sbom", image, "--no-pull") == 2
    assert "not known" in shell.err
