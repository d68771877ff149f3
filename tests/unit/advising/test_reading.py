"""What the files of a project say that it needs."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.advising.project_files import ProjectFiles
from bedplate.advising.project_kinds import PROJECT_KINDS
from bedplate.advising.reading import find_kind, read_needs
from bedplate.errors import BadInput
from bedplate.model.needs import NeedKind, Needs

TODAY = dt.date(2026, 11, 27)


def needs_of(dockerfile: str = "", **files: str) -> Needs:
    """Read a project; `__` in a name stands for a dot, `_S_` for a slash."""
    names = {name.replace("_S_", "/").replace("__", "."): text for name, text in files.items()}
    if dockerfile:
        names["Dockerfile"] = dockerfile
    contents = {name: text.encode() for name, text in names.items()}
    project = ProjectFiles(contents, "Dockerfile" if dockerfile else "")
    return read_needs(project, find_kind(project), TODAY)


def whats(needs: Needs, kind: NeedKind) -> list[str]:
    return [need.what for need in needs.of(kind)]


@pytest.mark.parametrize(
    ("files", "kind", "version"),
    [
        ({"package__json": '{"engines": {"node": "^22"}}'}, "node", "22"),
        ({"package__json": "{}", "__nvmrc": "lts/jod\n"}, "node", "22"),
        ({"package__json": "{}", "__tool-versions": "nodejs 24.1.0\n"}, "node", "24"),
        ({"pyproject__toml": '[project]\nrequires-python = ">=3.12,<3.13"\n'}, "python", "3.12"),
        ({"requirements__txt": "", "__python-version": "3.11.2\n"}, "python", "3.11"),
        ({"go__mod": "module a\n\ngo 1.25.1\n\ntoolchain go1.26.3\n"}, "go", "1.26"),
        ({"pom__xml": "<java.version>21</java.version>"}, "java", "21"),
        ({"build__gradle": "JavaLanguageVersion.of(17)"}, "java", "17"),
        ({"Gemfile": "source 'x'\nruby '3.4.1'\n"}, "ruby", "3.4"),
        ({"composer__json": '{"require": {"php": "~8.4.0"}}'}, "php", "8.4"),
        ({"Cargo__toml": "", "rust-toolchain": "1.98.0\n"}, "rust", "1.98"),
        (
            {"app__csproj": "<TargetFramework>net10.0</TargetFramework>"},
            "dotnet",
            "10",
        ),
    ],
)
def test_kind_and_version_are_read(files: dict[str, str], kind: str, version: str) -> None:
    needs = needs_of(**files)
    assert (needs.kind, needs.version) == (kind, version)
    assert needs.versions[0].evidence.line > 0


def test_todays_version_goes_before_what_other_files_say() -> None:
    needs = needs_of("FROM node:20.11-bookworm\n", package__json='{"engines": {"node": ">=22"}}')
    assert needs.version == "20"
    assert needs.versions[0].evidence.place == "Dockerfile:1"
    assert [one.cycle for one in needs.versions] == ["20", "26"]


def test_a_script_that_only_starts_node_needs_no_shell() -> None:
    package = '{"scripts": {"start": "node server.js"}}'
    needs = needs_of('FROM node:22\nCMD ["npm", "start"]\n', package__json=package)
    assert needs.start.command == ("node", "server.js")
    assert needs.start.simplified
    assert [need.avoidable for need in needs.of(NeedKind.SHELL)] == [True]


@pytest.mark.parametrize(
    "package",
    [
        '{"scripts": {"start": "NODE_ENV=x node a.js"}}',
        '{"scripts": {"start": "node a.js", "prestart": "node b.js"}}',
        '{"scripts": {"start": "next start"}}',
    ],
)
def test_other_scripts_need_their_shell(package: str) -> None:
    needs = needs_of('FROM node:22\nCMD ["npm", "start"]\n', package__json=package)
    assert needs.start.command == ("npm", "start")
    assert not needs.of(NeedKind.SHELL)[0].avoidable


def test_a_shell_form_of_plain_words_can_be_written_otherwise() -> None:
    needs = needs_of("FROM python:3.13\nCMD python main.py\n", main__py="")
    assert needs.start.command == ("python", "main.py")
    assert needs.of(NeedKind.SHELL)[0].avoidable
    needs = needs_of("FROM python:3.13\nCMD python main.py > /log\n", main__py="")
    assert needs.start.command[:2] == ("sh", "-c")
    assert not needs.of(NeedKind.SHELL)[0].avoidable


def test_sources_tell_of_shells_certificates_and_zones() -> None:
    source = (
        'package main\nfunc main() {\n exec.Command("sh", "-c", "ls")\n'
        ' http.Get("https://a/")\n time.LoadLocation("Asia/Tokyo")\n}\n'
    )
    needs = needs_of(go__mod="module a\n\ngo 1.26\n", main__go=source)
    assert whats(needs, NeedKind.SHELL) == ["os/exec with a shell"]
    assert needs.of(NeedKind.SHELL)[0].evidence.place == "main.go:3"
    assert whats(needs, NeedKind.CERTIFICATES) == ["TLS"]
    assert whats(needs, NeedKind.TIME_ZONES) == ["time.LoadLocation"]


def test_comments_and_tests_do_not_count() -> None:
    quiet = 'package main\n// exec.Command("sh")\nfunc main() {}\n'
    loud = 'package main\nfunc b() { exec.Command("sh") }\n'
    needs = needs_of(go__mod="module a\n", main__go=quiet, main_test__go=loud)
    assert needs.needs == ()


def test_zones_that_are_compiled_in_are_not_asked_of_the_base() -> None:
    source = 'package main\nimport _ "time/tzdata"\nfunc main() { time.LoadLocation("X") }\n'
    assert needs_of(go__mod="module a\n", main__go=source).of(NeedKind.TIME_ZONES) == ()


def test_cgo_is_found_in_modules_and_in_sources() -> None:
    module = "module a\n\nrequire github.com/mattn/go-sqlite3 v1.14.24\n"
    assert whats(needs_of(go__mod=module), NeedKind.NATIVE_CODE) == ["cgo"]
    source = 'package main\n\n// #include <math.h>\nimport "C"\n'
    needs = needs_of(go__mod="module a\n", db_S_c__go=source)
    assert needs.of(NeedKind.NATIVE_CODE)[0].evidence.place == "db/c.go:4"
    indirect = "module a\n\nrequire github.com/mattn/go-sqlite3 v1.14.24 // indirect\n"
    assert needs_of(go__mod=indirect).of(NeedKind.NATIVE_CODE) == ()


def test_packages_are_told_by_what_they_are_for() -> None:
    file = (
        "FROM python:3.13\n"
        "RUN apt-get update && apt-get install -y libvips42 libpq-dev gcc vim curl\n"
        'CMD ["python", "a.py"]\n'
    )
    needs = needs_of(file, requirements__txt="")
    assert [one.name for one in needs.packages if not one.to_build] == ["libvips42", "libpq5"]
    assert [one.name for one in needs.packages if one.to_build] == ["libpq-dev", "gcc", "curl"]
    assert whats(needs, NeedKind.DEBUGGING) == ["vim"]


def test_packages_of_other_stages_are_for_building() -> None:
    file = (
        "FROM node:22 AS build\nRUN apt-get install -y libvips42\n"
        "FROM node:22-slim\nRUN apt-get install -y tini\n"
    )
    needs = needs_of(file, package__json="{}")
    assert {one.name: one.to_build for one in needs.packages} == {"libvips42": True, "tini": False}
    assert needs.image == "node:22-slim"


def test_platforms_come_from_workflows() -> None:
    workflow = (
        "jobs:\n  a:\n    steps:\n      - with:\n          platforms: linux/amd64,linux/arm64\n"
    )
    needs = needs_of(package__json="{}", __github_S_workflows_S_a__yml=workflow)
    assert needs.platforms == ("linux/amd64", "linux/arm64")


def test_the_image_decides_between_kinds() -> None:
    needs = needs_of("FROM python:3.13\n", package__json="{}", main__py="", requirements__txt="")
    assert needs.kind == "python"


def test_an_image_that_serves_files_is_refused() -> None:
    with pytest.raises(BadInput, match="serves files"):
        needs_of(
            "FROM node:22 AS b\nFROM nginx:1.29\nCOPY --from=b /dist /srv\n", package__json="{}"
        )


def test_an_unknown_project_is_bad_input() -> None:
    with pytest.raises(BadInput, match="no project"):
        needs_of(README__md="")


def test_a_broken_dockerfile_is_as_none() -> None:
    needs = needs_of("FROM node:22\nRUN <<EOF\nnever ends\n", package__json="{}")
    assert needs.image == ""


@given(
    st.sampled_from(["package.json", "pyproject.toml", "go.mod", "composer.json", "Cargo.toml"]),
    st.binary(max_size=400),
    st.text(max_size=200),
)
def test_hostile_files_are_read(name: str, content: bytes, dockerfile: str) -> None:
    project = ProjectFiles(
        {name: content, "Dockerfile": dockerfile.encode("utf-8", "replace"), "a.js": content},
        "Dockerfile",
    )
    for kind in PROJECT_KINDS:
        needs = read_needs(project, kind, TODAY)
        families = kind.families(project, needs.image)
        assert kind.recipe(project, needs, families[0]).folder.startswith("/")
