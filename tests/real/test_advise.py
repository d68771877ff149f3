"""Projects are built as `advise --write` says, and run; what is refused really fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from rig import advised_bases
from rig.advised_bases import Bases, BuildFailedError, fetch_npm, fetch_wheels
from rig.bedplate_command import Bedplate
from rig.images import cache_folder

if TYPE_CHECKING:
    from pathlib import Path

    from rig.images import Images

pytestmark = pytest.mark.real("npm")

# name of the package, version, what shows that it works
NODE = {
    "bcrypt": ("5.1.1", "console.log(require('bcrypt').hashSync('a', 4).length)", "60"),
    "sharp": (
        "0.34.5",
        "const red = {width: 2, height: 2, channels: 3, background: 'red'};"  # noqa: ISC004
        "require('sharp')({create: red}).png().toBuffer()"
        ".then((png) => console.log(png.subarray(1, 4).toString()))",
        "PNG",
    ),
    "canvas": (
        "3.2.3",
        "console.log(require('canvas').createCanvas(3, 3).toBuffer().subarray(1, 4).toString())",
        "PNG",
    ),
    "ms": ("2.1.3", "console.log(require('ms')('2 days'))", "172800000"),
}
PYTHON = {
    "numpy": ("2.4.6", "import numpy; print(int(numpy.arange(5).sum()))", "10"),
    "psycopg2-binary": ("2.9.11", "import psycopg2; print(psycopg2.__libpq_version__ > 0)", "True"),
    "six": ("1.17.0", "import six; print(six.text_type('a'))", "a"),
}
HEADERS = "libcairo2-dev libpango1.0-dev libjpeg-dev libgif-dev librsvg2-dev"
GO_MAIN = """\
package main

import (
\t"crypto/x509"
\t"fmt"
\t"net/http"
\t"os"
\t"time"
)

func main() {
\tif len(os.Args) > 1 {
\t\thttp.Get("https://example.com/")
\t}
\tzone, err := time.LoadLocation("Asia/Tokyo")
\troots, failure := x509.SystemCertPool()
\tfmt.Println(zone, err, failure, roots != nil && len(roots.Subjects()) > 0, extra())
}
"""
GO_EXTRA = {
    "pure": "package main\n\nfunc extra() int { return 42 }\n",
    "cgo": "package main\n\n// static int answer(void) { return 42; }\n"
    'import "C"\n\nfunc extra() int { return int(C.answer()) }\n',
}


@pytest.fixture(scope="module")
def bases(images: Images) -> Bases:
    """Give the bases that stand in for official images."""
    return advised_bases.open_bases(images, cache_folder() / "advise")


def node_project(folder: Path, bases: Bases, name: str) -> Path:
    version, source, _ = NODE[name]
    package = {
        "name": "app",
        "version": "1.0.0",
        "private": True,
        "scripts": {"start": "node main.js"},
        "dependencies": {name: version},
    }
    installs = f"RUN apt-get update && apt-get install -y {HEADERS}\n" if name == "canvas" else ""
    (folder / "package.json").write_text(json.dumps(package), encoding="utf-8")
    (folder / "main.js").write_text(f"{source};\n", encoding="utf-8")
    (folder / "Dockerfile").write_text(
        f'FROM node:24\n{installs}WORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["npm", "start"]\n',
        encoding="utf-8",
    )
    fetch_npm(folder, bases.packages / "npm-cache")
    return folder


def python_project(folder: Path, bases: Bases, name: str) -> Path:
    version, source, _ = PYTHON[name]
    (folder / "requirements.txt").write_text(f"{name}=={version}\n", encoding="utf-8")
    (folder / "main.py").write_text(f"{source}\n", encoding="utf-8")
    (folder / "Dockerfile").write_text(
        "FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n"
        "CMD python main.py\n",
        encoding="utf-8",
    )
    fetch_wheels(folder / "requirements.txt", bases.packages / "wheels", "3.11")
    return folder


def go_project(folder: Path, kind: str) -> Path:
    (folder / "go.mod").write_text("module example.com/app\n\ngo 1.19\n", encoding="utf-8")
    (folder / "main.go").write_text(GO_MAIN, encoding="utf-8")
    (folder / "extra.go").write_text(GO_EXTRA[kind], encoding="utf-8")
    (folder / "Dockerfile").write_text(
        "FROM golang:1.19\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCMD /app\n",
        encoding="utf-8",
    )
    return folder


def advised(project: Path, *words: str) -> dict[str, object]:
    """Take the advice: write the Dockerfile, and give the report."""
    shell = Bedplate(project)
    report = shell.run("advise", "--offline", "--format", "json")
    assert report.code in (0, 1), report.stderr
    written = shell.run("advise", "--offline", "--whole", "--write", *words)
    assert written.code == 0, written.stderr
    document: dict[str, object] = json.loads(report.stdout)
    return document


def refused(project: Path, family: str) -> str:
    """Give the reasons for which a family is refused."""
    report = Bedplate(project).run("advise", "--offline", "--format", "json")
    candidates = json.loads(report.stdout)["candidates"]
    one = next(one for one in candidates if one["family"] == family)
    assert one["standing"] == "refused", one
    return "; ".join(remark["text"] for remark in one["remarks"] if remark["refuses"])


@pytest.mark.parametrize("name", NODE)
def test_a_node_project_runs_where_it_was_advised_to(
    bases: Bases, tmp_path: Path, name: str
) -> None:
    project = node_project(tmp_path, bases, name)
    report = advised(project)
    image = bases.build(project, f"advised-{name}")
    program = "/nodejs/bin/node" if "distroless" in str(report["advised"]) else "node"
    assert bases.run(image, program, "main.js").strip() == NODE[name][2]


@pytest.mark.parametrize("name", ["bcrypt", "canvas"])
def test_what_is_refused_on_alpine_cannot_be_installed_there(
    bases: Bases, tmp_path: Path, name: str
) -> None:
    project = node_project(tmp_path, bases, name)
    assert name in refused(project, "alpine")
    script = "cp /project/package*.json /tmp && cd /tmp && npm ci"
    with pytest.raises(BuildFailedError, match=r"gyp ERR!"):
        bases.run("node:24-alpine", "sh", "-ec", script, project=project)


@pytest.mark.parametrize("name", PYTHON)
def test_a_python_project_runs_where_it_was_advised_to(
    bases: Bases, tmp_path: Path, name: str
) -> None:
    project = python_project(tmp_path, bases, name)
    advised(project, "--onto", "slim")
    image = bases.build(project, f"advised-{name}")
    assert bases.run(image, "python", "main.py").strip() == PYTHON[name][2]


def test_a_go_program_runs_on_nothing(bases: Bases, tmp_path: Path) -> None:
    project = go_project(tmp_path, "pure")
    assert advised(project)["advised"] == "scratch"
    image = bases.build(project, "advised-go-pure")
    assert bases.run(image, "/app").split() == ["Asia/Tokyo", "<nil>", "<nil>", "true", "42"]


def test_a_go_program_with_cgo_is_refused_on_nothing_and_fails_there(
    bases: Bases, tmp_path: Path
) -> None:
    project = go_project(tmp_path, "cgo")
    assert "no C library" in refused(project, "scratch")
    report = advised(project)
    assert report["advised"] != "scratch"
    advised(project, "--onto", "slim")
    image = bases.build(project, "advised-go-cgo")
    assert bases.run(image, "/app").split()[-1] == "42"
    text = (project / "Dockerfile").read_text(encoding="utf-8")
    builder = text.partition("\n\n")[0]
    bare = f'{builder}\n\nFROM scratch\nCOPY --from=build /out/app /app\nENTRYPOINT ["/app"]\n'
    (project / "Dockerfile").write_text(bare, encoding="utf-8")
    image = bases.build(project, "advised-go-cgo-scratch")
    with pytest.raises(BuildFailedError, match="no such file"):
        bases.run(image, "/app")
