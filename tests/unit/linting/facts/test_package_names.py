from __future__ import annotations

import gzip
import io
import lzma
import tarfile
import threading
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BedplateError, InvalidConfiguration, InvalidDocument
from bedplate.flows.file_facts import file_facts
from bedplate.linting.evidence import Evidence
from bedplate.linting.fixing import apply_fixes
from bedplate.linting.package_names import PackageNames, read_apkindex, read_packages
from bedplate.linting.package_settings import PackageSettings, read_package_settings
from bedplate.linting.settings import LintSettings
from bedplate.support.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.skipped import Skipped
    from bedplate.model.violation import Violation

BOOKWORM = """\
Package: curl
Provides: http-client
Version: 7.88

Package: libicu72

Package: libssl3

Package: g++

Package: exim4
Provides: default-mta, mail-transport-agent (= 4.96),
 smtp-server
"""
NOBLE = "Package: libssl3t64\n\nPackage: curl\n\nPackage: libicu74\n"
ALPINE = "C:Q1abc=\nP:busybox\nV:1.36\np:cmd:sh=1.36 so:libbusybox.so.0=0\n\nP:nodejs\nV:20\n"


class Mirror:
    """A mirror of packages on loopback.

    Args:
        files: by path.
        asked: paths that were asked for.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                mirror.asked.append(self.path)
                content = mirror.files.get(self.path)
                self.send_response(404 if content is None else 200)
                self.send_header("Content-Length", str(len(content or b"")))
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, *_args: Any) -> None:
                """Stay silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture(name="mirror")
def fixture_mirror() -> Iterator[Mirror]:
    mirror = Mirror()
    mirror.files = {
        "/debian/dists/bookworm/main/binary-amd64/Packages.xz": lzma.compress(BOOKWORM.encode()),
        "/debian/dists/bookworm-updates/main/binary-amd64/Packages.gz": gzip.compress(
            b"Package: tzdata-new\n"
        ),
        "/alpine/v3.20/main/x86_64/APKINDEX.tar.gz": apkindex(ALPINE),
        "/alpine/v3.20/community/x86_64/APKINDEX.tar.gz": apkindex("P:py3-flask\n"),
        **{
            f"/ubuntu/dists/noble/{part}/binary-amd64/Packages.gz": gzip.compress(NOBLE.encode())
            for part in ("main", "universe", "restricted", "multiverse")
        },
    }
    thread = threading.Thread(target=mirror.server.serve_forever, args=(0.02,))
    thread.start()
    yield mirror
    mirror.server.shutdown()
    thread.join()
    mirror.server.server_close()


def apkindex(text: str) -> bytes:
    """Pack an index as apk does: a signature and the index, each a gzip member."""
    members = []
    for name, content in ((".SIGN.RSA.a.pub", b"signature"), ("APKINDEX", text.encode())):
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as archive:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
            end = archive.offset
        members.append(gzip.compress(buffer.getvalue()[:end]))
    return b"".join(members)


class Check:
    """Lints a text, registries unasked, by the packages of a mirror."""

    def __init__(self, linter: Any, mirror: Mirror) -> None:
        session = replace(linter.session, cache=Cache(None), today=date(2026, 11, 23))
        self.session, self.mirror, self.notices = session, mirror, linter.notices
        names = ("debian", "ubuntu", "alpine")
        self.settings = PackageSettings({name: (f"{mirror.url}/{name}",) for name in names})

    def run(self, text: str, **config: Any) -> tuple[list[Violation], list[Skipped]]:
        config["select"] = frozenset({"package-name-absent"} | set(config.get("select", ())))
        violations, skipped = file_facts(
            {"Dockerfile": text}, self.session, LintSettings(**config), None, self.settings
        )
        return violations, [one for one in skipped if one.what == "package names"]

    def absent(self, text: str) -> list[str]:
        violations, skipped = self.run(text)
        assert not skipped
        return [text[one.span.start : one.span.end] for one in violations]


@pytest.fixture(name="check")
def fixture_check(linter: Any, mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> Check:
    monkeypatch.setattr(
        "bedplate.flows.lint_facts.live_evidence", lambda reference, *_: Evidence(reference)
    )
    return Check(linter, mirror)


def test_a_name_that_the_release_lacks(check: Check, mirror: Mirror) -> None:
    text = "FROM debian:12\n\nRUN apt-get update && \\\n    apt-get install -y curl libicu67\n"
    violations, skipped = check.run(text)
    (one,) = violations
    assert one.message == "Debian 12 has no package libicu67; it has libicu72, the likely successor"
    assert (one.line, one.span.of(text)) == (3, "libicu67")
    assert one.evidence == (
        f"{mirror.url}/debian/dists/bookworm/main/binary-amd64/Packages.xz, as of 2026-11-23",
    )
    assert one.fix is not None
    assert not one.fix.safe
    assert apply_fixes(text, violations, unsafe=True) == text.replace("libicu67", "libicu72")
    assert not skipped


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("FROM python:3.12-bookworm\nRUN apt install -y nosuch=1.0 curl=7.*\n", ["nosuch=1.0"]),
        ("FROM debian:12 AS a\nFROM a\nRUN apt-get install -y nosuch\n", ["nosuch"]),
        ("FROM debian:12\nRUN apt-get install http-client smtp-server mail-transport-agent\n", []),
        ("FROM debian:12\nRUN apt-get install g++ curl+ nosuch-\n", []),
        ("FROM debian:12\nRUN apt-get install tzdata-new\n", []),
        ("FROM debian:12\nRUN apt-get install $X ${Y}z lib* ./x.deb x:i386 x/sid task^\n", []),
        ("FROM debian:12\nRUN apt-get install -t bookworm-backports nosuch\n", []),
        ("FROM debian:12\nRUN apt-get -o A::B=c install nosuch\n", ["nosuch"]),
        ("FROM debian:12\nRUN apt-get remove nosuch\n", []),
        ("FROM debian:12\nRUN apk add nosuch\n", []),
        ("FROM debian:12\nRUN apt-get install nosuch || apt-get install curl\n", []),
        ("FROM debian:12\nRUN if true; then apt-get install nosuch; fi\n", []),
        ("FROM debian:12\nONBUILD RUN apt-get install nosuch\n", []),
        ("FROM debian:12\nRUN <<E\napt-get install nosuch\nE\n", ["nosuch"]),
        ("FROM alpine:3.20\nRUN apk add --no-cache -t .deps nodejs py3-flask jq\n", ["jq"]),
        ("FROM alpine:3.20.3\nRUN apk add 'nodejs>20' cmd:sh jq~1 x@edge !y\n", ["jq~1"]),
        ("FROM ubuntu:24.04\nRUN apt-get install libssl3\n", ["libssl3"]),
        ("FROM example.org/own:12\nRUN apt-get install nosuch\n", []),
        ("FROM postgres:16-bookworm\nRUN apt-get install nosuch\n", []),
    ],
)
def test_which_words_are_looked_up(check: Check, text: str, absent: list[str]) -> None:
    assert check.absent(text) == absent


@pytest.mark.parametrize(
    "step",
    [
        "RUN echo deb example.org > /etc/apt/sources.list.d/x.list",
        "RUN add-apt-repository ppa:a/b",
        "RUN curl example.org/setup | bash -",
        "RUN dpkg -i /tmp/repository.deb",
        "RUN ./setup",
        "COPY x.list /etc/apt/sources.list.d/",
        "COPY root /",
    ],
)
def test_repositories_of_the_stage_silence_what_follows(check: Check, step: str) -> None:
    install = "RUN apt-get install nosuch\n"
    assert check.absent(f"FROM debian:12\n{step}\n{install}") == []
    assert check.absent(f"FROM debian:12 AS a\n{step}\nFROM a\n{install}") == []
    assert check.absent(f"FROM debian:12\n{install}{step}\n") == ["nosuch"]


def test_another_repository_of_apk(check: Check) -> None:
    assert check.absent("FROM alpine:3.20\nRUN apk add -X http://a.example/edge jq\n") == []
    text = "FROM alpine:3.20\nRUN apk add --repository=http://a.example/edge jq\nRUN apk add x\n"
    assert check.absent(text) == []


def test_comments_and_settings_hide_it(check: Check) -> None:
    text = "FROM debian:12\n# bedplate: ignore=package-name-absent\nRUN apt-get install nosuch\n"
    assert check.absent(text) == []
    check.mirror.asked.clear()
    assert check.run(text, ignore=frozenset({"package-name-absent"})) == ([], [])
    assert not check.mirror.asked


def test_an_index_is_fetched_once_a_day(check: Check) -> None:
    text = "FROM debian:12\nRUN apt-get install nosuch\n"
    for day, more in ((23, True), (23, False), (24, True)):
        check.mirror.asked.clear()
        check.session = replace(check.session, today=date(2026, 11, day))
        assert check.absent(text) == ["nosuch"]
        assert bool(check.mirror.asked) == more


def test_offline_the_cache_answers_and_its_age_is_told(check: Check) -> None:
    text = "FROM debian:12\nRUN apt-get install nosuch\n"
    online = check.session
    check.session = replace(online, offline=True)
    violations, skipped = check.run(text)
    assert violations == []
    assert [one.reason for one in skipped] == ["offline, and no index of Debian 12 is in the cache"]
    check.session = online
    check.run(text)
    check.session = replace(online, offline=True, today=date(2026, 12, 24))
    violations, _ = check.run(text)
    assert violations[0].evidence[0].endswith("as of 2026-11-23")
    assert "offline: package names of Debian 12 of 2026-11-23" in check.notices


def test_a_damaged_cache_is_fetched_anew(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check.session.cache, "get", lambda *_: b"damaged")
    assert check.absent("FROM debian:12\nRUN apt-get install nosuch\n") == ["nosuch"]


def test_without_a_mirror_it_says_so_once(check: Check) -> None:
    check.settings = PackageSettings({"alpine": (f"{check.mirror.url}/alpine",)})
    text = "FROM debian:12\nRUN apt-get install nosuch\nFROM debian:12\nRUN apt install x\n"
    violations, skipped = check.run(text)
    assert violations == []
    assert [one.reason for one in skipped] == [
        "no package index is configured: set lint.packages.debian"
    ]
    assert check.run("FROM debian:12\n") == ([], [])


@pytest.mark.parametrize(
    "content",
    [None, b"", b"no xz", lzma.compress(BOOKWORM.encode())[:-20], lzma.compress(b"nothing\n")],
)
def test_an_index_that_is_missing_or_damaged_is_skipped(
    check: Check, content: bytes | None
) -> None:
    path = "/debian/dists/bookworm/main/binary-amd64/Packages.xz"
    check.mirror.files.pop(path)
    if content is not None:
        check.mirror.files[path] = content
    violations, skipped = check.run("FROM debian:12\nRUN apt-get install nosuch\n")
    assert violations == []
    (one,) = skipped
    assert one.reason.startswith("Debian 12: http://127.0.0.1")


@pytest.mark.parametrize(
    "content", [b"", b"\x1f\x8b\x08", gzip.compress(b"no tar"), apkindex("P:a\n")[:-40]]
)
def test_a_damaged_apkindex_is_skipped(check: Check, content: bytes) -> None:
    check.mirror.files["/alpine/v3.20/main/x86_64/APKINDEX.tar.gz"] = content
    violations, skipped = check.run("FROM alpine:3.20\nRUN apk add nosuch\n")
    assert violations == []
    assert len(skipped) == 1


@pytest.mark.parametrize(
    ("name", "there", "successor"),
    [
        ("libssl3", ["libssl3t64", "libssl4"], "libssl3t64"),
        ("libssl1.1", ["libssl3t64"], "libssl3t64"),
        ("libicu72", ["libicu74", "libicu76", "libicu67"], "libicu74"),
        ("libicu76", ["libicu67", "libicu72"], "libicu72"),
        ("python3.9", ["python3", "python3.11"], "python3.11"),
        ("openjdk-11-jdk", ["openjdk-17-jdk", "openjdk-17-jre"], "openjdk-17-jdk"),
        ("lib32z1", ["lib64z1"], ""),
        ("a1b1", ["a2b2"], ""),
        ("curl", ["wget"], ""),
        ("7", ["8"], ""),
    ],
)
def test_successors(name: str, there: list[str], successor: str) -> None:
    assert PackageNames(tuple(sorted(there))).successor(name) == successor


@given(st.lists(st.from_regex(r"[a-z][a-z0-9+.-]{0,8}", fullmatch=True), min_size=1), st.data())
def test_every_name_of_an_index_is_found_in_any_chunks(names: list[str], data: Any) -> None:
    for reader, text in (
        (read_packages, "".join(f"Package: {name}\nA: b\n\n" for name in names)),
        (read_apkindex, "".join(f"P:{name}\np:{name}=1\n\n" for name in names)),
    ):
        content = text.encode()
        cut = data.draw(st.integers(0, len(content)))
        found = reader([content[:cut], content[cut:]], "x")
        assert found == set(names)
        index = PackageNames(tuple(sorted(found)))
        assert all(name in index for name in names)
        assert all(index.successor(name) in {"", *names} for name in names)


@given(st.binary(max_size=200))
def test_hostile_indexes_give_names_or_one_error(content: bytes) -> None:
    for reader in (read_packages, read_apkindex):
        try:
            found = reader([b"Package: ", content], "x")
        except InvalidDocument:
            found = {"nothing"}  # no name in it: the one way to fail
        assert all(name.isascii() and name.isprintable() for name in found)
        assert found


def test_endless_lines_are_refused() -> None:
    with pytest.raises(BedplateError, match="a line of more than"):
        read_packages([b"x" * 600_000] * 3, "x")


@pytest.mark.parametrize(
    "table",
    [
        [],
        {"fedora": "http://a.example"},
        {"debian": 1},
        {"debian": "ftp://a.example"},
        {"debian": []},
        {"debian": ["http://a.example"] * 11},
        {"debian": ["http://a.example", 1]},
    ],
)
def test_settings_that_are_wrong(table: object) -> None:
    with pytest.raises(InvalidConfiguration, match=r"lint\.packages"):
        read_package_settings(table)


def test_settings() -> None:
    read = read_package_settings({"debian": "http://a.example/debian/"})
    assert read.mirrors == {"debian": ("http://a.example/debian",)}
    both = ["http://a.example/debian/", "http://b.example/debian-security"]
    read = read_package_settings({"debian": both})
    assert read.mirrors == {"debian": (both[0].rstrip("/"), both[1])}


SECURITY = "/security/dists/bookworm-security/main/binary-amd64/Packages.xz"


def test_an_archive_of_security_fixes_adds_to_the_release(check: Check) -> None:
    both = (f"{check.mirror.url}/debian", f"{check.mirror.url}/security")
    check.settings = PackageSettings({"debian": both})
    check.mirror.files[SECURITY] = lzma.compress(b"Package: linux-image-6.1.0-99-amd64\n")
    text = "FROM debian:12\nRUN apt-get install linux-image-6.1.0-99-amd64 libicu72 nosuch\n"
    violations, skipped = check.run(text)
    assert not skipped
    assert [text[one.span.start : one.span.end] for one in violations] == ["nosuch"]
    assert [both[0] in one.evidence[0] and both[1] in one.evidence[0] for one in violations] == [
        True
    ]


def test_a_mirror_that_has_nothing_of_the_release_is_said(check: Check) -> None:
    both = (f"{check.mirror.url}/debian", f"{check.mirror.url}/security")
    check.settings = PackageSettings({"debian": both})
    violations, skipped = check.run("FROM debian:12\nRUN apt-get install nosuch\n")
    assert violations == []
    [one] = skipped
    assert "/security/dists/" in one.reason
    assert one.reason.endswith("is not there")


def test_security_fixes_beside_the_release_and_empty_pockets(check: Check) -> None:
    folder = "/ubuntu/dists/noble-security"
    check.mirror.files |= {
        f"{folder}/main/binary-amd64/Packages.xz": lzma.compress(b"Package: fixed\n"),
        f"{folder}/universe/binary-amd64/Packages.xz": lzma.compress(b""),
        f"{folder}/multiverse/binary-amd64/Packages.gz": gzip.compress(b""),
    }
    assert check.absent("FROM ubuntu:24.04\nRUN apt-get install fixed nosuch\n") == ["nosuch"]


UBUNTU_STANZAS = """\
Package: libssl3t64
Architecture: amd64
Version: 3.0.13-0ubuntu3
Multi-Arch: same
Priority: optional
Section: libs
Source: openssl
Origin: Ubuntu
Maintainer: Ubuntu Developers <devel@a.example>
Installed-Size: 6274
Provides: libssl3 (= 3.0.13-0ubuntu3)
Depends: libc6 (>= 2.38), openssl-provider-legacy
Breaks: libssl3 (<< 3.0.13-0ubuntu3)
Filename: pool/main/o/openssl/libssl3t64_3.0.13-0ubuntu3_amd64.deb
Size: 1939972
SHA256: 0000000000000000000000000000000000000000000000000000000000000000
Task: cloud-minimal, minimal
Description: Secure Sockets Layer toolkit - shared libraries
 Package: not-a-package
Description-md5: 00000000000000000000000000000000

Package: python3.12
Architecture: amd64
Version: 3.12.3-1
Provides: python3-profiler, python3.12-profiler (= 3.12.3-1)
Cnf-Visible-Pkgname: python3
Description: Interactive high-level object-oriented language (version 3.12)

"""
ALPINE_RECORDS = """\
C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=
P:libcrypto3
V:3.3.1-r0
A:x86_64
S:1723456
I:4562944
T:Crypto library from openssl
U:https://a.example/
L:Apache-2.0
o:openssl
m:Somebody <somebody@a.example>
t:1717572823
c:0000000000000000000000000000000000000000
D:so:libc.musl-x86_64.so.1
p:so:libcrypto.so.3=3.3.1
r:openssl-config

C:Q1BBBBBBBBBBBBBBBBBBBBBBBBBBB=
P:ca-certificates
V:20240226-r0
A:x86_64
i:alpine-keys
p:cmd:update-ca-certificates=20240226-r0

"""


def test_an_index_as_ubuntu_writes_it(check: Check) -> None:
    for part in ("main", "universe", "restricted", "multiverse"):
        content = gzip.compress(UBUNTU_STANZAS.encode())
        check.mirror.files[f"/ubuntu/dists/noble/{part}/binary-amd64/Packages.gz"] = content
    names = "libssl3t64 libssl3 python3.12-profiler not-a-package python3.11"
    text = f"FROM ubuntu:24.04\nRUN apt-get install -y {names}\n"
    violations, skipped = check.run(text)
    assert not skipped
    absent = {text[one.span.start : one.span.end]: one.message for one in violations}
    assert set(absent) == {"not-a-package", "python3.11"}
    assert "it has python3.12" in absent["python3.11"]


def test_an_index_as_alpine_writes_it(check: Check) -> None:
    """The signature is a member cut short; then a description and the index in one tar."""
    members = (("DESCRIPTION", b"v3.20.0"), ("APKINDEX", ALPINE_RECORDS.encode()))
    for part in ("main", "community"):
        signed = apkindex("P:unused\n")
        signature = signed[: signed.index(b"\x1f\x8b", 2)]
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as archive:
            for name, content in members:
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
        path = f"/alpine/v3.20/{part}/x86_64/APKINDEX.tar.gz"
        check.mirror.files[path] = signature + gzip.compress(buffer.getvalue())
    text = "FROM alpine:3.20\nRUN apk add libcrypto3 cmd:update-ca-certificates libcrypto1.1\n"
    assert check.absent(text) == ["libcrypto1.1"]


@pytest.mark.real
def test_the_packages_of_this_machine(check: Check) -> None:
    status = Path("/var/lib/dpkg/status")
    content = status.read_bytes() if status.exists() else b""
    assert content, "needs a machine with dpkg"
    path = "/debian/dists/bookworm/main/binary-amd64/Packages.xz"
    check.mirror.files[path] = lzma.compress(content, preset=0)
    text = "FROM debian:12\nRUN apt-get install bash libc6 awk nosuch\n"
    assert check.absent(text) == ["nosuch"]
