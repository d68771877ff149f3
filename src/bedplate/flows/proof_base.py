"""Open a base to prove against: its layers, a root file system, or a profile that was kept."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.binaries import abi_profile
from bedplate.binaries.library_worlds import TreeLibraries
from bedplate.distros import identify, userland
from bedplate.errors import ImageNotFound, RateLimited, RegistryUnreachable
from bedplate.facts.profiles import KeptProfile, Profiles
from bedplate.flows.mapped_folder import MappedFolder
from bedplate.images.file_tree import FileTree
from bedplate.images.image_name import REGISTRY, parse_image_name
from bedplate.images.limits import DEFAULT_LIMITS
from bedplate.images.opening import open_image, select_platforms
from bedplate.images.read_layers import LayerReader
from bedplate.images.selection import Selection
from bedplate.model.platform import Platform
from bedplate.model.reference import Reference
from bedplate.proving.candidate import Candidate, candidate_of_profile, candidate_of_tree
from bedplate.runtimes import find

if TYPE_CHECKING:
    from bedplate.flows.session import Session
    from bedplate.images.image import Image
    from bedplate.images.root_folder import RootFolderWalk
    from bedplate.model.base_facts import BaseFacts

SCRATCH = "scratch"
# architecture of a platform -> e_machine
_MACHINES = {
    "386": 3,
    "ppc64le": 21,
    "s390x": 22,
    "arm": 40,
    "amd64": 62,
    "arm64": 183,
    "riscv64": 243,
    "loong64": 258,
}
WANTS = (*identify.WANTS, *userland.WANTS, *find.WANTS, *abi_profile.WANTS)
"""What is read of the layers of a base."""


@cache
def _selection() -> Selection:
    return Selection(WANTS)


@cache
def light_selection() -> Selection:
    """Give what is kept of a folder whose files can be read again."""
    return Selection(want for want in WANTS if want.extract is None)


def open_base(name: str, session: Session) -> Candidate:
    """Open a base.

    Args:
        name: `[scheme:]location`, or `scratch`.
        session: means and permissions of this run.

    Raises:
        BedplateError: there is no such image, or nothing is known of it.
    """
    parsed = parse_image_name(name)
    if parsed.scheme == REGISTRY and parsed.location == SCRATCH:
        machine = _MACHINES.get(session.platform.architecture, 0)
        return candidate_of_tree(name, FileTree([]), known_from="an empty image", machine=machine)
    if parsed.scheme == REGISTRY and session.offline:
        return _from_profile(name, session)
    try:
        with open_image(parsed, session.access) as opened:
            image = select_platforms(opened, session.platform, everything=False)[0]
            return _from_image(name, image, session)
    except (RegistryUnreachable, RateLimited) as error:
        if parsed.scheme != REGISTRY:
            raise
        try:
            candidate = _from_profile(name, session)
        except ImageNotFound:
            raise error from None
        session.notify(f"{error}; a profile answers: {candidate.known_from}")
        return candidate


def _from_image(name: str, image: Image, session: Session) -> Candidate:
    if image.folder is not None:
        return _from_folder(name, image.folder)
    reader = LayerReader(_selection(), session.cache, session.progress, session.notify)
    return candidate_of_tree(name, image.tree(reader), known_from="layers")


def _from_folder(name: str, walk: RootFolderWalk) -> Candidate:
    tree = FileTree([walk.index(light_selection(), DEFAULT_LIMITS)])
    read = MappedFolder(Path(walk.place)).read
    return candidate_of_tree(name, tree, read, "root file system")


def _from_profile(name: str, session: Session) -> Candidate:
    reference = Reference.parse(parse_image_name(name).location)
    profiles = Profiles(session.catalog.folder)
    found = profiles.find(str(reference.with_default_tag()), str(session.platform))
    if found is None:
        raise ImageNotFound(
            f"{name}: no profile of it is known for {session.platform}",
            "`bedplate catalog add` reads one; without --offline the registry is asked",
        )
    kept, profile = found
    known_from = f"profile of {kept.observed}: {kept.source}"
    return candidate_of_profile(name, profile, known_from, partial=kept.partial)


def keep_profile(name: str, facts: BaseFacts, session: Session) -> None:
    """Read the profile of an image of a registry, and keep it for when none can be asked.

    Args:
        name: a reference.
        facts: of the image, on the platform that the profile is for.
        session: means and permissions of this run.

    Raises:
        BedplateError: it can't be read, or not be kept.
    """
    reference = str(Reference.parse(parse_image_name(name).location).with_default_tag())
    platform = Platform.parse(facts.platform) if facts.platform else session.platform
    candidate = open_base(name, replace(session, platform=platform, platform_asked=True))
    if not isinstance(candidate.world, TreeLibraries) or candidate.tree is None:
        return
    profile = abi_profile.read_abi_profile(candidate.world, find.find_runtimes(candidate.tree))
    digest = facts.manifest_digest or "an unknown digest"
    kept = KeptProfile(
        (reference,), str(platform), "", f"{reference} at {digest}", session.today.isoformat()
    )
    Profiles(session.catalog.folder).put(kept, profile)
