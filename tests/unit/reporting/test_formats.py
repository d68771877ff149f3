from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.flows.side_by_side import side_by_side
from bedplate.model.base_facts import BaseFacts, LayerFacts, Libc, Part
from bedplate.model.comparison import ComparedImage, Comparison, Inspection
from bedplate.model.distro_release import DistroRelease
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.model.vulnerability_counts import VulnerabilityCounts
from bedplate.reporting.look import Look
from bedplate.reporting.measures import MEASURES
from bedplate.reporting.render import FORMAT_NAMES, render
from bedplate.testing.sample_facts import (
    alpine_sample,
    debian_sample,
    scratch_sample,
    unknown_sample,
)
from bedplate.testing.sample_scan import sample_findings

if TYPE_CHECKING:
    from bedplate.model.finding import Finding

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
NARROW, WIDE = Look(80), Look(120)
EVIL = "evil\x1b]0;owned\x07\x9b2J\u202e\udcff|<b>"


def all_four() -> Comparison:
    return side_by_side([debian_sample(), alpine_sample(), unknown_sample(), scratch_sample()])


def inspected(*rows: BaseFacts) -> Inspection:
    return Inspection(rows)


def line_with(text: str, *words: str) -> str:
    found = [line for line in text.splitlines() if all(word in line for word in words)]
    assert found, f"no line with {words} in\n{text}"
    return found[0]


def test_the_box_says_what_where_from_and_how_large() -> None:
    text = render(inspected(debian_sample()), "terminal", NARROW)
    assert "sample/node:20 - linux/amd64" in text
    assert "docker.io/sample/node:20  sha256:111111111111" in text
    assert "registry docker.io, read 2025-11-23; layers read" in text
    assert "900 MB on disk" in line_with(text, "Debian GNU/Linux 12.12", "on disk")
    assert "15.0 MB on disk" in line_with(text, "npm 10.8.2", "on disk")
    assert "398 MB compressed, 1.1 GB on disk" in text
    assert "until 2026-06-10, extended until 2028-06-30" in line_with(text, "Debian 12")
    assert "certain, layer chain" in line_with(text, "docker.io/library/debian:bookworm")
    assert line_with(text, "apt-get install").split()[:3] == ["350", "MB", "?"]
    assert "not a database" in line_with(text, "var/lib/broken.db")


def test_packages_are_counted_and_listed_only_on_demand() -> None:
    report = inspected(debian_sample())
    assert "2 deb, 1 npm" in render(report, "terminal", NARROW)
    assert "libssl3" not in render(report, "terminal", NARROW)
    listed = render(report, "terminal", Look(100, packages=True))
    row = line_with(listed, "libssl3", "3.0.17-1~deb12u3", "Apache-2.0")
    assert row.split()[:2] == ["6.0", "MB"]
    assert line_with(listed, "zlib1g").split()[0] == "?"


@pytest.mark.parametrize("format_name", ["terminal", "markdown"])
def test_catalog_facts_carry_their_date_and_rounded_sizes_a_mark(format_name: str) -> None:
    text = render(inspected(alpine_sample()), format_name, NARROW).replace("\\", "")
    assert "catalog, as of 2025-11-20" in text
    assert "48.7 MB compressed, ~136 MB on disk" in text
    assert "~ = rounded by the source" in text
    assert "ended 2024-05-23" in text


@pytest.mark.parametrize("format_name", ["terminal", "markdown"])
def test_what_is_not_known_is_a_question_mark_never_a_nought(format_name: str) -> None:
    text = render(inspected(unknown_sample()), format_name, NARROW)
    assert "1.0 kB compressed, ? on disk" in text
    assert "layers not read" in text
    assert re.search(r"libc[ |]+\?", text)
    assert re.search(r"packages[ |]+\?", text)


def test_an_empty_image_has_nothing_and_that_is_known() -> None:
    text = render(inspected(scratch_sample()), "terminal", NARROW)
    assert "0 B compressed, 0 B on disk" in text
    assert re.search(r"shell +none", text)


def test_facts_known_by_digest_say_so() -> None:
    facts = replace(debian_sample(), origin="registry, catalog")
    text = render(inspected(facts), "terminal", NARROW)
    assert "contents from the catalog, same digest" in text


def test_an_ended_release_is_red() -> None:
    text = render(inspected(alpine_sample()), "terminal", Look(80, color=True))
    assert re.search(r"\x1b\[1;31mended 2024-05-23", text)
    compared = render(side_by_side([alpine_sample()]), "terminal", Look(80, color=True))
    assert re.search(r"\x1b\[1;31mAlpine 3.16 ended", compared)


def test_few_images_are_columns_and_ratios_stay_within_a_measure() -> None:
    text = render(all_four(), "terminal", Look(120))
    names = ["sample/node:20", "sample/node:20-alpine", "sample/private:1", "scratch"]
    assert line_with(text, *names).split() == names
    assert line_with(text, " compressed", "398 MB").split() == [
        *("compressed", "398", "MB", "48.7", "MB", "1.0", "kB", "0", "B"),
    ]
    shares = [line for line in text.splitlines() if line.strip().startswith("of largest")]
    assert shares[0].split()[2:] == ["100", "%", "12", "%", "0.0", "%", "0", "%"]
    assert shares[1].split()[2:] == ["100", "%", "12", "%", "?", "0", "%"]
    smallest = [line for line in text.splitlines() if line.strip().startswith("of smallest")]
    assert smallest[1].split()[2:] == ["8.1x", "1.0x", "?", "0.0x"]


def test_many_images_are_rows() -> None:
    rows = [replace(alpine_sample(), name=f"sample/number:{n}") for n in range(8)]
    text = render(side_by_side(rows), "terminal", Look(200))
    assert line_with(text, "sample/number:7", "48.7 MB", "100 %", "1.0x")
    assert line_with(text, "image", "compressed", "of largest", "of smallest")


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("count", [1, 4, 9])
def test_no_line_is_wider_than_the_terminal(width: int, count: int) -> None:
    rows = [replace(debian_sample(), name=f"registry.example/team/image:{n}") for n in range(count)]
    look = Look(width, packages=True)
    for report in (side_by_side(rows), inspected(*rows[:1])):
        assert max(map(len, render(report, "terminal", look).splitlines())) <= width


@pytest.mark.parametrize("width", [40, 80, 120])
def test_every_measure_is_in_both_layouts_and_in_markdown(width: int) -> None:
    for format_name in ("terminal", "markdown"):
        text = render(side_by_side([debian_sample()]), format_name, Look(width))
        words = set(re.sub(r"[|*]", " ", text).split())
        assert {word for measure in MEASURES for word in measure.title.split()} <= words


def test_packages_that_differ_are_listed_against_the_first() -> None:
    first, second = alpine_sample(), replace(alpine_sample(), name="sample/other:1")
    second = replace(
        second, packages=(Package("apk", "zlib", "1.3-r0"), Package("apk", "curl", "8.1"))
    )
    text = render(side_by_side([first, second]), "terminal", Look(100, packages=True))
    assert "sample/other:1 against sample/node:20-alpine: +1 -1, 1 changed" in text
    assert line_with(text, "+", "curl", "8.1")
    assert line_with(text, "-", "npm", "10.8.1")
    assert line_with(text, "~", "zlib", "1.2.12-r3 -> 1.3-r0")
    marked = render(side_by_side([first, second]), "markdown", Look(100, packages=True))
    assert "| changed | apk | zlib | 1.2.12-r3 | 1.3-r0 |" in marked


@pytest.mark.parametrize("format_name", ["terminal", "markdown"])
def test_differences_between_platforms_are_shown(format_name: str) -> None:
    arm = replace(
        debian_sample(),
        platform="linux/arm64/v8",
        compressed_size=390_000_000,
        libcs=(Libc("glibc", "2.37"),),
    )
    text = render(side_by_side([debian_sample(), arm]), format_name, Look(120))
    assert "Differs between platforms of sample/node:20" in text
    assert line_with(text, "compressed size", "398 MB", "390 MB")
    assert line_with(text, "libcs", "glibc 2.36", "glibc 2.37")


@pytest.mark.parametrize("format_name", ["terminal", "markdown"])
def test_variants_that_could_not_be_looked_at_are_named(format_name: str) -> None:
    report = side_by_side([debian_sample()], [Skipped("node:20-odd", "no such platform")])
    assert "no such platform" in line_with(render(report, format_name, NARROW), "node:20-odd")


def test_plain_characters_where_the_terminal_has_no_others() -> None:
    look = Look(80, unicode=False)
    for report in (inspected(debian_sample()), all_four()):
        text = render(report, "terminal", look)
        assert text.isascii()
    assert "####" in render(inspected(debian_sample()), "terminal", look)


def poisoned() -> BaseFacts:
    return replace(
        debian_sample(),
        name=f"name{EVIL}",
        reference=f"reference{EVIL}",
        source=f"source{EVIL}",
        platform=f"platform{EVIL}",
        platforms=(f"platforms{EVIL}",),
        created=f"created{EVIL}",
        observed=f"observed{EVIL}",
        user=f"user{EVIL}",
        entrypoint=(f"entrypoint{EVIL}",),
        working_directory=f"folder{EVIL}",
        exposed_ports=(f"port{EVIL}",),
        labels=((f"label{EVIL}", f"value{EVIL}"),),
        shells=(f"shell{EVIL}",),
        libcs=(Libc(f"libc{EVIL}", f"version{EVIL}"),),
        distro=DistroRelease(f"id{EVIL}", f"name{EVIL}", f"version{EVIL}", f"codename{EVIL}"),
        layers=(LayerFacts(f"sha256:{EVIL}", created_by=f"step{EVIL}"),),
        parts=(Part("os", f"part{EVIL}", 1, 1),),
        packages=(Package("npm", f"package{EVIL}", f"version{EVIL}", files=(EVIL,)),),
        skipped=(Skipped(f"what{EVIL}", f"why{EVIL}"),),
    )


@pytest.mark.parametrize("format_name", FORMAT_NAMES)
@pytest.mark.parametrize("color", [True, False])
def test_no_name_from_an_image_acts_on_the_terminal(format_name: str, *, color: bool) -> None:
    look = Look(100, color=color, packages=True)
    twin = replace(poisoned(), platform="linux/arm64", packages=(), user=EVIL + "2")
    for report in (inspected(poisoned()), side_by_side([poisoned(), twin, debian_sample()])):
        text = ESCAPE.sub("", render(report, format_name, look))
        assert all(char.isprintable() or char == "\n" for char in text)
        text.encode()


def test_markdown_from_names_is_escaped() -> None:
    text = render(inspected(poisoned()), "markdown", NARROW)
    assert "<b>" not in text.replace("\\<b\\>", "")
    mention = replace(debian_sample(), user="@everyone https://evil.example www.evil.example")
    text = render(inspected(mention), "markdown", NARROW)
    assert r"\@everyone https\://evil.example www\.evil.example" in text


def test_markdown_tables_have_as_many_cells_as_titles() -> None:
    for report in (inspected(poisoned()), side_by_side([poisoned(), debian_sample()])):
        text = render(report, "markdown", Look(80, packages=True)).replace("\\|", "")
        cells = 0
        for line in text.splitlines():
            if set(line) <= set("|- ") and line:
                continue
            if not line.startswith("|"):
                cells = 0
                continue
            cells = cells or line.count("|")
            assert line.count("|") == cells, line


def json_of(report: Inspection | Comparison) -> dict[str, Any]:
    text = render(report, "json", NARROW)
    assert text.isascii()
    document = json.loads(text)
    assert isinstance(document, dict)
    return document


def test_json_holds_every_fact_and_null_for_the_unknown() -> None:
    document = json_of(inspected(debian_sample(), unknown_sample()))
    assert document["schema"] == "bedplate/inspect/1"
    known, unknown = document["images"]
    assert known["compressed_size"] == 398_333_882
    assert known["packages"][0]["source_name"] == "openssl"
    assert known["packages"][0]["file_count"] == 1
    assert known["labels"] == {"maintainer": "somebody"}
    assert unknown["disk_size"] is None
    assert unknown["packages"] is None
    assert known.keys() == unknown.keys()


def test_json_of_a_comparison_holds_ratios_and_differences() -> None:
    document = json_of(all_four())
    assert document["schema"] == "bedplate/compare/1"
    first, second, third, _ = document["images"]
    assert first["compressed_ratio"]["to_largest"] == 1
    assert first["packages_differ"] is None
    assert second["packages_differ"]["changed"] == [
        {"type": "npm", "name": "npm", "before": ["10.8.2"], "after": ["10.8.1"]}
    ]
    assert third["disk_ratio"] is None


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    if isinstance(value, list):
        return set[str]().union(*map(keys_of, value))
    return set()


def test_docs_describe_every_json_field() -> None:
    arm = replace(debian_sample(), platform="linux/arm64/v8", compressed_size=1, labels=())
    rows = [replace(debian_sample(), labels=()), arm]
    found = keys_of(json_of(side_by_side(rows, [Skipped("x", "y")])))
    found |= keys_of(json_of(inspected(*rows)))
    described = set(re.findall(r"`(\w+)`", _docs("json.md")))
    values = {"linux/amd64", "linux/arm64/v8"}  # keys of a map by platform
    assert found - values - described == set()


def _docs(name: str) -> str:
    return (Path(__file__).parents[3] / "docs" / name).read_text(encoding="utf-8")


def counted(facts: BaseFacts, *findings: Finding) -> ComparedImage:
    counts = VulnerabilityCounts.of(findings, as_of="2026-11-22", unmatched=1)
    return ComparedImage(facts, vulnerabilities=counts)


@pytest.mark.parametrize("format_name", ["terminal", "markdown"])
def test_vulnerabilities_are_counted_under_both_readings_with_their_sources(
    format_name: str,
) -> None:
    images = (
        counted(debian_sample(), *sample_findings()),
        counted(alpine_sample()),
        ComparedImage(unknown_sample()),
    )
    text = render(Comparison(images), format_name, Look(400)).replace("\\", "")
    row = line_with(text, "CVEs (vendor)")
    assert "2 high, 1 negligible, 1 unknown (debian, ghsa)" in row
    assert re.search(r"none[ |]+\?", row), "clean is not the same as not known"
    assert "2 critical, 1 high" in line_with(text, "CVEs (CVSS)")
    assert line_with(text, "fixable", "2 of 4", "0 of 0")
    assert line_with(text, "2026-11-22, 1 not covered")
    assert "Debian lists everything known" in text
    assert "Alpine lists what it has fixed" in text


def test_policies_are_not_told_of_images_that_were_not_counted() -> None:
    for format_name in ("terminal", "markdown"):
        assert "lists" not in render(all_four(), format_name, WIDE)


@pytest.mark.parametrize("format_name", ["terminal", "markdown"])
def test_an_inspected_image_has_its_counts(format_name: str) -> None:
    counts = VulnerabilityCounts.of(sample_findings(), as_of="2026-11-22")
    report = Inspection((debian_sample(), alpine_sample()), vulnerabilities=(counts,))
    text = render(report, format_name, WIDE)
    rows = [line for line in text.splitlines() if "CVEs (vendor)" in line]
    assert "2 high" in rows[0]
    assert rows[1].replace("|", "").split()[-1] == "?"


def test_json_has_counts_by_reading_and_null_for_the_unknown() -> None:
    images = (counted(debian_sample(), *sample_findings()), ComparedImage(unknown_sample()))
    document = json_of(Comparison(images))
    known, unknown = (image["vulnerabilities"] for image in document["images"])
    assert known["vendor"]["high"] == {"fixable": 2, "unfixable": 0}
    assert (known["total"], known["fixable"], known["as_of"]) == (4, 2, "2026-11-22")
    assert unknown is None
    described = set(re.findall(r"`(\w+)`", _docs("json.md")))
    assert keys_of(document) - described == {"maintainer"}  # a label
    inspection = json_of(Inspection((unknown_sample(),)))
    assert inspection["images"][0]["vulnerabilities"] is None
