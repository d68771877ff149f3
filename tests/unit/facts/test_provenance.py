from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import InvalidDocument
from bedplate.facts.provenance import bases_from_provenance

HEX = "ab" * 32


def statement(predicate: Any) -> bytes:
    return json.dumps(
        {"_type": "https://in-toto.io/Statement/v0.1", "predicate": predicate}
    ).encode()


def test_materials_of_version_0_2() -> None:
    found = bases_from_provenance(
        statement(
            {
                "materials": [
                    {"uri": "pkg:docker/docker/dockerfile@1", "digest": {"sha256": HEX}},
                    {
                        "uri": "pkg:docker/node@20-alpine?platform=linux%2Famd64",
                        "digest": {"sha256": HEX},
                    },
                    {"uri": "https://example.test/source.git", "digest": {"sha1": "ab" * 20}},
                ]
            }
        )
    )
    assert [(m.reference, m.digest, m.confidence) for m in found] == [
        ("docker.io/library/node:20-alpine", f"sha256:{HEX}", "stated")
    ]


def test_dependencies_of_version_1() -> None:
    uris = [
        f"pkg:docker/ghcr.io/team/base@1.0?digest=sha256:{HEX}",
        f"pkg:docker/golang@sha256:{HEX}",
        "pkg:docker/localhost%3A5000/app@2",
        "pkg:docker/localhost%3A5000/app@2",
    ]
    found = bases_from_provenance(
        statement({"buildDefinition": {"resolvedDependencies": [{"uri": uri} for uri in uris]}})
    )
    assert [(m.reference, m.digest) for m in found] == [
        ("ghcr.io/team/base:1.0", f"sha256:{HEX}"),
        ("docker.io/library/golang:latest", f"sha256:{HEX}"),
        ("localhost:5000/app:2", ""),
    ]
    assert "one of 3 images" in found[0].evidence


@pytest.mark.parametrize(
    "predicate",
    [
        None,
        [],
        {"materials": {}},
        {"materials": [1, None, {"uri": 5}, {"uri": "pkg:docker/"}, {"uri": "pkg:docker/A B@1"}]},
        {"buildDefinition": []},
        {"materials": [{"uri": "pkg:npm/node@20"}]},
    ],
)
def test_statements_without_images(predicate: Any) -> None:
    assert bases_from_provenance(statement(predicate)) == ()


@given(
    st.recursive(
        st.none() | st.integers() | st.sampled_from(["pkg:docker/a@1", "pkg:docker/a?digest=%"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["materials", "buildDefinition", "resolvedDependencies", "uri", "digest"]
                ),
                inner,
                max_size=3,
            )
        ),
        max_leaves=12,
    )
)
def test_any_shape_is_read_or_passed_over(predicate: Any) -> None:
    found = bases_from_provenance(statement(predicate))
    assert {match.reference for match in found} <= {
        "docker.io/library/a:1",
        "docker.io/library/a:latest",
    }


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b"\xff"])
def test_damaged_provenance(content: bytes) -> None:
    with pytest.raises(InvalidDocument, match="provenance: "):
        bases_from_provenance(content)
