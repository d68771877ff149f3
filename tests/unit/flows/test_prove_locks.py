"""Lock files of a project against bases, by names and by fetched bytes."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from bedplate.flows.fetch_packages import PackageFetcher
from bedplate.flows.prove_locks import find_locks, prove_locks
from bedplate.model.index_addresses import IndexAddresses
from bedplate.model.locked_package import LockedProject
from bedplate.model.verdict import Outcome
from bedplate.proving.candidate import candidate_of_tree
from bedplate.support.http_request import Origin
from bedplate.support.http_response import Response
from bedplate.testing.elf_builder import ElfBuilder
from bedplate.testing.package_builder import tarball, wheel
from bedplate.testing.sample_javascript_locks import npm
from bedplate.testing.sample_python_locks import REQUIREMENTS
from bedplate.testing.sample_roots import GLIBC_FILES, MUSL_FILES
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from pathlib import Path

    from bedplate.model.verdict import Proof, ProofReport
    from bedplate.support.http_request import Request

GLIBC = candidate_of_tree("debian", MemoryTree(GLIBC_FILES))
MUSL = candidate_of_tree("alpine", MemoryTree({**MUSL_FILES, "etc/alpine-release": b"3.24.0"}))


class Http:
    """Answers with what it was given, by the end of the address."""

    def __init__(self, answers: dict[str, bytes]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def send(self, request: Request) -> Response:
        self.asked.append(request.url)
        content = next((c for end, c in self.answers.items() if request.url.endswith(end)), None)
        body = io.BytesIO(content or b"")
        status = 404 if content is None else 200
        return Response(status, {}, request.url, Origin.of(request.url), body.read, lambda: None)


def by_package(report: ProofReport, base: int = 0) -> dict[str, Proof]:
    return {proof.package: proof for proof in report.bases[base].proofs}


class TestFindLocks:
    def test_installed_packages_are_not_the_project(self, tmp_path: Path) -> None:
        for path in ("package-lock.json", "api/package-lock.json", "node_modules/x/yarn.lock"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(npm())
        found = find_locks(tmp_path)
        assert [one.path for one in found if isinstance(one, LockedProject)] == [
            "api/package-lock.json",
            "package-lock.json",
        ]

    def test_a_folder_without_any(self, tmp_path: Path) -> None:
        assert find_locks(tmp_path) == ()

    def test_permissions_stand_beside(self, tmp_path: Path) -> None:
        (tmp_path / "package-lock.json").write_bytes(npm())
        (tmp_path / "package.json").write_text('{"allowScripts": {"built@2.0.0": false}}')
        (project,) = find_locks(tmp_path)
        assert isinstance(project, LockedProject)
        assert project.packages["node_modules/built"].allowed is False

    def test_permissions_of_pnpm(self, tmp_path: Path) -> None:
        (tmp_path / "package-lock.json").write_bytes(npm())
        settings = "onlyBuiltDependencies: [built]\nallowBuilds:\n  plain: false\n"
        (tmp_path / "pnpm-workspace.yaml").write_text(settings)
        (project,) = find_locks(tmp_path)
        assert isinstance(project, LockedProject)
        assert project.packages["node_modules/built"].allowed is True
        assert project.packages["node_modules/plain"].allowed is False

    def test_how_a_program_is_built(self, tmp_path: Path) -> None:
        (tmp_path / "go.mod").write_text("module h.example/app\n")
        (tmp_path / "main.go").write_text('package main\n\nimport "net/http"\n')
        (tmp_path / "Dockerfile").write_text("RUN CGO_ENABLED=0 go build\n")
        (project,) = find_locks(tmp_path)
        assert isinstance(project, LockedProject)
        assert project.packages["module"].notes == ("CGO_ENABLED=0", "net", "sources")


class TestProveLocks:
    def test_bases_side_by_side(self, tmp_path: Path) -> None:
        (tmp_path / "package-lock.json").write_bytes(npm())
        (tmp_path / "broken").mkdir()
        (tmp_path / "broken/yarn.lock").write_text("?")
        report = prove_locks("shop", find_locks(tmp_path), (GLIBC, MUSL))
        assert (report.application, report.kind) == ("shop", "lock files")
        assert [base.libc for base in report.bases] == ["glibc 2.34", "musl 1.2.5"]
        for base in report.bases:
            assert [one.what for one in base.skipped] == ["broken/yarn.lock"]
        assert "musl" in by_package(report, 1)["fast 1.0.0"].evidence[0]
        assert report.bases[1].notes[0].startswith("no Node.js was found on this base")
        assert by_package(report, 1)["built 2.0.0"].outcome is Outcome.FAILS

    def test_installed_on_another_base(self, tmp_path: Path) -> None:
        (tmp_path / "package-lock.json").write_bytes(npm())
        report = prove_locks("shop", find_locks(tmp_path), (MUSL,), installed_on=GLIBC)
        assert by_package(report)["fast 1.0.0"].outcome is Outcome.FAILS
        assert report.notes == ("by package-lock.json; as if installed on debian",)


def lock(name: str, **fields: object) -> bytes:
    entry = {"version": "1.0.0", **fields}
    return json.dumps({"packages": {f"node_modules/{name}": entry}}).encode()


def archive(name: str, needed: str) -> bytes:
    """Make a package with one addon, whose name does not say for what it is."""
    manifest = json.dumps({"name": name, "version": "1.0.0"}).encode()
    addon = ElfBuilder(needed=(needed,)).build()
    return tarball({"package.json": manifest, "prebuilds/linux-x64/a.node": addon})


class TestFetching:
    URL = "https://h.example/odd-1.0.0.tgz"

    def fetched(
        self, folder: Path, answers: dict[str, bytes], addresses: IndexAddresses | None = None
    ) -> ProofReport:
        fetcher = PackageFetcher(Http(answers), addresses or IndexAddresses())  # type: ignore[arg-type]
        return prove_locks("shop", find_locks(folder), (GLIBC, MUSL), fetcher=fetcher)

    def test_bytes_decide_what_names_do_not(self, tmp_path: Path) -> None:
        needs = {"node-gyp-build": "4"}
        content = lock("odd", resolved=self.URL, dependencies=needs)
        (tmp_path / "package-lock.json").write_bytes(content)
        by_name = prove_locks("shop", find_locks(tmp_path), (GLIBC, MUSL))
        assert by_package(by_name, 0)["odd 1.0.0"].outcome is Outcome.UNKNOWN
        report = self.fetched(tmp_path, {"odd-1.0.0.tgz": archive("odd", "ld-linux-x86-64.so.2")})
        assert by_package(report, 0)["odd 1.0.0"].outcome is Outcome.LOADS
        proof = by_package(report, 1)["odd 1.0.0"]
        assert (proof.outcome, proof.missing) == (Outcome.FAILS, "ld-linux-x86-64.so.2")
        assert proof.path == "node_modules/odd/prebuilds/linux-x64/a.node"

    def test_a_script_compiles_what_does_not_fit(self, tmp_path: Path) -> None:
        needs = {"node-gyp-build": "4"}
        content = lock("odd", resolved=self.URL, dependencies=needs, hasInstallScript=True)
        (tmp_path / "package-lock.json").write_bytes(content)
        report = self.fetched(tmp_path, {"odd-1.0.0.tgz": archive("odd", "ld-linux-x86-64.so.2")})
        proof = by_package(report, 1)["odd 1.0.0"]
        assert (proof.outcome, proof.missing) == (Outcome.FAILS, "C compiler")
        assert any("ld-linux-x86-64.so.2" in shown for shown in proof.evidence)

    def test_what_no_script_has_downloaded_yet_is_no_failure(self, tmp_path: Path) -> None:
        content = lock("odd", resolved=self.URL, hasInstallScript=True)
        (tmp_path / "package-lock.json").write_bytes(content)
        manifest = {"name": "odd", "version": "1.0.0", "scripts": {"install": "node install.js"}}
        archive = tarball({"package.json": json.dumps(manifest).encode()})
        report = self.fetched(tmp_path, {"odd-1.0.0.tgz": archive})
        assert by_package(report)["odd 1.0.0"].outcome is Outcome.UNKNOWN

    def test_each_file_is_fetched_once(self, tmp_path: Path) -> None:
        content = lock("odd", resolved=self.URL, dependencies={"node-gyp-build": "4"})
        (tmp_path / "package-lock.json").write_bytes(content)
        http = Http({"odd-1.0.0.tgz": archive("odd", "libc.so.6")})
        fetcher = PackageFetcher(http, IndexAddresses())  # type: ignore[arg-type]
        prove_locks("shop", find_locks(tmp_path), (GLIBC, MUSL), fetcher=fetcher)
        assert http.asked == [self.URL]

    def test_other_bytes_than_the_lock_file_means(self, tmp_path: Path) -> None:
        needs = {"node-gyp-build": "4"}
        content = lock("odd", resolved=self.URL, integrity="sha512-AA==", dependencies=needs)
        (tmp_path / "package-lock.json").write_bytes(content)
        report = self.fetched(tmp_path, {"odd-1.0.0.tgz": archive("odd", "libc.so.6")})
        assert by_package(report)["odd 1.0.0"].outcome is Outcome.UNKNOWN
        assert "not the bytes" in report.bases[0].skipped[0].reason

    def test_without_an_address_it_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "package-lock.json").write_bytes(
            lock("odd", dependencies={"node-gyp-build": "4"})
        )
        (tmp_path / "requirements.txt").write_bytes(REQUIREMENTS)
        report = self.fetched(tmp_path, {})
        reasons = [one.reason for one in report.bases[0].skipped]
        assert any("no registry is configured" in reason for reason in reasons)
        assert any("no package index is configured" in reason for reason in reasons)

    def test_an_index_names_the_wheels(self, tmp_path: Path) -> None:
        (tmp_path / "requirements.txt").write_text("fast==1.0\n")
        name = "fast-1.0-cp312-cp312-musllinux_1_2_x86_64.whl"
        page = json.dumps({"files": [{"filename": name, "url": name, "hashes": {}}]}).encode()
        addon = ElfBuilder(needed=("libnowhere.so.1",)).build()
        answers = {
            "/fast/": page,
            ".whl": wheel({"fast/x.cpython-312-x86_64-linux-musl.so": addon}),
        }
        report = self.fetched(tmp_path, answers, IndexAddresses(pypi="https://i.example/simple"))
        assert by_package(report, 0)["fast 1.0"].outcome is Outcome.FAILS
        assert "for musl only" in by_package(report, 0)["fast 1.0"].reason
        proof = by_package(report, 1)["fast 1.0"]
        assert proof.path == "site-packages/fast/x.cpython-312-x86_64-linux-musl.so"
        assert proof.missing == "libnowhere.so.1"
