"""A package that a stage installs is not in the release that the stage stands on.

The build fails, often only on the day on which the base is moved to a newer release.

Example: `RUN apt-get install -y libicu67` on `debian:12`, which has libicu72. This rule runs only
where the table `lint.packages` says where package indexes are; stages that may have repositories
of their own are left alone. Of each mirror of Debian or Ubuntu the release, its updates and its
security fixes are read, as far as it has them.

Fix: install what took its place. Where the index has the name with `t64` behind it, or with
another version number, that name is put in.

Fix safety: unsafe, it is another package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.fact_rule import Claim
from bedplate.model.edit import Edit, Fix
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_image import LintedImage

SEVERITY = Severity.WARNING


def check(image: LintedImage) -> Iterator[Claim]:
    """Report every name that the index of the release does not hold."""
    for absent in image.absent_packages:
        one, successor = absent.installed, absent.successor
        likely = f"; it has {successor}, the likely successor" if successor else ""
        fix = None
        if successor and one.editable:
            fix = Fix((Edit(one.span, successor),), safe=False)
        yield Claim(
            f"{absent.release} has no package {one.name}{likely}",
            (absent.shown_by,),
            fix=fix,
            span=one.span,
            line=one.line,
        )
