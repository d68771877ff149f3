"""The contract of an entry on the shelf `commands/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import argparse

    from bedplate.cli.context import Context


class Command(Protocol):
    """One word after `bedplate`.

    NAME is that word, HELP one short sentence without a final stop. The module is imported
    for every `bedplate --help`, so it keeps costly imports inside `run`. A command whose reports
    are not those of images has FORMATS too: what its `--format` takes, the default first.
    """

    NAME: str
    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what is special to this command; the common options are there already."""
        ...

    def run(self, arguments: argparse.Namespace, context: Context) -> int:
        """Do it, hand the result to `context.write`, and give an exit code of `exit_codes`.

        Raises:
            BedplateError: shown as one line; its class says the exit code.
        """
        ...
