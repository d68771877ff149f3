"""Lock files of npm, Yarn, pnpm, Bun and Deno."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import InvalidDocument
from bedplate.inventory.lock_formats import (
    bun_lock,
    deno_lock,
    npm_lock,
    package_json,
    pnpm_lock,
    yarn_lock,
)
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from bedplate.inventory.lock_format import LockFormat


def parse(entry: LockFormat, content: object, path: str = "app/lock") -> dict[str, Package]:
    """Read a lock file: name@version -> package."""
    if isinstance(content, str):
        data = textwrap.dedent(content).encode()
    else:
        data = json.dumps(content).encode()
    found = list(entry.parse(path, data))
    return {f"{one.name}@{one.version}": one for one in found if isinstance(one, Package)}


def skipped(entry: LockFormat, content: str) -> list[Skipped]:
    found = entry.parse("app/lock", textwrap.dedent(content).encode())
    return [one for one in found if isinstance(one, Skipped)]


class TestNpm:
    FOLDERS = {  # noqa: RUF012 - a constant of the tests
        "lockfileVersion": 3,
        "packages": {
            "": {"name": "app", "version": "9.9.9", "dependencies": {"a": "^1", "alias": "npm:b"}},
            "node_modules/a": {"version": "1.0.1", "license": "MIT"},
            "node_modules/alias": {"name": "b", "version": "2.0.0"},
            "node_modules/a/node_modules/@s/c": {"version": "3.0.0", "dev": True},
            "node_modules/local": {"resolved": "packages/local", "link": True},
            "packages/local": {"version": "0.1.0"},
            "node_modules/g": {"version": "4.0.0", "resolved": "git+ssh://git@h.org/g.git#ff"},
        },
    }

    def test_folders_aliases_links_and_flags(self) -> None:
        found = parse(npm_lock, self.FOLDERS)
        assert set(found) == {"a@1.0.1", "b@2.0.0", "@s/c@3.0.0", "local@0.1.0", "g@4.0.0"}
        assert found["a@1.0.1"].licenses == ("MIT",)
        assert [one.direct for one in found.values()] == [True, True, False, False, False]
        assert [name for name, one in found.items() if one.development] == ["@s/c@3.0.0"]
        assert found["g@4.0.0"].purl.endswith("?vcs_url=git+ssh:%2F%2Fgit%40h.org%2Fg.git%40ff")

    def test_the_project_itself_is_no_package(self) -> None:
        assert "app@9.9.9" not in parse(npm_lock, self.FOLDERS)

    def test_version_1_is_a_tree(self) -> None:
        found = parse(
            npm_lock,
            {
                "lockfileVersion": 1,
                "dependencies": {
                    "a": {
                        "version": "1.0.0",
                        "dependencies": {"b": {"version": "2.0.0", "dev": True}},
                    },
                    "alias": {"version": "npm:@s/real@3.0.0"},
                    "git": {"version": "github:o/r#c0ffee"},
                    "local": {"version": "file:../local"},
                },
            },
        )
        assert set(found) == {"a@1.0.0", "b@2.0.0", "@s/real@3.0.0", "git@", "local@"}
        assert found["git@"].purl == (
            "pkg:npm/git?vcs_url=git+https:%2F%2Fgithub.com%2Fo%2Fr%40c0ffee"
        )
        assert found["a@1.0.0"].direct is None

    def test_a_version_found_in_production_and_development_is_not_for_development(self) -> None:
        folders = {
            "node_modules/a": {"version": "1.0.0", "dev": True},
            "node_modules/b/node_modules/a": {"version": "1.0.0"},
        }
        found = parse(npm_lock, {"packages": folders})
        assert [one.development for one in found.values()] == [False]

    def test_lock_files_of_dependencies_tell_nothing_but_npms_own_record_does(self) -> None:
        assert not parse(npm_lock, self.FOLDERS, "node_modules/x/package-lock.json")
        assert parse(npm_lock, self.FOLDERS, "node_modules/.package-lock.json")

    @pytest.mark.parametrize("content", ["", "null", "[]", "{"])
    def test_other_files_are_refused_by_name(self, content: str) -> None:
        with pytest.raises(InvalidDocument, match="app/lock"):
            parse(npm_lock, content)


class TestYarn:
    def test_version_1(self) -> None:
        found = parse(
            yarn_lock,
            """\
            # yarn lockfile v1

            a@^1.0.0, "a@>=1.0.0 <2":
              version "1.5.0"
              resolved "https://host.example/a/-/a-1.5.0.tgz#abc"
              dependencies:
                version "^9.9.9"

            "@s/b@^2.0.0":
              version "2.1.0"

            "alias@npm:@s/real@^3.0.0":
              version "3.0.0"

            "g@git+https://host.example/g.git":
              version "0.1.0"
              resolved "git+https://token@host.example/g.git#c0ffee"
            """,
        )
        assert set(found) == {"a@1.5.0", "@s/b@2.1.0", "@s/real@3.0.0", "g@0.1.0"}
        assert found["a@1.5.0"].purl == "pkg:npm/a@1.5.0"
        assert found["g@0.1.0"].purl.endswith("git+https:%2F%2Fhost.example%2Fg.git%40c0ffee")

    def test_the_name_is_that_of_what_was_fetched(self) -> None:
        found = parse(
            yarn_lock,
            """\
            wanted@^1.0.0:
              version "1.0.0"
              resolved "https://host.example/npm/@s/other/-/other-1.0.0.tgz"
            """,
        )
        assert set(found) == {"@s/other@1.0.0"}

    def test_berry(self) -> None:
        found = parse(
            yarn_lock,
            """\
            __metadata:
              version: 8

            "a@npm:^1.0.0, a@npm:^1.2.0":
              version: 1.5.0
              resolution: "a@npm:1.5.0"
              dependencies:
                b: "npm:^2.0.0"
              linkType: hard

            "alias@npm:b@^2.0.0":
              version: 2.0.0
              resolution: "b@npm:2.0.0"

            "c@patch:c@npm%3A3.0.0#./c.patch":
              version: 3.0.0
              resolution: "c@patch:c@npm%3A3.0.0#./c.patch::hash=1"

            "app@workspace:.":
              version: 0.0.0-use.local
              resolution: "app@workspace:."
              dependencies:
                a: "npm:^1.2.0"

            "linked@portal:../linked::locator=app":
              version: 0.0.0-use.local
              resolution: "linked@portal:../linked::locator=app"
            """,
        )
        assert {name: one.direct for name, one in found.items()} == {
            "a@1.5.0": True,
            "b@2.0.0": False,
            "c@3.0.0": False,
        }

    def test_what_has_no_version_or_comes_from_nowhere_known_is_said(self) -> None:
        assert skipped(
            yarn_lock,
            """\
            a@^1.0.0:
              resolved "x"
            b@gopher:1.0.0:
              version "1.0.0"
            """,
        ) == [
            Skipped("app/lock: a@^1.0.0", "no version"),
            Skipped("app/lock: b@gopher:1.0.0", "unknown protocol 'gopher'"),
        ]

    @pytest.mark.parametrize("content", ["hello\n", '{"a": 1}', "  version 1\n"])
    def test_other_files_are_refused_with_the_line(self, content: str) -> None:
        with pytest.raises(InvalidDocument, match=r"app/lock: .* line 1"):
            list(yarn_lock.parse("app/lock", content.encode()))

    def test_an_empty_lock_file_has_no_packages(self) -> None:
        assert not parse(yarn_lock, "# yarn lockfile v1\n\n")


class TestPnpm:
    @pytest.mark.parametrize(
        ("key", "expected"),
        [
            ("/a/1.0.0", ("a", "1.0.0")),
            ("/@s/a/1.0.0_peer@2.0.0+x@1.0.0", ("@s/a", "1.0.0")),
            ("/a/1.0.0/peer@2.0.0", ("a", "1.0.0")),
            ("host.example/@s/a/1.0.0", ("@s/a", "1.0.0")),
            ("/a@1.0.0(peer@2.0.0)(@s/x@3.0.0(y@1.0.0))", ("a", "1.0.0")),
            ("/@s/a@1.0.0-rc.1", ("@s/a", "1.0.0-rc.1")),
            ("host.example/a@1.0.0", ("a", "1.0.0")),
            ("a@1.0.0", ("a", "1.0.0")),
            ("@s/a@https://host.example/a.tgz", ("@s/a", "")),
            ("a@file:../a", ("a", "")),
            ("nonsense", ("", "")),
            ("/a/b", ("", "")),
            ("", ("", "")),
            ("/", ("", "")),
        ],
    )
    def test_keys_of_every_version(self, key: str, expected: tuple[str, str]) -> None:
        assert pnpm_lock.split_key(key) == expected

    def test_version_5_says_what_is_for_development(self) -> None:
        found = parse(
            pnpm_lock,
            """\
            lockfileVersion: 5.4
            dependencies:
              a: 1.0.0
            packages:
              /a/1.0.0:
                dev: false
              /b/1.10:
                dev: true
              github.com/o/r/c0ffee:
                resolution: {tarball: https://host.example/r.tgz}
                name: r
                version: 0.2.0
            """,
        )
        assert set(found) == {"a@1.0.0", "b@1.10", "r@0.2.0"}
        assert found["a@1.0.0"].direct
        assert found["b@1.10"].development
        assert "download_url=" in found["r@0.2.0"].purl

    def test_version_9_tells_it_by_what_needs_what(self) -> None:
        found = parse(
            pnpm_lock,
            """\
            lockfileVersion: '9.0'
            importers:
              .:
                dependencies:
                  a: {specifier: ^1, version: 1.0.0(p@1.0.0)}
                devDependencies:
                  d: {specifier: ^4, version: 4.0.0}
            packages:
              a@1.0.0: {}
              b@2.0.0: {}
              p@1.0.0: {}
              d@4.0.0: {}
              e@5.0.0: {}
              local@file:local:
                resolution: {directory: local, type: directory}
            snapshots:
              a@1.0.0(p@1.0.0):
                dependencies: {b: 2.0.0, p: 1.0.0}
              b@2.0.0: {}
              p@1.0.0: {}
              d@4.0.0:
                dependencies: {e: 5.0.0, b: 2.0.0}
              e@5.0.0: {}
            """,
        )
        assert {name for name, one in found.items() if one.direct} == {"a@1.0.0", "d@4.0.0"}
        assert {name for name, one in found.items() if one.development} == {"d@4.0.0", "e@5.0.0"}
        assert "local@" in found

    def test_every_document_of_the_file_counts(self) -> None:
        document = "---\nlockfileVersion: '9.0'\npackages:\n  {}@1.0.0: {{}}\n"
        assert set(parse(pnpm_lock, document.format("a") + document.format("b"))) == {
            "a@1.0.0",
            "b@1.0.0",
        }

    def test_keys_without_a_version_are_said(self) -> None:
        (one,) = skipped(pnpm_lock, "lockfileVersion: 5.4\npackages:\n  odd: {dev: false}\n")
        assert one.what == "app/lock: odd"

    @pytest.mark.parametrize("content", ["a: b", "text", "- a", "a: [", "a: &x 1\nb: *x", "? [a]"])
    def test_other_files_are_refused_by_name(self, content: str) -> None:
        with pytest.raises(InvalidDocument, match="app/lock"):
            parse(pnpm_lock, content)


class TestBun:
    LOCK = """\
    // made by hand
    {
      "lockfileVersion": 1, /* text */
      "workspaces": {
        "": {
          "dependencies": { "a": "^1", "alias": "npm:b@2", },
          "devDependencies": { "d": "github:o/d", },
        },
      },
      "packages": {
        "a": ["a@1.0.0", "", { "dependencies": { "c": "^3", }, }, "sha512-//,}"],
        "a/c": ["c@3.0.0", "", {}, "sha512-x"],
        "alias": ["b@2.0.0", "", {}, "sha512-x"],
        "c": ["c@4.0.0", "", {}, "sha512-x"],
        "d": ["d@github:o/d#c0ffee", { "dependencies": { "c": "*" } }, "o-d-c0ffee"],
        "app": ["app@root:", {}],
        "member": ["member@workspace:packages/member"],
        "bad": [1],
      },
    }
    """

    def test_comments_trailing_commas_nesting_and_flags(self) -> None:
        found = parse(bun_lock, self.LOCK)
        assert set(found) == {"a@1.0.0", "c@3.0.0", "b@2.0.0", "c@4.0.0", "d@"}
        assert {name for name, one in found.items() if one.direct} == {"a@1.0.0", "b@2.0.0", "d@"}
        assert {name for name, one in found.items() if one.development} == {"c@4.0.0", "d@"}
        assert found["d@"].purl.endswith("git+https:%2F%2Fgithub.com%2Fo%2Fd%40c0ffee")

    def test_bad_entries_are_said(self) -> None:
        assert [one.what for one in skipped(bun_lock, self.LOCK)] == ["app/lock: bad"]

    @pytest.mark.parametrize("content", ["{}", '{"lockfileVersion": "1"}', "x", "[" * 100_000])
    def test_other_files_are_refused_by_name(self, content: str) -> None:
        with pytest.raises(InvalidDocument, match="app/lock"):
            parse(bun_lock, content)


class TestDeno:
    NPM = {"a@1.0.0": {}, "@s/b@2.0.0_a@1.0.0": {}}  # noqa: RUF012 - a constant of the tests

    @pytest.mark.parametrize(
        "content",
        [
            {"version": "2", "npm": {"specifiers": {}, "packages": NPM}},
            {"version": "3", "packages": {"npm": NPM}},
            {"version": "5", "npm": NPM},
        ],
    )
    def test_npm_packages_in_every_version(self, content: object) -> None:
        assert set(parse(deno_lock, content)) == {"a@1.0.0", "@s/b@2.0.0"}

    def test_jsr_packages_and_urls_are_not_from_npm(self) -> None:
        found = parse(
            deno_lock,
            {
                "jsr": {"@std/fs@1.0.0": {}},
                "remote": {
                    "https://host.example/x/oak@v12.1.0/mod.ts": "1",
                    "https://host.example/x/oak@v12.1.0/deps.ts": "2",
                    "https://host.example/plain.ts": "3",
                },
            },
        )
        assert {name: one.purl for name, one in found.items()} == {
            "@std/fs@1.0.0": "pkg:jsr/%40std/fs@1.0.0",
            "host.example/x/oak@v12.1.0": "pkg:generic/host.example/x/oak@v12.1.0",
        }


class TestPackageJson:
    def test_the_project_is_a_package_and_its_ranges_are_none(self) -> None:
        content = {"name": "app", "version": "1.0.0", "dependencies": {"a": "1.0.0", "b": "^2"}}
        assert set(parse(package_json, content)) == {"app@1.0.0"}

    @pytest.mark.parametrize(
        "content",
        [
            {"name": "app"},
            {"name": "x", "version": "1.0.0", "engines": {"vscode": "^1.90.0"}},
            {"name": "x", "version": "1.0.0", "contributes": {"themes": []}},
            {"name": "com.x", "version": "1.0.0", "unity": "2022.3"},
        ],
    )
    def test_what_is_not_of_npm_is_no_package(self, content: object) -> None:
        assert not parse(package_json, content)

    def test_installed_ones_are_left_to_the_installed_packages(self) -> None:
        content = {"name": "a", "version": "1.0.0"}
        assert not parse(package_json, content, "app/node_modules/a/package.json")
