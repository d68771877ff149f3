"""What a multi-stage Dockerfile is to hold: stages with their images, steps and packages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.advising.package_moves import move_package
from bedplate.errors import BadInput
from bedplate.linting.base_guess import guess
from bedplate.model.native_evidence import NativeKind
from bedplate.model.needs import NeedKind

if TYPE_CHECKING:
    from bedplate.advising.recipe import Recipe
    from bedplate.model.advice import Judgement
    from bedplate.model.image_family import ImageFamily
    from bedplate.model.needs import Needs

_COMPILER = {"apk": ("build-base",), "apt": ("build-essential",)}
_COMPILED = frozenset((NativeKind.COMPILE, NativeKind.DOWNLOAD))


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """A Dockerfile in parts.

    Args:
        builder: reference of the first stage; empty when nothing is built.
        builder_manager: `apt` or `apk`: what installs packages there.
        builder_packages: to install there.
        image: reference of the final stage.
        family: of the final stage.
        packages: to install in the final stage.
        recipe: steps, and how the program is started.
        certificates, zones: whether they are copied from the builder.
        kept: instructions of today's final stage that go over as they are.
        ports: that are exposed.
        user: who runs the program.
        make_user: whether that account has to be made.
    """

    builder: str
    builder_manager: str
    builder_packages: tuple[str, ...]
    image: str
    family: ImageFamily
    packages: tuple[str, ...]
    recipe: Recipe
    certificates: bool = False
    zones: bool = False
    kept: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    user: str = ""
    make_user: bool = False


def plan_build(
    judgement: Judgement,
    needs: Needs,
    recipe: Recipe,
    *,
    kept: tuple[str, ...] = (),
) -> BuildPlan:
    """Decide what goes where.

    Args:
        judgement: of the image to take; not a refused one.
        needs: of the project.
        recipe: how it is built.
        kept: instructions of today's final stage to keep.

    Raises:
        BadInput: a package has no known name there.
    """
    family = judgement.family
    manager = "apk" if guess(judgement.builder).distro == "alpine" else "apt"
    certificates = bool(needs.of(NeedKind.CERTIFICATES)) and not family.certificates
    zones = bool(needs.of(NeedKind.TIME_ZONES)) and not family.time_zones
    packages = [move.target for move in judgement.moves if move.target]
    to_build = _builder_packages(judgement, needs, manager)
    if family.manager:
        packages += ["ca-certificates"] * certificates + ["tzdata"] * zones
    elif zones:
        to_build.append("tzdata")
    user = family.user or "10001"
    return BuildPlan(
        builder=pinned(judgement.builder, judgement.builder_digest),
        builder_manager=manager,
        builder_packages=tuple(dict.fromkeys(to_build)),
        image=pinned(judgement.image, judgement.digest),
        family=family,
        packages=tuple(dict.fromkeys(packages)),
        recipe=recipe,
        certificates=certificates and not family.manager,
        zones=zones and not family.manager,
        kept=kept,
        ports=needs.ports,
        user=user,
        make_user=not family.user and bool(family.manager),
    )


def pinned(image: str, digest: str) -> str:
    """Write an image with its digest, where there is one."""
    return f"{image}@{digest}" if digest and image != "scratch" else image


def _builder_packages(judgement: Judgement, needs: Needs, manager: str) -> list[str]:
    """List what is installed to build with: what the Dockerfile asks for, and a compiler."""
    found: list[str] = []
    full = judgement.family.tools and guess(judgement.builder).distro != "alpine"
    for wanted in needs.packages:
        if not wanted.to_build or (full and wanted.name in _IN_FULL_IMAGES):
            continue
        move = move_package(wanted, manager)
        if not move.known:
            raise BadInput(
                f"{wanted.name} is needed to build ({wanted.evidence.place}), and {manager}'s name"
                " for it is not known",
                "choose an image of the same distribution by --onto",
            )
        found.append(move.target)
    compiled = any(
        proof.evidence[:1] and proof.evidence[0] in _COMPILED for proof in judgement.proofs
    )
    compiled = compiled or (needs.kind in ("go", "rust") and bool(needs.of(NeedKind.NATIVE_CODE)))
    if compiled and not full:
        found += _COMPILER[manager]
        found += ["python3"] if needs.kind == "node" else []
    return found


# what the images that programs are built in have already
_IN_FULL_IMAGES = frozenset(
    [
        "build-essential",
        "ca-certificates",
        "curl",
        "g++",
        "gcc",
        "git",
        "make",
        "pkg-config",
        "wget",
    ]
)
