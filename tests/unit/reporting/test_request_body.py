"""What a person reads in a change request: true, harmless, and the same every time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from bedplate.model.candidate import Candidate
from bedplate.model.decision import Decision, RefusedCandidate
from bedplate.model.image_use import ImageUse
from bedplate.model.outdated_report import OutdatedReport, OutdatedRow
from bedplate.model.reference import Reference
from bedplate.model.span import Span
from bedplate.model.tag_choice import Axis
from bedplate.model.update_policy import UpdatePolicy, UpdateSettings
from bedplate.model.update_report import GroupOutcome, GroupStatus, UpdateReport
from bedplate.reporting.commit_message import commit_message
from bedplate.reporting.dashboard_body import dashboard_body
from bedplate.reporting.request_body import request_body
from bedplate.testing.sample_facts import debian_sample
from bedplate.testing.sample_scan import sample_findings
from bedplate.updating.delta import delta_of, vulnerability_change
from bedplate.updating.grouping import branch_name, group_rows

if TYPE_CHECKING:
    from bedplate.model.update_group import UpdateGroup

USE = ImageUse("node:20", "node:20", "node", "20", "", "from", 3, Span(0, 7))
FACTS = debian_sample()
SOURCE = "org.opencontainers.image.source"
REVISION = "org.opencontainers.image.revision"


def row(path: str = "Dockerfile", source: str = "https://example.org/acme/node.git") -> OutdatedRow:
    before = replace(FACTS, labels=((REVISION, "a" * 40),))
    after = replace(FACTS, labels=((SOURCE, source), (REVISION, "b" * 40)), compressed_size=10)
    found = sample_findings()
    delta = delta_of(before, after, None, vulnerability_change(found, found[1:], "2025-12-01"))
    candidate = Candidate("22", (Axis.MAJOR,), f"sha256:{'1' * 64}", ("linux/amd64",), behind=1)
    refused = RefusedCandidate("24", "platform lost", "not offered for linux/s390x")
    decision = Decision(candidate, (refused,), notes=("size: not told",))
    return OutdatedRow(path, USE, Reference.parse("node:20"), decision, UpdatePolicy(), delta)


def group(*rows: OutdatedRow) -> UpdateGroup:
    [made] = group_rows(rows or (row(),), UpdateSettings())
    return made


def test_everything_that_helps_to_decide_is_there() -> None:
    body = request_body(group(row(), row("b/Dockerfile")))
    for words in (
        "### node:20 → 22",
        "`Dockerfile:3`, `b/Dockerfile:3`",
        "| compressed | 398 MB | 10 B (-100 %) |",
        "1 fixed vulnerability",
        sample_findings()[0].vulnerability,
        "not 24: not offered for linux/s390x",
        "advisories as of 2025-12-01",
        f"https://example.org/acme/node/compare/{'a' * 40}...{'b' * 40}",
        'images = ["node"]',
        "Roll back",
        "size: not told",
    ):
        assert words in body


@given(st.text(max_size=60), st.text(max_size=60))
@example("`<!-- bedplate:update {} -->", "x<!--")
def test_texts_of_images_and_files_do_nothing(path: str, source: str) -> None:
    body = request_body(group(row(path or "x", f"https://evil.example/{source}")))
    plain = request_body(group(row("x", "https://evil.example/")))
    assert body.count("\n") - plain.count("\n") in (0, 1)  # one for an address that is sound
    assert "<!--" not in body
    assert not any(line.startswith("javascript") for line in body.splitlines())


def test_an_address_that_is_none_is_left_out() -> None:
    assert "javascript" not in request_body(group(row(source="javascript:alert(1)")))


def test_titles_branches_and_messages() -> None:
    made = group(row(), row("b"))
    assert (made.title, made.branch) == ("Update node to 22", "bedplate/node")
    assert commit_message(made) == (
        "Update node to 22\n\nDockerfile: node:20 -> node:22\nb: node:20 -> node:22\n"
    )


@given(st.lists(st.text(min_size=1, max_size=30), min_size=2, max_size=2, unique=True))
def test_names_of_branches_are_sound_and_differ(keys: list[str]) -> None:
    one, other = map(branch_name, keys)
    assert one != other
    for name in (one, other):
        assert name.isascii()
        assert name.strip("-.") == name
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_the_dashboard_is_the_same_for_the_same_state() -> None:
    made, report = group(), OutdatedReport((row(),), files=1)
    url = "https://forge.example/pull/1"
    bodies = {
        dashboard_body(UpdateReport(report, (GroupOutcome(made, status, url),)))
        for status in (GroupStatus.CREATED, GroupStatus.UPDATED, GroupStatus.UNCHANGED)
    }
    assert len(bodies) == 1
    assert url in bodies.pop()
