"""What strangers may put into an image: one line, the right exit code, nothing left behind."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import subprocess
import sys
import tarfile
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.layout_builder import LayoutBuilder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ZEROS = gzip.compress(b"\0" * 64 * 1024 * 1024, 9)


def header(name: str, size: int = 0) -> bytes:
    info = tarfile.TarInfo(name)
    info.size = size
    return info.tobuf()


def layout(folder: Path, blob: bytes) -> str:
    """Make a layout of one layer with exactly these bytes."""
    builder = LayoutBuilder(folder / "layout")
    descriptor = builder.add_image([layer_tar({})], listed=False)
    document = json.loads(builder.blob_path(descriptor["digest"]).read_text())
    media_type = "application/vnd.oci.image.layer.v1.tar+gzip"
    document["layers"] = [builder.add_blob(blob, media_type)]
    entry = builder.add_blob(json.dumps(document).encode(), descriptor["mediaType"])
    index = {"schemaVersion": 2, "manifests": [entry]}
    (folder / "layout/index.json").write_text(json.dumps(index))
    return f"oci:{folder}/layout"


def ten_gigabytes_of_zeros() -> bytes:
    return gzip.compress(header("zeros", 10 * 1024**3)) + ZEROS * 160


def a_million_entries_and_more() -> bytes:
    block = b"".join(header(f"f{number}") for number in range(10_000))
    return gzip.compress(block, 1) * 101


def endless_name() -> bytes:
    info = tarfile.TarInfo("n" * 100_000)
    return gzip.compress(info.tobuf(tarfile.GNU_FORMAT))


def no_tar() -> bytes:
    return gzip.compress(b"<html>please sign in</html>" * 100)


def no_gzip() -> bytes:
    return b"\x1f\x8b" + os.urandom(5000)


def half() -> bytes:
    return gzip.compress(layer_tar({"a": os.urandom(50_000)}))[:20_000]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (ten_gigabytes_of_zeros, "decompression bomb"),
        (a_million_entries_and_more, "more than 1000000 entries"),
        (endless_name, "a name of 100001 bytes"),
        (no_tar, "not a tar"),
        (no_gzip, "gzip data"),
        (half, "ends"),
    ],
)
def test_a_hostile_layer_is_one_line_and_exit_code_2(
    tmp_path: Path, shell: Any, make: Callable[[], bytes], words: str
) -> None:
    name = layout(tmp_path, make())
    assert shell.run("inspect", name, "--format", "json", "--output", "out.json") == 2
    assert shell.out == ""
    [line] = shell.err.splitlines()
    assert line.startswith("bedplate: error: ")
    assert words in line
    assert not list(tmp_path.rglob("out.json*"))


def test_names_that_leave_the_root_are_listed_and_touch_nothing(tmp_path: Path, shell: Any) -> None:
    target = tmp_path / "outside"
    files = {
        "../../outside": b"x",
        f"{target}": b"x",
        "link": str(tmp_path),
        "link/through": b"x",
        "caf\udce9": b"1",
        "\x1b[31mred": b"1",
    }
    name = layout(tmp_path, gzip.compress(layer_tar(files)))
    before = sorted(tmp_path.rglob("*"))
    assert shell.run("inspect", name, "--format", "json") in (0, 3)
    facts = json.loads(shell.out)
    assert "its path leaves the root" in shell.out
    assert "\x1b" not in shell.out
    assert facts
    assert not target.exists()
    made = {path.relative_to(tmp_path).parts[0] for path in set(tmp_path.rglob("*")) - set(before)}
    assert len(made) <= 1  # the cache


def test_a_full_disk_is_said_and_the_answer_given(tmp_path: Path) -> None:
    files = {"etc/os-release": b"ID=alpine\nVERSION_ID=3.24.2\n"}
    files |= {f"var/{number}-{os.urandom(8).hex()}": b"" for number in range(2000)}
    name = layout(tmp_path, gzip.compress(layer_tar(files)))
    program = "from bedplate.cli.main import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", program, "inspect", name, "--format", "json"],
        # no bytecode: its files would be cut off at the same limit
        env={"HOME": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        # a file may not grow beyond this: what a full disk looks like to one process
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["images"][0]["distro"]["id"] == "alpine"
    assert all("cannot write the cache" in line for line in done.stderr.splitlines())
    assert done.stderr
    left = [path for path in (tmp_path / ".cache").rglob("*") if path.is_file()]
    assert all(path.parent.name == "locks" for path in left if path.stat().st_size > 4000)
    assert not [path for path in left if path.name.startswith(".")]


def test_a_report_is_written_whole_or_not_at_all(tmp_path: Path, shell: Any) -> None:
    name = layout(tmp_path, gzip.compress(layer_tar({"etc/os-release": b"ID=alpine\n"})))
    report = shell.folder / "report.json"
    report.write_text("old")
    assert shell.run("inspect", "oci:nothing", "--output", "report.json", "--format", "json") == 2
    assert report.read_text() == "old"
    assert shell.run("inspect", name, "--output", "report.json", "--format", "json") == 0
    assert json.loads(report.read_text())


def test_a_docker_archive_of_links_in_a_circle_ends(tmp_path: Path, shell: Any) -> None:
    path = tmp_path / "archive.tar"
    with tarfile.open(path, "w") as archive:
        manifest = json.dumps([{"Config": "a", "Layers": []}]).encode()
        info = tarfile.TarInfo("manifest.json")
        info.size = len(manifest)
        archive.addfile(info, io.BytesIO(manifest))
        for name, target in (("a", "b"), ("b", "a")):
            link = tarfile.TarInfo(name)
            link.type, link.linkname = tarfile.SYMTYPE, target
            archive.addfile(link)
    assert shell.run("inspect", f"docker-archive:{path}") == 2
    assert "a is not in the archive" in shell.err
