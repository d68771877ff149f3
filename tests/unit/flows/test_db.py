"""Which stores an image needs, and which there are."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import BadInput, StorageError
from bedplate.flows import db
from bedplate.flows.opening import open_session
from bedplate.model.base_facts import BaseFacts
from bedplate.model.distro_release import DistroRelease
from bedplate.model.package import Package
from bedplate.model.runtime import Runtime

if TYPE_CHECKING:
    from pathlib import Path

    from bedplate.flows.session import Session

ENRICHMENTS = ("ratings", "epss", "kev")


def session(folder: Path | None = None) -> Session:
    return open_session(advisory_folder=folder, offline=True, today=dt.date(2026, 11, 27))


def release(name: str, version: str, base: str = "") -> DistroRelease:
    return DistroRelease(name, name, version, base_id=base)


@pytest.mark.parametrize(
    ("distro", "store"),
    [
        (release("debian", "12.11"), "debian-12"),
        (release("debian", "forky/sid"), "debian-sid"),
        (release("distroless", "13.6", "debian"), "debian-13"),
        (release("alpine", "3.24.2"), "alpine-3.24"),
        (release("alpine", "3.25.0_alpha20260101"), "alpine-edge"),
        (release("ubuntu", "24.04.1"), "ubuntu-24.04"),
        (release("wolfi", "20230201"), "wolfi"),
        (release("rhel", "9.8"), "rhel-9"),
        (release("almalinux", "9.8"), "almalinux-9"),
    ],
)
def test_a_distribution_needs_the_store_of_its_release(distro: DistroRelease, store: str) -> None:
    facts = BaseFacts("x", distro=distro)
    assert db.needed_by(facts, session()) == (store, *ENRICHMENTS)


def test_languages_and_runtimes_need_theirs() -> None:
    packages = (Package("npm", "tar", "1"), Package("pypi", "pip", "1"), Package("odd", "x", "1"))
    runtimes = (Runtime("go", "Go", "1.25"), Runtime("python", "Python", packaged=True))
    facts = BaseFacts("x", packages=packages, runtimes=runtimes)
    assert db.needed_by(facts, session()) == (
        *("bitnami", "golang", "npm", "pypi", "runtime"),
        *ENRICHMENTS,
    )


@pytest.mark.parametrize(
    "distro",
    [None, release("kali", "2026.1", "debian"), release("amzn", "2023"), release("busybox", "1")],
)
def test_what_no_feed_knows_needs_none_of_its_own(distro: DistroRelease | None) -> None:
    needed = db.needed_by(BaseFacts("x", distro=distro), session())
    assert set(needed) <= set(ENRICHMENTS)


def test_everything_is_what_is_there_and_what_belongs_to_no_distribution(tmp_path: Path) -> None:
    names = db.everything(session(tmp_path))
    assert {"debian-12", "alpine-3.24", "npm", "nuget", "ratings", "epss"} <= set(names)
    assert "wolfi" not in names


def test_offline_and_without_a_folder_nothing_is_updated(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="offline"):
        db.update(["kev"], session(tmp_path))
    with pytest.raises(StorageError, match="no folder"):
        db.folder_of(session())
