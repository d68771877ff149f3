"""Lock and requirements files of Python tools."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import InvalidDocument
from bedplate.inventory.lock_formats import (
    pdm_lock,
    pipfile_lock,
    poetry_lock,
    pylock,
    pyproject,
    requirements,
    setup_py,
    uv_lock,
)
from bedplate.inventory.python_pins import read_pin
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from bedplate.inventory.lock_format import LockFormat


def parse(entry: LockFormat, content: str, path: str = "app/file") -> dict[str, Package]:
    """Read a lock file: name==version -> package."""
    found = list(entry.parse(path, textwrap.dedent(content).encode()))
    return {f"{one.name}=={one.version}": one for one in found if isinstance(one, Package)}


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        ("a==1.0", ("a", "1.0")),
        (" A.b-c_d  ==  1.0.post1+local.2 ", ("A.b-c_d", "1.0.post1+local.2")),
        ("a[x, y] == 1.0 ; python_version < '3'", ("a", "1.0")),
        ("a===1.0", ("a", "1.0")),
        ("a (==1.0)", ("a", "1.0")),
        ("a==1.0,>=0.9", ("a", "1.0")),
        ("a==1.0#comment", ("a", "1.0")),
        ("a==1.0 --hash=sha256:00", ("a", "1.0")),
        ("a==v1.0", ("a", "v1.0")),
    ],
)
def test_exact_versions(requirement: str, expected: tuple[str, str]) -> None:
    assert read_pin(requirement) == expected


@pytest.mark.parametrize(
    "requirement",
    [
        "a", "a>=1.0", "a~=1.0", "a!=1.0", "a==1.*", "a==", "==1.0", "a=1.0", "a == ${VERSION}",
        "a=='1.0'", "{{a}}==1.0", "a,b==1.0", "a==1.0{}", "-e a==1.0", "a b==1.0", "", "# a==1.0",
        "a" + " " * 100_000 + "(",
    ],
)  # fmt: skip
def test_everything_else_is_no_exact_version(requirement: str) -> None:
    assert read_pin(requirement) is None


class TestRequirements:
    TEXT = """\
    # comment \\
    a==1.0 \\
        --hash=sha256:00 \\
        --hash=sha256:01
    B_b ==2.0  # why
    c>=3.0
    -r other.txt
    --index-url https://index.example/simple
    git+https://host.example/d.git
    """

    def test_pins_with_continued_lines_and_comments(self) -> None:
        found = parse(requirements, self.TEXT)
        assert set(found) == {"a==1.0", "B_b==2.0"}
        assert found["B_b==2.0"].purl == "pkg:pypi/b-b@2.0"

    def test_what_is_left_open_is_counted(self) -> None:
        found = requirements.parse("app/file", textwrap.dedent(self.TEXT).encode())
        assert [one for one in found if isinstance(one, Skipped)] == [
            Skipped("app/file", "requirements without an exact version: 2")
        ]

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "latin-1"])
    def test_encodings_of_editors(self, encoding: str) -> None:
        content = "a==1.0  # caf\xe9\r\nb==2.0\r\n".encode(encoding)
        found = [one for one in requirements.parse("x", content) if isinstance(one, Package)]
        assert [one.name for one in found] == ["a", "b"]

    def test_those_of_installed_packages_tell_nothing(self) -> None:
        assert not parse(requirements, "a==1\n", "usr/lib/python3/site-packages/x/requirements.txt")


class TestSetup:
    def test_pins_in_strings_only(self) -> None:
        found = parse(
            setup_py,
            '''\
            # "comment==1.0"
            NAME = "x"  # 'also==1.0'
            setup(
                install_requires=["a==1.0", ' b == 2.0; os_name<"3"', "c>=3", "%s==4" % NAME],
                extras_require={"x": """
                    d==5.0
                    e[f]==6.0
                """.split()},
            )
            if version == 1.0: print('x')
            ''',
        )
        assert set(found) == {"a==1.0", "b==2.0", "d==5.0", "e==6.0"}

    def test_python_2_and_broken_code_are_read_too(self) -> None:
        assert set(parse(setup_py, "print 'x'\nsetup(install_requires=['a==1.0', \"b==2")) == {
            "a==1.0",
            "b==2",
        }


class TestPyproject:
    def test_the_standard_tables(self) -> None:
        content = """\
        [project]
        dependencies = ["a==1.0", "b>=2"]
        [project.optional-dependencies]
        x = ["c==3.0"]
        [dependency-groups]
        dev = ["d==4.0", {include-group = "x"}]
        """
        found = parse(pyproject, content)
        assert {name: one.development for name, one in found.items()} == {
            "a==1.0": False,
            "c==3.0": False,
            "d==4.0": True,
        }
        rest = list(pyproject.parse("f", textwrap.dedent(content).encode()))
        assert Skipped("f", "requirements without an exact version: 1") in rest

    def test_other_tables_and_odd_types_give_nothing(self) -> None:
        assert not parse(pyproject, "project = 1\n[tool.x]\ndependencies = ['a==1']\n")


def test_poetry_of_old_and_new_versions() -> None:
    found = parse(
        poetry_lock,
        """\
        [[package]]
        name = "a"
        version = "1.0"
        category = "dev"
        [[package]]
        name = "b"
        version = "2.0"
        groups = ["main", "dev"]
        [[package]]
        name = "c"
        version = "3.0"
        groups = ["test"]
        [package.source]
        type = "git"
        url = "https://host.example/c.git"
        resolved_reference = "c0ffee"
        [[package]]
        name = "no-version"
        [metadata]
        name = "x"
        """,
    )
    assert {name: one.development for name, one in found.items()} == {
        "a==1.0": True,
        "b==2.0": False,
        "c==3.0": True,
    }
    assert found["c==3.0"].purl == (
        "pkg:pypi/c@3.0?vcs_url=git+https:%2F%2Fhost.example%2Fc.git%40c0ffee"
    )


def test_uv_leaves_the_workspace_out_and_follows_what_it_needs() -> None:
    found = parse(
        uv_lock,
        """\
        version = 1
        [[package]]
        name = "app"
        version = "0.1.0"
        source = { editable = "." }
        dependencies = [{ name = "a" }, { name = "member" }]
        [package.dev-dependencies]
        dev = [{ name = "d" }]
        [[package]]
        name = "member"
        version = "0.2.0"
        source = { virtual = "packages/member" }
        [[package]]
        name = "a"
        version = "1.0"
        source = { git = "https://host.example/a?rev=main#c0ffee" }
        dependencies = [{ name = "b" }]
        [[package]]
        name = "b"
        version = "2.0"
        [[package]]
        name = "d"
        version = "4.0"
        dependencies = [{ name = "b" }]
        """,
    )
    assert {name: (one.direct, one.development) for name, one in found.items()} == {
        "a==1.0": (True, False),
        "b==2.0": (False, False),
        "d==4.0": (True, True),
    }
    assert found["a==1.0"].purl.endswith("git+https:%2F%2Fhost.example%2Fa%40c0ffee")


def test_pdm_lists_extras_twice_and_groups() -> None:
    found = parse(
        pdm_lock,
        """\
        [[package]]
        name = "a"
        version = "1.0"
        groups = ["default"]
        [[package]]
        name = "a"
        version = "1.0"
        extras = ["x"]
        groups = ["dev"]
        [[package]]
        name = "b"
        version = "2.0"
        groups = ["dev"]
        git = "https://host.example/b.git"
        revision = "c0ffee"
        """,
    )
    assert {name: one.development for name, one in found.items()} == {
        "a==1.0": False,
        "b==2.0": True,
    }
    assert found["b==2.0"].purl.endswith("%40c0ffee")


def test_pylock_leaves_folders_out() -> None:
    found = parse(
        pylock,
        """\
        lock-version = "1.0"
        [[packages]]
        name = "a"
        version = "1.0"
        [[packages]]
        name = "app"
        directory = { path = "." }
        [[packages]]
        name = "b"
        vcs = { type = "git", url = "https://host.example/b.git", commit-id = "c0ffee" }
        """,
    )
    assert set(found) == {"a==1.0", "b=="}
    assert found["b=="].purl == "pkg:pypi/b?vcs_url=git+https:%2F%2Fhost.example%2Fb.git%40c0ffee"


def test_pipfile_lock_with_categories() -> None:
    lock = {
        "_meta": {"name": {"version": "==9"}},
        "default": {
            "a": {"version": "==1.0"},
            "b": {"git": "https://host.example/b.git", "ref": "c0ffee"},
            "local": {"path": "."},
        },
        "develop": {"a": {"version": "==1.0"}, "d": {"version": "==4.0"}},
        "docs": {"e": {"version": "==5.0"}},
    }
    found = parse(pipfile_lock, json.dumps(lock))
    assert {name: one.development for name, one in found.items()} == {
        "a==1.0": False,
        "b==": False,
        "d==4.0": True,
        "e==5.0": False,
    }
    told = pipfile_lock.parse("f", json.dumps(lock).encode())
    assert Skipped("f: local", "no version") in list(told)


@pytest.mark.parametrize("entry", [poetry_lock, uv_lock, pdm_lock, pylock, pyproject, pipfile_lock])
@pytest.mark.parametrize("content", ["not = = toml", "[", "\x00"])
def test_other_files_are_refused_by_name(entry: LockFormat, content: str) -> None:
    with pytest.raises(InvalidDocument, match="app/file"):
        parse(entry, content)
