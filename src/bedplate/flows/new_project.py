"""Make a Dockerfile for a project that has none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.advising.reading import kind_named, read_needs
from bedplate.advising.settings import AdviseSettings
from bedplate.errors import BadInput
from bedplate.flows.advise import advise_kind
from bedplate.flows.advised_change import change_of
from bedplate.flows.project_folder import read_project
from bedplate.model.advice import Preference
from bedplate.model.needs import Evidence, WantedVersion

if TYPE_CHECKING:
    from pathlib import Path

    from bedplate.flows.advised_change import Change
    from bedplate.flows.session import Session

# nobody knows yet what will be installed, so what runs most comes first
_SETTINGS = AdviseSettings(preference=Preference.COMPATIBILITY)
_MAX_PORT = 65535


def new_project(
    folder: Path,
    runtime: str,
    session: Session,
    *,
    version: str = "",
    port: int = 0,
    onto: str = "",
) -> Change:
    """Work out a Dockerfile and a .dockerignore; what the folder holds already is looked at.

    Args:
        folder: of the project; may be empty.
        runtime: name of a project kind.
        session: means and permissions.
        version: release cycle of the runtime; empty for what files say, or a supported one.
        port: that the program listens on; 0 for none.
        onto: name of an image or a family; empty for the one that fits best.

    Raises:
        BadInput: no such folder, a Dockerfile is there already, a port that is none, or no such
            image.
    """
    if not 0 <= port <= _MAX_PORT:
        raise BadInput(f"{port} is no port", f"1 to {_MAX_PORT}")
    files, _ = read_project(folder)
    if files.dockerfile:
        raise BadInput(
            f"{files.dockerfile} is there already", "`bedplate advise --write` changes it"
        )
    kind = kind_named(runtime)
    needs = read_needs(files, kind, session.today)
    if version:
        wanted = WantedVersion(version, Evidence("command line"), version)
        needs = replace(needs, versions=(wanted, *needs.versions))
    if port:
        needs = replace(needs, ports=(port,))
    found = advise_kind(files, kind, needs, session, _SETTINGS)
    return change_of(found, onto=onto, whole=True)
