"""What holds for every lock file: nothing hostile gets through, and every row has a source."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.model.install_target import InstallTarget
from bedplate.model.locked_package import LockedProject
from bedplate.model.skipped import Skipped
from bedplate.model.verdict import Outcome
from bedplate.proving.ecosystems import ECOSYSTEMS
from bedplate.proving.lock_evidence import judge_lock, read_lock
from bedplate.proving.lock_sources import LOCK_SOURCES
from bedplate.proving.native_packages import known_packages
from bedplate.testing.sample_javascript_locks import JAVASCRIPT
from bedplate.testing.sample_python_locks import PYTHON
from bedplate.versions import in_range

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof

PATHS = [
    *JAVASCRIPT,
    *PYTHON,
    *("requirements.txt", "Pipfile.lock", "Gemfile.lock", "go.mod", "Cargo.lock"),
    *("gradle.lockfile", "pom.xml"),
]
TARGETS = (
    InstallTarget(),
    InstallTarget(libc="musl", libc_version="1.2.5", commands=frozenset(), downloads=False),
    InstallTarget(libc="", installed_on=InstallTarget(commands=frozenset(("gcc", "make")))),
)
# Words that lock files use, so that random documents get past the first look.
WORDS = st.sampled_from([
    "packages", "package", "dependencies", "optionalDependencies", "lockfileVersion", "snapshots",
    "version", "name", "os", "cpu", "libc", "linux", "musl", "x64", "hasInstallScript", "requires",
    "wheels", "files", "file", "url", "hash", "sdist", "metadata", "default", "resolution",
    "node_modules/a", "node_modules/@a/linux-x64-musl", "a", "@a/linux-x64-musl", "a@1.0.0", "",
    "1.0.0", "/a/1.0.0", "9.0", "a-1-py3-none-any.whl", "optional", "true", "resolved", "bcrypt",
])  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers(0, 9) | WORDS | st.text(max_size=6)
DOCUMENTS = st.dictionaries(
    WORDS,
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
        max_leaves=20,
    ),
    max_size=5,
)


def check(path: str, content: bytes) -> list[Proof]:
    """Read and judge: packages with an outcome each, or a reason why not."""
    project = read_lock(path, content)
    if isinstance(project, Skipped):
        assert project.reason
        return []
    assert isinstance(project, LockedProject)
    found = [proof for target in TARGETS for proof in judge_lock(project, target)]
    for proof in found:
        assert proof.evidence
        assert proof.reason or proof.outcome is Outcome.LOADS
        assert not proof.check or proof.outcome is not Outcome.LOADS
    return found


@settings(max_examples=300)
@given(
    path=st.sampled_from(PATHS),
    content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode),
)
def test_arbitrary_bytes(path: str, content: bytes) -> None:
    check(path, content)


@settings(max_examples=300)
@given(path=st.sampled_from([*JAVASCRIPT, "Pipfile.lock"]), document=DOCUMENTS)
def test_arbitrary_documents(path: str, document: dict[str, object]) -> None:
    check(path, json.dumps(document).encode())


@settings(max_examples=300)
@given(data=st.data())
def test_cut_and_changed_files(data: st.DataObject) -> None:
    path, content = data.draw(st.sampled_from(sorted({**JAVASCRIPT, **PYTHON}.items())))
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    check(path, content[:start] + content[end:])


@pytest.mark.parametrize("path", PATHS)
def test_broken_files_say_so(path: str) -> None:
    project = read_lock(path, b"\xff\xfe\x00broken {{{")
    if isinstance(project, LockedProject):
        assert not [one for one in judge_lock(project, TARGETS[0]) if not one.package]
    else:
        assert project.what == path


def test_a_loop_of_dependencies_ends() -> None:
    packages = {
        "node_modules/a": {"version": "1.0.0", "dependencies": {"b": "1"}},
        "node_modules/b": {"version": "1.0.0", "dependencies": {"a": "1"}},
    }
    content = json.dumps({"packages": packages}).encode()
    assert len(check("package-lock.json", content)) == 2 * len(TARGETS)


def test_a_deep_tree_is_bounded() -> None:
    tree: dict[str, object] = {"version": "1.0.0"}
    for _ in range(200):
        tree = {"version": "1.0.0", "dependencies": {"a": tree}}
    project = read_lock("package-lock.json", json.dumps({"dependencies": {"a": tree}}).encode())
    assert isinstance(project, LockedProject)
    assert [one.reason for one in project.skipped] == ["nested too deeply"]


def test_an_unknown_file_is_no_lock_file() -> None:
    assert read_lock("README.md", b"") == Skipped("README.md", "no lock file that bedplate reads")


def test_every_row_of_the_table_can_be_used() -> None:
    types = {entry.TYPE for entry in ECOSYSTEMS}
    for rows in known_packages().values():
        for row in rows:
            assert row.ecosystem in types, row
            assert row.source, row
            assert row.dated.startswith("20"), row
            assert row.carries in {"", "both", "glibc", "untagged", "static", "unsure", "nothing"}
            assert row.install in {"", "compile", "download", "fetch", "nothing"}
            assert row.optional in {"", "itself", "dependents"}
            if row.versions:
                assert in_range(row.ecosystem, "1.0.0", row.versions) is not None


def test_rows_of_one_package_do_not_overlap() -> None:
    versions = ("0.30.0", "0.33.0", "0.40.0", "0.45.0", "5.0.0", "6.0.0", "7.0.0")
    for rows in known_packages().values():
        for version in versions:
            fitting = [
                row
                for row in rows
                if not row.versions or in_range(row.ecosystem, version, row.versions)
            ]
            assert len(fitting) <= 1, (rows[0].name, version)


def test_names_of_kinds_differ() -> None:
    names = [source.NAME for source in LOCK_SOURCES]
    assert len(set(names)) == len(names)
