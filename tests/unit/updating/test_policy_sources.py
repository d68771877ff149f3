"""What files of other tools, and our own, say about images: honoured, or told as skipped."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BadInput, InvalidConfiguration
from bedplate.model.tag_choice import Axis
from bedplate.updating.policy_sources import POLICY_SOURCES, bedplate, dependabot, renovate

if TYPE_CHECKING:
    from bedplate.model.update_policy import UpdatePolicy, UpdateSettings

TODAY = dt.date(2026, 1, 1)
NODE = ("docker.io/library/node", "node", "library/node")
REDIS = ("docker.io/library/redis", "redis", "library/redis")


def policy(
    settings: UpdateSettings,
    names: tuple[str, ...] = NODE,
    *axes: Axis,
    path: str = "Dockerfile",
    kind: str = "dockerfile",
) -> UpdatePolicy:
    return settings.policy_for(path, names, kind, TODAY, axes or None)


def of_renovate(**table: Any) -> UpdateSettings:
    return renovate.read("renovate.json", json.dumps(table))


def of_dependabot(entry: str) -> UpdateSettings:
    return dependabot.read("dependabot.yml", f"version: 2\nupdates:\n{entry}")


# Renovate


def test_renovate_rules_by_name_and_kind_of_update() -> None:
    settings = of_renovate(
        packageRules=[
            {"matchDatasources": ["docker"], "matchUpdateTypes": ["major"], "enabled": False},
            {"matchPackageNames": ["node"], "allowedVersions": "<= 22"},
            {"matchPackageNames": ["/^redis/"], "enabled": False},
            {"matchManagers": ["npm"], "enabled": False},
        ]
    )
    assert Axis.MAJOR not in policy(settings).axes
    assert policy(settings).within == "<=22"
    assert policy(settings).enabled
    assert not policy(settings, REDIS).enabled
    assert settings.skipped == ()


def test_a_condition_that_cannot_be_checked_leaves_the_whole_rule_out() -> None:
    settings = of_renovate(packageRules=[{"matchCurrentVersion": "<20", "enabled": False}])
    assert policy(settings).enabled
    [skipped] = settings.skipped
    assert "matchCurrentVersion" in skipped.reason


def test_conditions_of_old_versions_do_not_make_a_rule_for_everything() -> None:
    rule = {"packageNames": ["redis"], "allowedVersions": "^6"}
    settings = of_renovate(packageRules=[rule])
    assert policy(settings).within == ""
    assert "packageNames" in settings.skipped[0].reason


def test_blocks_and_unknown_keys_inside_a_rule() -> None:
    rule = {"matchDatasources": ["docker"], "major": {"enabled": False}, "versioning": "loose"}
    settings = of_renovate(packageRules=[rule])
    assert Axis.MAJOR not in policy(settings).axes
    assert [one.what for one in settings.skipped] == ["renovate.json: packageRules 1: versioning"]


@pytest.mark.parametrize("value", ["/^v[0-9]+$/", "!/beta/", "18 || 20"])
def test_ranges_that_are_not_read_are_told(value: str) -> None:
    settings = of_renovate(packageRules=[{"matchPackageNames": ["node"], "allowedVersions": value}])
    assert policy(settings).within == ""
    assert settings.skipped


@pytest.mark.parametrize(
    ("value", "spelled"),
    [("<20", "<20"), (">=3.11 <3.13", ">=3.11,<3.13"), ("^3.11", ">=3.11,==3.*"), ("20.x", "20.x")],
)
def test_ranges_that_are_read(value: str, spelled: str) -> None:
    assert policy(of_renovate(allowedVersions=value)).within == spelled


def test_presets_come_first_and_unknown_ones_are_told() -> None:
    settings = of_renovate(
        extends=[
            "config:recommended",
            "docker:pinDigests",
            ":label(images)",
            "github>acme/presets",
        ],
        packageRules=[{"matchPackageNames": ["redis"], "pinDigests": False}],
    )
    assert policy(settings).pin_digests is True
    assert policy(settings, REDIS).pin_digests is None
    assert policy(settings).labels == ("images",)
    assert settings.dashboard
    assert not policy(settings, path="x/tests/Dockerfile").enabled
    assert [one.what for one in settings.skipped] == ["renovate.json: extends github>acme/presets"]


def test_renovate_files_people_ages_and_groups() -> None:
    settings = of_renovate(
        ignorePaths=["legacy/"],
        reviewers=["ann", "team:platform"],
        minimumReleaseAge="3 days",
        schedule=["before 5am on monday"],
        timezone="Europe/Berlin",
        baseBranches=["develop"],
        prConcurrentLimit=3,
        packageRules=[
            {"matchFileNames": ["infra/**"], "groupName": "Infra"},
            {"matchUpdateTypes": ["minor", "patch"], "automerge": True},
        ],
        **{"docker-compose": {"enabled": False}},
    )
    found = policy(settings)
    assert (found.reviewers, found.team_reviewers) == (("ann",), ("platform",))
    assert found.minimum_age == 3
    [window] = found.schedule
    assert window.is_open(dt.datetime(2026, 1, 5, 3, tzinfo=dt.UTC))  # 4 in Berlin
    assert not window.is_open(dt.datetime(2026, 1, 5, 4, 30, tzinfo=dt.UTC))
    assert not policy(settings, path="legacy/a/Dockerfile").enabled
    assert policy(settings, path="infra/a/Dockerfile").group == "Infra"
    assert not policy(settings, path="compose.yaml", kind="compose").enabled
    assert policy(settings, NODE, Axis.MINOR).auto_merge
    assert not policy(settings, NODE, Axis.MAJOR).auto_merge
    assert (settings.base, settings.open_requests) == ("develop", 3)


def test_renovate_reads_json5_and_nothing_else() -> None:
    text = "// ours\n{enabledManagers: ['dockerfile',], /* x */ digest: {enabled: false}}"
    settings = renovate.read("renovate.json5", text)
    assert Axis.DIGEST not in policy(settings).axes
    assert not policy(settings, path="compose.yaml", kind="compose").enabled
    for bad in ("[]", "", "{" * 100_000, '{"a": ' + "[" * 5000):
        with pytest.raises(BadInput):
            renovate.read("renovate.json", bad)


def test_keys_of_renovate_that_are_not_honoured_are_told() -> None:
    assert [one.what for one in of_renovate(postUpgradeTasks={}).skipped] == [
        "renovate.json: postUpgradeTasks"
    ]


# Dependabot

DOCKER = '  - package-ecosystem: docker\n    directory: "/svc"\n    schedule: {interval: weekly}\n'


def test_dependabot_is_about_its_folder_alone() -> None:
    settings = of_dependabot(DOCKER)
    assert policy(settings, path="svc/Dockerfile").enabled
    assert not policy(settings, path="svc/deep/Dockerfile").enabled
    assert not policy(settings, path="svc/compose.yaml", kind="compose").enabled
    assert settings.open_requests == 5
    [window] = policy(settings, path="svc/Dockerfile").schedule
    assert window.is_open(dt.datetime(2026, 1, 5, tzinfo=dt.UTC))
    assert not window.is_open(dt.datetime(2026, 1, 6, tzinfo=dt.UTC))


def test_dependabot_ignores_groups_and_cooldowns() -> None:
    settings = of_dependabot(
        DOCKER
        + '    ignore:\n      - {dependency-name: "node", versions: [">= 21.a, < 22"]}\n'
        + "      - {dependency-name: node, update-types: ['version-update:semver-major']}\n"
        + "      - dependency-name: redis\n"
        + "    groups:\n      images: {patterns: ['*'], update-types: [minor]}\n"
        + "    cooldown: {default-days: 3, semver-major-days: 30}\n"
        + "    commit-message: {prefix: build}\n    labels: [docker]\n"
        + "    reviewers: [ann, acme/platform]\n"
    )
    path = "svc/Dockerfile"
    found = policy(settings, path=path)
    assert found.ignored == (">=21,<22",)
    assert Axis.MAJOR not in found.axes
    assert found.minimum_age == 3
    assert found.labels == ("docker",)
    assert (found.reviewers, found.team_reviewers) == (("ann",), ("platform",))
    assert not policy(settings, REDIS, path=path).enabled
    assert policy(settings, NODE, Axis.MINOR, path=path).group == "images"
    assert policy(settings, ("b",), Axis.MAJOR, path=path).minimum_age == 30
    assert settings.title_prefix == "build: "


def test_a_dependabot_file_without_images_says_nothing() -> None:
    text = "version: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /\n"
    assert dependabot.read("dependabot.yml", text).sources == ()


# ours


def test_every_key_of_ours() -> None:
    settings = bedplate.read(
        "bedplate.toml",
        """
[update]
axes = ["patch", "distro"]
prereleases = true
short-term = true
ended = "staying"
margin = "30d"
allow = ["*-slim"]
deny = ["*windows*"]
within = "<23"
ignored = [">=21,<22"]
minimum-age = "36h"
settle = "6h"
pin-digests = true
platforms = ["linux/amd64", "linux/arm64"]
group = "all"
schedule = ["every weekend", "* 0-3 * * 1"]
labels = ["a"]
reviewers = ["b"]
team-reviewers = ["c"]
assignees = ["d"]
draft = true
auto-merge = true
open-requests = 4
branch-prefix = "images/"
base = "develop"
dashboard = true
title-prefix = "build: "
[update.gates]
new-vulnerabilities = "none"
fixable-only = true
reading = "cvss"
growth = 20
must-know = true
[[update.rule]]
images = ["node"]
but = ["x"]
files = ["old/**"]
kinds = ["dockerfile"]
moves = ["patch"]
until = 2026-12-31
reason = "waiting for a fix"
enabled = false
""",
    )
    found = policy(settings)
    assert found.axes == {Axis.PATCH, Axis.DISTRO}
    assert found.minimum_age == 1.5
    assert [str(one) for one in found.platforms] == ["linux/amd64", "linux/arm64"]
    assert found.gates.growth == 20
    assert policy(settings, path="old/Dockerfile").axes == {Axis.DISTRO}
    assert settings.branch_prefix == "images/"
    assert settings.rules[0].until == dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    "line",
    [
        'axis = ["major"]',
        'axes = ["huge"]',
        'within = "no range"',
        'minimum-age = "soon"',
        'ended = "maybe"',
        'platforms = ["x y"]',
        'schedule = "when it suits"',
        "open-requests = -1",
        "labels = [1]",
        "gates = {growth = true}",
        "rule = 1",
        "[[update.rule]]\nuntil = 'later'",
    ],
)
def test_values_of_another_kind_are_named(line: str) -> None:
    with pytest.raises(InvalidConfiguration, match=r"bedplate\.toml"):
        bedplate.read("bedplate.toml", f"[update]\n{line}\n")


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 40)
    | st.text(max_size=8)
    | st.sampled_from(["docker", "major", "node", "/x/", "<3", "* * * * *", "every weekend"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["enabled", "default-days", "prefix", "patterns"]), inner)
    ),
    max_leaves=6,
)
keys = st.sampled_from(
    (
        *("extends", "packageRules", "matchPackageNames", "matchUpdateTypes", "schedule"),
        *("ignorePaths", "minimumReleaseAge", "allowedVersions", "docker", "major", "labels"),
        *("prConcurrentLimit", "updates", "ignore", "groups", "cooldown", "package-ecosystem"),
        *("versions", "baseBranches"),
    )
)
tables = st.dictionaries(keys, values | st.lists(st.dictionaries(keys, values), max_size=3))


@given(tables)
def test_any_table_gives_settings_or_an_error_of_ours(table: dict[str, Any]) -> None:
    for text in (
        json.dumps(table),
        json.dumps({"updates": [{**table, "package-ecosystem": "docker"}]}),
    ):
        for source in POLICY_SOURCES:
            try:
                settings = source.read("file", text)
            except BadInput:
                continue
            found = policy(settings, NODE, Axis.MINOR)
            for window in found.schedule:
                window.is_open(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
