from __future__ import annotations

import json
from typing import Any

import pytest

from bedplate.errors import InvalidDocument
from bedplate.model.digest import Digest
from bedplate.model.documents import parse_image_config
from bedplate.model.platform import Platform

DIGEST = str(Digest.of(b"layer"))


def config(**fields: Any) -> dict[str, Any]:
    root = {"type": "layers", "diff_ids": [DIGEST]}
    return {"os": "linux", "architecture": "amd64", "rootfs": root, **fields}


def dump(value: object) -> bytes:
    return json.dumps(value).encode()


def without(document: dict[str, Any], field: str) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != field}


def test_a_configuration_is_read() -> None:
    parsed = parse_image_config(
        dump(
            config(
                variant="v2",
                created="2026-01-02T03:04:05Z",
                config={
                    "User": "1000",
                    "Env": ["PATH=/bin", "EMPTY="],
                    "Entrypoint": ["/init"],
                    "Cmd": None,
                    "WorkingDir": "/srv",
                    "ExposedPorts": {"443/tcp": {}, "80/tcp": {}},
                    "Volumes": None,
                    "Labels": {"team": "base"},
                    "StopSignal": "SIGTERM",
                    "Healthcheck": {"Test": ["CMD-SHELL", "true"]},
                },
                history=[{"created_by": "RUN x"}, {"empty_layer": True, "comment": "c"}],
            )
        )
    )
    assert parsed.platform == Platform("linux", "amd64", "v2")
    assert parsed.diff_ids == (Digest.parse(DIGEST),)
    assert parsed.variable("PATH") == "/bin"
    assert parsed.variable("EMPTY") == ""
    assert parsed.variable("HOME") is None
    assert parsed.entrypoint == ("/init",)
    assert parsed.command == ()
    assert parsed.health_check == ("CMD-SHELL", "true")
    assert parsed.exposed_ports == ("443/tcp", "80/tcp")
    assert parsed.labels == {"team": "base"}
    assert [step.empty_layer for step in parsed.history] == [False, True]


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (without(config(), "os"), "os is missing"),
        (config(architecture=7), "architecture must be a string"),
        (without(config(), "rootfs"), "rootfs is missing"),
        (config(rootfs={"type": "tree", "diff_ids": []}), "rootfs.type must be layers"),
        (config(rootfs={"type": "layers"}), "rootfs.diff_ids is missing"),
        (config(rootfs={"type": "layers", "diff_ids": ["x"]}), "rootfs.diff_ids[0]"),
        (config(config={"Env": ["=x"]}), "config.Env[0] must be NAME=value"),
        (config(config={"Env": [1]}), "config.Env[0] must be a string"),
        (config(config={"Volumes": ["/data"]}), "config.Volumes must be an object"),
        (config(config={"ExposedPorts": {"80": 1}}), "config.ExposedPorts['80']"),
        (config(history=[{"empty_layer": "yes"}]), "history[0].empty_layer must be true or false"),
    ],
)
def test_a_fault_of_a_configuration_is_named(document: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        parse_image_config(dump(document))
    assert place in caught.value.message


def test_half_characters_can_be_printed() -> None:
    label = parse_image_config(
        b'{"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":[]},'
        b'"config":{"Labels":{"a\\ud800":"b\\udfff\\ud83d\\ude00"}}}'
    ).labels
    assert label == {"a\ufffd": "b\ufffd\U0001f600"}
