"""The smallest change: another image behind the FROM of the last stage, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.dockerfile import rewrite
from bedplate.linting import lint
from bedplate.linting.base_guess import guess
from bedplate.model.image_use import ImageUse
from bedplate.model.native_evidence import NativeKind
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from bedplate.linting.linted_file import LintedFile
    from bedplate.model.advice import Judgement
    from bedplate.model.needs import Needs
    from bedplate.model.violation import Violation

# commands that images with busybox lack, or know with other flags
_GNU = frozenset(("bash", "groupadd", "useradd", "usermod", "update-ca-certificates", "dpkg"))
_COMPILED = frozenset((NativeKind.COMPILE, NativeKind.DOWNLOAD))


def base_changed(file: LintedFile, judgement: Judgement, reference: str) -> str:
    """Put another image in the place of the last stage's base; all else stays to the byte.

    Args:
        file: today's Dockerfile.
        judgement: of the image to take.
        reference: its name, with a digest where there is one.

    Returns:
        empty when the image does not stand in one place of a FROM.
    """
    base = [*file.lineage(len(file.stages) - 1)][-1]
    for use in file.images:
        if isinstance(use, ImageUse) and use.role == "from" and use.stage == base:
            shared = use.argument and judgement.family.libc != guess(use.text).libc
            return "" if shared else rewrite(file.text, [(use.span, reference)])
    return ""


def obstacle(file: LintedFile, judgement: Judgement, needs: Needs) -> str:
    """Say why changing the base is not enough; empty when it is.

    Args:
        file: today's Dockerfile.
        judgement: of the image to take.
        needs: of the project.
    """
    family = judgement.family
    final = frozenset(file.lineage(len(file.stages) - 1))
    runs = [run for run in file.runs if run.step.stage in final]
    libc = guess(needs.image).libc
    if not family.shell and (runs or any(not need.avoidable for need in needs.needs)):
        return "its RUN lines need a shell"
    if not family.shell and needs.needs:
        return "the program has to be started in another way"
    if needs.packages and family.manager != needs.packages[0].manager:
        return "packages have other names there"
    if libc != family.libc and len(file.stages) > 1:
        return "the other stages stand on another C library"
    if libc != family.libc and any(
        command.name in _GNU for run in runs for command in run.commands
    ):
        return "its RUN lines use commands that are not there"
    compiled = any(one.evidence[:1] and one.evidence[0] in _COMPILED for one in judgement.proofs)
    if compiled and len(final) == len(file.stages):
        return "packages are compiled, for which it has no compiler"
    return ""


def alarms(text: str) -> list[Violation]:
    """List what our own rules call a warning or an error in a Dockerfile."""
    return [one for one in lint(text) if one.severity >= Severity.WARNING]
