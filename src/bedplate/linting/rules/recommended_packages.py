"""With apt-get, RUN installs what packages recommend, not only what they need.

Images grow by packages that nobody asked for, each with its own vulnerabilities.

Fix: add `--no-install-recommends`; a build may then miss a package that it used by chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting import package_commands as managers
from bedplate.linting.rule import Hit
from bedplate.model.edit import Edit, Fix
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.command import Command
    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.INFO
TWINS = ("DL3015", "DS-0029")
BAD = ("RUN apt-get install -y curl\n",)
GOOD = ("RUN apt-get install -y --no-install-recommends curl\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find apt-get install that takes recommended packages."""
    for run, commands in file.runs_of(managers.APT_GET):
        installs = managers.apt_get_installs(commands)
        open_ones = [one for one in installs if not _limits(one)]
        if not open_ones:
            continue
        trivy = not any("--no-install-recommends" in one.args for one in installs)
        command = open_ones[0]
        span = Span(command.start, command.end)
        word = next(word for word in command.words if word.text == "install")
        fix = Fix((Edit(Span(word.end, word.end), " --no-install-recommends"),), safe=False)
        fix_here = None if run.step.instruction.json else fix
        twins = TWINS if trivy else TWINS[:1]
        yield Hit(run.step, "recommended packages are installed too", span, twins, fix_here)


def _limits(command: Command) -> bool:
    return command.has("no-install-recommends") or ("APT::Install-Recommends=false" in command.args)
