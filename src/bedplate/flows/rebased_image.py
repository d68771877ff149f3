"""One image of one platform on its new base: documents, and what speaks against it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from bedplate.errors import BedplateError, NotRebasable
from bedplate.flows import examine
from bedplate.flows.differences import package_difference
from bedplate.flows.rebase_proof import WANTS_OF_APP, WANTS_OF_BASES, prove_app
from bedplate.images.read_layers import LayerReader
from bedplate.images.selection import Selection
from bedplate.inventory import collect
from bedplate.model.delta import SizeChange
from bedplate.model.descriptor import Descriptor
from bedplate.model.digest import Digest
from bedplate.model.documents import parse_image_config
from bedplate.model.media_types import OCI_CONFIG, OCI_MANIFEST
from bedplate.model.package import Package
from bedplate.model.rebase_report import PlatformRebase
from bedplate.rebasing.concerns import concerns
from bedplate.rebasing.lowest_layers import documents_of
from bedplate.rebasing.new_documents import Documents, NewBase, encode, new_config, new_manifest
from bedplate.rebasing.run_config import changed_fields
from bedplate.rebasing.situation import Runs, Situation, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.flows.old_base import OldBase
    from bedplate.flows.session import Session
    from bedplate.images.image import Image
    from bedplate.images.image_source import Content
    from bedplate.images.layer_index import LayerIndex
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.tree import Tree

_NOT_READ = "layers were not read, so nothing is proved"


@dataclass(frozen=True, slots=True)
class RebasedImage:
    """Everything that is to be written, and what is to be told.

    Args:
        report: for the user.
        manifest, config: bytes of the new documents.
        layers: what must be there, and who has it.
    """

    report: PlatformRebase
    manifest: bytes
    config: bytes
    layers: tuple[tuple[Descriptor, Content], ...]

    @property
    def descriptor(self) -> Descriptor:
        """Point at the new manifest."""
        return Descriptor(OCI_MANIFEST, Digest.of(self.manifest), len(self.manifest))


def rebase_image(
    own: Image, old: OldBase, new: Image, base: NewBase, created: str, session: Session
) -> RebasedImage:
    """Put an image onto another base, in documents alone.

    Args:
        own: the image.
        old: what it stands on.
        new: what it is put onto.
        base: how annotations name that.
        created: RFC 3339 time; empty for that of the image.
        session: means and permissions.

    Raises:
        NotRebasable, UnsupportedMediaType: images that can't be taken apart.
    """
    documents = [_documents(image) for image in (own, old.image, new)]
    mine, before, after = documents
    config = new_config(mine, before, after, base, created)
    config_bytes = encode(config)
    described = Descriptor(OCI_CONFIG, Digest.of(config_bytes), len(config_bytes))
    manifest = encode(new_manifest(mine, after, old.layers, described, base))
    runs = Runs(mine.run, before.run, after.run, config["config"])
    report = _report(own, old, new, Digest.of(manifest))
    report = replace(report, configuration=changed_fields(mine.run, config["config"]))
    if session.pull:
        report = _examined(report, _Trio(own, old.image, new, config_bytes), runs, session)
    else:
        report = replace(report, unproved=_NOT_READ)
    return RebasedImage(report, manifest, config_bytes, _layers(own, old.layers, new))


def _documents(image: Image) -> Documents:
    """Read what an image says of itself; it was parsed, and so checked, before."""
    manifest, _ = documents_of(image)
    if image.content is None or image.manifest_digest is None:
        raise NotRebasable(f"{image.name}: an image without documents")
    described = Descriptor(manifest.media_type, image.manifest_digest, 0)
    return Documents(
        json.loads(image.content.document(described).content),
        json.loads(image.content.document(manifest.config).content),
    )


def _layers(own: Image, below: int, new: Image) -> tuple[tuple[Descriptor, Content], ...]:
    found: list[tuple[Descriptor, Content]] = []
    for image, start in ((new, 0), (own, below)):
        if image.manifest is not None and image.content is not None:
            found += [(layer, image.content) for layer in image.manifest.layers[start:]]
    return tuple(found)


def _report(own: Image, old: OldBase, new: Image, made: Digest) -> PlatformRebase:
    own_manifest, config = documents_of(own)
    new_base, _ = documents_of(new)
    old_base, _ = documents_of(old.image)
    return PlatformRebase(
        platform=str(config.platform),
        old_base=old.match,
        old_base_digest=str(old.image.manifest_digest or ""),
        new_base_digest=str(new.manifest_digest or ""),
        before=str(own.manifest_digest or ""),
        after=str(made),
        base_layers=(old.layers, len(new_base.layers)),
        app_layers=len(own_manifest.layers) - old.layers,
        size=SizeChange(
            sum(layer.size for layer in old_base.layers),
            sum(layer.size for layer in new_base.layers),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Trio:
    """The image, both bases, and the new configuration."""

    own: Image
    old: Image
    new: Image
    config: bytes


@cache
def _selection_of_bases() -> Selection:
    return Selection((*examine.selection().wants, *WANTS_OF_BASES))


@cache
def _selection_of_app() -> Selection:
    return Selection(WANTS_OF_APP)


def _examined(
    report: PlatformRebase, images: _Trio, runs: Runs, session: Session
) -> PlatformRebase:
    """Read the layers, and add what they tell."""
    means = (session.cache, session.progress, session.notify)
    reader = LayerReader(_selection_of_bases(), *means)
    own = LayerReader(_selection_of_app(), *means)
    old, new = (image.layer_indexes(reader) for image in (images.old, images.new))
    situation = Situation(_own_layers(images, own), old, new, runs)
    notes = [f"{name}: {why}" for layer in situation.app for name, why in layer.refused[:5]]
    report = _proved(report, images, situation)
    return replace(
        report,
        packages=package_difference(
            _with_packages(images.old, situation.before),
            _with_packages(images.new, situation.after),
        ),
        concerns=concerns(situation),
        notes=(*report.notes, *notes),
    )


def _proved(report: PlatformRebase, images: _Trio, situation: Situation) -> PlatformRebase:
    """Ask the prover; where it gives up, nothing is proved."""
    configs = (documents_of(images.own)[1], parse_image_config(images.config))
    trees = (situation.before, situation.after)
    try:
        proved = prove_app(situation.app, *trees, configs, images.new.name)
    except BedplateError as error:
        return replace(report, unproved=error.message)
    same = counted(proved.as_before, "verdict")
    notes = (f"{same} as on the old base",) if proved.as_before else ()
    return replace(report, proofs=proved.proofs, notes=notes)


def _own_layers(images: _Trio, reader: LayerReader) -> Sequence[LayerIndex]:
    manifest, below = documents_of(images.own)[0], len(documents_of(images.old)[0].layers)
    own = replace(manifest, layers=manifest.layers[below:])
    return replace(images.own, manifest=own).layer_indexes(reader)


def _with_packages(image: Image, tree: Tree) -> BaseFacts:
    packages = tuple(item for item in collect(tree) if isinstance(item, Package))
    return replace(examine.from_documents(image), packages=packages)
