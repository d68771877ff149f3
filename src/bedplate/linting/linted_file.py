"""One Dockerfile as rules look at it: steps by keyword, stages, the commands of RUN."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bedplate.linting.check_directive import CheckDirective, read_check
from bedplate.linting.exec_form import exec_form_commands
from bedplate.linting.from_values import FromValue, from_values
from bedplate.linting.shell_commands import parse_commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.dockerfile import Dockerfile
    from bedplate.dockerfile.instruction import Instruction, Stage
    from bedplate.linting.command import Command
    from bedplate.linting.dockerignore import Dockerignore
    from bedplate.linting.settings import LintSettings
    from bedplate.model.image_use import ImageUse, SkippedUse

BEFORE_STAGES = -1
_MAX_LINEAGE = 200  # else a file of many stages would take quadratic time


class Step(NamedTuple):
    """One instruction and where it runs.

    Args:
        instruction: what it is; for ONBUILD, the instruction that is put off.
        stage: index of the stage; -1 before the first FROM.
        onbuild: whether ONBUILD stands before it.
        line: first line, from 1.
    """

    instruction: Instruction
    stage: int
    onbuild: bool
    line: int

    @property
    def words(self) -> list[str]:
        """The arguments without the quotes around them."""
        return [unquoted(word.text) for word in self.instruction.arguments]


class Run(NamedTuple):
    """One RUN instruction.

    Args:
        step: the instruction.
        commands: what it runs, in order.
        mounts: options of every `--mount`.
    """

    step: Step
    commands: list[Command]
    mounts: list[dict[str, str]]

    def has_cache(self, *endings: str) -> bool:
        """Tell whether a cache or tmpfs is mounted at a path with one of the endings."""
        return any(target.endswith(endings) for target in self.cache_targets)

    @property
    def cache_targets(self) -> list[str]:
        """Where caches and tmpfs are mounted."""
        return [
            next((m[key] for key in ("target", "dst", "destination") if key in m), "").rstrip("/")
            for m in self.mounts
            if m.get("type") in ("cache", "tmpfs")
        ]


class LintedFile:
    """What rules are given.

    Args:
        dockerfile: the parsed file.
        text: its text.
        settings: what the user decided.
        ignored: what is kept out of the build context; None when that is not known.
    """

    def __init__(
        self,
        dockerfile: Dockerfile,
        text: str,
        settings: LintSettings,
        ignored: Dockerignore | None = None,
    ) -> None:
        self.dockerfile = dockerfile
        self.text = text
        self.settings = settings
        self.ignored = ignored
        self.steps: list[Step] = []
        self._by_keyword: dict[str, list[Step]] = {}
        self._read_steps()

    def _read_steps(self) -> None:
        stage = BEFORE_STAGES
        for instruction in self.dockerfile.instructions:
            stage += instruction.keyword == "FROM"
            step = Step(instruction, stage, onbuild=False, line=instruction.line)
            self._add(step)
            if instruction.onbuild is not None:
                self._add(step._replace(instruction=instruction.onbuild, onbuild=True))

    def _add(self, step: Step) -> None:
        self.steps.append(step)
        self._by_keyword.setdefault(step.instruction.keyword, []).append(step)

    def of(self, *keywords: str) -> Iterator[Step]:
        """Give the steps with one of the keywords, those under ONBUILD too."""
        for keyword in keywords:
            yield from self._by_keyword.get(keyword, ())

    def direct(self, *keywords: str) -> Iterator[Step]:
        """Give the steps with one of the keywords that run in this very build."""
        return (step for step in self.of(*keywords) if not step.onbuild)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The build stages."""
        return self.dockerfile.stages if "FROM" in self._by_keyword else ()

    @cached_property
    def check(self) -> CheckDirective:
        """What the file asks of BuildKit's linter."""
        given = self.settings.check
        if given is None:
            found = (item.value for item in self.dockerfile.directives if item.name == "check")
            given = next(found, "")
        return read_check(given)

    @cached_property
    def bases(self) -> tuple[FromValue, ...]:
        """What each stage starts from when no build argument is given."""
        return tuple(from_values(self))

    @cached_property
    def images(self) -> tuple[ImageUse | SkippedUse, ...]:
        """The images that the file names."""
        return self.dockerfile.images()

    @cached_property
    def parents(self) -> list[int]:
        """For each stage, the index of the stage that it starts from; -1 for an image."""
        names: dict[str, int] = {}
        parents = []
        for stage in self.stages:
            parents.append(names.get(unquoted(stage.base.text).lower(), BEFORE_STAGES))
            if stage.name is not None:
                names[stage.name] = stage.index
        return parents

    @cached_property
    def _built_on(self) -> frozenset[int]:
        return frozenset(self.parents)

    def lineage(self, stage: int) -> Iterator[int]:
        """Give a stage and those that it starts from, itself first; no more than 200."""
        for _ in range(_MAX_LINEAGE):
            if stage < 0:
                return
            yield stage
            stage = self.parents[stage]

    def is_used(self, stage: int) -> bool:
        """Tell whether the layers of a stage get into the last stage or one that is built on."""
        return stage < 0 or stage == len(self.stages) - 1 or stage in self._built_on

    def origin(self, stage: int) -> Step:
        """Give the FROM of a stage."""
        return self._by_keyword["FROM"][stage]

    @cached_property
    def runs(self) -> list[Run]:
        """The RUN instructions, those under ONBUILD too."""
        return [self._run(step) for step in self.of("RUN")]

    @cached_property
    def command_names(self) -> frozenset[str]:
        """Names of all commands of the file."""
        return frozenset(command.name for run in self.runs for command in run.commands)

    def runs_of(self, names: frozenset[str]) -> Iterator[tuple[Run, list[Command]]]:
        """Give every RUN that runs one of the commands, with those commands."""
        if self.command_names.isdisjoint(names):
            return
        for run in self.runs:
            found = [command for command in run.commands if command.name in names]
            if found:
                yield run, found

    def _run(self, step: Step) -> Run:
        instruction = step.instruction
        mounts = [
            _mount(flag.value) for flag in instruction.flags if flag.name == "mount" and flag.value
        ]
        return Run(step, _commands(instruction, self.text), mounts)

    @cached_property
    def _declared(self) -> dict[int, set[str]]:
        """Variables of ARG and ENV by stage, those before the first FROM under -1."""
        names: dict[int, set[str]] = {}
        for step in self.direct("ARG", "ENV"):
            pairs = step.instruction.pairs
            names.setdefault(step.stage, set()).update(pair.name for pair in pairs)
        return names

    def knows(self, stage: int, name: str) -> bool:
        """Tell whether ARG or ENV declare a variable for a stage, or before all stages."""
        places = (BEFORE_STAGES, *self.lineage(stage))
        return any(name in self._declared.get(place, ()) for place in places)

    @cached_property
    def stage_indexes(self) -> dict[str, int]:
        """Where each stage name, in small letters, first stands."""
        found: dict[str, int] = {}
        for stage in self.stages:
            if stage.name is not None:
                found.setdefault(stage.name, stage.index)
        return found


def unquoted(text: str) -> str:
    """Take the quotes off a word that is quoted as a whole."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    return text


def _mount(value: str) -> dict[str, str]:
    pairs = (option.partition("=") for option in value.split(","))
    return {key.strip().lower(): text for key, _, text in pairs}


def _commands(instruction: Instruction, text: str) -> list[Command]:
    if instruction.json:
        return exec_form_commands(instruction.arguments)
    start, end = instruction.value_span
    value = text[start:end]
    if instruction.heredocs and value.lstrip().startswith("<<"):
        found: list[Command] = []
        for document in instruction.heredocs:
            found += parse_commands(document.content, document.span.start)
        return found
    return parse_commands(value.partition("\n")[0] if instruction.heredocs else value, start)
