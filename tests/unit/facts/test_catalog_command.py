from __future__ import annotations

import io
import json
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.cli.commands import catalog as command
from bedplate.cli.context import Context
from bedplate.cli.options import Parser, add_common
from bedplate.cli.world import World
from bedplate.errors import BadInput, ImageNotFound, RegistryUnreachable
from bedplate.flows import catalog as flows
from bedplate.model.platform import Platform
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bedplate.facts.catalog import Catalog

    Run = Callable[..., tuple[str, str]]

DAY = date(2026, 11, 23)


@pytest.fixture(name="run")
def fixture_run(catalog: Catalog, tmp_path: Path) -> Run:
    """Run `bedplate catalog ...` on the catalog; gives what went to stdout and stderr."""

    def run(*argv: str) -> tuple[str, str]:
        parser = Parser()
        command.add_arguments(parser)
        add_common(parser)
        out, err = io.StringIO(), io.StringIO()
        arguments = parser.parse_args(argv)
        context = Context(arguments, World({"COLUMNS": "120"}, out, err, tmp_path, DAY))
        platform: str = arguments.platform
        context.__dict__["session"] = SimpleNamespace(
            catalog=catalog,
            today=DAY,
            platform=Platform("linux", platform.partition("/")[2] or "amd64"),
            platform_asked=bool(platform),
            pull=False,
        )
        context.__dict__["progress"] = None
        assert command.run(arguments, context) == 0
        return out.getvalue(), err.getvalue()

    return run


def test_the_list_names_sizes_and_dates(run: Run) -> None:
    lines = run("list", "node:20")[0].splitlines()
    slim = next(line for line in lines if "node:20-slim" in line)
    for word in ("71.4 MB", "~200 MB", "Debian GNU/Linux 12", "node 20.20.2", "2026-04-22"):
        assert word in slim
    assert not [line for line in lines if "alpine:3.24" in line]


def test_the_list_shows_unknown_sizes_as_such(run: Run) -> None:
    lines = run("list", "nodejs20-debian12")[0].splitlines()
    line = next(line for line in lines if "nodejs20-debian12" in line)
    assert line.split()[1:3] == ["?", "?"]


def test_the_list_as_json(run: Run, catalog: Catalog, image: Any) -> None:
    catalog.add(image("example.test/a:1"))
    document = json.loads(run("list", "--format", "json")[0])
    assert document["schema"] == "bedplate/catalog-list/1"
    images = {item["reference"]: item for item in document["images"]}
    assert images["example.test/a:1"]["added"] is True
    node = images["docker.io/library/node:20"]
    assert node["added"] is False
    assert node["platforms"][0]["compressed_size"] == 398_333_882
    assert images["gcr.io/distroless/static-debian12:latest"]["platforms"][0]["disk_size"] is None


def test_the_list_as_markdown(run: Run) -> None:
    lines = run("list", "alpine:3.24", "--format", "markdown")[0].splitlines()
    assert lines[0].startswith("| image | compressed |")
    assert lines[2].startswith("| alpine:3.24 | 3.8 MB |")


def test_options_count_before_and_after_the_action(run: Run) -> None:
    assert json.loads(run("--format", "json", "list", "scratch")[0])
    assert json.loads(run("list", "scratch", "--format", "json")[0])


def test_show_tells_end_of_life_and_date(run: Run) -> None:
    document = json.loads(run("show", "node:20-alpine", "--format", "json")[0])
    image = document["images"][0]
    assert (image["origin"], image["observed"]) == ("catalog", "2026-04-15")
    ended = {end["title"]: end["ended"] for end in image["end_of_life"]}
    assert ended == {"Alpine Linux 3.23": False, "Node.js 20": True}


def test_show_gives_all_platforms_or_the_one_asked_for(run: Run) -> None:
    every = json.loads(run("show", "alpine:3.24", "--format", "json")[0])["images"]
    assert [row["platform"] for row in every] == ["linux/amd64", "linux/arm64/v8"]
    argv = ("show", "alpine:3.24", "--platform", "linux/arm64", "--format", "json")
    assert [row["platform"] for row in json.loads(run(*argv)[0])["images"]] == ["linux/arm64/v8"]


@pytest.mark.parametrize("argv", [("example.test/none",), ("node:20", "--platform", "linux/arm64")])
def test_show_of_what_is_not_there(run: Run, argv: tuple[str, ...]) -> None:
    with pytest.raises(ImageNotFound, match="not in the catalog"):
        run("show", *argv)


def test_added_images_are_listed(
    run: Run, catalog: Catalog, image: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = tuple(image("example.test/a:1", platform=p) for p in ("linux/amd64", "linux/arm64"))
    monkeypatch.setattr(flows, "inspect", lambda _name, _session: rows)
    assert (
        run("add", "example.test/a:1")[0]
        == "example.test/a:1: added for linux/amd64, linux/arm64\n"
    )
    assert len(catalog.rows(Reference.parse("example.test/a:1"))) == 2


def test_what_the_catalog_itself_answered_is_not_added(
    run: Run, catalog: Catalog, image: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = (image("example.test/a:1", origin="catalog"),)
    monkeypatch.setattr(flows, "inspect", lambda _name, _session: rows)
    with pytest.raises(RegistryUnreachable, match="nothing to add"):
        run("add", "example.test/a:1")
    assert not catalog.is_added("example.test/a:1")


def test_export_import_and_build(run: Run, catalog: Catalog, image: Any, tmp_path: Path) -> None:
    catalog.add(image("example.test/a:1"))
    assert "1 images written" in run("export", "mine.jsonl")[1]
    assert "1 images read" in run("import", "mine.jsonl")[1]
    (tmp_path / "entries").mkdir()
    run("export", "entries/all.jsonl", "--all")
    _, said = run("build", "--from", "entries", "--output", "made")
    assert "86 images" in said
    assert (tmp_path / "made" / "index.json").is_file()


def test_build_needs_a_folder_to_fill(run: Run) -> None:
    with pytest.raises(BadInput, match="--output"):
        run("build", "--from", ".")
