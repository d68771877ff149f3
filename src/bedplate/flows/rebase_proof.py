"""Asks the prover whether an application runs on its new base."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.flows import proof_base
from bedplate.images.file_tree import FileTree
from bedplate.model.verdict import Outcome
from bedplate.proving import prove_on
from bedplate.proving.app_extract import WANTS as APP_WANTS
from bedplate.proving.application import Application
from bedplate.proving.candidate import candidate_of_tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.images.layer_index import LayerIndex
    from bedplate.model.image_config import ImageConfig
    from bedplate.model.tree import Tree
    from bedplate.model.verdict import Proof

WANTS_OF_BASES = proof_base.WANTS
"""What must be kept of the layers of bases."""
WANTS_OF_APP = (*proof_base.WANTS, *APP_WANTS)
"""What must be kept of the application's own layers."""


class Proved(NamedTuple):
    """What the prover says.

    Args:
        proofs: of what does not certainly run, the worst first.
        as_before: how many more fail in the same way on the old base.
    """

    proofs: tuple[Proof, ...]
    as_before: int


def prove_app(
    app: Sequence[LayerIndex],
    before: Tree,
    after: Tree,
    configs: tuple[ImageConfig, ImageConfig],
    name: str,
) -> Proved:
    """Prove the layers of an application on a base.

    What fails on the base that it runs on today is no reason against another one.

    Args:
        app: its own layers, lowest first, read with `WANTS_OF_APP`.
        before, after: the old and the new base.
        configs: of the image as it is, and on the new base.
        name: of the new base.
    """
    tree = FileTree(app)
    old = prove_on(Application(tree, config=configs[0]), candidate_of_tree("old base", before))
    new = prove_on(Application(tree, config=configs[1]), candidate_of_tree(name, after))
    known = {(proof.path, proof.check, proof.outcome) for proof in old.proofs}
    doubtful = [proof for proof in new.proofs if proof.outcome is not Outcome.LOADS]
    fresh = [one for one in doubtful if (one.path, one.check, one.outcome) not in known]
    worst_first = sorted(fresh, key=lambda proof: -proof.outcome.rank)
    return Proved(tuple(worst_first), len(doubtful) - len(fresh))
